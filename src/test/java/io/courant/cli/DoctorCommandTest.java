package io.courant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.TestHome;
import io.courant.dns.StubDns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        assertThat(found.get(0).get("newsletter").asString()).isEqualTo("weekly");
        assertThat(found.get(0).get("verdict").asString()).isEqualTo("wrong");
        assertThat(found.get(0).get("subject").asString()).isEqualTo("SPF");
        assertThat(found.get(0).get("name").asString()).isEqualTo("news.example.org");
        assertThat(found.get(0).get("add").asString()).startsWith("news.example.org. IN TXT");
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
}
