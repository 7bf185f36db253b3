package io.courant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.TestHome;
import io.courant.audience.EmailAddress;
import io.courant.audience.Erasures;
import io.courant.audience.Form;
import io.courant.audience.Frequency;
import io.courant.audience.Preferences;
import io.courant.audience.Readers;
import io.courant.audience.Subscriber;
import io.courant.audience.Subscribers;
import io.courant.delivery.Deliveries.Settlement;
import io.courant.delivery.Journal;
import io.courant.delivery.Outcome;
import io.courant.delivery.Phase;
import io.courant.delivery.Reply;
import io.courant.issue.IssueId;
import io.courant.lab.RelayLog;
import io.courant.store.EachDatabase;
import io.courant.store.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A reader's whole life with a newsletter, and what is left of it when they want to be forgotten. */
@EachDatabase
@Timeout(120)
class SubscribersEraseCommandTest {
    private static final String ADA = "Ada.Lovelace@Bücher.example";
    private static final String KEY = "ada.lovelace@xn--bcher-kva.example";
    private static final String ISSUE = "weekly-2026-11-23";

    @TempDir
    private Path folder;

    private TestHome home;
    private Shell shell;

    @BeforeEach
    void open() {
        home = new TestHome(folder);
        shell = new Shell(home);
    }

    @AfterEach
    void close() {
        home.close();
    }

    /** Imported, choosing, refused with her address quoted, deferred, returned, complaining, asking, suppressed. */
    private void live() throws IOException {
        Path csv = Files.writeString(folder.resolve("readers.csv"), """
                email,name,tags
                %s,Augusta Ada King,mathematics
                not.ada.lovelace@xn--bcher-kva.example,Longer,
                bob@example.org,Bob,
                """.formatted(ADA));
        shell.courant("subscribers", "import", csv.toString()).ending(ExitCode.DONE);
        home.with(session -> session.get(Readers.class)
                .choose(
                        "weekly",
                        id(session),
                        new Preferences(
                                Set.of("privacy"),
                                Frequency.EACH,
                                null,
                                null,
                                ZoneId.of("Europe/London"),
                                Form.TEXT,
                                Locale.UK),
                        home.now()));
        RelayLog log = RelayLog.open(folder.resolve("relay.log"), InstantSource.system());
        home.relay().log(log);
        home.post("one.md", "One");
        shell.courant("run", "weekly").ending(ExitCode.DONE);

        home.post("two.md", "Two");
        home.advance(Duration.ofDays(7));
        home.relay()
                .onRecipient(
                        KEY,
                        "450 4.2.0 <" + KEY + ">: Augusta is busy",
                        "550 5.1.1 <" + ADA.replace("ü", "u") + "> <" + KEY + "> unknown");
        shell.courant("run", "weekly").ending(ExitCode.PARTLY_SENT);
        home.advance(Duration.ofHours(1));
        shell.courant("run", "weekly").ending(ExitCode.DONE);
        String sender = home.relay().taken().stream()
                .filter(mail -> mail.recipient().equalsIgnoreCase(KEY))
                .findFirst()
                .orElseThrow()
                .sender();
        maildir(sender);
        shell.courant("bounces", "read", "weekly").ending(ExitCode.DONE);
        sql("insert into request (kind, newsletter, address, address_key, wording, requested_at, requested_from, block,"
                + " mail, due_at) values ('SUBSCRIBE', 'weekly', '" + ADA + "', '" + KEY
                + "', 'Yes', 0, '192.0.2.1', '192.0.2.0/24', 'SENT', 0)");
        sql("insert into consent (subscriber_id, source, wording, confirmed_at)" + " select id, 'form', 'Yes, I, " + ADA
                + "', 0 from subscriber where address_key = '" + KEY + "'");
        sql("update batch_job_execution set exit_message = 'cannot write to <" + KEY + ">'");
    }

    private void maildir(String sender) throws IOException {
        Path maildir = home.jobs().resolve("bounces");
        for (String name : List.of("new", "cur", "tmp")) {
            Files.createDirectories(maildir.resolve(name));
        }
        home.changeJob(TestHome.WEEKLY, "template: digest", "template: digest\nbounces: {maildir: bounces}");
        Files.writeString(maildir.resolve("new/1.a.host"), """
                Return-Path: <>
                Delivered-To: %s
                From: MAILER-DAEMON@mail.example.org
                Message-ID: <for-%s>
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=delivery-status; boundary="b"

                --b
                Content-Type: message/delivery-status

                Reporting-MTA: dns; mail.example.org

                Final-Recipient: rfc822; %s
                Action: failed
                Status: 5.1.2
                Diagnostic-Code: smtp; 550 5.1.2 <%s> nobody called Augusta

                --b--
                """.formatted(sender, KEY, KEY, KEY));
    }

    private static long id(Program.Session session) {
        return session.get(Subscribers.class)
                .find(new EmailAddress(ADA))
                .map(Subscriber::id)
                .orElseThrow();
    }

