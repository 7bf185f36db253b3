package io.courant.section;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What keeps assignments, keeps these promises. */
public interface AssignmentsContract {
    Beat BEAT = beat("weekly", "a", "b");
    Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    LocalDate FRIDAY = LocalDate.parse("2026-11-20");
    Assignment A = new Assignment("a", 2, List.of(new Assignment.Reason("alpha", "body", 2)));

    Assignments assignments();

    /** Keeps a post with one section; the id of the section. */
    long section(String source, Instant published);

    static Beat beat(String newsletter, String... topics) {
        List<Topic> list = List.of(topics).stream()
                .map(id -> new Topic(id, id, List.of(new Topic.Seed(id, 3))))
                .toList();
        return new Beat(newsletter, List.of("notes", "wire"), new Taxonomy(list, false, Locale.ENGLISH));
    }

    @Test
    default void whatWasKeptIsNotMissing() {
        long first = section("notes", NOON);
        long second = section("notes", NOON.minusSeconds(60));
        section("elsewhere", NOON);
        assertThat(assignments().missing(BEAT)).as("the oldest first").containsExactly(second, first);
        assignments().keep(BEAT, Map.of(first, A));
        assertThat(assignments().missing(BEAT)).containsExactly(second);
        assertThat(assignments().of(BEAT, List.of(first, second))).isEqualTo(Map.of(first, A));
    }

    @Test
    default void underOtherTopicsOrForAnotherNewsletterItIsMissingAgain() {
        long section = section("notes", NOON);
        assignments().keep(BEAT, Map.of(section, A));
        assertThat(assignments().missing(beat("weekly", "a", "b", "c"))).containsExactly(section);
        assertThat(assignments().missing(beat("daily", "a", "b"))).containsExactly(section);
        assertThat(assignments().of(beat("weekly", "a"), List.of(section))).isEmpty();
    }

    @Test
    default void anEditorsWordOutlivesOtherTopicsUntilItIsTakenBack() {
        long section = section("notes", NOON);
        assignments().keep(BEAT, Map.of(section, A));
        assignments().correct(BEAT, section, List.of("b", "a"), NOON);
        assignments().keep(BEAT, Map.of(section, A));
        assertThat(assignments().of(BEAT, List.of(section)))
                .isEqualTo(Map.of(section, Assignment.byEditor(List.of("b", "a"))));
        Beat other = beat("weekly", "a", "c");
        assertThat(assignments().missing(other)).isEmpty();
        assertThat(assignments().of(other, List.of(section)))
                .as("of a topic that has gone nothing is left")
                .isEqualTo(Map.of(section, Assignment.byEditor(List.of("a"))));
        Beat without = beat("weekly", "c", "d");
        assertThat(assignments().missing(without)).as("nothing at all is left").containsExactly(section);
        assertThat(assignments().of(without, List.of(section))).isEmpty();
        assertThat(assignments().withdraw(BEAT, section)).isTrue();
        assertThat(assignments().withdraw(BEAT, section)).isFalse();
        assertThat(assignments().missing(BEAT)).containsExactly(section);
    }

    @Test
    default void postsAreCountedByWeekTopicAndSource() {
        long today = section("notes", NOON);
        long sixDaysAgo = section("wire", Instant.parse("2026-11-14T00:00:00Z"));
        long sevenDaysAgo = section("notes", Instant.parse("2026-11-13T23:59:59Z"));
        section("notes", Instant.parse("2026-11-05T12:00:00Z"));
        section("notes", Instant.parse("2026-11-21T00:00:00Z"));
        section("elsewhere", NOON);
        Assignment both = new Assignment("b", 1, List.of(), List.of("a"));
        assignments().keep(BEAT, Map.of(today, A, sixDaysAgo, both, sevenDaysAgo, A));
        assertThat(assignments().weeks(BEAT, List.of(), FRIDAY, ZoneOffset.UTC))
                .containsExactly(
                        new Week(1, Map.of()),
                        new Week(1, Map.of("a", Map.of("notes", 1))),
                        new Week(2, Map.of("a", Map.of("notes", 1, "wire", 1), "b", Map.of("wire", 1))));
        assertThat(assignments()
                        .weeks(BEAT, List.of(), FRIDAY, ZoneId.of("America/New_York"))
                        .get(2))
                .as("there it was still the 13th, and is still the 20th")
                .isEqualTo(new Week(2, Map.of("a", Map.of("notes", 1))));
        assertThat(assignments().weeks(BEAT, List.of(), LocalDate.parse("2020-01-01"), ZoneOffset.UTC))
                .isEmpty();
    }

    @Test
    default void aSourceThatIsYoungBesideOneThatIsOldDoesNotCount() {
        section("notes", NOON.minus(Duration.ofDays(7 * 60)));
        section("notes", NOON);
        section("wire", NOON.minus(Duration.ofDays(7 * 50)));
        section("wire", NOON);
        List<Week> weeks = assignments().weeks(BEAT, List.of(), FRIDAY, ZoneOffset.UTC);
        assertThat(weeks).hasSize(61);
        assertThat(weeks.get(60).posts()).isEqualTo(1);
    }
}
