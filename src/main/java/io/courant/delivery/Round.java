package io.courant.delivery;

import io.courant.delivery.Deliveries.Claim;
import io.courant.delivery.Deliveries.Settlement;
import io.courant.issue.IssueId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * One run over an issue: claims groups, hands them to the senders at the given pace, and settles what comes back in
 * groups. Everything here happens on one thread, and no transaction is open while a sender talks to the relay.
 */
final class Round {
    /** How often the stop signal is looked at when nothing else happens. */
    private static final Duration LOOK_UP = Duration.ofMillis(50);

    /** So many claims are in hand at first. */
    private static final int FIRST_REACH = 25;

    private final IssueId issue;
    private final Deliveries deliveries;
    private final Ledger ledger;
    private final Senders senders;
    private final PoolSize pool;
    private final Judge judge;
    private final DeliveryPolicy policy;
    private final InstantSource clock;
    private final Consumer<Progress> progress;
    private final TokenBucket bucket;
    private final int group;

    private int reach;
    private final Deque<Claim> waiting = new ArrayDeque<>();
    private final List<Settlement> unsettled = new ArrayList<>();
    private final Map<DeliveryState, Long> done = new EnumMap<>(DeliveryState.class);
    private final long begunAt = System.nanoTime();
    private long turnedAt = begunAt;
    private int handedOut;
    private boolean exhausted;
    private boolean interrupted;
    private Optional<RuntimeException> halt = Optional.empty();
    private long acceptedBefore;
    private long total;

    Round(
            IssueId issue,
            Deliveries deliveries,
            Ledger ledger,
            Senders senders,
            PoolSize pool,
            Judge judge,
            Pace pace,
            DeliveryPolicy policy,
            InstantSource clock,
            Consumer<Progress> progress) {
        this.issue = issue;
        this.deliveries = deliveries;
        this.ledger = ledger;
        this.senders = senders;
        this.pool = pool;
        this.judge = judge;
        this.policy = policy;
        this.clock = clock;
        this.progress = progress;
        this.bucket = new TokenBucket(pace.perMinute(), begunAt);
        // Whatever is claimed at a crash is in doubt. Where nobody sends it again, it must have been in flight.
        this.group = policy.doubt().policy() == InDoubtPolicy.RESEND
                ? policy.groups().claims()
                : Math.min(pace.connections(), policy.groups().claims());
        this.reach = Math.min(FIRST_REACH, group);
    }

