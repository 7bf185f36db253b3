package io.courant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.TestHome;
import io.courant.audience.EmailAddress;
import io.courant.audience.Form;
import io.courant.audience.Frequency;
import io.courant.audience.Preferences;
import io.courant.audience.Readers;
import io.courant.audience.Subscribers;
import io.courant.consent.DoubleOptIn;
import io.courant.consent.Origin;
import io.courant.job.HomeLock;
import io.courant.job.JobFolder;
import io.courant.lab.Step;
import io.courant.store.EachDatabase;
import io.courant.store.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Collecting, composing, approving, sending and asking how things stand, as a shell sees it. */
@EachDatabase
class RunCommandTest {
    private static final String ISSUE = "weekly-2026-11-23";
    private static final List<String> COUNTS = List.of(
            "candidates",
            "ready",
            "sending",
            "accepted",
            "deferred",
            "rejected",
            "inDoubt",
            "expired",
            "cancelled",
            "suppressed");

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

    private void somethingToSend() {
        home.subscribe("ada@example.org", "bob@example.org");
        home.post("one.md", "One");
    }

    private static List<String> names(JsonNode object) {
        return List.copyOf(object.propertyNames());
    }

    @Test
    void aRunTellsInWordsWhatItSent() {
        somethingToSend();
        Shell.Said said = shell.courant("run", "weekly").ending(ExitCode.DONE);
        assertThat(said.out().lines())
                .satisfiesExactly(
                        first -> assertThat(first).startsWith(ISSUE + "  "),
                        second -> assertThat(second).isEqualTo("  finished, 1 item; 2 candidates = 2 accepted"));
        assertThat(said.err()).isEqualToIgnoringNewLines("1 new post, 0 known");
    }

    @Test
    void aRunEndsWithOneObjectWhoseNamesStay() {
        somethingToSend();
        JsonNode ran =
                shell.courant("run", "weekly", "--json").ending(ExitCode.DONE).json();
        assertThat(names(ran))
                .containsExactly(
                        "newsletter",
                        "issue",
                        "skipped",
                        "subject",
                        "state",
                        "items",
                        "carriedOver",
                        "variants",
                        "deliveries",
                        "newPosts",
                        "problems");
        assertThat(names(ran.get("deliveries"))).containsExactlyInAnyOrderElementsOf(COUNTS);
        assertThat(ran.get("newsletter").asString()).isEqualTo("weekly");
        assertThat(ran.get("issue").asString()).isEqualTo(ISSUE);
        assertThat(ran.get("skipped").isNull()).isTrue();
        assertThat(ran.get("state").asString()).isEqualTo("finished");
        assertThat(ran.get("items").asInt()).isEqualTo(1);
        assertThat(ran.get("variants").asInt()).isEqualTo(1);
        assertThat(ran.get("newPosts").asInt()).isEqualTo(1);
        assertThat(ran.get("deliveries").get("accepted").asInt()).isEqualTo(2);

        JsonNode status =
                shell.courant("status", ISSUE, "--json").ending(ExitCode.DONE).json();
        assertThat(status.get("deliveries")).isEqualTo(ran.get("deliveries"));
        assertThat(shell.courant("status", "weekly", "--json")
                        .ending(ExitCode.DONE)
                        .json())
                .isEqualTo(status);
        assertThat(shell.courant("status", "--json")
                        .ending(ExitCode.DONE)
                        .json()
                        .get(0))
                .isEqualTo(status);
    }

    @Test
    void aSecondRunRepeatsNothing() {
        somethingToSend();
        shell.courant("run", "weekly").ending(ExitCode.DONE);
        Shell.Said again = shell.courant("run", "weekly").ending(ExitCode.DONE);
        assertThat(again.out()).isEqualToIgnoringNewLines("skipped: no new posts since 2026-11-23");
        JsonNode skipped =
                shell.courant("run", "weekly", "--json").ending(ExitCode.DONE).json();
        assertThat(skipped.get("issue").isNull()).isTrue();
        assertThat(skipped.get("state").asString()).isEqualTo("skipped");
        assertThat(skipped.get("skipped").asString()).isEqualTo("no new posts since 2026-11-23");
        assertThat(home.relay().taken()).hasSize(2);
    }

    @Test
    void aFinishedIssueIsNotSentAgain() {
        somethingToSend();
        shell.courant("run", "weekly").ending(ExitCode.DONE);
        Shell.Said again = shell.courant("send", ISSUE).ending(ExitCode.USAGE);
        assertThat(again.out()).isEmpty();
        assertThat(again.err()).contains(ISSUE + " was sent before; nothing is left to send");
        assertThat(home.relay().taken()).hasSize(2);
    }

