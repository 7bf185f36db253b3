package io.courant.delivery;

import io.courant.delivery.Conductor.Order;
import io.courant.delivery.Deliveries.Claim;
import io.courant.delivery.Deliveries.Settlement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One run over an issue: claims groups, hands them to the relays at the given pace, and settles what comes back in
 * groups. Everything here happens on one thread, and no transaction is open while a sender talks to a relay.
 */
final class Round {
    /** How often orders are asked for when nothing else happens. */
    private static final Duration LOOK_UP = Duration.ofMillis(50);

    /** So long the first word waits for others: to be woken for each would cost more than to hear it. */
    private static final Duration GATHER = Duration.ofMillis(2);

    /** What a sender said, and for which relay it works. */
    record Heard(Lane lane, Senders.Word word) {}

    private final Book book;
    private final Lanes lanes;
    private final BlockingQueue<Heard> words;
    private final GroupPaces paces;
    private final Judge judge;
    private final DeliveryPolicy policy;
    private final Scope scope;
    private final Conductor conductor;
    private final InstantSource clock;
    private final Reporting reporting;

    private long left;
    private final Deque<Claim> waiting = new ArrayDeque<>();
    private final List<Settlement> unsettled = new ArrayList<>();
    private final List<Senders.AtDot> atDot = new ArrayList<>();
    private long turnedAt = System.nanoTime();
    private boolean asked;
    private boolean newlyClaimed = true;
    private boolean interrupted;
    private Optional<Long> outage = Optional.empty(); // since when no relay has been known to be well
    private Optional<Long> bound = Optional.empty(); // since when all that is left has to wait for a pace
    private Optional<RuntimeException> halt = Optional.empty();

    Round(
            Book book,
            Lanes lanes,
            BlockingQueue<Heard> words,
            GroupPaces paces,
            Judge judge,
            DeliveryPolicy policy,
            Scope scope,
            Conductor conductor,
            InstantSource clock,
            Reporting reporting) {
        this.book = book;
        this.lanes = lanes;
        this.words = words;
        this.paces = paces;
        this.judge = judge;
        this.policy = policy;
        this.scope = scope;
        this.conductor = conductor;
        this.clock = clock;
        this.reporting = reporting;
        this.left = scope.limit();
    }

