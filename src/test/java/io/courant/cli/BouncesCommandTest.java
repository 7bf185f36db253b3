package io.courant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.courant.TestHome;
import io.courant.audience.EmailAddress;
import io.courant.audience.Readers;
import io.courant.audience.Subscriber;
import io.courant.audience.Subscribers;
import io.courant.job.HomeLock;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What comes back, from the relay's refusal and from a Maildir, to what an editor is shown. */
@Timeout(120)
class BouncesCommandTest {
    private static final String ISSUE = "weekly-2026-11-23";

    @TempDir
    private Path folder;

    private TestHome home;
    private Shell shell;

    @BeforeEach
    void open() {
        home = new TestHome(folder);
        shell = new Shell(home);
        home.subscribe("ada@example.org", "bob@example.org", "eve@example.org", "kim@example.org");
        home.post("one.md", "One");
    }

    @AfterEach
    void close() {
        home.close();
    }

    private Path maildir() throws IOException {
        Path maildir = home.jobs().resolve("bounces");
        for (String name : List.of("new", "cur", "tmp")) {
            Files.createDirectories(maildir.resolve(name));
        }
        home.changeJob(TestHome.WEEKLY, "template: digest", "template: digest\nbounces: {maildir: bounces}");
        return maildir;
    }

    /** A report that came to the envelope's sender. */
    private static String report(String messageId, String to, String recipient, String status) {
        return """
                Return-Path: <>
                Delivered-To: %s
                From: MAILER-DAEMON@mail.example.org
                Subject: Undelivered Mail Returned to Sender
                Message-ID: <%s>
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=delivery-status; boundary="b"

                --b
                Content-Type: text/plain

                Sorry.

                --b
                Content-Type: message/delivery-status

                Reporting-MTA: dns; mail.example.org

                Final-Recipient: rfc822; %s
                Action: failed
                Status: %s
                Diagnostic-Code: smtp; 550 %s no such user here

                --b--
                """.formatted(to, messageId, recipient, status, status);
    }

    private String sender(String recipient) {
        return home.relay().taken().stream()
                .filter(mail -> mail.recipient().equals(recipient))
                .reduce((earlier, later) -> later)
                .orElseThrow()
                .sender();
    }

    private Optional<String> suppression(String address) {
        return home.in(session -> session.get(Subscribers.class).suppression(new EmailAddress(address)));
    }

    private JsonNode events(String... more) {
        String[] line = Stream.concat(Stream.of("bounces", "weekly", "--json"), Stream.of(more))
                .toArray(String[]::new);
        return shell.courant(line).ending(ExitCode.DONE).json();
    }

    @Test
    void whomTheRelayDoesNotKnowGetsNoFurtherMail() {
        home.relay().onRecipient("ada@example.org", "550 5.1.1 <ada@example.org>: no such user");
        home.relay().onRecipient("bob@example.org", "550 5.7.1 not from you");
        shell.courant("run", "weekly").ending(ExitCode.DONE);
        assertThat(suppression("ada@example.org")).hasValue("bounced: 5.1.1 (issue " + ISSUE + ")");
        assertThat(suppression("bob@example.org")).isEmpty();
        JsonNode shown = events();
        assertThat(shown.propertyNames()).containsExactly("newsletter", "since", "counts", "events");
        assertThat(shown.get("counts").toString())
                .isEqualTo("[{\"kind\":\"hard\",\"trust\":\"smtp\",\"consequence\":\"suppressed\",\"events\":1},"
                        + "{\"kind\":\"policy\",\"trust\":\"smtp\",\"consequence\":\"none\",\"events\":1}]");
        JsonNode ada = shown.get("events").get(1);
        assertThat(ada.propertyNames())
                .containsExactly(
                        "at",
                        "newsletter",
                        "issue",
                        "address",
                        "kind",
                        "status",
                        "reply",
                        "feedback",
                        "evidence",
                        "trust",
                        "consequence",
                        "message");
        assertThat(ada.get("address").asString()).isEqualTo("ada@example.org");
        assertThat(ada.get("status").asString()).isEqualTo("5.1.1");
        assertThat(ada.get("reply").asString()).isEqualTo("550");
        assertThat(ada.get("feedback").isNull()).isTrue();
        assertThat(ada.get("evidence").asString()).isEqualTo("550 5.1.1 <ada@example.org>: no such user");
        home.post("two.md", "Two");
        home.advance(Duration.ofDays(7));
        shell.courant("run", "weekly").ending(ExitCode.DONE);
        assertThat(home.relay().copies()).doesNotContainKey("ada@example.org").containsEntry("bob@example.org", 1);
    }