    @Test
    void stepByStepIsTheSameAsARun() {
        somethingToSend();
        assertThat(shell.courant("collect", "weekly").ending(ExitCode.DONE).out())
                .isEqualToIgnoringNewLines("1 new post, 0 known");
        JsonNode collected = shell.courant("collect", "weekly", "--json")
                .ending(ExitCode.DONE)
                .json();
        assertThat(names(collected)).containsExactly("kept", "known", "problems", "notes");
        JsonNode composed = shell.courant("compose", "weekly", "--json")
                .ending(ExitCode.DONE)
                .json();
        assertThat(composed.get("issue").asString()).isEqualTo(ISSUE);
        assertThat(composed.get("state").asString()).isEqualTo("approved");
        assertThat(composed.get("deliveries").get("ready").asInt()).isEqualTo(2);
        assertThat(names(shell.courant("compose", "weekly", "--json")
                        .ending(ExitCode.DONE)
                        .json()))
                .containsExactlyInAnyOrder("newsletter", "skipped");
        JsonNode sent =
                shell.courant("send", ISSUE, "--json").ending(ExitCode.DONE).json();
        assertThat(sent.get("deliveries").get("accepted").asInt()).isEqualTo(2);
    }

    @Test
    void whatIsOpenIsPartlySentAndTheNextRunGoesOn() {
        somethingToSend();
        home.relay().onRecipient("bob@example.org", "450 4.2.1 busy");
        Shell.Said first = shell.courant("run", "weekly").ending(ExitCode.PARTLY_SENT);
        assertThat(first.out()).contains("2 candidates = 1 accepted + 1 deferred");
        home.advance(Duration.ofMinutes(7));
        Shell.Said second = shell.courant("run", "weekly").ending(ExitCode.DONE);
        assertThat(second.out()).startsWith(ISSUE + "  ").contains("2 accepted");
        assertThat(home.relay().copies().values()).containsOnly(1);
    }

    @Test
    void whatIsNotDueYetHoldsUpNoNewIssue() {
        somethingToSend();
        home.relay().onRecipient("bob@example.org", "450 4.2.1 busy");
        shell.courant("run", "weekly").ending(ExitCode.PARTLY_SENT);
        home.post("two.md", "Two");
        Shell.Said second = shell.courant("run", "weekly").ending(ExitCode.PARTLY_SENT);
        assertThat(second.out()).startsWith(ISSUE + "-2  ").contains("2 candidates = 2 accepted");
        assertThat(shell.courant("status", ISSUE).ending(ExitCode.DONE).out()).contains("1 accepted + 1 deferred");
        home.advance(Duration.ofMinutes(7));
        shell.courant("run", "weekly").ending(ExitCode.DONE);
        assertThat(shell.courant("status", ISSUE).ending(ExitCode.DONE).out()).contains("2 accepted");
        assertThat(home.relay().copies()).isEqualTo(Map.of("ada@example.org", 2, "bob@example.org", 2));
    }

    @Test
    void anIssueWaitsForApproval() {
        somethingToSend();
        home.changeJob(TestHome.WEEKLY, "template: digest", "template: digest\napproval: true");
        Shell.Said composed = shell.courant("run", "weekly").ending(ExitCode.DONE);
        assertThat(composed.out()).contains("awaiting approval");
        assertThat(composed.err()).contains("courant approve " + ISSUE);
        assertThat(shell.courant("send", ISSUE).ending(ExitCode.FAILED).err())
                .contains("issue " + ISSUE + " awaits approval");
        assertThat(home.relay().connections()).isZero();
        assertThat(shell.courant("approve", "weekly").ending(ExitCode.DONE).err())
                .contains("approved " + ISSUE);
        assertThat(shell.courant("approve", ISSUE).ending(ExitCode.DONE).err()).contains("needs no approval");
        JsonNode approved =
                shell.courant("approve", ISSUE, "--json").ending(ExitCode.DONE).json();
        assertThat(approved.get("state").asString()).isEqualTo("approved");
        shell.courant("send", ISSUE).ending(ExitCode.DONE);
        assertThat(home.relay().taken()).hasSize(2);
    }

