package io.courant.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.issue.IssueId;
import io.courant.web.Bursts.Change;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class BurstsTest {
    private static final IssueId ISSUE = new IssueId("weekly-2026-11-23");
    private static final IssueId OTHER = new IssueId("weekly-2026-11-30");
    private static final String NETWORK = "192.0.2.0/24";

    private Instant now = Instant.parse("2026-11-23T09:00:00Z");
    private final Deque<Runnable> later = new ArrayDeque<>();
    private final InstantSource clock = () -> now;
    private final Bursts bursts = new Bursts(clock, later::add);

    private List<Change> person(long link) {
        return bursts.changes(NETWORK, ISSUE, link, true);
    }

    private List<Change> program(long link) {
        return bursts.changes(NETWORK, ISSUE, link, false);
    }

    @Test
    void aPersonCountsAndAProgramDoesNot() {
        assertThat(person(1)).containsExactly(new Change(1, 1));
        assertThat(program(2)).isEmpty();
    }

    @Test
    void aLinkCountsOnceInASpan() {
        assertThat(program(1)).isEmpty();
        assertThat(person(1)).hasSize(1);
        assertThat(person(1)).isEmpty();
        now = now.plus(Bursts.SPAN);
        assertThat(person(1)).hasSize(1);
    }

    @Test
    void whoAsksForMoreThanPeopleDoIsTakenBack() {
        person(1);
        program(2);
        person(3);
        assertThat(person(4)).containsExactlyInAnyOrder(new Change(1, -1), new Change(3, -1));
        assertThat(person(5)).isEmpty();
        assertThat(person(1)).isEmpty();
    }

    @Test
    void whatIsSpreadOverTimeIsNoBurst() {
        for (long link = 1; link <= 20; link++) {
            assertThat(person(link)).as("link " + link).containsExactly(new Change(link, 1));
            now = now.plusSeconds(4);
        }
    }

    @Test
    void networksAndIssuesAreLookedAtApart() {
        for (long link = 1; link <= Bursts.MOST; link++) {
            person(link);
        }
        assertThat(bursts.changes("198.51.100.0/24", ISSUE, 4, true)).hasSize(1);
        assertThat(bursts.changes(NETWORK, OTHER, 4, true)).hasSize(1);
    }

    @Test
    void networksAreForgotten() {
        person(1);
        assertThat(later).hasSize(1);
        now = now.plus(Duration.ofSeconds(20));
        bursts.changes("198.51.100.0/24", ISSUE, 4, true);
        later.remove().run();
        assertThat(bursts.size()).isEqualTo(1);
        now = now.plus(Duration.ofSeconds(20));
        later.remove().run();
        assertThat(bursts.size()).isZero();
        assertThat(later).isEmpty();
        person(1);
        assertThat(later).hasSize(1);
    }
}