    @Test
    void aSignedReportSuppressesAndAForgedOneDoesNot() throws IOException {
        shell.courant("run", "weekly").ending(ExitCode.DONE);
        Path maildir = maildir();
        String ofAda = sender("ada@example.org");
        String forged = ofAda.replaceFirst("\\+a", "+b");
        assertThat(forged).isNotEqualTo(ofAda);
        Files.writeString(maildir.resolve("new/1.a.host"), report("1@mx", ofAda, "ada@example.org", "5.1.1"));
        Files.writeString(maildir.resolve("new/2.a.host"), report("2@mx", forged, "bob@example.org", "5.1.1"));
        Files.writeString(
                maildir.resolve("new/3.a.host"), report("3@mx", "bounce@news.example.org", "eve@example.org", "5.1.1"));
        Files.writeString(
                maildir.resolve("cur/4.a.host:2,"),
                report("4@mx", sender("kim@example.org"), "kim@example.org", "5.1.2"));
        Files.writeString(maildir.resolve("new/5.a.host"), "Message-ID: <5@mx>\nSubject: Hello\n\nHello!\n");

        Shell.Said read = shell.courant("bounces", "read", "weekly").ending(ExitCode.DONE);
        assertThat(read.out()).isEqualTo("5 mails came back with 4 reports; 1 address newly suppressed\n");
        assertThat(suppression("ada@example.org")).hasValue("bounced: 5.1.1 (issue " + ISSUE + ")");
        assertThat(List.of("bob@example.org", "eve@example.org", "kim@example.org"))
                .allSatisfy(address -> assertThat(suppression(address)).isEmpty());
        try (Stream<Path> seen = Files.list(maildir.resolve("cur"))) {
            assertThat(seen.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "1.a.host:2,S", "2.a.host:2,S", "3.a.host:2,S", "4.a.host:2,S", "5.a.host:2,S");
        }
        assertThat(events().get("events"))
                .extracting(event -> event.get("address").asString() + " "
                        + event.get("issue").asString() + " "
                        + event.get("kind").asString() + " "
                        + event.get("trust").asString() + " "
                        + event.get("consequence").asString())
                .containsExactlyInAnyOrder(
                        "ada@example.org " + ISSUE + " hard signed suppressed",
                        "bob@example.org  hard forged none",
                        "eve@example.org  hard unsigned none",
                        "kim@example.org " + ISSUE + " hard signed counted");
        assertThat(events("--limit", "1").get("events")).hasSize(1);
        assertThat(shell.courant("status", ISSUE).ending(ExitCode.DONE).out())
                .contains("  came back: 2 hard; 'courant bounces weekly' shows them");
        assertThat(shell.courant("status", ISSUE, "--json")
                        .ending(ExitCode.DONE)
                        .json()
                        .get("cameBack")
                        .toString())
                .isEqualTo("{\"hard\":2}");
        Shell.Said again = shell.courant("bounces", "read", "weekly").ending(ExitCode.DONE);
        assertThat(again.out()).startsWith("0 mails came back");
    }

    /** The address that the mail of the last issue offers for leaving (RFC 2369). */
    private String leaving(String recipient) {
        Matcher address = Pattern.compile("unsubscribe\\+[a-z2-7]+@[a-z.]+").matcher(home.relay().taken().stream()
                .filter(mail -> mail.recipient().equals(recipient))
                .findFirst()
                .orElseThrow()
                .content()
                .replaceAll("\r\n[ \t]", ""));
        assertThat(address.find()).isTrue();
        return address.group();
    }