    @Test
    void aSourceThatCannotBeReadIsToldAndStopsOnlyTheStrict() throws IOException {
        somethingToSend();
        Files.writeString(home.notes().resolve("empty.md"), "");
        Shell.Said strict = shell.courant("run", "weekly", "--strict", "--json").ending(ExitCode.UNREACHABLE);
        assertThat(strict.err()).contains("empty.md: is empty");
        assertThat(strict.json().get("state").asString()).isEqualTo("skipped");
        assertThat(strict.json().get("problems")).hasSize(1);
        assertThat(shell.courant("collect", "weekly", "--strict")
                        .ending(ExitCode.UNREACHABLE)
                        .out())
                .isEqualToIgnoringNewLines("0 new posts, 1 known, 1 problem");
        assertThat(home.relay().taken()).isEmpty();
        Shell.Said lenient = shell.courant("run", "weekly", "--json").ending(ExitCode.DONE);
        assertThat(lenient.json().get("problems").get(0).asString()).contains("empty.md: is empty");
        assertThat(home.relay().taken()).hasSize(2);
    }

    @Test
    void aRelayThatIsDownIsWorthAnotherTry() {
        somethingToSend();
        home.relay().close();
        Shell.Said down = shell.courant("run", "weekly").ending(ExitCode.TRY_AGAIN);
        assertThat(down.err()).contains("relay 127.0.0.1:" + home.relay().port());
        assertThat(down.err()).doesNotContain("Exception", "\tat ");
        assertThat(shell.courant("status", ISSUE).ending(ExitCode.DONE).out()).contains("2 candidates = 2 ready");
    }

    @Test
    void aRelayThatRefusesTheSenderIsASettingToMend() {
        somethingToSend();
        home.relay().always(Step.MAIL, "550 5.7.1 sender not allowed here");
        assertThat(shell.courant("run", "weekly").ending(ExitCode.INVALID).err())
                .contains("refuses the sender", "550 5.7.1");
        assertThat(shell.courant("status", ISSUE).ending(ExitCode.DONE).out()).contains("2 candidates = 2 ready");
    }

    @Test
    void aHomeThatIsInUseIsWorthAnotherTry() {
        somethingToSend();
        try (HomeLock lock = HomeLock.take(home.home(), "sending " + ISSUE)) {
            assertThat(lock).isNotNull();
            for (String command : List.of("collect", "compose", "run")) {
                assertThat(shell.courant(command, "weekly")
                                .ending(ExitCode.TRY_AGAIN)
                                .err())
                        .contains(
                                "is in use: process " + ProcessHandle.current().pid() + ", sending " + ISSUE);
            }
            shell.courant("status").ending(ExitCode.DONE);
            shell.courant("run", "weekly", "--dry-run").ending(ExitCode.DONE);
        }
        shell.courant("run", "weekly").ending(ExitCode.DONE);
    }

