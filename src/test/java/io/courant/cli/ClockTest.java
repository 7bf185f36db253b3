package io.courant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.TestHome;
import io.courant.issue.DueTimes;
import io.courant.job.Agenda;
import io.courant.job.HomeLock;
import io.courant.job.JobFolder;
import io.courant.job.Rota;
import io.courant.job.Runs;
import io.courant.lab.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A newsletter with a schedule, called as often as one likes. */
class ClockTest {
    private static final Instant SUNDAY = Instant.parse("2026-11-22T12:00:00Z");
    private static final Instant MONDAY = Instant.parse("2026-11-23T06:00:00Z");
    private static final Duration WEEK = Duration.ofDays(7);
    private static final String NOT_DUE = "weekly: not due until Mon 2026-11-23 07:00 Europe/Berlin";

    @TempDir
    private Path folder;

    private TestHome home;
    private Shell shell;

    @BeforeEach
    void open() {
        home = new TestHome(folder);
        shell = new Shell(home);
        home.subscribe("ada@example.org", "bob@example.org");
        home.post("one.md", "One");
        schedule("cron: \"0 0 7 * * MON\"");
    }

    @AfterEach
    void close() {
        home.close();
    }

    private void schedule(String keys) {
        home.changeJob("weekly", "template: digest", "template: digest\nzone: Europe/Berlin\n" + keys);
    }

    private Shell.Said runAt(Instant now) {
        home.setClock(now);
        return shell.courant("run", "weekly").ending(ExitCode.DONE);
    }

    private int sent() {
        return home.relay().taken().size();
    }

    @Test
    void itRunsWhenItIsDueAndOnlyOnce() {
        Shell.Said early = runAt(SUNDAY);
        assertThat(early.out()).isEmpty();
        assertThat(early.err()).isEqualToIgnoringNewLines(NOT_DUE);
        runAt(MONDAY.minusMillis(1));
        assertThat(sent()).isZero();

        assertThat(runAt(MONDAY).out()).contains("finished, 1 item; 2 candidates = 2 accepted");
        home.post("two.md", "Two");
        assertThat(runAt(MONDAY.plusSeconds(60)).err()).contains("not due until Mon 2026-11-30 07:00 Europe/Berlin");
        runAt(MONDAY.minusSeconds(3600)); // somebody sets the clock back
        runAt(MONDAY);
        assertThat(sent()).isEqualTo(2);
        runAt(MONDAY.plus(WEEK));
        assertThat(sent()).isEqualTo(4);
    }

    @Test
    void theClockBeginsWithTheFirstCallWhichMayItselfBeDue() {
        runAt(MONDAY.plus(Duration.ofHours(2)));
        assertThat(sent())
                .as("nobody wants the mail of an hour before there was a newsletter")
                .isZero();
        home.changeJob("weekly", "0 0 7 * * MON", "0 30 9 * * MON");
        runAt(MONDAY.plus(Duration.ofMinutes(151)));
        assertThat(sent()).isEqualTo(2);
    }

    @Test
    void theFirstCallOfACrontabMayBeALittleLate() {
        runAt(MONDAY.plusSeconds(30));
        assertThat(sent()).isEqualTo(2);
    }

    @Test
    void whatWasMissedIsMadeGoodByOneIssue() {
        runAt(SUNDAY);
        Shell.Said late = runAt(MONDAY.plus(WEEK).plus(WEEK).plus(Duration.ofDays(2)));
        assertThat(late.err()).contains("due times that passed without a run: 2; this run makes them good");
        assertThat(sent()).isEqualTo(2);
        home.post("two.md", "Two");
        runAt(MONDAY.plus(WEEK).plus(WEEK).plus(Duration.ofDays(3)));
        assertThat(sent()).isEqualTo(2);
    }

    @Test
    void whatIsMadeGoodStaysSoWhenTheClockIsSetBack() {
        home.changeJob("weekly", "0 0 7 * * MON", "0 0 * * * *");
        runAt(SUNDAY);
        assertThat(sent()).isEqualTo(2);
        home.post("two.md", "Two");
        runAt(SUNDAY.plus(Duration.ofHours(5)));
        assertThat(sent()).isEqualTo(4);
        home.post("three.md", "Three");
        assertThat(runAt(SUNDAY.plus(Duration.ofHours(3))).err()).contains("not due until");
        assertThat(sent()).isEqualTo(4);
    }