    Summary go(BooleanSupplier stop) {
        DeliveryPolicy.Doubt doubt = policy.doubt();
        Instant start = clock.instant();
        deliveries.clamp(issue, start.plus(policy.retry().longest()), start.plus(doubt.after()));
        int recovered = deliveries.recover(issue, start, start.plus(doubt.after()), doubt.resends());
        assumeSent();
        int resent = doubt.policy() == InDoubtPolicy.RESEND ? deliveries.resend(issue, start) : 0;
        Map<DeliveryState, Long> before = ledger.counts(issue);
        acceptedBefore = before.getOrDefault(DeliveryState.ACCEPTED, 0L);
        total = before.values().stream().mapToLong(Long::longValue).sum()
                - before.getOrDefault(DeliveryState.SUPPRESSED, 0L);
        boolean stopped;
        try {
            stopped = walk(stop);
        } catch (RuntimeException | Error e) {
            breakOff(e);
            throw e;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        assumeSent();
        if (halt.isPresent()) {
            throw halt.get();
        }
        Instant end = clock.instant();
        int expired =
                stopped ? 0 : deliveries.expire(issue, end.minus(policy.retry().expiry()), end);
        return new Summary(
                issue,
                ledger.counts(issue),
                new Summary.Tally(
                        count(DeliveryState.ACCEPTED),
                        count(DeliveryState.DEFERRED),
                        count(DeliveryState.REJECTED),
                        count(DeliveryState.IN_DOUBT),
                        recovered,
                        resent,
                        expired),
                stopped,
                ledger.nextDue(issue).orElse(null));
    }

    /** Until nothing is due, or told to stop: whether it was the latter. */
    private boolean walk(BooleanSupplier stop) {
        while (true) {
            boolean stopping = interrupted || halt.isPresent() || stop.getAsBoolean();
            if (stopping) {
                takeBack(halt.map(Throwable::getMessage).orElse("the run was stopped"));
            }
            boolean idle = waiting.isEmpty() && handedOut == 0;
            if (idle || isTurnDue()) {
                // Settling may make deliveries ready again, so at the end the ledger is asked once more.
                turn(!stopping && (idle || !exhausted));
            }
            if (stopping) {
                if (waiting.isEmpty() && handedOut == 0) {
                    return true;
                }
            } else if (idle && exhausted) {
                return false;
            } else {
                handOut();
            }
            listen();
        }
    }

    /** Writes down what is known and, if told to, claims as many as there is then room for. */
    private void turn(boolean claiming) {
        boolean answered = !unsettled.isEmpty();
        int most = policy.groups().outcomes();
        while (unsettled.size() > (claiming ? most : 0)) {
            List<Settlement> some = unsettled.subList(0, Math.min(most, unsettled.size()));
            deliveries.settle(issue, List.copyOf(some));
            some.clear();
        }
        if (claiming) {
            int room = Math.max(0, reach - waiting.size() - handedOut);
            List<Claim> claims = deliveries.settleAndClaim(issue, List.copyOf(unsettled), room, clock.instant());
            unsettled.clear();
            if (answered && waiting.isEmpty() && senders.isIdle()) {
                // They had to wait for this: what a crash leaves in doubt grows only as far as speed needs it.
                reach = Math.min(group, reach * 2);
            }
            waiting.addAll(claims);
            exhausted = claims.isEmpty();
        }
        turnedAt = System.nanoTime();
        if (answered) {
            double seconds = Math.max(1, turnedAt - begunAt) / 1e9;
            long answers = done.values().stream().mapToLong(Long::longValue).sum();
            progress.accept(new Progress(acceptedBefore + count(DeliveryState.ACCEPTED), total, answers / seconds));
        }
    }

    private void handOut() {
        while (!waiting.isEmpty() && bucket.take(System.nanoTime())) {
            senders.hand(waiting.remove());
            handedOut++;
        }
        senders.grow(Math.min(handedOut, pool.size(System.nanoTime())));
    }

    private void takeBack(String cause) {
        for (Optional<Claim> claim = senders.takeBack(); claim.isPresent(); claim = senders.takeBack()) {
            handedOut--;
            waiting.add(claim.get());
        }
        Instant now = clock.instant();
        waiting.forEach(claim -> unsettled.add(judge.returned(claim, cause, now)));
        waiting.clear();
    }

    private void listen() {
        try {
            Optional<Senders.Word> word = senders.listen(patience());
            while (word.isPresent()) {
                hear(word.get());
                word = senders.listen(Duration.ZERO);
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
    }

    private Duration patience() {
        Duration wait = LOOK_UP;
        if (!unsettled.isEmpty()) {
            wait = shorter(wait, policy.groups().every());
        }
        if (!waiting.isEmpty()) {
            wait = shorter(wait, bucket.untilNext(System.nanoTime()));
        }
        return handedOut == 0 && waiting.isEmpty() ? Duration.ZERO : wait;
    }

    private void hear(Senders.Word word) {
        handedOut--;
        if (word instanceof Senders.Answered answered) {
            pool.answered();
            Settlement settlement = judge.settle(answered.claim(), answered.outcome(), clock.instant());
            unsettled.add(settlement);
            done.merge(settlement.outcome().state(), 1L, Long::sum);
            judge.halt().ifPresent(this::halt);
        } else if (word instanceof Senders.Unsent unsent) {
            waiting.addFirst(unsent.claim());
            pool.turnedAway(System.nanoTime());
            if (!unsent.cause().isTemporary() || senders.alive() == 0) {
                halt(unsent.cause());
            }
        }
    }

    private boolean isTurnDue() {
        if (unsettled.isEmpty()) {
            return false;
        }
        // Half of what is not in the senders' hands, of which each may hold two: they live on the other half meanwhile.
        int spare = Math.max(reach / 4, reach - 2 * senders.alive());
        return unsettled.size() >= Math.max(1, Math.min(policy.groups().outcomes(), spare / 2))
                || System.nanoTime() - turnedAt >= policy.groups().every().toNanos();
    }

    /** The ledger failed: begins nothing new, waits for what is in flight, and tries once more to write it down. */
    private void breakOff(Throwable failure) {
        takeBack("the run was broken off: " + failure.getMessage());
        while (handedOut > 0) {
            listen();
            takeBack("the run was broken off: " + failure.getMessage());
        }
        try {
            turn(false);
        } catch (RuntimeException again) {
            if (again != failure) {
                failure.addSuppressed(again);
            }
        }
    }

    private void assumeSent() {
        if (policy.doubt().policy() == InDoubtPolicy.ASSUME_SENT) {
            deliveries.assumeSent(issue, clock.instant());
        }
    }

    private void halt(RuntimeException reason) {
        if (halt.isEmpty()) {
            halt = Optional.of(reason);
        }
    }

    private long count(DeliveryState state) {
        return done.getOrDefault(state, 0L);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
