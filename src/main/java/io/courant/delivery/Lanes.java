package io.courant.delivery;

import io.courant.delivery.Deliveries.Claim;
import io.courant.delivery.Flows.Flow;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All relays of a run: shares claims out by weight, and sends past those that rest. */
final class Lanes implements AutoCloseable {
    private final List<Lane> lanes;

    Lanes(List<Lane> lanes) {
        this.lanes = List.copyOf(lanes);
    }

    /** How many more claims the relays can be given: none where every one rests. */
    int room(long now) {
        return (int) Math.min(
                Integer.MAX_VALUE,
                lanes.stream().mapToLong(lane -> lane.room(now)).sum());
    }

    /** How many claims they may hold together. */
    int reach(long now) {
        return lanes.stream().mapToInt(lane -> lane.reach(now)).sum();
    }

    /** Takes note of how many runs there are, this one included. */
    void share(int runs, long now) {
        lanes.forEach(lane -> lane.share(runs, now));
    }

    /** Lets those hold more that have too little; see {@link Lane#stretch}. */
    void stretch(int most, boolean early, long now) {
        lanes.forEach(lane -> lane.stretch(most, early, now));
    }

    /** Gives a claim to a relay; nothing happens if none has room. */
    boolean hand(Claim claim, long now) {
        List<Lane> free = lanes.stream().filter(lane -> lane.room(now) > 0).toList();
        Optional<Lane> chosen = Optional.empty();
        double most = Double.NEGATIVE_INFINITY;
        for (Lane lane : free) {
            double credit = lane.earn();
            if (credit > most) {
                most = credit;
                chosen = Optional.of(lane);
            }
        }
        int weights = free.stream().mapToInt(lane -> lane.route().weight()).sum();
        chosen.ifPresent(lane -> lane.hand(claim, weights));
        return chosen.isPresent();
    }

    void grow(long now) {
        lanes.forEach(lane -> lane.grow(now));
    }

    /** Claims that no sender has begun with. */
    List<Claim> takeBack() {
        return lanes.stream().flatMap(lane -> lane.takeBack().stream()).toList();
    }

    /** Claims that are with the relays. */
    int inHand() {
        return lanes.stream().mapToInt(Lane::inHand).sum();
    }

    int connections() {
        return lanes.stream().mapToInt(Lane::connections).sum();
    }

    /** Whether a relay may be asked now. */
    boolean isAnyOpen(long now) {
        return lanes.stream().anyMatch(lane -> lane.isOpen(now));
    }

    /** Whether a relay has not failed since it last served. */
    boolean isAnySound() {
        return lanes.stream().anyMatch(lane -> lane.failure().isEmpty());
    }

    boolean hasAnyServed() {
        return lanes.stream().anyMatch(Lane::hasServed);
    }

    /** The shortest time after which a relay may be asked again; nothing if none comes back by itself. */
    Optional<Duration> shortestRest(long now) {
        return lanes.stream().flatMap(lane -> lane.rest(now).stream()).min(Duration::compareTo);
    }

    /** Why no relay can be asked, when none can: rather one that may pass than one that will not. */
    Optional<RelayException> failure() {
        List<RelayException> failures =
                lanes.stream().flatMap(lane -> lane.failure().stream()).toList();
        return failures.stream()
                .filter(RelayException::isTemporary)
                .findFirst()
                .or(() -> failures.stream().findFirst());
    }

    /** How long until a relay that has a pace may be given one more. */
    Duration untilNext(long now) {
        return lanes.stream()
                .filter(lane -> lane.isOpen(now))
                .map(lane -> lane.untilNext(now))
                .min(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /** What to keep of the paces that are limited. */
    Map<String, Flow> flows(Instant wallNow, long now) {
        Map<String, Flow> flows = new HashMap<>();
        lanes.forEach(lane ->
                lane.flow(wallNow, now).ifPresent(flow -> flows.put(lane.route().key(), flow)));
        return flows;
    }

    /** Failures in a row of each relay. */
    Map<String, Integer> failures() {
        Map<String, Integer> failures = new HashMap<>();
        lanes.forEach(lane -> failures.put(lane.route().key(), lane.failures()));
        return failures;
    }

    @Override
    public void close() {
        lanes.forEach(Lane::close);
    }
}
