package io.courant.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.courant.TestHome;
import io.courant.bounce.BouncePlace;
import io.courant.delivery.Relay.Tls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BouncesReaderTest {
    private static final String EXPECTED = "say where mail comes back to, with one of {maildir: FOLDER} and"
            + " {imap: {host: …, username: …, password-file: …}}";

    @TempDir
    private Path folder;

    private TestHome home;
    private int line;

    @BeforeEach
    void open() throws Exception {
        home = new TestHome(folder);
        line = Files.readAllLines(home.jobs().resolve("weekly.yaml")).indexOf("template: digest") + 2;
    }

    @AfterEach
    void close() {
        home.close();
    }

    private JobFolder jobFolder(Map<String, String> settings) {
        return new JobFolder(home.jobs(), List.of("digest"), Map.of(), settings);
    }

    private @Nullable BouncePlace read(String bounces) {
        home.changeJob(TestHome.WEEKLY, "template: digest", "template: digest\n" + bounces);
        try {
            return jobFolder(Map.of()).load(TestHome.WEEKLY).bounces();
        } finally {
            home.changeJob(TestHome.WEEKLY, "template: digest\n" + bounces, "template: digest");
        }
    }

    private void refused(String bounces, String... problems) {
        JobFileException refused = catchThrowableOfType(JobFileException.class, () -> read(bounces));
        assertThat(refused).as(bounces).hasMessage(String.join("\n", problems));
    }

    private String at(int offset) {
        return "jobs/weekly.yaml:" + (line + offset) + ": ";
    }

    @Test
    void aMailboxIsReadOnlyWhereTheJobNamesOne() {
        assertThat(jobFolder(Map.of()).load(TestHome.WEEKLY).bounces()).isNull();
        assertThat(jobFolder(Map.of("bounces.maildir", "mail"))
                        .load(TestHome.WEEKLY)
                        .bounces())
                .isEqualTo(new BouncePlace.Maildir(home.jobs().resolve("mail")));
    }

    @Test
    void aMaildirStandsBesideTheJobUnlessItsPathIsAbsolute() {
        assertThat(read("bounces: {maildir: bounces}"))
                .isEqualTo(new BouncePlace.Maildir(home.jobs().resolve("bounces")));
        assertThat(read("bounces: {maildir: /var/mail/bounces}"))
                .isEqualTo(new BouncePlace.Maildir(Path.of("/var/mail/bounces")));
    }

    @Test
    void everyKeyOfAnImapMailboxCountsAndMostMayBeLeftOut() {
        assertThat(read("bounces: {imap: {host: mail.example.org, username: digest, password-file: secret}}"))
                .isEqualTo(new BouncePlace.Imap(
                        "mail.example.org",
                        993,
                        Tls.TLS,
                        "digest",
                        home.jobs().resolve("secret"),
                        "INBOX",
                        Duration.ofMinutes(1)));
        assertThat(read("""
                bounces:
                  imap:
                    host: mail.example.org
                    port: 1143
                    tls: starttls
                    username: digest
                    password-file: /run/secret
                    folder: Bounces
                    timeout: 5s"""))
                .isEqualTo(new BouncePlace.Imap(
                        "mail.example.org",
                        1143,
                        Tls.STARTTLS,
                        "digest",
                        Path.of("/run/secret"),
                        "Bounces",
                        Duration.ofSeconds(5)));
        assertThat(read("bounces: {imap: {host: localhost, tls: none, username: digest, password-file: secret}}"))
                .extracting(BouncePlace::name)
                .isEqualTo("mailbox localhost:143");
    }

    @Test
    void everyProblemIsToldWithItsLine() {
        refused("bounces: {}", at(0) + EXPECTED);
        refused("bounces: mail", at(0) + "expected maildir, imap with values", at(0) + EXPECTED);
        refused("bounces: {maildir: a, imap: {}}", at(0) + EXPECTED);
        refused("bounces: {maildri: a}", at(0) + "unknown key 'maildri' (did you mean 'maildir'?)", at(0) + EXPECTED);
        refused("bounces: {maildir: }", at(0) + "expected a text, found nothing");
        refused(
                "bounces:\n  imap: {}",
                at(1) + "key 'host' is missing",
                at(1) + "key 'username' is missing",
                at(1) + "key 'password-file' is missing");
        String login = "host: mail.example.org, username: digest, password-file: secret";
        refused(
                "bounces:\n  imap: {" + login + ", port: imaps}",
                at(1) + "expected a whole number from 1 to 65535, found 'imaps'");
        refused(
                "bounces:\n  imap: {" + login + ", tls: startls}",
                at(1) + "expected one of none, starttls, tls, found 'startls' (did you mean 'starttls'?)");
        refused(
                "bounces:\n  imap: {" + login + ", tls: none}",
                at(1) + "the login would cross the network in clear; set tls to starttls or tls");
        refused(
                "bounces:\n  imap: {" + login + ", timeout: 0s}",
                at(1) + "the mailbox's timeout must be longer than 0");
        refused(
                "bounces:\n  imap: {" + login + ", timeout: soon}",
                at(1) + "expected a time such as 30s, 5m, 2h or 3d, found 'soon'");
        refused(
                "bounces:\n  imap: {" + login + ", floder: INBOX}",
                at(1) + "unknown key 'floder' (did you mean 'folder'?)");
    }
}