    private void sql(String statement) {
        try (Connection connection = home.connect();
                Statement change = connection.createStatement()) {
            change.executeUpdate(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Files of the home folder that hold any of the words, in whatever case. */
    private List<String> holding(String... words) throws IOException {
        try (Stream<Path> files = Files.walk(home.home())) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> Stream.of(words).anyMatch(text(file)::contains))
                    .map(file -> home.home().relativize(file).toString())
                    .toList();
        }
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Files of the home folder and rows of the database that tell of her. */
    private List<String> traces() throws IOException {
        try (Stream<Path> files = Files.walk(home.home())) {
            return Stream.concat(
                            files.filter(Files::isRegularFile)
                                    .filter(file -> isOfAda(text(file)))
                                    .map(Path::toString),
                            home.rows().stream().filter(row -> isOfAda(row.toLowerCase(Locale.ROOT))))
                    .toList();
        }
    }

    private static boolean isOfAda(String text) {
        String others = text.replace("not.ada.lovelace@", "");
        return Stream.of(KEY, "ada.lovelace@bücher.example", "augusta", "192.0.2.1")
                .anyMatch(others::contains);
    }

    @Test
    void afterALifeTheAddressStandsInNoByteAndIssuesStillAddUp() throws IOException {
        live();
        String before = shell.courant("status", "weekly-2026-11-30")
                .ending(ExitCode.DONE)
                .out();
        assertThat(traces()).isNotEmpty();

        Shell.Said said = shell.courant("subscribers", "erase", ADA, "--yes").ending(ExitCode.DONE);

        assertThat(said.out()).isEqualTo(ADA + ": erased; no import brings it back\n");
        assertThat(traces()).isEmpty();
        assertThat(String.join("\n", home.rows()))
                .contains("not.ada.lovelace@xn--bcher-kva.example", "bob@example.org");
        assertThat(shell.courant("status", "weekly-2026-11-30")
                        .ending(ExitCode.DONE)
                        .out())
                .isEqualTo(before);
        assertThat(shell.courant("who", "weekly-2026-11-30")
                        .ending(ExitCode.DONE)
                        .out())
                .contains("(erased)", "refused: 550 5.1.1", "bob@example.org");
        assertThat(shell.courant(
                                "audit",
                                ISSUE,
                                "--relay-log",
                                folder.resolve("relay.log").toString())
                        .ending(ExitCode.DONE)
                        .err())
                .contains("all is well");
        assertThat(shell.courant("subscribers", "export").ending(ExitCode.DONE).out())
                .doesNotContain("Augusta")
                .contains("bob@example.org");
        assertThat(shell.courant("bounces", "weekly", "--json")
                        .ending(ExitCode.DONE)
                        .json()
                        .get("events"))
                .hasSize(2)
                .allSatisfy(event -> assertThat(event.get("address").isNull()).isTrue());
        for (String spelling : List.of(ADA, KEY, KEY.toUpperCase(Locale.ROOT))) {
            assertThat(home.<Boolean>in(session -> session.get(Erasures.class).isErased(new EmailAddress(spelling))))
                    .isTrue();
        }
        assertThat(shell.courant("subscribers", "erase", KEY, "--yes")
                        .ending(ExitCode.DONE)
                        .out())
                .isEqualTo(KEY + ": nothing was kept of this address; no import brings it back\n");
        home.post("three.md", "Three");
        home.advance(Duration.ofDays(7));
        shell.courant("run", "weekly").ending(ExitCode.DONE);
        assertThat(traces()).isEmpty();
    }

    @Test
    void whatIsStillToBeSentIsCancelled() {
        home.subscribe(ADA, "bob@example.org");
        home.post("one.md", "One");
        home.changeJob(TestHome.WEEKLY, "template: digest", "template: digest\napproval: true");
        shell.courant("run", "weekly").ending(ExitCode.DONE);
        shell.courant("subscribers", "erase", ADA, "--yes").ending(ExitCode.DONE);
        shell.courant("approve", ISSUE).ending(ExitCode.DONE);
        shell.courant("send", ISSUE).ending(ExitCode.DONE);
        assertThat(home.relay().copies()).containsOnlyKeys("bob@example.org");
        assertThat(shell.courant("who", ISSUE, "--state", "cancelled")
                        .ending(ExitCode.DONE)
                        .out())
                .startsWith("(erased)")
                .contains("erased after the issue was frozen");
    }

    @Test
    void whatAFullDiskKeptOutOfTheLedgerIsErasedToo() throws IOException {
        home.subscribe(ADA);
        home.post("one.md", "One");
        home.relay().onRecipient(KEY, "450 4.2.0 later");
        shell.courant("run", "weekly").ending(ExitCode.PARTLY_SENT);
        sql("update delivery set state = 'SENDING', attempt = 2, due_at = null");
        home.with(session -> session.get(Journal.class)
                .keep(
                        new IssueId(ISSUE),
                        List.of(new Settlement(
                                id(session),
                                2,
                                0,
                                new Outcome.Rejected(Phase.RCPT, new Reply(550, "5.1.1 <" + KEY + "> unknown")),
                                home.now(),
                                null))));
        assertThat(holding(KEY)).contains("courant.journal");

        shell.courant("subscribers", "erase", ADA, "--yes").ending(ExitCode.DONE);

        assertThat(traces()).isEmpty();
        assertThat(shell.courant("who", ISSUE, "--state", "rejected")
                        .ending(ExitCode.DONE)
                        .out())
                .contains("(erased)", "refused: 550 5.1.1");
    }

    @Test
    void whatIsNotOursToChangeIsNamed() throws IOException {
        home.subscribe(ADA);
        Files.writeString(home.notes().resolve("one.md"), "# One\n\nFederated learning: write to " + KEY + ".\n");
        shell.courant("collect", "weekly").ending(ExitCode.DONE);
        Path note = Files.writeString(home.home().resolve("list.txt"), ADA);

        Shell.Said said =
                shell.courant("subscribers", "erase", ADA, "--yes", "--json").ending(ExitCode.FAILED);

        assertThat(said.json().get("clean").asBoolean()).isTrue();
        assertThat(said.json().get("left"))
                .extracting(JsonNode::asString)
                .containsExactly(
                        "database, table post, column content: 1 text",
                        "database, table section, column text: 1 text",
                        "file " + note);
    }

    @Test
    void aReaderInAnotherProcessIsToldOfAndARunCleansLater() throws IOException, SQLException {
        TestDatabase.assumeSqlite("what was deleted stays in the file while somebody reads");
        home.subscribe(ADA, "bob@example.org");
        try (Connection other = home.connect()) {
            other.setAutoCommit(false);
            try (Statement look = other.createStatement();
                    ResultSet rows = look.executeQuery("select * from subscriber")) {
                assertThat(rows.next()).isTrue();
                home.with(session -> session.get(Erasures.class).erase(new EmailAddress(ADA), home.now()));
                assertThat(traces()).isNotEmpty();
            }
        }
        home.post("one.md", "One");
        shell.courant("run", "weekly").ending(ExitCode.DONE);
        assertThat(traces()).isEmpty();
    }

    @Test
    void withoutAYesNothingIsErased() {
        home.subscribe(ADA);
        assertThat(shell.courant("subscribers", "erase", ADA)
                        .ending(ExitCode.USAGE)
                        .err())
                .contains("cannot be brought back", "--yes");
        shell.courant("subscribers", "show", ADA).ending(ExitCode.DONE);
    }

    @Test
    void allThatIsKeptOfOnePersonIsExported() throws IOException {
        live();
        JsonNode person = shell.courant("subscribers", "export-one", KEY)
                .ending(ExitCode.DONE)
                .json();
        assertThat(person.propertyNames())
                .containsExactly(
                        "address",
                        "subscriber",
                        "suppression",
                        "newsletters",
                        "consents",
                        "requests",
                        "deliveries",
                        "cameBack");
        assertThat(person.get("address").asString()).isEqualTo(ADA);
        assertThat(person.get("subscriber").toString())
                .startsWith(
                        "{\"name\":\"Augusta Ada King\",\"state\":\"active\",\"tags\":[\"mathematics\"],\"joined\":\"")
                .endsWith("\"left\":null,\"language\":\"en-GB\",\"zone\":\"Europe/London\",\"form\":\"text\"}");
        assertThat(person.get("suppression").get("reason").asString()).startsWith("bounced: 5.1.1");
        assertThat(person.get("newsletters").toString())
                .isEqualTo(
                        "[{\"newsletter\":\"weekly\",\"joined\":null,\"left\":null,\"topics\":[\"privacy\"],"
                                + "\"frequency\":\"each\",\"hour\":null,\"pausedUntil\":null,\"readUntil\":null,\"nextDue\":null}]");
        assertThat(person.get("consents"))
                .extracting(consent -> consent.get("source").asString())
                .containsExactly("import readers.csv", "form");
        assertThat(person.get("requests").get(0).get("kind").asString()).isEqualTo("subscribe");
        assertThat(person.get("deliveries"))
                .extracting(delivery -> delivery.get("issue").asString() + " "
                        + delivery.get("state").asString() + " "
                        + delivery.get("attempts").size())
                .containsExactly(ISSUE + " accepted 0", "weekly-2026-11-30 rejected 2");
        assertThat(person.get("deliveries").get(0).get("messageId").asString())
                .isEqualTo(home.relay().taken().stream()
                        .filter(mail -> mail.recipient().equalsIgnoreCase(KEY))
                        .findFirst()
                        .orElseThrow()
                        .messageId());
        assertThat(person.get("cameBack")).hasSize(2);
        shell.courant("subscribers", "erase", ADA, "--yes").ending(ExitCode.DONE);
        assertThat(shell.courant("subscribers", "export-one", ADA)
                        .ending(ExitCode.FAILED)
                        .err())
                .contains("was erased");
        assertThat(shell.courant("subscribers", "export-one", "nobody@example.org")
                        .ending(ExitCode.FAILED)
                        .err())
                .contains("check the spelling");
    }
}
