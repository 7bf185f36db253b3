package io.courant.delivery;

import io.courant.delivery.Deliveries.Claim;
import io.courant.delivery.Flows.Flow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A relay at work in a run: its senders, their number, its pace, and whether it may be asked at all. Used by the thread
 * that runs the courier; only what the senders say comes from theirs.
 */
final class Lane implements AutoCloseable {
    /** So many messages in a row with which it got nowhere: it is not the messages. */
    private static final int UNSERVED_IN_A_ROW = 10;

    private final Route route;
    private final RelayConnector connector;
    private final Senders senders;
    private final TokenBucket bucket;
    private final Breaker breaker;
    private PoolSize pool;
    private int reach;
    private int inHand;
    private int unserved;
    private boolean served;
    private double credit;
    private @Nullable RelayException failure;

    /**
     * @param last what an earlier run left of its pace
     * @param writer makes the mail of a claim
     * @param words hears what the senders say, on their threads
     */
    Lane(
            Route route,
            RelayConnector connector,
            Breaker breaker,
            Optional<Flow> last,
            Function<Claim, Mail> writer,
            boolean stopsAtDot,
            BiConsumer<Lane, Senders.Word> words,
            Instant wallNow,
            long now) {
        this.route = route;
        this.connector = connector;
        this.breaker = breaker;
        this.senders = new Senders(connector::open, writer, stopsAtDot, word -> words.accept(this, word));
        this.bucket = bucket(route.pace().perMinute(), last, wallNow, now);
        this.pool = newPool(now);
        this.reach = 2 * route.pace().connections(); // one at work, one at hand
    }

    private static TokenBucket bucket(int perMinute, Optional<Flow> last, Instant wallNow, long now) {
        if (perMinute == 0) {
            return new TokenBucket(Double.POSITIVE_INFINITY, 0, now);
        }
        double tokens = last.map(flow -> flow.tokens()
                        + Math.max(0, Duration.between(flow.at(), wallNow).toMillis()) / 60_000.0 * perMinute)
                .orElse(1.0);
        return new TokenBucket(perMinute, tokens, now);
    }

    private PoolSize newPool(long now) {
        return new PoolSize(route.pace().connections(), connector::isFar, now);
    }

    Route route() {
        return route;
    }

    /** Takes note of how many runs there are, this one included: each takes its share of the relay's pace. */
    void share(int runs, long now) {
        if (bucket.isLimited()) {
            bucket.change((double) route.pace().perMinute() / runs, now);
        }
    }

    /** Whether it may be given messages now, as far as failures go. */
    boolean isOpen(long now) {
        RelayException last = failure;
        return last == null || (last.isTemporary() && breaker.isClosed(now));
    }

    /** How many more it may be given now. */
    int room(long now) {
        return isOpen(now) ? Math.max(0, Math.min(reach - inHand, bucket.available(now))) : 0;
    }

    /** How many it may hold. What a crash leaves in doubt grows only as far as speed needs it. */
    int reach(long now) {
        return isOpen(now) ? reach : 0;
    }

    /**
     * Lets it hold more, up to so many, if its senders have to wait for claims, or had to be given some earlier than a
     * commit was due: many small commits cost more than a few.
     */
    void stretch(int most, boolean early, long now) {
        if (isOpen(now) && inHand > 0 && (early || senders.isIdle())) {
            reach = Math.min(most, reach * 2);
        }
    }

    Duration untilNext(long now) {
        return bucket.untilNext(now);
    }

    /** How long it still rests; nothing if it never comes back by itself. */
    Optional<Duration> rest(long now) {
        RelayException last = failure;
        return last != null && !last.isTemporary() ? Optional.empty() : Optional.of(breaker.remaining(now));
    }

    /** Why it last failed, if it has not served since. */
    Optional<RelayException> failure() {
        return Optional.ofNullable(failure);
    }

    /** Whether it has served in this run. */
    boolean hasServed() {
        return served;
    }

    /** Claims that it has been given and not answered. */
    int inHand() {
        return inHand;
    }

    int connections() {
        return senders.alive();
    }

    /** Takes part in a choice: whoever has the most credit is chosen. */
    double earn() {
        credit += route.weight();
        return credit;
    }

    /** Chosen among lanes of so much weight together. */
    void hand(Claim claim, int weights) {
        credit -= weights;
        bucket.take(1);
        senders.hand(claim);
        inHand++;
    }

    /** Lets there be as many connections as are of use. */
    void grow(long now) {
        if (inHand > 0 && isOpen(now)) {
            senders.grow(Math.min(inHand, breaker.isProven() ? pool.size(now) : 1));
        }
    }

    /** Claims that no sender has begun with. */
    List<Claim> takeBack() {
        List<Claim> claims = new ArrayList<>();
        for (Optional<Claim> claim = senders.takeBack(); claim.isPresent(); claim = senders.takeBack()) {
            claims.add(claim.get());
        }
        inHand -= claims.size();
        return claims;
    }

    /**
     * An answer came.
     *
     * @return why the relay must not be asked for a while, if so
     */
    Optional<RelayException> answered(Outcome outcome) {
        inHand--;
        if (outcome instanceof Outcome.Rejected && outcome.phase() == Phase.CONNECT) {
            return Optional.empty(); // the message could not be made: the relay has not heard of it
        }
        pool.answered();
        if (!isServed(outcome)) {
            return ++unserved < UNSERVED_IN_A_ROW
                    ? Optional.empty()
                    : Optional.of(RelayException.temporary(
                            route.relay(),
                            "has not served " + unserved + " messages in a row (the last: " + outcome.said() + ")"));
        }
        unserved = 0;
        served = true;
        failure = null;
        breaker.close();
        return Optional.empty();
    }

    /** Whether a relay that is well may answer so: it has heard the message or its recipient out. */
    private static boolean isServed(Outcome outcome) {
        return switch (outcome.state()) {
            case READY, IN_DOUBT -> false; // the connection broke
            case DEFERRED -> outcome.phase() != Phase.MAIL; // a 4xx to MAIL is about the relay or about us
            default -> true;
        };
    }

    /**
     * A sender had no connection and has retired.
     *
     * @return why the relay must not be asked for a while, if so; otherwise it wanted fewer connections
     */
    Optional<RelayException> unsent(RelayException cause, long now) {
        inHand--;
        senders.retired();
        pool.turnedAway(now);
        return cause.isTemporary() && senders.alive() > 0 ? Optional.empty() : Optional.of(cause);
    }

    /** The relay failed as a whole: how long it rests, or nothing if it does not come back by itself. */
    Optional<Duration> fail(RelayException cause, long now) {
        failure = cause;
        unserved = 0;
        pool = newPool(now);
        return cause.isTemporary() ? Optional.of(breaker.trip(now)) : Optional.empty();
    }

    /** Failures in a row, those of earlier runs included. */
    int failures() {
        return breaker.failures();
    }

    /** What to keep of its pace, if that is limited. */
    Optional<Flow> flow(Instant wallNow, long now) {
        return bucket.isLimited() ? Optional.of(new Flow(0, bucket.tokens(now), wallNow)) : Optional.empty();
    }

    @Override
    public void close() {
        senders.close();
    }
}
