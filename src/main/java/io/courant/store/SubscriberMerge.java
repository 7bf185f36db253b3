package io.courant.store;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toUnmodifiableSet;

import io.courant.audience.Form;
import io.courant.audience.Subscriber;
import io.courant.audience.Subscriber.State;
import io.courant.audience.Subscribers.Merged;
import io.courant.audience.Subscribers.NewSubscriber;
import io.courant.audience.Subscribers.Proof;
import io.courant.audience.Subscribers.Suppression;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A group of imported subscribers: asks once who of them is known, finds out what that changes, and writes the changes
 * in batches, table by table. A million statements one by one would take several times as long.
 */
final class SubscriberMerge {
    private static final String KNOWN = """
            select s.id, s.address_key, s.name, s.state, s.language, s.zone, s.form,
                   (select json_group_array(tag) from subscriber_tag where subscriber_id = s.id) as tags,
                   (select json_group_array(newsletter) from reader
                    where subscriber_id = s.id and (joined_at is not null or left_at is not null)) as settled
            from json_each(?) k join subscriber s on s.address_key = k.value
            where s.state <> 'ERASED'
            """;
    private static final String SUPPRESSED =
            "select u.address_key from json_each(?) k join suppression u on u.address_key = k.value";
    private static final String ADD = """
            insert into subscriber (id, address, address_key, name, state, joined, left_at, language, zone, form)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;
    private static final String UPDATE = """
            update subscriber
            set name = ?, state = ?, left_at = coalesce(?, left_at), language = ?, zone = ?, form = ? where id = ?
            """;
    private static final String LEAVE_ALL = "update reader set left_at = ? where subscriber_id = ? and left_at is null";
    private static final String UNTAG = "delete from subscriber_tag where subscriber_id = ?";
    private static final String TAG =
            "insert into subscriber_tag (tag, subscriber_id) values (?, ?) on conflict do nothing";
    private static final String SETTLE = """
            insert into reader (newsletter, subscriber_id, joined_at, left_at) values (?, ?, ?, ?)
            on conflict (newsletter, subscriber_id) do update
              set joined_at = excluded.joined_at, left_at = excluded.left_at
            """;
    private static final String SUPPRESS =
            "insert into suppression (address_key, reason, suppressed_at) values (?, ?, ?)";
    private static final String AGREED = """
            insert into consent
              (subscriber_id, source, wording, requested_at, requested_from, confirmed_at, confirmed_from)
            values (?, ?, ?, ?, ?, ?, ?)
            """;

    private final JdbcTemplate write;
    private final Dialect dialect;
    private final List<Change> changes;
    private final Set<String> suppressed;

    /** Looks only; within a transaction, so that nothing changes until {@link #apply}. */
    SubscriberMerge(JdbcTemplate write, Dialect dialect, List<NewSubscriber> group) {
        this.write = write;
        this.dialect = dialect;
        Map<String, NewSubscriber> byKey = new LinkedHashMap<>();
        group.forEach(one -> byKey.merge(one.address().key(), one, NewSubscriber::united));
        String keys = Json.write(byKey.keySet());
        Map<String, Known> known =
                write.query(KNOWN, SubscriberMerge::known, keys).stream().collect(toMap(Known::key, one -> one));
        this.suppressed = new HashSet<>(write.queryForList(SUPPRESSED, String.class, keys));
        this.changes = byKey.entrySet().stream()
                .map(one -> change(one.getKey(), one.getValue(), known.get(one.getKey())))
                .toList();
    }

    private record Known(
            long id,
            String key,
            String name,
            State state,
            @Nullable String language,
            @Nullable String zone,
            Form form,
            Set<String> tags,
            Set<String> settled) {}

    /** What somebody will be; {@code tags} and {@code suppression} are null where they stay as they are. */
    private record Change(
            @Nullable Known known,
            NewSubscriber incoming,
            String key,
            String name,
            State state,
            @Nullable String language,
            @Nullable String zone,
            Form form,
            @Nullable List<String> tags,
            Set<String> joined,
            Set<String> left,
            @Nullable Suppression suppression) {
        boolean isPersonal() {
            return known != null
                    && !(known.name().equals(name)
                            && known.state() == state
                            && Objects.equals(known.language(), language)
                            && Objects.equals(known.zone(), zone)
                            && known.form() == form);
        }

        boolean isAny() {
            return isPersonal() || tags != null || !joined.isEmpty() || !left.isEmpty() || suppression != null;
        }

        boolean isLeaving() {
            return known != null && known.state() != state && state == State.UNSUBSCRIBED;
        }
    }

    private record Numbered(long id, Change change) {}

    private Change change(String key, NewSubscriber incoming, @Nullable Known known) {
        Locale spoken = incoming.wishes().language();
        String language = spoken == null ? null : spoken.toLanguageTag();
        String zone = incoming.wishes().zone() == null
                ? null
                : incoming.wishes().zone().getId();
        Form form = incoming.wishes().form();
        List<String> tags = incoming.tags();
        Set<String> settled = known == null ? Set.of() : known.settled();
        boolean sameTags = known != null && tags != null && known.tags().equals(Set.copyOf(tags));
        State state = known == null ? incoming.state() : known.state().merged(incoming.state());
        // Whoever has left comes back by their own wish only, to no newsletter either.
        Set<String> joined = state == State.UNSUBSCRIBED
                ? Set.of()
                : without(incoming.wishes().newsletters(), settled);
        return new Change(
                known,
                incoming,
                key,
                known != null && incoming.name().isEmpty() ? known.name() : incoming.name(),
                state,
                known != null && language == null ? known.language() : language,
                known != null && zone == null ? known.zone() : zone,
                form == null ? (known == null ? Form.HTML : known.form()) : form,
                sameTags ? null : tags,
                joined,
                without(incoming.wishes().left(), settled),
                suppressed.contains(key) ? null : incoming.suppression());
    }

    private static Set<String> without(Set<String> all, Set<String> some) {
        return all.isEmpty() || some.isEmpty()
                ? all
                : all.stream().filter(one -> !some.contains(one)).collect(toUnmodifiableSet());
    }

    Merged outcome() {
        int added = count(changes.stream().filter(change -> change.known() == null));
        int updated = count(changes.stream().filter(change -> change.known() != null && change.isAny()));
        return new Merged(
                added,
                updated,
                changes.size() - added - updated,
                count(changes.stream()
                        .filter(change -> change.state() != State.UNSUBSCRIBED)
                        .filter(change -> change.suppression() != null || suppressed.contains(change.key()))),
                count(changes.stream().filter(change -> change.state() == State.UNSUBSCRIBED)));
    }

    private static int count(Stream<?> all) {
        return (int) all.count();
    }

    void apply() {
        Iterator<Long> ids = newIds(count(changes.stream().filter(change -> change.known() == null)));
        List<Numbered> added = new ArrayList<>();
        List<Numbered> updated = new ArrayList<>();
        for (Change change : changes) {
            if (change.known() == null) {
                added.add(new Numbered(ids.next(), change));
            } else if (change.isAny()) {
                updated.add(new Numbered(change.known().id(), change));
            }
        }
        add(added);
        update(updated);
        tags(added, updated);
        settle(Stream.concat(added.stream(), updated.stream()).toList());
        suppress();
    }

    private Iterator<Long> newIds(int wanted) {
        List<Long> ids = wanted == 0 ? List.of() : write.queryForList(dialect.newSubscriberIds(), Long.class, wanted);
        return ids.iterator();
    }

    private void add(List<Numbered> added) {
        batch(ADD, added, (id, change) -> new Object[] {
            id,
            change.incoming().address().value(),
            change.key(),
            change.name(),
            change.state().name(),
            change.incoming().joined().toEpochMilli(),
            Rows.millis(change.incoming().left()),
            change.language(),
            change.zone(),
            change.form().name()
        });
        List<Numbered> agreed = added.stream()
                .filter(one ->
                        one.change().incoming().proof() != null && one.change().state() != State.UNSUBSCRIBED)
                .toList();
        batch(AGREED, agreed, (id, change) -> {
            Proof proof = Objects.requireNonNull(change.incoming().proof());
            return new Object[] {
                id,
                proof.source(),
                proof.wording(),
                Rows.millis(proof.requested()),
                proof.requestedFrom(),
                Rows.millis(proof.confirmed()),
                proof.confirmedFrom()
            };
        });
    }

    private void update(List<Numbered> updated) {
        batch(UPDATE, updated.stream().filter(one -> one.change().isPersonal()).toList(), (id, change) -> new Object[] {
            change.name(),
            change.state().name(),
            change.isLeaving() ? Rows.millis(change.incoming().left()) : null,
            change.language(),
            change.zone(),
            change.form().name(),
            id
        });
        batch(
                LEAVE_ALL,
                updated.stream().filter(one -> one.change().isLeaving()).toList(),
                (id, change) -> new Object[] {Rows.millis(change.incoming().left()), id});
    }

    private void tags(List<Numbered> added, List<Numbered> updated) {
        List<Numbered> changed =
                updated.stream().filter(one -> one.change().tags() != null).toList();
        batch(UNTAG, changed, (id, change) -> new Object[] {id});
        List<Object[]> rows = new ArrayList<>();
        Stream.concat(added.stream(), changed.stream()).forEach(one -> {
            List<String> tags = one.change().tags();
            if (tags != null) {
                tags.forEach(tag -> rows.add(new Object[] {tag, one.id()}));
            }
        });
        batch(TAG, rows);
    }

    private void settle(List<Numbered> all) {
        List<Object[]> rows = new ArrayList<>();
        for (Numbered one : all) {
            NewSubscriber incoming = one.change().incoming();
            long at = incoming.joined().toEpochMilli();
            one.change().joined().forEach(name -> rows.add(new Object[] {name, one.id(), at, null}));
            one.change().left().forEach(name -> rows.add(new Object[] {name, one.id(), null, at}));
        }
        batch(SETTLE, rows);
    }

    private void suppress() {
        batch(
                SUPPRESS,
                changes.stream()
                        .filter(change -> change.suppression() != null)
                        .map(change -> suppression(change.key(), change.suppression()))
                        .toList());
    }

    private static Object[] suppression(String key, Suppression suppression) {
        return new Object[] {key, suppression.reason(), suppression.since().toEpochMilli()};
    }

    private interface Values {
        @Nullable
        Object[] of(long id, Change change);
    }

    private void batch(String statement, Collection<Numbered> changes, Values values) {
        batch(
                statement,
                changes.stream().map(one -> values.of(one.id(), one.change())).toList());
    }

    private void batch(String statement, List<Object[]> rows) {
        // objects as they are: to find out their types takes Spring longer than SQLite takes for the row
        write.batchUpdate(statement, rows, Math.max(1, rows.size()), (prepared, row) -> {
            for (int i = 0; i < row.length; i++) {
                prepared.setObject(i + 1, row[i]);
            }
        });
    }

    private static Known known(ResultSet row, int number) throws SQLException {
        return new Known(
                row.getLong("id"),
                row.getString("address_key"),
                row.getString("name"),
                Subscriber.State.valueOf(row.getString("state")),
                row.getString("language"),
                row.getString("zone"),
                Form.valueOf(row.getString("form")),
                Set.copyOf(Json.strings(row.getString("tags"))),
                Set.copyOf(Json.strings(row.getString("settled"))));
    }
}