    private static String letter(String field, String to, String more) {
        return field + ": " + to + "\nFrom: whoever@example.net\nSubject: unsubscribe\n" + more + "\nPlease.\n";
    }

    @Test
    void whoeverWritesToTheirUnsubscribeAddressLeaves() throws IOException {
        shell.courant("run", "weekly").ending(ExitCode.DONE);
        Path maildir = maildir();
        String ofKim = leaving("kim@example.org");
        Files.writeString(maildir.resolve("new/1.a.host"), letter("To", leaving("ada@example.org"), ""));
        Files.writeString(maildir.resolve("new/2.a.host"), letter("Delivered-To", leaving("bob@example.org").toUpperCase(Locale.ROOT), ""));
        Files.writeString(
                maildir.resolve("new/3.a.host"),
                letter("X-Original-To", leaving("eve@example.org"), "Auto-Submitted: auto-replied (vacation)\n"));
        Files.writeString(maildir.resolve("new/4.a.host"), letter("To", ofKim.replaceFirst("\\+a", "+b"), ""));
        Files.writeString(
                maildir.resolve("new/5.a.host"),
                letter("To", ofKim.replace("unsubscribe", "bounce"), "List-Unsubscribe: <mailto:" + ofKim + ">\n"));

        assertThat(shell.courant("bounces", "read", "weekly").ending(ExitCode.DONE).out())
                .isEqualTo("5 mails came back with 1 report; 0 addresses newly suppressed, 2 left by mail\n");

        home.post("two.md", "Two");
        home.advance(Duration.ofDays(7));
        shell.courant("run", "weekly").ending(ExitCode.DONE);
        assertThat(home.relay().copies())
                .containsEntry("ada@example.org", 1)
                .containsEntry("bob@example.org", 1)
                .containsEntry("eve@example.org", 2)
                .containsEntry("kim@example.org", 2);
    }

    @Test
    void whoCameBackAfterTheyWroteStays() throws IOException {
        shell.courant("run", "weekly").ending(ExitCode.DONE);
        Path mail = Files.writeString(
                maildir().resolve("new/1.a.host"), letter("To", leaving("ada@example.org"), ""));
        Files.setLastModifiedTime(mail, FileTime.from(home.now()));
        home.with(session -> session.get(Readers.class)
                .join(
                        "weekly",
                        session.get(Subscribers.class)
                                .find(new EmailAddress("ada@example.org"))
                                .map(Subscriber::id)
                                .orElseThrow(),
                        home.now().plusSeconds(60)));
        assertThat(shell.courant("bounces", "read", "weekly").ending(ExitCode.DONE).out())
                .doesNotContain("left by mail");
        assertThat(shell.courant("subscribers", "show", "ada@example.org").ending(ExitCode.DONE).out())
                .contains("weekly", "joined");
    }

    @Test
    void aMailIsCountedOnceThoughTheProcessDiedBeforeItWasMarked() throws IOException {
        shell.courant("run", "weekly").ending(ExitCode.DONE);
        Path maildir = maildir();
        String report = report("1@mx", sender("ada@example.org"), "ada@example.org", "5.1.2");
        Files.writeString(maildir.resolve("new/1.a.host"), report);
        shell.courant("bounces", "read", "weekly").ending(ExitCode.DONE);
        Files.move(maildir.resolve("cur/1.a.host:2,S"), maildir.resolve("new/1.a.host"));
        assertThat(shell.courant("bounces", "read", "weekly", "--json")
                        .ending(ExitCode.DONE)
                        .json()
                        .toString())
                .isEqualTo("{\"mails\":1,\"reports\":1,\"known\":1,\"suppressed\":0,\"left\":0,\"problems\":[]}");
        assertThat(events().get("events")).hasSize(1);
    }

