package io.courant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.ProcessHome;
import io.courant.TestHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the installation is told in a file. */
class SettingsCommandTest {
    @TempDir
    private Path folder;

    private TestHome home;
    private Path file;

    @BeforeEach
    void open() {
        home = new TestHome(folder);
        file = folder.resolve("courant.yaml");
    }

    @AfterEach
    void close() {
        home.close();
    }

    private Shell.Said settings(String text, String... more) throws IOException {
        Files.writeString(file, text);
        String[] line = new String[more.length + 3];
        line[0] = "settings";
        line[1] = "--config";
        line[2] = file.toString();
        System.arraycopy(more, 0, line, 3, more.length);
        return new Shell(home).typed(line);
    }

    @Test
    void eachSettingIsShownWithItsPlace() throws IOException {
        String text = """
                # of this machine
                home: data
                jobs: jobs
                templates: templates
                relay:
                  host: mail.example.org
                  port: 587
                  password-file: secrets/relay
                serve: {port: 9000}
                desk: {host: 127.0.0.2}
                log-format: json
                """;
        JsonNode shown = settings(text, "--json").ending(ExitCode.DONE).json();
        assertThat(shown)
                .extracting(one -> one.get("setting").asString() + " = " + one.get("value") + " from "
                        + one.get("origin").asString())
                .containsExactly(
                        "home = \"" + folder.resolve("data") + "\" from " + file + ":2",
                        "jobs = \"" + home.jobs() + "\" from " + file + ":3",
                        "templates = \"" + home.templates() + "\" from " + file + ":4",
                        "database.url = null from default",
                        "database.user = null from default",
                        "database.password-file = null from default",
                        "broker.host = null from default",
                        "broker.port = null from default",
                        "broker.password-file = null from default",
                        "role = \"all\" from default",
                        "relay.host = \"mail.example.org\" from " + file + ":6",
                        "relay.port = \"587\" from " + file + ":7",
                        "relay.tls = null from default",
                        "relay.username = null from default",
                        "relay.password-file = \"" + folder.resolve("secrets/relay") + "\" from " + file + ":8",
                        "serve.host = \"127.0.0.1\" from default",
                        "serve.port = \"9000\" from " + file + ":9",
                        "desk.host = \"127.0.0.2\" from " + file + ":10",
                        "desk.port = \"8081\" from default",
                        "dns = null from default",
                        "log-format = \"json\" from " + file + ":11");
        assertThat(settings(text, "--home", "/elsewhere", "--set", "relay.port=25")
                        .ending(ExitCode.DONE)
                        .out())
                .contains("(--home)", "/elsewhere", "25  (--set relay.port)");
    }

    @Test
    void whatItDoesNotKnowIsRefusedWithTheLine() throws IOException {
        assertThat(settings("home: data\nrelay: {hots: mail, port: 99999, password: secret}\nlog-format: xml\n")
                        .ending(ExitCode.INVALID)
                        .err())
                .contains(
                        file + ":2: unknown key 'hots' (did you mean 'host'?)",
                        file + ":2: expected a port from 1 to 65535, found '99999'",
                        file + ":2: unknown key 'password'",
                        file + ":3: expected one of text, json, found 'xml'");
        assertThat(settings("").ending(ExitCode.DONE).err()).contains("read: " + file);
        assertThat(new Shell(home)
                        .typed(
                                "settings",
                                "--config",
                                folder.resolve("none.yaml").toString())
                        .ending(ExitCode.INVALID)
                        .err())
                .contains("--config: no file");
    }

    @Test
    void theEnvironmentWinsAndTheLogIsJsonWithoutAddresses() throws Exception {
        try (ProcessHome processes = new ProcessHome(folder.resolve("real"), 3)) {
            Files.writeString(file, "relay: {host: 203.0.113.1, port: 9}\nlog-format: json\n");
            Process run = processes.start("run", TestHome.WEEKLY, "-q", "-v", "--config", file.toString());
            assertThat(ProcessHome.ended(run)).as(processes.said("err")).isEqualTo(ExitCode.DONE);
            assertThat(processes.home().relay().taken())
                    .as("the relay that the environment names")
                    .hasSize(3);
            String log = processes.said("err");
            assertThat(log).isNotEmpty().doesNotContain("reader0", "@example.org");
            assertThat(log.lines())
                    .allSatisfy(line -> assertThat(
                                    JsonMapper.builder().build().readTree(line).propertyNames())
                            .startsWith("at", "level", "logger", "event"));
            assertThat(log).contains("\"issue\":\"", "\"sent\":3");
        }
    }
}
