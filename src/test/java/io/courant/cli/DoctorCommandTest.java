package io.courant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.TestHome;
import io.courant.cluster.TestBroker;
import io.courant.dns.StubDns;
import io.courant.job.BrokerAddress;
import io.courant.lab.Step;
import io.courant.upkeep.DatabaseAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What an operator is told about DNS. */
class DoctorCommandTest {
    @TempDir
    private Path folder;

    private TestHome home;
    private Shell shell;
    private StubDns dns;

    @BeforeEach
    void open() {
        home = new TestHome(folder);
        shell = new Shell(home);
        dns = new StubDns()
                .txt("news.example.org", "v=spf1 a -all")
                .txt("_dmarc.example.org", "v=DMARC1; p=none; rua=mailto:dmarc@example.org")
                .address("news.example.org", "192.0.2.80")
                .mx("news.example.org", 10, "news.example.org");
    }

    @AfterEach
    void close() {
        dns.close();
        home.close();
    }

    private Shell.Said doctor(String... more) {
        String[] line = {"doctor", "--dns", dns.address()};
        String[] all = Arrays.copyOf(line, line.length + more.length);
        System.arraycopy(more, 0, all, line.length, more.length);
        return shell.courant(all);
    }

    @Test
    void aSenderWhoseRecordsAreThereIsWell() {
        Shell.Said said = doctor().ending(ExitCode.DONE);
        assertThat(said.out().lines())
                .contains(
                        "weekly  ok       SPF    news.example.org: v=spf1 a -all (1 of 10 lookups)",
                        "weekly  ok       DMARC  _dmarc.example.org: v=DMARC1; p=none; rua=mailto:dmarc@example.org",
                        "weekly  ok       MX     news.example.org: news.example.org",
                        "weekly  ok       A      news.example.org: 192.0.2.80")
                .anyMatch(line -> line.startsWith("weekly  unknown  SPF    ") && line.contains("cannot tell"))
                .anyMatch(line -> line.startsWith("weekly  unknown  DKIM   ") && line.contains("the relay must sign"));
    }

    @Test
    void whatIsMissingIsShownAndAFailure() {
        dns.forget("news.example.org").address("news.example.org", "192.0.2.80");
        Shell.Said said = doctor("weekly").ending(ExitCode.FAILED);
        assertThat(said.out())
                .contains("weekly  wrong    SPF    news.example.org: no record that says who may send for it. Add:"
                        + " news.example.org. IN TXT \"v=spf1 a mx ~all\"");
        JsonNode found = doctor("weekly", "--json").ending(ExitCode.FAILED).json();
        assertThat(found.get(0).get("newsletter").asString())
                .as("the home folder")
                .isEmpty();
        JsonNode spf = found.valueStream()
                .filter(one -> one.get("newsletter").asString().equals("weekly"))
                .findFirst()
                .orElseThrow();
        assertThat(spf.get("verdict").asString()).isEqualTo("wrong");
        assertThat(spf.get("subject").asString()).isEqualTo("SPF");
        assertThat(spf.get("name").asString()).isEqualTo("news.example.org");
        assertThat(spf.get("add").asString()).startsWith("news.example.org. IN TXT");
    }

    @Test
    void aJobOrTemplateThatDoesNotWorkIsToldToo() throws IOException {
        home.job("daily", "title: [");
        Files.writeString(home.templates().resolve("digest/text.ftl"), "Hello");
        assertThat(doctor().ending(ExitCode.FAILED).out())
                .contains("daily   wrong    job    daily: ", "weekly  wrong    mail   weekly: templates/digest");
    }

    @Test
    void whomToAskMustBeAServer() {
        assertThat(shell.courant("doctor", "--dns", "not a server")
                        .ending(ExitCode.FAILED)
                        .err())
                .contains("not a DNS server", "127.0.0.1:5353");
    }

    private void keepSomething() {
        home.subscribe("ada@example.org");
    }

    @Test
    void aHomeFolderInOrderIsWellAndTheRelayIsGreetedWithoutMail() {
        keepSomething();
        String database = home.address()
                .map(DatabaseAddress::toString)
                .orElseGet(() -> home.database().toString());
        assertThat(doctor().ending(ExitCode.DONE).out())
                .contains(
                        "-       ok       disk   " + home.home() + ": keeps what is written, in ",
                        "-       ok       files  " + home.home() + ": only their owner may read them",
                        "-       ok       data   " + database + ": sound",
                        "-       ok       clock  2026-11-23T07:00:00Z: ",
                        "-       ok       zones  20",
                        "-       ok       mark   " + home.home() + ": ",
                        "weekly  ok       relay  127.0.0.1:" + home.relay().port() + ": takes mail from us (250");
        assertThat(home.relay().taken()).isEmpty();
    }

    @Test
    void aRelayThatRefusesUsOrIsNotThereIsToldUnlessOneIsOffline() throws IOException {
        home.relay().always(Step.MAIL, "550 5.7.1 not from here");
        assertThat(doctor().ending(ExitCode.FAILED).out())
                .contains("weekly  wrong    relay  ", "does not take mail from weekly@news.example.org (550 5.7.1");
        home.changeJob(TestHome.WEEKLY, "port: " + home.relay().port(), "port: 1");
        assertThat(doctor().ending(ExitCode.FAILED).out()).contains("refuses connections");
        assertThat(doctor("--offline").ending(ExitCode.DONE).out()).doesNotContain("relay", "SPF");
    }

    @Test
    void whatOthersMayReadAClockThatWentBackDamageAndACopyAreTold() throws IOException {
        keepSomething();
        shell.courant("keys").ending(ExitCode.DONE);
        home.post("one.md", "One");
        shell.courant("collect", "weekly").ending(ExitCode.DONE);
        Path key = home.home().resolve("keys/1.key");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        home.advance(Duration.ofDays(-1));
        home.becomeACopy();
        assertThat(doctor("--offline").ending(ExitCode.FAILED).out())
                .contains(
                        "wrong    files  " + key + ": can be read by others; chmod 600 " + key,
                        "wrong    clock  2026-11-22T07:00:00Z: is behind the database, which knows 2026-11-23",
                        "wrong    mark   ");
    }

    @Test
    void aBrokerIsAskedWhetherItTakesThePassword() throws Exception {
        keepSomething();
        try (TestBroker broker = new TestBroker(folder.resolve("broker"))) {
            String name = "broker  " + broker.address() + ": ";
            assertThat(doctor(config(broker.address(), broker.address().password()))
                            .out())
                    .contains("ok       " + name + "answers, and takes the password");
            assertThat(doctor(config(broker.address(), "something else"))
                            .ending(ExitCode.FAILED)
                            .out())
                    .contains("wrong    " + name, "refuses the password");
        }
        BrokerAddress nobody = TestBroker.nobodyAt();
        assertThat(doctor(config(nobody, "any")).ending(ExitCode.FAILED).out())
                .contains("wrong    broker  " + nobody + ": ", "cannot be used");
        assertThat(doctor("--offline", config(nobody, "any")).out()).doesNotContain("broker");
    }

    private String config(BrokerAddress broker, String password) throws IOException {
        Path secret = folder.resolve("broker.password");
        Files.writeString(secret, password);
        return "--config="
                + Files.writeString(
                        folder.resolve("courant.yaml"),
                        "broker: {host: %s, port: %d, password-file: %s}\n"
                                .formatted(broker.host(), broker.port(), secret));
    }
}
