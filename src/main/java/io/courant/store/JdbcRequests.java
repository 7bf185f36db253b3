package io.courant.store;

import io.courant.audience.EmailAddress;
import io.courant.consent.Confirmation;
import io.courant.consent.Limits;
import io.courant.consent.MailState;
import io.courant.consent.Origin;
import io.courant.consent.Request;
import io.courant.consent.Request.Kind;
import io.courant.consent.Requests;
import io.courant.consent.TurnedAway;
import io.courant.consent.TurnedAway.Limit;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

class JdbcRequests implements Requests {
    /** One statement, so that counting and adding are done for everybody alike. */
    static final String ADD = """
            insert into request (kind, newsletter, address, address_key, subscriber_id, language, wording,
                                 requested_at, requested_from, block, due_at)
            select :kind, :newsletter, :address, :key, :subscriber, :language, :wording, :at, :from, :block, :at
            where (select count(*) from request where block = :block and requested_at > :since) < :perBlock
              and (select count(*) from request where requested_at > :since) < :inAll
            """;

    private static final String IS_BLOCK = """
            select count(*) >= :perBlock from request where block = :block and requested_at > :since
            """;
    private static final String COUNT = """
            insert into turned_away (newsletter, by_limit, hour, times) values (:newsletter, :limit, :hour, :times)
            on conflict (newsletter, by_limit, hour) do update set times = turned_away.times + excluded.times
            returning times
            """;
    private static final String TURNED_AWAY = """
            select newsletter, by_limit, sum(times) as times from turned_away where hour > :since
            group by newsletter, by_limit
            """;

    private static final String NOTE = """
            insert into request (kind, newsletter, address, address_key, subscriber_id, language, wording,
                                 requested_at, requested_from, block, due_at)
            values (:kind, :newsletter, :address, :key, :subscriber, :language, :wording, :at, :from, :block, :at)
            """;
    private static final String FIND = """
            select * from request
            where id = :id and newsletter = :newsletter and kind <> 'NOTICE' and requested_at > :after
            """;
    private static final String WAITING = """
            select distinct newsletter from request where mail in ('READY', 'SENDING') and due_at <= :now
            """;
    private static final String HAD_ONE = """
            kind <> 'NOTICE' and exists (
              select 1 from request o
              where o.mail in ('SENDING', 'SENT', 'REFUSED') and o.address_key = request.address_key
                and o.id <> request.id and o.kind <> 'NOTICE' and (o.mail = 'SENDING' or o.mailed_at > :mailedSince))
            """;
    private static final String WITHHOLD = """
            update request set mail = 'WITHHELD'
            where newsletter = :newsletter and mail in ('READY', 'SENDING') and due_at <= :now and\s""" + HAD_ONE;
    private static final String CLAIM = """
            update request set mail = 'SENDING', attempts = attempts + 1, due_at = :until
            where id = (select min(id) from request
                        where newsletter = :newsletter and mail in ('READY', 'SENDING') and due_at <= :now)
            returning *
            """;
    private static final String SETTLE = """
            update request
            set mail = :mail, mailed_at = case when :mail in ('SENT', 'REFUSED') then :at end,
                due_at = case when :mail = 'READY' then :at else due_at end
            where id = :id and attempts = :attempt and mail in ('SENDING', 'SENT')
            """;

    private final JdbcClient write;
    private final JdbcClient read;
    private final TransactionTemplate transactions;
    private final JdbcReaders readers;
    private final FormerAddresses former;

    JdbcRequests(JdbcClient write, JdbcClient read, TransactionTemplate transactions, Database database) {
        this.write = write;
        this.read = read;
        this.transactions = transactions;
        this.readers = new JdbcReaders(write, read, transactions);
        this.former = new FormerAddresses(write, read, new ErasureSalt(database.erasureSecret(write)));
    }

    @Override
    public Optional<TurnedAway> add(Request request, Limits limits) {
        long since = request.at().minus(limits.within()).toEpochMilli();
        // in a transaction, of which there is one at a time: PostgreSQL lets others add while a statement counts
        Integer kept = transactions.execute(status -> filled(ADD, request)
                .param("since", since)
                .param("perBlock", limits.perBlock())
                .param("inAll", limits.inAll())
                .update());
        if (kept != null && kept > 0) {
            return Optional.empty();
        }
        boolean byBlock = write.sql(IS_BLOCK)
                .param("block", request.origin().block())
                .param("since", since)
                .param("perBlock", limits.perBlock())
                .query(Boolean.class)
                .single();
        return Optional.of(count(request.newsletter(), byBlock ? Limit.BLOCK : Limit.ALL, request.at(), 1));
    }

    /** What the limit has come to in this hour. */
    private TurnedAway count(String newsletter, Limit limit, Instant at, int times) {
        return new TurnedAway(
                newsletter,
                limit,
                write.sql(COUNT)
                        .param("newsletter", newsletter)
                        .param("limit", limit.name())
                        .param("hour", at.truncatedTo(ChronoUnit.HOURS).toEpochMilli())
                        .param("times", times)
                        .query(Long.class)
                        .single());
    }

    @Override
    public List<TurnedAway> turnedAway(Instant since) {
        return read
                .sql(TURNED_AWAY)
                .param("since", since.toEpochMilli())
                .query((row, number) -> new TurnedAway(
                        row.getString("newsletter"), Limit.valueOf(row.getString("by_limit")), row.getLong("times")))
                .list()
                .stream()
                .sorted(Comparator.comparing(TurnedAway::newsletter).thenComparing(TurnedAway::limit))
                .toList();
    }

