package io.courant.store;

import io.courant.audience.EmailAddress;
import io.courant.audience.Form;
import io.courant.audience.Subscriber;
import io.courant.audience.Subscribers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

class JdbcSubscribers implements Subscribers {
    private static final String SELECT = """
            select s.id, s.address, s.name, s.state, s.joined, s.language, s.zone, s.form,
                   (select json_group_array(tag) from subscriber_tag where subscriber_id = s.id) as tags
            from subscriber s where s.state <> 'ERASED'
            """;
    private static final String ENTRIES = """
            select s.*, (select json_group_array(tag) from subscriber_tag where subscriber_id = s.id) as tags,
                   (select json_group_array(newsletter) from reader
                    where subscriber_id = s.id and joined_at is not null and left_at is null) as newsletters,
                   (select json_group_array(newsletter) from reader
                    where subscriber_id = s.id and left_at is not null) as newsletters_left,
                   u.reason
            from subscriber s left join suppression u on u.address_key = s.address_key
            where s.state <> 'ERASED' order by s.id
            """;

    /** The inner queries are answered by the index of addresses alone. */
    private static final String BEGINS = SELECT + """
             and s.id in (select id from subscriber where address_key >= :part and address_key < :part || :last
                          order by address_key limit :limit)
            order by s.address_key
            """;

    private static final String HOLDS = SELECT + """
             and s.id in (select id from subscriber where instr(address_key, :part) > 1
                          order by address_key limit :limit)
            order by s.address_key
            """;
    private static final String LAST = Character.toString(Character.MAX_CODE_POINT);
    private static final String CENSUS = """
            select count(*) filter (where state = 'ACTIVE') as active,
                   count(*) filter (where state = 'SIGNED_UP') as signed_up,
                   count(*) filter (where state = 'UNSUBSCRIBED') as unsubscribed,
                   (select count(*) from suppression) as suppressed
            from subscriber
            """;

    private static final List<String> LEAVE_ALL = List.of(
            "update subscriber set state = 'UNSUBSCRIBED', left_at = :at"
                    + " where id = :id and state in ('ACTIVE', 'SIGNED_UP')",
            "update reader set left_at = :at where subscriber_id = :id and left_at is null");

    private final JdbcClient write;
    private final JdbcClient read;
    private final JdbcTemplate batch;
    private final TransactionTemplate transactions;
    private final TransactionTemplate reading;
    private final Dialect dialect;

    JdbcSubscribers(
            JdbcClient write, JdbcClient read, DataSource writer, TransactionTemplate transactions, Database database) {
        this.write = write;
        this.read = read;
        this.batch = new JdbcTemplate(writer);
        this.transactions = transactions;
        this.reading = database.reading();
        this.dialect = database.dialect();
    }

    @Override
    public Merged merge(List<NewSubscriber> group) {
        dialect.prepareForMany(batch);
        return Objects.requireNonNull(transactions.execute(status -> {
            SubscriberMerge merge = new SubscriberMerge(batch, dialect, group);
            merge.apply();
            return merge.outcome();
        }));
    }

    @Override
    public Merged tryMerge(List<NewSubscriber> group) {
        return Objects.requireNonNull(
                transactions.execute(status -> new SubscriberMerge(batch, dialect, group).outcome()));
    }

    @Override
    public void forEach(Consumer<Entry> reader) {
        forEach(ENTRIES, JdbcSubscribers::entry, reader);
    }

    @Override
    public Optional<Subscriber> find(EmailAddress address) {
        return read.sql(SELECT + " and s.address_key = :key")
                .param("key", address.key())
                .query(JdbcSubscribers::subscriber)
                .optional();
    }

    @Override
    public Optional<Subscriber> find(long id) {
        return read.sql(SELECT + " and s.id = :id")
                .param("id", id)
                .query(JdbcSubscribers::subscriber)
                .optional();
    }

    @Override
    public List<Subscriber> search(String part, int limit) {
        String wanted = part.strip().toLowerCase(Locale.ROOT).replace("\0", "");
        List<Subscriber> found = new ArrayList<>(read.sql(BEGINS)
                .param("part", wanted)
                .param("last", LAST)
                .param("limit", limit)
                .query(JdbcSubscribers::subscriber)
                .list());
        if (found.size() < limit) {
            found.addAll(read.sql(HOLDS)
                    .param("part", wanted)
                    .param("limit", limit - found.size())
                    .query(JdbcSubscribers::subscriber)
                    .list());
        }
        return found;
    }

    @Override
    public Census census() {
        return read.sql(CENSUS)
                .query((row, number) -> new Census(
                        row.getLong("active"),
                        row.getLong("signed_up"),
                        row.getLong("unsubscribed"),
                        row.getLong("suppressed")))
                .single();
    }

    @Override
    public void suppress(EmailAddress address, String reason, Instant at) {
        suppress(write, address.key(), new Suppression(address.key(), reason, at).reason(), at);
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
        forEach("select * from suppression order by address_key", JdbcSubscribers::suppression, reader);
    }

    private <T> void forEach(String query, RowMapper<T> row, Consumer<T> reader) {
        reading.executeWithoutResult(status -> {
            try (var rows = read.sql(query).withFetchSize(Database.FETCHED).query(row).stream()) {
                rows.forEach(reader);
            }
        });
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

    private static Entry entry(ResultSet row, int number) throws SQLException {
        return new Entry(
                subscriber(row, number),
                Set.copyOf(Json.strings(row.getString("newsletters"))),
                Set.copyOf(Json.strings(row.getString("newsletters_left"))),
                row.getString("reason"));
    }
}