    @Test
    void aJobThatIsWrongIsRefusedBeforeAnythingRuns() {
        home.changeJob(TestHome.WEEKLY, "template: digest", "template: digets");
        Shell.Said refused = shell.courant("run", "weekly", "--json").ending(ExitCode.INVALID);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err())
                .contains("jobs/weekly.yaml:5: template 'digets' not found in templates/ (did you mean 'digest'?)");
        assertThat(home.home()).doesNotExist();
        assertThat(shell.courant("collect", "wekly").ending(ExitCode.INVALID).err())
                .contains("no job 'wekly'", "did you mean 'weekly'?");
        assertThat(shell.typed("run", "weekly", "--jobs", "/nowhere/at/all")
                        .ending(ExitCode.INVALID)
                        .err())
                .contains("--jobs: no folder /nowhere/at/all");
    }

    @Test
    void aTemplateThatIsWrongIsToldByFileAndLineAndFreezesNothing() throws IOException {
        somethingToSend();
        Files.writeString(home.templates().resolve("digest").resolve("subject.ftl"), "News\n${isue.date}");
        assertThat(shell.courant("run", "weekly").ending(ExitCode.INVALID).err())
                .contains("templates/digest/subject.ftl", "2", "isue", "issue");
        assertThat(shell.courant("status").ending(ExitCode.DONE).out()).isEmpty();
    }

    @Test
    void withoutAnIssueThereIsNoStatus() {
        Shell.Said none = shell.courant("status").ending(ExitCode.DONE);
        assertThat(none.out()).isEmpty();
        assertThat(none.err()).contains("no issue yet; 'courant run NAME' makes one");
        assertThat(shell.courant("status", "--json").ending(ExitCode.DONE).json())
                .isEmpty();
        assertThat(shell.courant("status", "weekly-2026-01-01")
                        .ending(ExitCode.FAILED)
                        .err())
                .contains("no issue 'weekly-2026-01-01', nor any other yet; 'courant run NAME' makes one");
        assertThat(shell.courant("send", "weekly").ending(ExitCode.FAILED).err())
                .contains("no issue 'weekly'");
    }

    @Test
    void everyItemIsExplained() {
        somethingToSend();
        home.post("two.md", "Two");
        shell.courant("run", "weekly").ending(ExitCode.DONE);
        assertThat(shell.courant("explain", "weekly").ending(ExitCode.DONE).out())
                .contains(" 1. ", " 2. ", "One (Notes)", "Two (Notes)", "privacy: ");
        Shell.Said one = shell.courant("explain", ISSUE, "one").ending(ExitCode.DONE);
        assertThat(one.out())
                .contains("One (Notes)", "federated learning in the", "in all")
                .doesNotContain("Two (");
        JsonNode explained = shell.courant("explain", ISSUE, "1", "--json")
                .ending(ExitCode.DONE)
                .json();
        assertThat(explained).hasSize(1);
        assertThat(names(explained.get(0)))
                .containsExactly(
                        "number",
                        "heading",
                        "post",
                        "source",
                        "topic",
                        "topics",
                        "score",
                        "why",
                        "trend",
                        "evidence",
                        "updated",
                        "beyond",
                        "also",
                        "reasons",
                        "edits");
        assertThat(names(explained.get(0).get("reasons").get(0))).containsExactly("term", "field", "times", "weight");
        assertThat(shell.courant("explain", ISSUE, "9").ending(ExitCode.FAILED).err())
                .contains("issue " + ISSUE + " has no item '9' (it has items 1 to 2)");
    }

    @Test
    void whatHasEndedLeavesOneDatabaseFileBehind() throws IOException {
        somethingToSend();
        shell.courant("run", "weekly").ending(ExitCode.DONE);
        try (Stream<Path> files = Files.list(home.home())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            TestDatabase.isSqlite()
                                    ? new String[] {
                                        "courant.db", "courant.instance", "courant.journal", "courant.lock", "keys"
                                    }
                                    : new String[] {"courant.journal", "courant.lock", "keys"});
        }
    }

    @Test
    void quietMeansErrorsOnly() {
        somethingToSend();
        Shell.Said quiet = shell.courant("run", "weekly", "--quiet").ending(ExitCode.DONE);
        assertThat(quiet.err()).isEmpty();
        assertThat(shell.courant("run", "wekly", "--quiet")
                        .ending(ExitCode.INVALID)
                        .err())
                .isNotEmpty();
    }

    @Test
    void aRunAsksThoseWhoSignedUpAndADryRunDoesNot() {
        home.with(session -> session.get(DoubleOptIn.class)
                .request(
                        session.get(JobFolder.class).load("weekly").newsletter(),
                        "cyd@example.org",
                        null,
                        new Origin("192.0.2.7")));
        shell.courant("run", "weekly", "--dry-run").ending(ExitCode.DONE);
        assertThat(home.relay().taken()).isEmpty();

        shell.courant("run", "weekly").ending(ExitCode.DONE);
        shell.courant("run", "weekly").ending(ExitCode.DONE);

        assertThat(home.relay().copies()).isEqualTo(Map.of("cyd@example.org", 1));
        assertThat(home.relay().taken().get(0).content()).contains("Subject: Please confirm: Weekly");
    }

    @Test
    void signUpsThatCannotBeAskedHoldNothingUp() throws IOException {
        somethingToSend();
        home.with(session -> session.get(DoubleOptIn.class)
                .request(
                        session.get(JobFolder.class).load("weekly").newsletter(),
                        "cyd@example.org",
                        null,
                        new Origin("192.0.2.7")));
        Files.delete(home.templates().resolve("mails/text.ftl"));

        shell.courant("run", "weekly").ending(ExitCode.DONE);

        assertThat(home.relay().copies()).containsOnlyKeys("ada@example.org", "bob@example.org");
    }

    @Test
    void whatWaitsForItsReadersHourIsNoFailureAndGoesOutThen() {
        somethingToSend();
        home.with(session -> {
            long ada = session.get(Subscribers.class)
                    .find(new EmailAddress("ada@example.org"))
                    .orElseThrow()
                    .id();
            Preferences atNine = new Preferences(Set.of(), Frequency.EACH, 9, null, ZoneId.of("UTC"), Form.HTML, null);
            session.get(Readers.class).choose(TestHome.WEEKLY, ada, atNine, home.now());
        });
        Shell.Said said = shell.courant("run", "weekly").ending(ExitCode.DONE);

        assertThat(said.err())
                .contains("1 wait for an hour that their readers chose, the next for 2026-11-23T09:00:00Z;"
                        + " 'courant run weekly' sends them then");
        assertThat(home.relay().taken()).noneMatch(mail -> mail.recipient().equals("ada@example.org"));
        home.advance(Duration.ofHours(2));
        shell.courant("run", "weekly").ending(ExitCode.DONE);
        assertThat(home.relay().taken()).anyMatch(mail -> mail.recipient().equals("ada@example.org"));
    }
}
