package io.courant.audience;

import io.courant.audience.Subscriber.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Subscribers for tests that need no database; it passes the same contract. */
public final class InMemorySubscribers implements Subscribers {
    private final Map<String, Subscriber> byKey = new LinkedHashMap<>();
    private final Map<String, Suppression> suppressions = new TreeMap<>();
    private final List<Integer> groups = new ArrayList<>();

    /** How many rows each merge brought, in the order of the calls. */
    List<Integer> groups() {
        return Collections.unmodifiableList(groups);
    }

    @Override
    public Merged merge(List<NewSubscriber> group) {
        groups.add(group.size());
        Merged merged = tryMerge(group);
        for (NewSubscriber reader : group) {
            byKey.merge(
                    reader.address().key(),
                    new Subscriber(
                            byKey.size() + 1L,
                            reader.address(),
                            reader.name(),
                            reader.state(),
                            new HashSet<>(reader.tags()),
                            reader.joined(),
                            null,
                            null,
                            Form.HTML),
                    InMemorySubscribers::update);
        }
        return merged;
    }

    @Override
    public Merged tryMerge(List<NewSubscriber> group) {
        Set<String> known = new HashSet<>(byKey.keySet());
        Merged merged = new Merged(0, 0, 0);
        for (NewSubscriber reader : group) {
            String key = reader.address().key();
            boolean added = known.add(key);
            merged = merged.plus(new Merged(added ? 1 : 0, added ? 0 : 1, suppressions.containsKey(key) ? 1 : 0));
        }
        return merged;
    }

    @Override
    public void forEach(Consumer<Subscriber> reader) {
        byKey.values().forEach(reader);
    }

    @Override
    public Optional<Subscriber> find(EmailAddress address) {
        return Optional.ofNullable(byKey.get(address.key()));
    }

    @Override
    public void suppress(EmailAddress address, String reason, Instant at) {
        suppressions.putIfAbsent(address.key(), new Suppression(address.key(), reason, at));
    }

    @Override
    public Optional<String> suppression(EmailAddress address) {
        return Optional.ofNullable(suppressions.get(address.key())).map(Suppression::reason);
    }

    @Override
    public void forEachSuppression(Consumer<Suppression> reader) {
        suppressions.values().forEach(reader);
    }

    @Override
    public Optional<Suppression> allow(EmailAddress address) {
        return Optional.ofNullable(suppressions.remove(address.key()));
    }

    @Override
    public void unsubscribe(long subscriber, Instant at) {
        byKey.replaceAll((key, s) -> s.id() == subscriber ? withState(s, State.UNSUBSCRIBED) : s);
    }

    private static Subscriber update(Subscriber old, Subscriber imported) {
        State state = old.state() == State.UNSUBSCRIBED ? State.UNSUBSCRIBED : imported.state();
        return new Subscriber(
                old.id(),
                old.address(),
                imported.name(),
                state,
                imported.tags(),
                old.joined(),
                old.language(),
                old.zone(),
                old.form());
    }

    private static Subscriber withState(Subscriber s, State state) {
        return new Subscriber(
                s.id(), s.address(), s.name(), state, s.tags(), s.joined(), s.language(), s.zone(), s.form());
    }
}