    @Test
    void aScheduleThatIsChangedCountsFromThenOn() {
        runAt(SUNDAY);
        runAt(MONDAY);
        assertThat(sent()).isEqualTo(2);
        home.post("two.md", "Two");
        home.changeJob("weekly", "0 0 7 * * MON", "0 0 7 * * TUE");
        Instant wednesday = MONDAY.plus(Duration.ofHours(50));
        home.setClock(wednesday);
        assertThat(next().get("overdue").asBoolean()).isFalse();
        assertThat(runAt(wednesday).err()).contains("not due until Tue 2026-12-01 07:00");
        assertThat(sent()).isEqualTo(2);
        runAt(MONDAY.plus(Duration.ofDays(9)));
        assertThat(sent()).as("made good, a day late").isEqualTo(4);
    }

    @Test
    void whatIsTooLateIsLeftOutAndSaidOnce() {
        home.changeJob("weekly", "zone: Europe/Berlin", "zone: Europe/Berlin\nlate-within: 6h");
        runAt(SUNDAY);
        Instant late = MONDAY.plus(Duration.ofHours(7));
        home.setClock(late);
        assertThat(shell.courant("next", "weekly").ending(ExitCode.DONE).out())
                .contains("missed Mon 2026-11-23 07:00 Europe/Berlin (2026-11-23T06:00:00Z), and too late now");
        assertThat(runAt(late).err())
                .contains("too late for what was due Mon 2026-11-23 07:00 Europe/Berlin: left out")
                .contains("not due until Mon 2026-11-30 07:00");
        assertThat(runAt(late).err()).doesNotContain("too late");
        assertThat(sent()).isZero();
        runAt(MONDAY.plus(WEEK).plus(Duration.ofHours(5)));
        assertThat(sent()).isEqualTo(2);
    }

    @Test
    void somebodyMayWantItNow() {
        home.setClock(SUNDAY);
        shell.courant("run", "weekly", "--now").ending(ExitCode.DONE);
        assertThat(sent()).isEqualTo(2);
        home.post("two.md", "Two");
        home.setClock(MONDAY);
        shell.courant("run", "weekly", "--now").ending(ExitCode.DONE);
        assertThat(sent()).isEqualTo(4);
        home.post("three.md", "Three");
        assertThat(runAt(MONDAY.plusSeconds(1)).err())
                .as("that was the due one")
                .contains("2026-11-30");
        assertThat(sent()).isEqualTo(4);
    }

    @Test
    void aRunThatWasKilledBeforeItMadeAnIssueGoesOn() {
        runAt(SUNDAY);
        home.setClock(MONDAY);
        home.with(session -> session.get(DueTimes.class).begin("weekly", MONDAY, null, MONDAY));
        runAt(MONDAY.plusSeconds(600));
        assertThat(sent()).isEqualTo(2);
        home.post("two.md", "Two");
        runAt(MONDAY.plusSeconds(900));
        assertThat(sent()).isEqualTo(2);
    }

    @Test
    void aRunThatWasKilledAfterItMadeAnIssueSendsThatAndMakesNoOther() {
        runAt(SUNDAY);
        home.setClock(MONDAY);
        home.with(session -> {
            session.get(DueTimes.class).begin("weekly", MONDAY, null, MONDAY);
            session.get(Runs.class).collect("weekly");
            session.get(Runs.class).compose("weekly");
        });
        home.post("two.md", "Two");
        assertThat(runAt(MONDAY.plusSeconds(600)).out()).contains("finished, 1 item; 2 candidates = 2 accepted");
        runAt(MONDAY.plusSeconds(900));
        assertThat(sent()).isEqualTo(2);
        JsonNode last = next().get("last");
        assertThat(last.get("result").asString()).isEqualTo("issued");
        assertThat(last.get("issue").asString()).isEqualTo("weekly-2026-11-23");
    }