    /** Until nothing is due, or told to stop: whether all that was due was sent. */
    boolean go() {
        boolean complete;
        try {
            complete = walk();
        } catch (RuntimeException | Error e) {
            breakOff(e);
            throw e;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        book.keep(lanes, paces);
        book.close();
        reporting.showLast();
        if (halt.isPresent()) {
            throw halt.get();
        }
        return complete;
    }

    private boolean walk() {
        while (true) {
            Order order = order();
            if (order != Order.GO || !lanes.isAnyOpen(System.nanoTime())) {
                takeBack();
            }
            boolean idle = inHand() == 0;
            if (idle && (order != Order.GO || left == 0 || isAllAsked())) {
                judge.release().forEach(this::settled); // no more answers are awaited
            }
            int claimed = idle || isTurnDue() ? turn(order, idle) : 0;
            if (idle && claimed == 0 && !judge.holdsBack()) {
                if (order == Order.STOP || left == 0) {
                    return false;
                }
                if (order == Order.GO && isAllAsked()) {
                    return scope.only().isEmpty();
                }
            }
            if (order == Order.GO) {
                handOut();
                rest();
            }
            reporting.show(order);
            listen();
        }
    }

    private Order order() {
        if (interrupted || halt.isPresent() || hasWaited()) {
            return Order.STOP;
        }
        return conductor.order();
    }

    /** Whether all that is left has had to wait for a pace for longer than this run's patience. */
    private boolean hasWaited() {
        long now = System.nanoTime();
        if (!paces.areBound() || paces.areExhausted()) {
            bound = Optional.empty();
            return false;
        }
        long since = bound.orElse(now);
        bound = Optional.of(since);
        return now - since > scope.patience().toNanos();
    }

    /** Whether it ended for that, so that it may go on at once. */
    boolean isYielding() {
        return halt.isEmpty() && !interrupted && hasWaited();
    }

    private int inHand() {
        return lanes.inHand() + waiting.size();
    }

    /** How many more claims the relays can be given now. */
    private int room() {
        int room = Math.min(lanes.room(System.nanoTime()), policy.groups().claims() - inHand());
        return (int) Math.max(0, Math.min(room, left));
    }

    private boolean isAllAsked() {
        return scope.only().isEmpty() ? paces.areExhausted() : asked;
    }

    private boolean isTurnDue() {
        if (unsettled.isEmpty()) {
            return !atDot.isEmpty() || (isTurnLate() && !isAllAsked());
        }
        // Half of what is not in the senders' hands, of which each may hold two: they live on the other half meanwhile.
        int reach = Math.min(policy.groups().claims(), lanes.reach(System.nanoTime()));
        int spare = Math.max(reach / 4, reach - 2 * lanes.connections());
        return isTurnLate()
                || !atDot.isEmpty()
                || unsettled.size() >= Math.max(1, Math.min(policy.groups().outcomes(), spare / 2));
    }

    private boolean isTurnLate() {
        return System.nanoTime() - turnedAt >= policy.groups().every().toNanos();
    }

    /** Writes down what is known and claims as many as there is then room for: how many. */
    private int turn(Order order, boolean idle) {
        openGates();
        if (idle && newlyClaimed) {
            paces.askAgain(); // settling may have made deliveries ready again
            newlyClaimed = false;
        }
        Demand demand = order == Order.GO ? demand() : Demand.NONE;
        int claimed = 0;
        if (demand.limit() > 0) {
            boolean early = !isTurnLate();
            boolean hungry = !unsettled.isEmpty() && waiting.isEmpty();
            settleAllBut(policy.groups().outcomes());
            claimed = claim(demand);
            if (hungry) {
                lanes.stretch(policy.groups().claims(), early, System.nanoTime());
            }
        } else {
            settleAllBut(0);
        }
        turnedAt = System.nanoTime();
        book.keepNowAndThen(lanes, paces);
        return claimed;
    }

    private void settleAllBut(int few) {
        while (unsettled.size() > few) {
            List<Settlement> some =
                    unsettled.subList(0, Math.min(policy.groups().outcomes(), unsettled.size()));
            book.settle(List.copyOf(some));
            some.clear();
        }
    }

    private int claim(Demand demand) {
        List<Claim> claims = book.settleAndClaim(List.copyOf(unsettled), demand);
        unsettled.clear();
        asked = true;
        newlyClaimed |= !claims.isEmpty();
        left -= claims.size();
        if (scope.only().isEmpty()) {
            paces.claimed(demand, claims);
        }
        waiting.addAll(claims);
        reporting.claimed(claims);
        return claims.size();
    }

    private Demand demand() {
        boolean marks = policy.doubt().marksDots();
        if (scope.only().isEmpty()) {
            return new Demand(book.lease(), paces.demand(room(), System.nanoTime()), Set.of(), marks);
        }
        int chosen =
                (int) Math.min(left, scope.only().size()); // at once, for the ledger does not tell them apart later
        return asked || lanes.room(System.nanoTime()) == 0
                ? Demand.NONE
                : new Demand(book.lease(), Map.of(Demand.ANY_GROUP, chosen), scope.only(), marks);
    }

    /** Tells the ledger which final dots are about to leave, and then lets them. */
    private void openGates() {
        if (!atDot.isEmpty()) {
            book.markDots(atDot.stream().map(Senders.AtDot::claim).toList());
            atDot.forEach(one -> one.gate().complete(true));
            atDot.clear();
        }
    }

    private void handOut() {
        long now = System.nanoTime();
        while (!waiting.isEmpty() && lanes.hand(waiting.peek(), now)) {
            waiting.remove();
        }
        lanes.grow(now);
    }

    /** While no relay can be asked: waits if that was not so before and passes soon, and otherwise ends the run. */
    private void rest() {
        long now = System.nanoTime();
        if (lanes.isAnySound()) {
            outage = Optional.empty();
        }
        if (lanes.isAnyOpen(now) || inHand() > 0) {
            return;
        }
        long begun = outage.orElse(now);
        outage = Optional.of(begun);
        Duration waited = Duration.ofNanos(now - begun);
        boolean worthWaiting = lanes.hasAnyServed()
                && lanes.shortestRest(now)
                        .filter(rest ->
                                waited.plus(rest).compareTo(policy.outage().patience()) <= 0)
                        .isPresent();
        if (!worthWaiting) {
            lanes.failure().ifPresent(this::halt);
        }
    }

    private void takeBack() {
        waiting.addAll(lanes.takeBack());
        Instant now = clock.instant();
        waiting.forEach(claim -> unsettled.add(Judge.untried(claim, now)));
        left += waiting.size();
        reporting.returned(waiting);
        asked &= waiting.isEmpty();
        waiting.clear();
    }

    private void listen() {
        try {
            Heard heard = words.poll(patience().toNanos(), TimeUnit.NANOSECONDS);
            if (heard != null && !(heard.word() instanceof Senders.AtDot)) {
                gather();
            }
            while (heard != null) {
                hear(heard.lane(), heard.word());
                heard = words.poll();
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
    }

    private void gather() {
        try {
            TimeUnit.NANOSECONDS.sleep(GATHER.toNanos());
        } catch (InterruptedException e) {
            interrupted = true; // what has been heard is heard out all the same
        }
    }

    private Duration patience() {
        Duration wait = LOOK_UP;
        if (!unsettled.isEmpty()) {
            wait = shorter(wait, policy.groups().every());
        }
        if (left > 0 && !isAllAsked()) {
            long now = System.nanoTime();
            Duration next = paces.untilNext(now);
            Duration relay = lanes.untilNext(now);
            Duration free = next.compareTo(relay) > 0 ? next : relay;
            wait = free.isZero() ? wait : shorter(wait, free);
        }
        return wait;
    }

    private void hear(Lane lane, Senders.Word word) {
        long now = System.nanoTime();
        if (word instanceof Senders.AtDot dot) {
            atDot.add(dot);
        } else if (word instanceof Senders.Answered answered) {
            lane.answered(answered.outcome()).ifPresent(cause -> fail(lane, cause));
            judge.settle(
                            answered.claim(),
                            answered.outcome(),
                            clock.instant(),
                            lane.route().relay())
                    .forEach(this::settled);
            asked &= !(answered.outcome() instanceof Outcome.NotSent);
            if (scope.only().isEmpty()) {
                paces.answered(answered.claim().group(), Judge.isThrottled(answered.outcome()), now);
            }
            judge.halt().ifPresent(this::halt);
        } else if (word instanceof Senders.Unsent unsent) {
            waiting.addFirst(unsent.claim());
            lane.unsent(unsent.cause(), now).ifPresent(cause -> fail(lane, cause));
        }
    }

    private void settled(Settlement settlement) {
        unsettled.add(settlement);
        reporting.settled(settlement.outcome().state());
    }

    private void fail(Lane lane, RelayException cause) {
        Optional<Duration> rest = lane.fail(cause, System.nanoTime());
        if (lanes.hasAnyServed() || lanes.isAnyOpen(System.nanoTime())) { // otherwise the run ends by saying so
            conductor.remarked(cause.getMessage()
                    + rest.map(time -> "; asked again after " + time.toSeconds() + " s")
                            .orElse("; not asked again in this run"));
        }
        waiting.addAll(lane.takeBack());
    }

    /** The ledger failed: begins nothing new, waits for what is in flight, and sees to it that no answer is lost. */
    private void breakOff(Throwable failure) {
        try {
            do {
                closeGates();
                takeBack();
                judge.release().forEach(this::settled);
                book.rescue(unsettled);
                listen();
            } while (inHand() > 0 || !unsettled.isEmpty());
            book.settleRescued();
        } catch (RuntimeException again) {
            if (again != failure) {
                failure.addSuppressed(again);
            }
        }
    }

    /** What waits at its final dot must not send it: nobody could write down that it did. */
    private void closeGates() {
        atDot.forEach(one -> one.gate().complete(false));
        atDot.clear();
    }

    private void halt(RuntimeException reason) {
        if (halt.isEmpty()) {
            halt = Optional.of(reason);
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
