package io.courant.delivery;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** What runs remember of each other, in maps. */
final class InMemoryFlows implements Flows {
    private final Map<String, Flow> paces = new HashMap<>();
    private final Map<String, Integer> failures = new HashMap<>();

    @Override
    public Map<String, Flow> paces() {
        return Map.copyOf(paces);
    }

    @Override
    public void keepPaces(Map<String, Flow> kept) {
        paces.putAll(kept);
    }

    @Override
    public Map<String, Integer> failures() {
        return Map.copyOf(failures);
    }

    @Override
    public void keepFailures(String relay, int count, Instant at) {
        if (count == 0) {
            failures.remove(relay);
        } else {
            failures.put(relay, count);
        }
    }
}