    private JsonNode next() {
        return shell.courant("next", "weekly", "--json").ending(ExitCode.DONE).json();
    }

    @Test
    void whatARelayDeferredIsSentBetweenDueTimes() {
        runAt(SUNDAY);
        home.relay().on(Step.DOT, "451 4.3.0 later");
        home.setClock(MONDAY);
        shell.courant("run", "weekly").ending(ExitCode.PARTLY_SENT);
        assertThat(sent()).isEqualTo(1);
        home.post("two.md", "Two");
        assertThat(runAt(MONDAY.plusSeconds(3600)).out()).contains("1 item; 2 candidates = 2 accepted");
        assertThat(sent()).isEqualTo(2);
    }

    @Test
    void mailWaitsForTheEndOfQuietHours() {
        home.changeJob("weekly", "zone: Europe/Berlin", "zone: Europe/Berlin\nquiet: \"22:00-08:30\"");
        runAt(SUNDAY);
        String waits = "weekly-2026-11-23 waits for the end of the quiet hours, Mon 2026-11-23 08:30 Europe/Berlin";
        Shell.Said quiet = runAt(MONDAY);
        assertThat(quiet.err()).contains(waits);
        assertThat(quiet.out()).contains("approved, 1 item; 2 candidates = 2 ready");
        assertThat(shell.courant("status", "weekly").ending(ExitCode.DONE).err())
                .contains(waits);
        assertThat(runAt(MONDAY.plusSeconds(60)).err()).contains(waits).contains("not due until");
        assertThat(shell.courant("send", "weekly").ending(ExitCode.PARTLY_SENT).err())
                .contains(waits);
        assertThat(sent()).isZero();
        JsonNode next = next();
        assertThat(next.get("quietHours").asString()).isEqualTo("22:00-08:30");
        assertThat(next.get("quietUntil").get("utc").asString()).isEqualTo("2026-11-23T07:30:00Z");
        assertThat(runAt(Instant.parse("2026-11-23T07:30:00Z")).out()).contains("2 candidates = 2 accepted");
    }

    @Test
    void somebodyMayDisturbTheQuiet() {
        home.changeJob("weekly", "zone: Europe/Berlin", "zone: Europe/Berlin\nquiet: \"22:00-08:30\"");
        runAt(MONDAY);
        shell.courant("send", "weekly", "--now").ending(ExitCode.DONE);
        assertThat(sent()).isEqualTo(2);
    }

    @Test
    void anIssueWaitsForEnoughItemsButNotForEver() {
        home.changeJob("weekly", "cron: \"0 0 7 * * MON\"", "when: {items: 2, at-latest: 3d}");
        runAt(SUNDAY); // at noon, a full hour
        assertThat(sent()).isZero();
        assertThat(next().get("last").get("words").asString())
                .isEqualTo(
                        "1 of 2 items have come; at the latest there is an issue Wed 2026-11-25 12:55 Europe/Berlin");
        assertThat(runAt(SUNDAY.plusSeconds(60)).err()).contains("not due until Sun 2026-11-22 14:00");
        home.post("two.md", "Two");
        runAt(SUNDAY.plusSeconds(3600));
        assertThat(sent()).isEqualTo(2);
        home.post("three.md", "Three");
        runAt(SUNDAY.plus(Duration.ofDays(2)));
        assertThat(sent()).isEqualTo(2);
        runAt(SUNDAY.plus(Duration.ofDays(3)).plusSeconds(3600));
        assertThat(sent()).as("three days after the last issue").isEqualTo(4);
    }

    @Test
    void whatAnIssueCarriedOverIsNotNewOnceMore() {
        home.changeJob(
                "weekly",
                "cron: \"0 0 7 * * MON\"",
                "when: {items: 2, at-latest: 3d}\nquotas: {items: 1, per-topic: 1, brief: 1}");
        home.post("two.md", "Two");
        home.post("three.md", "Three");
        home.post("four.md", "Four");
        runAt(SUNDAY);
        assertThat(sent()).isEqualTo(2);
        runAt(SUNDAY.plusSeconds(3600));
        JsonNode next = next();
        assertThat(next.get("newItems").asInt()).isZero();
        assertThat(next.get("last").get("words").asString()).startsWith("0 of 2 items have come");
    }

