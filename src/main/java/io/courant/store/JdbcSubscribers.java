package io.courant.store;

import io.courant.audience.EmailAddress;
import io.courant.audience.Form;
import io.courant.audience.Subscriber;
import io.courant.audience.Subscribers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

class JdbcSubscribers implements Subscribers {
    private static final String FIND = "select id, state from subscriber where address_key = :key";
    private static final String INSERT = """
            insert into subscriber (address, address_key, name, state, joined)
            values (:address, :key, :name, :state, :joined)
            returning id
            """;
    private static final String UPDATE = """
            update subscriber set name = :name, state = :state where id = :id
            """;
    private static final String SELECT = """
            select s.id, s.address, s.name, s.state, s.joined, s.language, s.zone, s.form,
                   coalesce((select json_group_array(tag) from subscriber_tag where subscriber_id = s.id), '[]') as tags
            from subscriber s where s.state <> 'ERASED'
            """;

    private static final List<String> LEAVE_ALL = List.of(
            "update subscriber set state = 'UNSUBSCRIBED', left_at = :at"
                    + " where id = :id and state in ('ACTIVE', 'SIGNED_UP')",
            "update reader set left_at = :at where subscriber_id = :id and left_at is null");

    private final JdbcClient write;
    private final JdbcClient read;
    private final TransactionTemplate transactions;

    JdbcSubscribers(JdbcClient write, JdbcClient read, TransactionTemplate transactions) {
        this.write = write;
        this.read = read;
        this.transactions = transactions;
    }

    @Override
    public Merged merge(List<NewSubscriber> group) {
        return merged(group, false);
    }

    @Override
    public Merged tryMerge(List<NewSubscriber> group) {
        return merged(group, true);
    }

    private Merged merged(List<NewSubscriber> group, boolean rollBack) {
        Merged merged = transactions.execute(status -> {
            if (rollBack) {
                status.setRollbackOnly();
            }
            return group.stream().map(this::merge).reduce(new Merged(0, 0, 0), Merged::plus);
        });
        return merged == null ? new Merged(0, 0, 0) : merged;
    }

    private Merged merge(NewSubscriber incoming) {
        String key = incoming.address().key();
        Optional<Known> known = write.sql(FIND)
                .param("key", key)
                .query((row, number) -> new Known(row.getLong("id"), Subscriber.State.valueOf(row.getString("state"))))
                .optional();
        long id = known.map(found -> update(found, incoming)).orElseGet(() -> insert(incoming));
        replaceTags(id, incoming.tags(), known.isPresent());
        int suppressed = suppression(write, key).isPresent() ? 1 : 0;
        return known.isPresent() ? new Merged(0, 1, suppressed) : new Merged(1, 0, suppressed);
    }

    private record Known(long id, Subscriber.State state) {}

    private long insert(NewSubscriber incoming) {
        return write.sql(INSERT)
                .param("address", incoming.address().value())
                .param("key", incoming.address().key())
                .param("name", incoming.name())
                .param("state", incoming.state().name())
                .param("joined", incoming.joined().toEpochMilli())
                .query(Long.class)
                .single();
    }

    private long update(Known known, NewSubscriber incoming) {
        // Whoever has left comes back by their own wish only, not by somebody's list.
        Subscriber.State state =
                known.state() == Subscriber.State.UNSUBSCRIBED ? Subscriber.State.UNSUBSCRIBED : incoming.state();
        write.sql(UPDATE)
                .param("name", incoming.name())
                .param("state", state.name())
                .param("id", known.id())
                .update();
        return known.id();
    }

    private void replaceTags(long id, List<String> tags, boolean known) {
        if (known) {
            write.sql("delete from subscriber_tag where subscriber_id = :id")
                    .param("id", id)
                    .update();
        }
        for (String tag : Set.copyOf(tags)) {
            write.sql("insert into subscriber_tag (tag, subscriber_id) values (:tag, :id)")
                    .param("tag", tag)
                    .param("id", id)
                    .update();
        }
    }

    @Override
    public void forEach(Consumer<Subscriber> reader) {
        try (var rows = read.sql(SELECT + " order by s.id").query(JdbcSubscribers::subscriber).stream()) {
            rows.forEach(reader);
        }
    }

    @Override
    public Optional<Subscriber> find(EmailAddress address) {
        return read.sql(SELECT + " and s.address_key = :key")
                .param("key", address.key())
                .query(JdbcSubscribers::subscriber)
                .optional();
    }

    @Override
    public void suppress(EmailAddress address, String reason, Instant at) {
        suppress(write, address.key(), reason, at);
    }

    /** Whether that is news. */
    static boolean suppress(JdbcClient write, String key, String reason, Instant at) {
        return write.sql("""
                        insert into suppression (address_key, reason, suppressed_at) values (:key, :reason, :at)
                        on conflict (address_key) do nothing
                        """)
                        .param("key", key)
                        .param("reason", reason)
                        .param("at", at.toEpochMilli())
                        .update()
                > 0;
    }

    @Override
    public Optional<String> suppression(EmailAddress address) {
        return suppression(read, address.key());
    }

    private static Optional<String> suppression(JdbcClient client, String key) {
        return client.sql("select reason from suppression where address_key = :key")
                .param("key", key)
                .query(String.class)
                .optional();
    }

    @Override
    public void forEachSuppression(Consumer<Suppression> reader) {
        try (var rows =
                read
                        .sql("select * from suppression order by address_key")
                        .query(JdbcSubscribers::suppression)
                        .stream()) {
            rows.forEach(reader);
        }
    }

    @Override
    public Optional<Suppression> allow(EmailAddress address) {
        return write.sql("delete from suppression where address_key = :key returning *")
                .param("key", address.key())
                .query(JdbcSubscribers::suppression)
                .optional();
    }

    private static Suppression suppression(ResultSet row, int number) throws SQLException {
        return new Suppression(
                row.getString("address_key"),
                row.getString("reason"),
                Instant.ofEpochMilli(row.getLong("suppressed_at")));
    }

    @Override
    public void unsubscribe(long subscriber, Instant at) {
        transactions.executeWithoutResult(status -> LEAVE_ALL.forEach(statement -> write.sql(statement)
                .param("at", at.toEpochMilli())
                .param("id", subscriber)
                .update()));
    }

    private static Subscriber subscriber(ResultSet row, int number) throws SQLException {
        return new Subscriber(
                row.getLong("id"),
                new EmailAddress(row.getString("address")),
                row.getString("name"),
                Subscriber.State.valueOf(row.getString("state")),
                Set.copyOf(Json.strings(row.getString("tags"))),
                Instant.ofEpochMilli(row.getLong("joined")),
                JdbcReaders.language(row.getString("language")),
                JdbcReaders.zone(row.getString("zone")),
                Form.valueOf(row.getString("form")));
    }
}