    @Test
    void aRunReadsFirstWhatCameBackAndTroubleWithThatHoldsNothingUp() throws IOException {
        shell.courant("run", "weekly").ending(ExitCode.DONE);
        Path maildir = maildir();
        Files.writeString(
                maildir.resolve("new/1.a.host"),
                report("1@mx", sender("ada@example.org"), "ada@example.org", "5.1.10"));
        home.post("two.md", "Two");
        home.advance(Duration.ofDays(7));
        assertThat(shell.courant("run", "weekly", "--dry-run")
                        .ending(ExitCode.DONE)
                        .err())
                .doesNotContain("came back");
        assertThat(maildir.resolve("new/1.a.host")).exists();
        Shell.Said second = shell.courant("run", "weekly").ending(ExitCode.DONE);
        assertThat(second.err()).contains("1 mail came back with 1 report; 1 address newly suppressed");
        assertThat(home.relay().copies()).containsEntry("ada@example.org", 1).containsEntry("bob@example.org", 2);
        home.changeJob(TestHome.WEEKLY, "{maildir: bounces}", "{maildir: nowhere}");
        home.post("three.md", "Three");
        home.advance(Duration.ofDays(7));
        Shell.Said third = shell.courant("run", "weekly").ending(ExitCode.DONE);
        assertThat(third.err().lines())
                .filteredOn(line -> line.contains("nowhere"))
                .containsExactly("what came back is not read: maildir "
                        + home.jobs().resolve("nowhere") + " has no folder 'new'; name a Maildir with bounces.maildir");
        assertThat(home.relay().copies()).containsEntry("bob@example.org", 3);
        assertThat(shell.courant("bounces", "read", "weekly")
                        .ending(ExitCode.INVALID)
                        .err())
                .startsWith("maildir " + home.jobs().resolve("nowhere"));
    }

    private GreenMailUser imap(GreenMail server) throws IOException {
        server.start();
        Files.writeString(home.jobs().resolve("password"), "secret\n");
        home.changeJob(
                TestHome.WEEKLY,
                "template: digest",
                ("template: digest\nbounces: {imap: {host: localhost, port: %d, tls: none, username: bounces,"
                                + " password-file: password, timeout: 4s}}")
                        .formatted(server.getImap().getPort()));
        return server.setUser("bounces@news.example.org", "bounces", "secret");
    }

