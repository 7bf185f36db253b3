package io.courant.audience;

import io.courant.audience.Subscriber.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Subscribers for tests that need no database; it passes the same contract. */
public class InMemorySubscribers implements Subscribers {
    private Map<String, Entry> byKey = new LinkedHashMap<>();
    private Map<String, Suppression> suppressions = new TreeMap<>();
    private final List<Integer> groups = new ArrayList<>();

    /** How many rows each merge brought, in the order of the calls. */
    List<Integer> groups() {
        return Collections.unmodifiableList(groups);
    }

    @Override
    public Merged merge(List<NewSubscriber> group) {
        groups.add(group.size());
        Map<String, NewSubscriber> united = new LinkedHashMap<>();
        group.forEach(one -> united.merge(one.address().key(), one, NewSubscriber::united));
        return united.values().stream().map(this::merge).reduce(Merged.NOTHING, Merged::plus);
    }

    @Override
    public Merged tryMerge(List<NewSubscriber> group) {
        Map<String, Entry> entries = new LinkedHashMap<>(byKey);
        Map<String, Suppression> reasons = new TreeMap<>(suppressions);
        Merged merged = merge(group);
        groups.remove(groups.size() - 1);
        byKey = entries;
        suppressions = reasons;
        return merged;
    }

    private Merged merge(NewSubscriber incoming) {
        String key = incoming.address().key();
        boolean isNews = incoming.suppression() != null && !suppressions.containsKey(key);
        if (isNews) {
            suppressions.put(key, incoming.suppression());
        }
        Entry before = byKey.get(key);
        Entry after = before == null ? added(incoming) : updated(before, incoming);
        byKey.put(key, after);
        boolean changed = before != null && (isNews || !after.equals(before));
        return new Merged(
                before == null ? 1 : 0,
                changed ? 1 : 0,
                before != null && !changed ? 1 : 0,
                suppressions.containsKey(key) && !isGone(after) ? 1 : 0,
                isGone(after) ? 1 : 0);
    }

    private static boolean isGone(Entry entry) {
        return entry.subscriber().state() == State.UNSUBSCRIBED;
    }

    private Entry added(NewSubscriber incoming) {
        Wishes wishes = incoming.wishes();
        return new Entry(
                new Subscriber(
                        byKey.size() + 1L,
                        incoming.address(),
                        incoming.name(),
                        incoming.state(),
                        incoming.tags() == null ? Set.of() : new HashSet<>(incoming.tags()),
                        incoming.joined(),
                        wishes.language(),
                        wishes.zone(),
                        wishes.form() == null ? Form.HTML : wishes.form()),
                wishes.newsletters(),
                wishes.left(),
                null);
    }

    private static Entry updated(Entry before, NewSubscriber incoming) {
        Subscriber old = before.subscriber();
        Wishes wishes = incoming.wishes();
        State state = old.state().merged(incoming.state());
        Set<String> newsletters = new HashSet<>(before.newsletters());
        Set<String> left = new HashSet<>(before.left());
        if (state != old.state() && state == State.UNSUBSCRIBED) {
            left.addAll(newsletters);
            newsletters.clear();
        }
        Set<String> settled = new HashSet<>(before.newsletters());
        settled.addAll(before.left());
        wishes.newsletters().stream().filter(name -> !settled.contains(name)).forEach(newsletters::add);
        wishes.left().stream().filter(name -> !settled.contains(name)).forEach(left::add);
        return new Entry(
                new Subscriber(
                        old.id(),
                        old.address(),
                        incoming.name().isEmpty() ? old.name() : incoming.name(),
                        state,
                        incoming.tags() == null ? old.tags() : new HashSet<>(incoming.tags()),
                        old.joined(),
                        wishes.language() == null ? old.language() : wishes.language(),
                        wishes.zone() == null ? old.zone() : wishes.zone(),
                        wishes.form() == null ? old.form() : wishes.form()),
                newsletters,
                left,
                null);
    }

    @Override
    public void forEach(Consumer<Entry> reader) {
        byKey.forEach((key, entry) ->
                reader.accept(new Entry(entry.subscriber(), entry.newsletters(), entry.left(), reason(key))));
    }

    private @Nullable String reason(String key) {
        Suppression suppression = suppressions.get(key);
        return suppression == null ? null : suppression.reason();
    }

    @Override
    public Optional<Subscriber> find(EmailAddress address) {
        return Optional.ofNullable(byKey.get(address.key())).map(Entry::subscriber);
    }

    @Override
    public Optional<Subscriber> find(long id) {
        return all().filter(one -> one.id() == id).findFirst();
    }

    @Override
    public List<Subscriber> search(String part, int limit) {
        String wanted = part.strip().toLowerCase(Locale.ROOT).replace("\0", "");
        return all().filter(one -> one.address().key().contains(wanted))
                .sorted(Comparator.comparing(
                                (Subscriber one) -> !one.address().key().startsWith(wanted))
                        .thenComparing(one -> one.address().key()))
                .limit(limit)
                .toList();
    }

    @Override
    public Census census() {
        return new Census(count(State.ACTIVE), count(State.SIGNED_UP), count(State.UNSUBSCRIBED), suppressions.size());
    }

    private long count(State state) {
        return all().filter(one -> one.state() == state).count();
    }

    private Stream<Subscriber> all() {
        return byKey.values().stream().map(Entry::subscriber);
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
        byKey.replaceAll((key, entry) -> entry.subscriber().id() == subscriber ? unsubscribed(entry) : entry);
    }

    private static Entry unsubscribed(Entry entry) {
        Subscriber s = entry.subscriber();
        Set<String> left = new HashSet<>(entry.left());
        left.addAll(entry.newsletters());
        return new Entry(
                new Subscriber(
                        s.id(),
                        s.address(),
                        s.name(),
                        State.UNSUBSCRIBED,
                        s.tags(),
                        s.joined(),
                        s.language(),
                        s.zone(),
                        s.form()),
                Set.of(),
                left,
                null);
    }
}