    @Test
    void oneLineOfCronServesAllThatHaveASchedule() {
        home.job("broken", "title: Broken\n");
        home.changeJob("weekly", "zone: Europe/Berlin", "zone: Europe/Berlin");
        home.setClock(MONDAY);
        Shell.Said said = shell.courant("run", "--all", "--json").ending(ExitCode.INVALID);
        assertThat(said.err()).contains("broken: jobs/broken.yaml:1: ");
        assertThat(said.json().get("newsletter").asString()).isEqualTo("weekly");
        assertThat(sent()).isEqualTo(2);
        JsonNode idle = shell.courant("run", "--json").ending(ExitCode.INVALID).json();
        assertThat(idle.get("state").asString()).isEqualTo("notDue");
        shell.courant("run", "--all", "weekly").ending(ExitCode.USAGE);
        shell.courant("run", "--now").ending(ExitCode.USAGE);
    }

    @Test
    void whatSomebodyHasToMendIsToldBeforeWhatALaterRunGoesOnWith() {
        home.setClock(MONDAY);
        home.relay().onRecipient("bob@example.org", "450 4.2.1 busy");
        shell.courant("run", "--all").ending(ExitCode.PARTLY_SENT);
        home.job("wrong", "title: Wrong\n");
        shell.courant("run", "--all").ending(ExitCode.INVALID);
    }

    @Test
    void aSecondRunIsTurnedAway() {
        home.setClock(MONDAY);
        try (HomeLock lock = HomeLock.take(home.home(), "sending")) {
            assertThat(lock).isNotNull();
            shell.courant("run", "--all").ending(ExitCode.TRY_AGAIN);
            shell.courant("run", "weekly").ending(ExitCode.TRY_AGAIN);
        }
        runAt(MONDAY);
        assertThat(sent()).isEqualTo(2);
    }

    @Test
    void whatComesNextIsToldInBothTimes() {
        home.setClock(SUNDAY);
        assertThat(shell.courant("next").ending(ExitCode.DONE).out().lines())
                .containsExactly(
                        "weekly  0 0 7 * * MON",
                        "  next Mon 2026-11-23 07:00 Europe/Berlin (2026-11-23T06:00:00Z)",
                        "  next Mon 2026-11-30 07:00 Europe/Berlin (2026-11-30T06:00:00Z)",
                        "  next Mon 2026-12-07 07:00 Europe/Berlin (2026-12-07T06:00:00Z)",
                        "  0 new items so far");
        runAt(SUNDAY);
        home.setClock(MONDAY.plus(WEEK).plusSeconds(90));
        JsonNode next = next();
        assertThat(next.get("overdue").asBoolean()).isTrue();
        assertThat(next.get("missed").asInt()).isEqualTo(1);
        assertThat(next.get("last").isNull()).isTrue();
        assertThat(next.get("next").get(0).get("local").asString()).isEqualTo("2026-12-07T07:00+01:00");
    }

    @Test
    void aProcessThatStaysKnowsWhoseTurnItIs() {
        runAt(SUNDAY);
        home.with(session -> {
            Rota rota = session.get(Rota.class);
            var job = session.get(JobFolder.class).load("weekly");
            assertThat(rota.hasTurn(job)).isFalse();
            home.setClock(MONDAY);
            assertThat(rota.hasTurn(job)).isTrue();
            rota.taken(job, false);
            assertThat(rota.hasTurn(job)).as("it rests after trouble").isFalse();
            home.advance(Duration.ofMinutes(5));
            assertThat(rota.hasTurn(job)).isTrue();
        });
        runAt(home.now());
        home.with(session -> {
            assertThat(session.get(Rota.class)
                            .hasTurn(session.get(JobFolder.class).load("weekly")))
                    .isFalse();
            assertThat(session.get(Agenda.class).of("weekly", 1).isOverdue()).isFalse();
        });
    }
}
