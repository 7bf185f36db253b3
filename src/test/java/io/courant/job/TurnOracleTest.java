package io.courant.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.job.TimetableWorld.Call;
import io.courant.job.TimetableWorld.Death;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ten years of turns with outages, kills and clocks that are set back, held against somebody who has all due times on a
 * list (see {@link ScheduleOracleTest}) and strikes them off. {@code -Dcourant.clock.seed=…} draws the same again.
 */
class TurnOracleTest {
    private static final long SEED = Long.getLong("courant.clock.seed", System.nanoTime());
    private static final Duration HEAD_START = Duration.ofMinutes(5);

    @TempDir
    private Path folder;

    /**
     * A newsletter, and the same said by hand.
     *
     * @param rule number of the {@link ScheduleOracleTest.Rule}
     * @param late null: never too late
     * @param items null: as many as there are
     */
    private record Letter(
            String zone,
            int rule,
            String keys,
            @Nullable Duration late,
            int quietFrom,
            int quietTo,
            int items,
            Duration atLatest) {
        Letter(String zone, int rule, String keys, @Nullable Duration late, int quietFrom, int quietTo) {
            this(zone, rule, keys, late, quietFrom, quietTo, 0, Duration.ZERO);
        }

        boolean isQuiet(Instant moment) {
            ZonedDateTime local = moment.atZone(ZoneId.of(zone));
            int minute = local.getHour() * 60 + local.getMinute();
            return quietFrom <= quietTo
                    ? quietFrom <= minute && minute < quietTo
                    : minute >= quietFrom || minute < quietTo;
        }
    }

    private static final List<Letter> LETTERS = List.of(
            new Letter("Europe/Berlin", 1, "late-within: 6h", Duration.ofHours(6), 0, 0),
            new Letter("America/New_York", 0, "quiet: \"22:00-07:30\"", null, 22 * 60, 7 * 60 + 30),
            new Letter("Australia/Lord_Howe", 2, "missed: skip", Duration.ofHours(6), 0, 0),
            new Letter(
                    "America/Sao_Paulo",
                    3,
                    "missed: skip\nlate-within: 45m\nquiet: \"23:30-01:15\"",
                    Duration.ofMinutes(45),
                    23 * 60 + 30,
                    75),
            new Letter(
                    "Europe/Berlin",
                    4,
                    "when: {items: 5, at-latest: 4d}\nquiet: \"22:00-07:00\"",
                    null,
                    22 * 60,
                    7 * 60,
                    5,
                    Duration.ofDays(4)),
            new Letter(
                    "Pacific/Apia",
                    12,
                    "when: {items: 20, at-latest: 20d}\nmissed: skip\nlate-within: 2d",
                    Duration.ofDays(2),
                    0,
                    0,
                    20,
                    Duration.ofDays(20)));

    @TestFactory
    Stream<DynamicTest> whateverHappensEachDueTimeIsDealtWithOnce() {
        System.err.println("TurnOracleTest -Dcourant.clock.seed=" + SEED);
        return LETTERS.stream()
                .map(letter -> DynamicTest.dynamicTest(letter.zone() + " " + letter.keys(), () -> compare(letter)));
    }

    private void compare(Letter letter) {
        List<Call> calls = calls(new Random(SEED));
        NavigableSet<Instant> due =
                new TreeSet<>(ScheduleOracleTest.seen(ZoneId.of(letter.zone())).get(letter.rule()));
        List<String> expected = expected(letter, due, calls);
        String cron = ScheduleOracleTest.RULES.get(letter.rule()).cron();
        String keys = "zone: " + letter.zone() + "\ncron: \"" + cron + "\"\n" + letter.keys();
        List<String> found = TimetableWorld.run(folder, keys, calls);
        int same = 0;
        while (same < Math.min(found.size(), expected.size()) && found.get(same).equals(expected.get(same))) {
            same++;
        }
        assertThat(some(found, same))
                .as("what comes after event %s with seed %s", same, SEED)
                .isEqualTo(some(expected, same));
        assertThat(found.size()).as("something happened").isGreaterThan(100);
    }

    private static List<String> some(List<String> events, int from) {
        return events.subList(from, Math.min(events.size(), from + 8));
    }

    /** Ten years: mostly every few hours, at times not for days or weeks, and now and then earlier than before. */
    private static List<Call> calls(Random random) {
        List<Death> deaths = List.copyOf(EnumSet.complementOf(EnumSet.of(Death.NONE)));
        List<Call> calls = new ArrayList<>();
        Instant at = ScheduleOracleTest.BEGIN.plusSeconds(random.nextInt(86_400));
        while (at.isBefore(ScheduleOracleTest.END)) {
            Death death = random.nextInt(8) == 0 ? deaths.get(random.nextInt(deaths.size())) : Death.NONE;
            calls.add(new Call(at, random.nextInt(3), random.nextInt(150) == 0, death));
            at = at.plusSeconds(
                    switch (random.nextInt(400)) {
                        case 0 -> random.nextInt(40 * 86_400);
                        case 1 -> -random.nextInt(20 * 3_600);
                        case 2, 3, 4, 5, 6, 7, 8 -> random.nextInt(3 * 86_400);
                        default -> 1 + random.nextInt(14 * 3_600);
                    });
        }
        return calls;
    }

    private static List<String> expected(Letter letter, NavigableSet<Instant> due, List<Call> calls) {
        List<String> events = new ArrayList<>();
        List<Integer> unsent = new ArrayList<>();
        Instant done = calls.get(0).at().minus(HEAD_START);
        Instant begun = done; // by a run that died; nothing is due before its time, should the clock be set back
        Instant lastIssue = done;
        int fresh = 0;
        int issues = 0;
        for (Call call : calls) {
            Instant now = call.at();
            boolean dies = false;
            fresh += call.arrivals();
            boolean quiet = !call.now() && letter.isQuiet(now);
            while (!quiet && !unsent.isEmpty() && !dies) {
                dies = call.death() == Death.WHILE_SENDING;
                if (!dies) {
                    events.add(now + " sent " + unsent.remove(0));
                }
            }
            Instant last = Objects.requireNonNullElse(due.floor(now), Instant.MIN);
            boolean pending = last.isAfter(done) && !now.isBefore(begun);
            if (!dies
                    && pending
                    && letter.late() != null
                    && last.plus(letter.late()).isBefore(now)) {
                events.add(now + " too late");
                done = last;
                pending = false;
            }
            if (dies || (!pending && !call.now())) {
                continue;
            }
            boolean enough = fresh >= letter.items()
                    || !lastIssue.plus(letter.atLatest()).isAfter(now);
            if (call.now() || enough) {
                if (call.death() == Death.BEFORE_THE_ISSUE) {
                    begun = pending ? last : begun;
                    continue;
                }
                if (fresh > 0) {
                    events.add(now + " issue " + ++issues + " of " + fresh);
                    unsent.add(issues);
                    lastIssue = now;
                    done = begun.isAfter(done) ? begun : done;
                    fresh = 0;
                    if (call.death() == Death.NONE && !quiet) {
                        events.add(now + " sent " + unsent.remove(unsent.size() - 1));
                    }
                }
            }
            done = pending ? last : done;
        }
        return events;
    }
}