    private JdbcClient.StatementSpec filled(String statement, Request request) {
        Locale language = request.language();
        return write.sql(statement)
                .param("kind", request.kind().name())
                .param("newsletter", request.newsletter())
                .param("address", request.address().value())
                .param("key", request.address().key())
                .param("subscriber", request.subscriber())
                .param("language", language == null ? null : language.toLanguageTag())
                .param("wording", request.wording())
                .param("at", request.at().toEpochMilli())
                .param("from", request.origin().client())
                .param("block", request.origin().block());
    }

    @Override
    public Optional<Request> find(String newsletter, long id, Instant madeAfter) {
        return found(read, newsletter, id, madeAfter).map(Found::request);
    }

    private static Optional<Found> found(JdbcClient client, String newsletter, long id, Instant madeAfter) {
        return client.sql(FIND)
                .param("id", id)
                .param("newsletter", newsletter)
                .param("after", madeAfter.toEpochMilli())
                .query((row, number) -> new Found(request(row), Rows.instant(row, "answered_at")))
                .optional();
    }

    private record Found(Request request, @Nullable Instant answered) {}

    @Override
    public Confirmation confirm(String newsletter, long id, Origin origin, Instant at, Instant madeAfter) {
        Confirmation confirmation = transactions.execute(status -> confirmIn(newsletter, id, origin, at, madeAfter));
        return confirmation == null ? new Confirmation.Nothing() : confirmation;
    }

    private Confirmation confirmIn(String newsletter, long id, Origin origin, Instant at, Instant madeAfter) {
        Optional<Found> found = found(write, newsletter, id, madeAfter);
        if (found.isEmpty()) {
            return new Confirmation.Nothing();
        }
        Request request = found.get().request();
        if (found.get().answered() != null) {
            return hasLeft(request) ? new Confirmation.Nothing() : confirmation(request.kind(), request.subscriber());
        }
        Admission admission = new Admission(write, readers, former, request, at);
        Optional<Long> subscriber =
                request.kind() == Kind.SIGN_UP ? Optional.of(admission.signUp()) : admission.move(origin, this::note);
        if (subscriber.isEmpty()) {
            return new Confirmation.Nothing();
        }
        admission.prove(subscriber.get(), origin);
        write.sql("update request set answered_at = :at, subscriber_id = :subscriber where id = :id")
                .param("at", at.toEpochMilli())
                .param("subscriber", subscriber.get())
                .param("id", id)
                .update();
        return confirmation(request.kind(), subscriber.get());
    }

    /** Once it is answered, a link brings nobody back. */
    private boolean hasLeft(Request request) {
        Long subscriber = request.subscriber();
        return subscriber != null
                && readers.find(request.newsletter(), subscriber)
                        .map(reader -> reader.standing() == JdbcReaders.Standing.LEFT)
                        .orElse(true);
    }

    private static Confirmation confirmation(Kind kind, @Nullable Long subscriber) {
        if (subscriber == null) {
            return new Confirmation.Nothing();
        }
        return kind == Kind.SIGN_UP ? new Confirmation.Joined(subscriber) : new Confirmation.Moved(subscriber);
    }

    private void note(Request notice) {
        filled(NOTE, notice).update();
    }

    @Override
    public Set<String> waiting(Instant now) {
        return new LinkedHashSet<>(read.sql(WAITING)
                .param("now", now.toEpochMilli())
                .query(String.class)
                .list());
    }

    @Override
    public Optional<Claim> claim(String newsletter, Instant now, Instant mailedSince, Instant until) {
        Optional<Claim> claim = transactions.execute(status -> {
            int withheld = write.sql(WITHHOLD)
                    .param("newsletter", newsletter)
                    .param("now", now.toEpochMilli())
                    .param("mailedSince", mailedSince.toEpochMilli())
                    .update();
            if (withheld > 0) {
                count(newsletter, Limit.ADDRESS, now, withheld);
            }
            return write.sql(CLAIM)
                    .param("newsletter", newsletter)
                    .param("now", now.toEpochMilli())
                    .param("until", until.toEpochMilli())
                    .query((row, number) -> new Claim(row.getLong("id"), row.getInt("attempts"), request(row)))
                    .optional();
        });
        return claim == null ? Optional.empty() : claim;
    }

    @Override
    public boolean settle(Claim claim, MailState state, Instant at) {
        return write.sql(SETTLE)
                        .param("mail", state.name())
                        .param("at", at.toEpochMilli())
                        .param("id", claim.id())
                        .param("attempt", claim.attempt())
                        .update()
                > 0;
    }

    @Override
    public void drop(Claim claim) {
        write.sql("delete from request where id = :id").param("id", claim.id()).update();
    }

    @Override
    public int forget(Instant madeBefore) {
        write.sql("delete from turned_away where hour <= :before")
                .param("before", madeBefore.toEpochMilli())
                .update();
        return write.sql("delete from request where requested_at <= :before")
                .param("before", madeBefore.toEpochMilli())
                .update();
    }

    private static Request request(ResultSet row) throws SQLException {
        long id = row.getLong("subscriber_id");
        Long subscriber = row.wasNull() ? null : id;
        return new Request(
                Kind.valueOf(row.getString("kind")),
                row.getString("newsletter"),
                new EmailAddress(row.getString("address")),
                subscriber,
                JdbcReaders.language(row.getString("language")),
                row.getString("wording"),
                new Origin(row.getString("requested_from")),
                Instant.ofEpochMilli(row.getLong("requested_at")));
    }
}
