package io.courant.report;

import io.courant.delivery.DeliveryState;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * An issue's deliveries by state. The identity that holds at any time: candidates = the sum over all states.
 *
 * @param candidates active subscribers of the audience when the issue was frozen
 * @param byState every state, 0 where there is none
 */
public record Account(long candidates, Map<DeliveryState, Long> byState) {
    /** Nobody to write to. */
    public static final Account EMPTY = new Account(0, Map.of());

    public Account {
        Map<DeliveryState, Long> complete = new EnumMap<>(DeliveryState.class);
        for (DeliveryState state : DeliveryState.values()) {
            complete.put(state, byState.getOrDefault(state, 0L));
        }
        byState = Map.copyOf(complete);
    }

    /** How many deliveries are in a state. */
    public long of(DeliveryState state) {
        return byState.getOrDefault(state, 0L);
    }

    /** Whether every candidate is in exactly one state. */
    public boolean isBalanced() {
        return candidates
                == byState.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Deliveries that still wait for something: a sender, a time, or an editor. */
    public long open() {
        return byState.entrySet().stream()
                .filter(entry -> !entry.getKey().isFinal())
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** How a state is called in words: {@code in doubt}. */
    public static String words(DeliveryState state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
