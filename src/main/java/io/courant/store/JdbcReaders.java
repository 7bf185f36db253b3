package io.courant.store;

import io.courant.audience.EmailAddress;
import io.courant.audience.Form;
import io.courant.audience.Frequency;
import io.courant.audience.Preferences;
import io.courant.audience.Readers;
import io.courant.audience.Segment;
import io.courant.audience.Subscriber;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

class JdbcReaders implements Readers {
    private static final String SELECT = """
            select s.id, s.address, s.state, s.joined, s.language, s.zone, s.form,
                   p.joined_at, p.left_at, p.topics, p.frequency, p.hour, p.paused_until
            from subscriber s""" + Membership.JOIN + " where s.id = :subscriber and s.state <> 'ERASED'";
    /** Whoever has read it by segment, with few mails, goes on where their last mail ended. */
    private static final String JOIN = """
            insert into reader (newsletter, subscriber_id, joined_at)
            select :newsletter, id, :at from subscriber where id = :subscriber and state <> 'ERASED'
            on conflict (newsletter, subscriber_id) do update
              set joined_at = case when reader.left_at is not null then excluded.joined_at
                                   else coalesce(reader.joined_at,
                                                 (select s.joined from subscriber s
                                                    join coverage c on c.newsletter = reader.newsletter
                                                      and c.subscriber_id = s.id
                                                  where s.id = reader.subscriber_id and s.state = 'ACTIVE'),
                                                 excluded.joined_at) end,
                  left_at = null
            """;

    private static final String LEAVE = """
            insert into reader (newsletter, subscriber_id, left_at)
            select :newsletter, id, :at from subscriber where id = :subscriber and state <> 'ERASED'
            on conflict (newsletter, subscriber_id) do update set left_at = excluded.left_at where reader.left_at is null
            """;
    private static final String CHOOSE = """
            insert into reader (newsletter, subscriber_id, topics, frequency, hour, paused_until)
            values (:newsletter, :subscriber, :topics, :frequency, :hour, :pausedUntil)
            on conflict (newsletter, subscriber_id) do update
              set topics = excluded.topics, frequency = excluded.frequency, hour = excluded.hour,
                  paused_until = excluded.paused_until
            """;
    private static final String PERSON = """
            update subscriber set language = :language, zone = :zone, form = :form where id = :subscriber
            """;
    private static final String COVER = """
            insert into coverage (newsletter, subscriber_id, until, due_at)
            values (:newsletter, :subscriber,
                    coalesce((select max(frozen_at) from issue where newsletter = :newsletter), :at), :at)
            on conflict (newsletter, subscriber_id) do nothing
            """;

    /** One row; grouped first, for many readers choose alike. */
    private static final String STRAYS = """
            with known as (select value as id from json_each(:topics)),
            choice as (
              select p.topics, count(*) as readers from reader p join subscriber s on s.id = p.subscriber_id
              where p.newsletter = :newsletter and p.topics <> '[]' and not %s
              group by p.topics),
            stray as (
              select c.topics, c.readers, j.value as id from choice c, json_each(c.topics) j
              where j.value not in (select id from known))
            select (select json_group_array(id) from (select distinct id from stray order by id) s) as topics,
                   coalesce(sum(readers), 0) as readers,
                   coalesce(sum(case when exists (select 1 from json_each(choice.topics)
                                                  where value in (select id from known))
                                     then 0 else readers end), 0) as lost
            from choice where topics in (select topics from stray)
            """.formatted(Membership.GONE);

    private final JdbcClient write;
    private final JdbcClient read;
    private final TransactionTemplate transactions;

    JdbcReaders(JdbcClient write, JdbcClient read, TransactionTemplate transactions) {
        this.write = write;
        this.read = read;
        this.transactions = transactions;
    }

    @Override
    public Optional<Reader> find(String newsletter, long subscriber) {
        return find(read, newsletter, subscriber);
    }

    private static Optional<Reader> find(JdbcClient client, String newsletter, long subscriber) {
        return client.sql(SELECT)
                .param("newsletter", newsletter)
                .param("subscriber", subscriber)
                .query(JdbcReaders::reader)
                .optional();
    }

    @Override
    public long count(String newsletter, Segment audience) {
        return read.sql("select count(*) from subscriber s" + Membership.JOIN + " where " + Membership.of(audience))
                .params(Membership.parameters(newsletter, audience))
                .query(Long.class)
                .single();
    }