    private static void deliver(GreenMailUser user, String mail) throws MessagingException {
        user.deliver(new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream(mail.getBytes(StandardCharsets.US_ASCII))));
    }

    @Test
    void anImapMailboxIsReadAndWhoeverStaysReadsWhatComes() throws Exception {
        shell.courant("run", "weekly").ending(ExitCode.DONE);
        GreenMail server = new GreenMail(new ServerSetup(0, "localhost", ServerSetup.PROTOCOL_IMAP));
        try {
            GreenMailUser user = imap(server);
            deliver(user, report("1@mx", sender("ada@example.org"), "ada@example.org", "5.1.1"));
            for (int times = 1; times <= 2; times++) {
                shell.courant("bounces", "read", "weekly").ending(ExitCode.DONE);
                assertThat(events().get("events")).hasSize(1);
            }
            assertThat(suppression("ada@example.org")).isPresent();
            CompletableFuture<Shell.Said> staying = new CompletableFuture<>();
            Thread thread =
                    new Thread(() -> staying.complete(shell.courant("bounces", "read", "weekly", "--stay", "--json")));
            thread.start();
            deliver(user, report("2@mx", sender("bob@example.org"), "bob@example.org", "5.1.1"));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> events().get("events").size() == 2
                            && HomeLock.holder(home.home()).isEmpty());
            thread.interrupt();
            Shell.Said stayed = staying.get(30, TimeUnit.SECONDS).ending(ExitCode.DONE);
            assertThat(stayed.out().lines()).allMatch(line -> line.startsWith("{\"mails\":"));
            assertThat(stayed.err()).contains("waiting for more; Ctrl-C ends it");

            Files.writeString(home.jobs().resolve("password"), "guessed\n");
            assertThat(shell.courant("bounces", "read", "weekly")
                            .ending(ExitCode.INVALID)
                            .err())
                    .startsWith("mailbox localhost:" + server.getImap().getPort() + " refused login for 'bounces' (")
                    .doesNotContain("guessed");
        } finally {
            server.stop();
        }
        assertThat(shell.courant("bounces", "read", "weekly")
                        .ending(ExitCode.TRY_AGAIN)
                        .err())
                .contains("refuses connections; check that it runs");
    }

    @Test
    void threeIssuesThatComeBackForOtherReasonsSuppress() throws IOException {
        Path maildir = maildir();
        for (int week = 1; week <= 3; week++) {
            home.post("post" + week + ".md", "Post " + week);
            shell.courant("run", "weekly").ending(ExitCode.DONE);
            assertThat(suppression("ada@example.org")).isEmpty();
            for (int copy = 1; copy <= 2; copy++) {
                String id = week + "-" + copy + "@mx";
                Files.writeString(
                        maildir.resolve("new/" + id),
                        report(id, sender("ada@example.org"), "ada@example.org", "5.1.2"));
            }
            shell.courant("bounces", "read", "weekly").ending(ExitCode.DONE);
            home.advance(Duration.ofDays(7));
        }
        assertThat(suppression("ada@example.org"))
                .hasValue("bounced in 3 issues, the last time: 5.1.2 (issue weekly-2026-12-07)");
        assertThat(shell.courant("bounces")
                        .ending(ExitCode.DONE)
                        .out()
                        .lines()
                        .skip(1)
                        .limit(3))
                .containsExactly(
                        "hard       signed    counted           4",
                        "hard       signed    already           1",
                        "hard       signed    suppressed        1");
    }

    @Test
    void whatIsAskedForIsNarrowedByDateAndNewsletter() {
        home.relay().onRecipient("ada@example.org", "550 5.1.1 no such user");
        shell.courant("run", "weekly").ending(ExitCode.DONE);
        assertThat(events("--since", "2026-11-23").get("counts")).hasSize(1);
        assertThat(events("--since", "2026-11-24").get("counts")).isEmpty();
        assertThat(shell.courant("bounces", "--since", "2026-11-24")
                        .ending(ExitCode.DONE)
                        .err())
                .contains("nothing came back");
        assertThat(shell.courant("bounces", "--since", "Monday")
                        .ending(ExitCode.USAGE)
                        .err())
                .contains("expected a date such as 2026-11-01, found 'Monday'");
        assertThat(shell.courant("bounces", "weakly").ending(ExitCode.INVALID).err())
                .contains("no job 'weakly'", "did you mean 'weekly'?");
        Shell.Said text = shell.courant("bounces").ending(ExitCode.DONE);
        assertThat(text.out())
                .contains(
                        "2026-11-23T07:00:00Z  ada@example.org", ISSUE, "hard 5.1.1 550", "smtp suppressed: 550 5.1.1");
    }

    @Test
    void withoutAMailboxThereIsNothingToRead() {
        assertThat(shell.courant("bounces", "read", "weekly")
                        .ending(ExitCode.INVALID)
                        .err())
                .startsWith("jobs/weekly.yaml: key 'bounces' is missing; say where mail comes back to");
    }

    @Test
    void whoReadsHasTheHomeFolderForThemselves() throws IOException {
        maildir();
        try (Program.Session held = Exclusive.open(home.program(), home.settings(), "testing")) {
            assertThat(held).isNotNull();
            assertThat(shell.courant("bounces", "read", "weekly")
                            .ending(ExitCode.TRY_AGAIN)
                            .err())
                    .contains("testing");
            assertThat(shell.courant("bounces").ending(ExitCode.DONE).err()).contains("nothing came back");
        }
        assertThat(home.in(session -> session.get(Subscribers.class).find(new EmailAddress("ada@example.org")))
                        .map(Subscriber::state))
                .hasValue(Subscriber.State.ACTIVE);
    }
}
