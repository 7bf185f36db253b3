package io.courant.web;

import io.courant.issue.IssueId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Tells people from programs that pass for browsers: those follow all links at once. A network that asks for more than
 * {@value #MOST} links of an issue within {@link #SPAN} is not counted, and what it was counted for in that time is taken
 * back; and one link counts once for a network in that time. Networks are kept in memory alone, and for less than a
 * minute.
 */
final class Bursts {
    static final int MOST = 3;
    static final Duration SPAN = Duration.ofSeconds(10);

    /** Some megabytes; more networks at a time are a flood, and are not counted. */
    private static final int ROOM = 20_000;

    private static final Duration TIDY = Duration.ofSeconds(20);

    private final InstantSource clock;
    private final Executor later;
    private final Map<Visitor, Map<Long, Hit>> visits = new HashMap<>();

    Bursts(InstantSource clock) {
        this(clock, CompletableFuture.delayedExecutor(TIDY.toSeconds(), TimeUnit.SECONDS));
    }

    /** @param later runs what it is given after a while of less than a minute */
    Bursts(InstantSource clock, Executor later) {
        this.clock = clock;
        this.later = later;
    }

    /** A network that looks at an issue. */
    private record Visitor(String network, IssueId issue) {}

    /** When a link was asked for last, and whether that stands in its count. */
    private record Hit(Instant at, boolean counted) {}

    /** By how much the count of a link changes. */
    record Change(long link, int by) {}

    /**
     * Takes note of a request, and says what it changes.
     *
     * @param person whether the request by itself would count
     */
    synchronized List<Change> changes(String network, IssueId issue, long link, boolean person) {
        Instant now = clock.instant();
        if (visits.isEmpty()) {
            later.execute(this::tidy);
        }
        Visitor visitor = new Visitor(network, issue);
        if (visits.size() >= ROOM && !visits.containsKey(visitor)) {
            return List.of();
        }
        Map<Long, Hit> hits = visits.computeIfAbsent(visitor, unknown -> new HashMap<>());
        forget(hits, now);
        Hit before = hits.get(link);
        boolean known = before != null && before.counted();
        hits.put(link, new Hit(now, known));
        if (hits.size() > MOST) {
            List<Change> back = hits.entrySet().stream()
                    .filter(hit -> hit.getValue().counted())
                    .map(hit -> new Change(hit.getKey(), -1))
                    .toList();
            hits.replaceAll((number, hit) -> new Hit(hit.at(), false));
            return back;
        }
        if (!person || known) {
            return List.of();
        }
        hits.put(link, new Hit(now, true));
        return List.of(new Change(link, 1));
    }

    private synchronized void tidy() {
        Instant now = clock.instant();
        visits.values().removeIf(hits -> {
            forget(hits, now);
            return hits.isEmpty();
        });
        if (!visits.isEmpty()) {
            later.execute(this::tidy);
        }
    }

    /** How many networks are known at the moment. */
    synchronized int size() {
        return visits.size();
    }

    private static void forget(Map<Long, Hit> hits, Instant now) {
        hits.values().removeIf(hit -> !hit.at().plus(SPAN).isAfter(now));
    }
}