    @Override
    public boolean reads(String newsletter, Segment audience, long subscriber) {
        return read.sql("select count(*) from subscriber s" + Membership.JOIN + " where s.id = :subscriber and "
                                + Membership.of(audience))
                        .params(Membership.parameters(newsletter, audience))
                        .param("subscriber", subscriber)
                        .query(Long.class)
                        .single()
                > 0;
    }

    @Override
    public void join(String newsletter, long subscriber, Instant at) {
        update(JOIN, newsletter, subscriber, at);
    }

    @Override
    public boolean leave(String newsletter, long subscriber, Instant at) {
        return update(LEAVE, newsletter, subscriber, at) > 0;
    }

    private int update(String statement, String newsletter, long subscriber, Instant at) {
        return write.sql(statement)
                .param("newsletter", newsletter)
                .param("subscriber", subscriber)
                .param("at", at.toEpochMilli())
                .update();
    }

    @Override
    public void choose(String newsletter, long subscriber, Preferences wanted, Instant at) {
        transactions.executeWithoutResult(status -> {
            Optional<Reader> reader = find(write, newsletter, subscriber);
            if (reader.isEmpty()) {
                return;
            }
            if (reader.get().preferences().frequency() == Frequency.EACH && wanted.frequency() != Frequency.EACH) {
                update(COVER, newsletter, subscriber, at);
            }
            Instant paused = wanted.pausedUntil();
            write.sql(CHOOSE)
                    .param("newsletter", newsletter)
                    .param("subscriber", subscriber)
                    .param(
                            "topics",
                            Json.write(wanted.topics().stream().sorted().toList()))
                    .param("frequency", wanted.frequency().name())
                    .param("hour", wanted.hour())
                    .param("pausedUntil", paused == null ? null : paused.toEpochMilli())
                    .update();
            Locale language = wanted.language();
            ZoneId zone = wanted.zone();
            write.sql(PERSON)
                    .param("language", language == null ? null : language.toLanguageTag())
                    .param("zone", zone == null ? null : zone.getId())
                    .param("form", wanted.form().name())
                    .param("subscriber", subscriber)
                    .update();
        });
    }

    @Override
    public Strays strays(String newsletter, Set<String> topics) {
        return read.sql(STRAYS)
                .param("newsletter", newsletter)
                .param("topics", Json.write(topics))
                .query((row, number) ->
                        new Strays(Json.strings(row.getString("topics")), row.getLong("readers"), row.getLong("lost")))
                .single();
    }

    private static Reader reader(ResultSet row, int number) throws SQLException {
        Instant joined = Rows.instant(row, "joined_at");
        Instant left = Rows.instant(row, "left_at");
        return new Reader(
                row.getLong("id"),
                new EmailAddress(row.getString("address")),
                standing(Subscriber.State.valueOf(row.getString("state")), joined, left),
                joined == null ? Instant.ofEpochMilli(row.getLong("joined")) : joined,
                left,
                preferences(row));
    }

    private static Standing standing(Subscriber.State state, @Nullable Instant joined, @Nullable Instant left) {
        if (left != null) {
            return Standing.LEFT;
        }
        if (joined != null) {
            return Standing.JOINED;
        }
        return switch (state) {
            case ACTIVE -> Standing.BY_SEGMENT;
            case SIGNED_UP -> Standing.STRANGER;
            case UNSUBSCRIBED -> Standing.LEFT;
        };
    }

    /** Of a row with the columns of {@code reader}, which may be null, and language, zone and form. */
    static Preferences preferences(ResultSet row) throws SQLException {
        String topics = row.getString("topics");
        String frequency = row.getString("frequency");
        int hour = row.getInt("hour");
        Integer wantedHour = row.wasNull() ? null : hour;
        return new Preferences(
                topics == null ? Set.of() : Set.copyOf(Json.strings(topics)),
                frequency == null ? Frequency.EACH : Frequency.valueOf(frequency),
                wantedHour,
                Rows.instant(row, "paused_until"),
                zone(row.getString("zone")),
                Form.valueOf(row.getString("form")),
                language(row.getString("language")));
    }

    static @Nullable Locale language(@Nullable String tag) {
        return tag == null ? null : Locale.forLanguageTag(tag);
    }

    static @Nullable ZoneId zone(@Nullable String id) {
        return id == null ? null : ZoneId.of(id);
    }
}
