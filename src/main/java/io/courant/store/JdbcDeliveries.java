package io.courant.store;

import io.courant.audience.EmailAddress;
import io.courant.delivery.Deliveries;
import io.courant.delivery.DeliveryState;
import io.courant.delivery.Demand;
import io.courant.delivery.Outcome;
import io.courant.delivery.Phase;
import io.courant.issue.IssueId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

class JdbcDeliveries implements Deliveries {
    // Each statement names all open states, as delivery_open does: SQLite uses a partial index for no other reason.
    private static final String OPEN = """
            select d.subscriber_id, d.attempt, d.in_doubt, d.domain_group, d.state,
                   case when d.attempt = 0 then 0 else (
                     select count(*) from delivery_attempt a
                     where a.issue_id = d.issue_id and a.subscriber_id = d.subscriber_id and a.outcome = 'DEFERRED')
                   end as deferrals,
                   s.address, s.joined, v.name as variant,
                   s.state <> 'ACTIVE' or x.address_key is not null as blocked
            from delivery d
              join subscriber s on s.id = d.subscriber_id
              join variant v on v.issue_id = d.issue_id and v.number = d.variant
              left join suppression x on x.address_key = s.address_key
            where d.issue_id = :issue
            """;
    private static final String DUE = """
              and d.state in ('READY', 'SENDING', 'DEFERRED', 'IN_DOUBT')
              and d.state = :state and (d.due_at is null or d.due_at <= :now)
            """;
    private static final String OF_GROUP = " and d.domain_group = :group";
    private static final String ONLY = " and d.state in ('READY', 'DEFERRED') and s.address_key in (:only)";
    private static final String IN_ORDER = " order by d.domain_group, d.due_at, d.subscriber_id limit :limit";
    private static final String CLAIM = """
            update delivery set state = 'SENDING', attempt = attempt + 1, due_at = null, phase = ?
            where issue_id = ? and subscriber_id = ? and state = ?
            """;
    private static final String CANCEL = """
            update delivery set state = 'CANCELLED', due_at = null
            where issue_id = ? and subscriber_id = ? and state = ?
            """;
    private static final String MARK_DOT = """
            update delivery set phase = 'DOT'
            where issue_id = ? and subscriber_id = ? and state = 'SENDING' and attempt = ?
            """;
    private static final String SETTLE = """
            update delivery set state = ?, due_at = ?, in_doubt = in_doubt + ?, attempt = attempt - ?, phase = null
            where issue_id = ? and subscriber_id = ? and state = 'SENDING' and attempt = ?
            """;
    private static final String NOTE = """
            insert into delivery_attempt (issue_id, subscriber_id, attempt, at, phase, reply, outcome)
            values (?, ?, ?, ?, ?, ?, ?)
            """;
    private static final String NOTE_CRASH = """
            insert into delivery_attempt (issue_id, subscriber_id, attempt, at, phase, reply, outcome)
            select issue_id, subscriber_id, attempt, :now, 'DOT', 'the sending process ended unexpectedly', 'IN_DOUBT'
            from delivery where issue_id = :issue and state = 'SENDING' and state in ('READY', 'SENDING', 'DEFERRED', 'IN_DOUBT')
            """;
    private static final String RECOVER_UNSENT = """
            update delivery set state = 'READY', attempt = attempt - 1, phase = null
            where issue_id = :issue and state = 'SENDING' and state in ('READY', 'SENDING', 'DEFERRED', 'IN_DOUBT') and phase = 'CONNECT'
            """;
    private static final String RECOVER = """
            update delivery set state = 'IN_DOUBT', in_doubt = in_doubt + 1, phase = null,
                                due_at = case when in_doubt < :resends then :due end
            where issue_id = :issue and state = 'SENDING' and state in ('READY', 'SENDING', 'DEFERRED', 'IN_DOUBT')
            """;
    private static final String RELEASE = """
            update delivery set state = 'READY', attempt = attempt - 1, phase = null
            where issue_id = :issue and state = 'SENDING' and state in ('READY', 'SENDING', 'DEFERRED', 'IN_DOUBT')
            """;
    private static final String RESEND = """
            update delivery set state = 'READY', due_at = null
            where issue_id = :issue and state = 'IN_DOUBT' and due_at <= :now and state in ('READY', 'SENDING', 'DEFERRED', 'IN_DOUBT')
            """;
    private static final String CLAMP = """
            update delivery set due_at = min(due_at, case state when 'DEFERRED' then :deferred else :inDoubt end)
            where issue_id = :issue and state in ('DEFERRED', 'IN_DOUBT') and due_at is not null
              and state in ('READY', 'SENDING', 'DEFERRED', 'IN_DOUBT')
            """;
    private static final String ASSUME_SENT = """
            update delivery set state = 'ACCEPTED', due_at = null
            where issue_id = :issue and state = 'IN_DOUBT' and state in ('READY', 'SENDING', 'DEFERRED', 'IN_DOUBT')
            """;
    private static final String EXPIRE = """
            update delivery set state = 'EXPIRED', due_at = null
            where issue_id = :issue and state = 'DEFERRED' and state in ('READY', 'SENDING', 'DEFERRED', 'IN_DOUBT')
              and (select min(a.at) from delivery_attempt a
                   where a.issue_id = delivery.issue_id and a.subscriber_id = delivery.subscriber_id
                     and a.outcome = 'DEFERRED') < :before
            """;
    private final JdbcClient write;
    private final Database database;
    private final JdbcTemplate batch;
    private final TransactionTemplate transactions;
    private final Map<IssueId, Long> ids = new HashMap<>();

    JdbcDeliveries(JdbcClient write, DataSource writer, TransactionTemplate transactions, Database database) {
        this.write = write;
        this.database = database;
        this.batch = new JdbcTemplate(writer); // the one whose connections the transactions bind
        this.transactions = transactions;
    }

    @Override
    public List<Claim> claim(IssueId issue, Demand demand, Instant now) {
        return settleAndClaim(issue, List.of(), demand, now);
    }

    @Override
    public List<Claim> settleAndClaim(IssueId issue, List<Settlement> settlements, Demand demand, Instant now) {
        List<Claim> claims = transactions.execute(status -> {
            long id = id(issue);
            settle(id, issue, settlements);
            List<Claim> claimed = new ArrayList<>();
            demand.byGroup().forEach((group, limit) -> claimed.addAll(claim(id, demand, group, limit, now)));
            return claimed;
        });
        return claims == null ? List.of() : claims;
    }

    private List<Claim> claim(long issue, Demand demand, String group, int limit, Instant now) {
        if (!demand.only().isEmpty()) {
            return claim(issue, demand.marksDots(), limit, more -> only(issue, demand.only(), more));
        }
        List<Claim> claims = new ArrayList<>();
        for (DeliveryState state : List.of(DeliveryState.READY, DeliveryState.DEFERRED)) {
            claims.addAll(claim(
                    issue, demand.marksDots(), limit - claims.size(), more -> due(issue, state, group, now, more)));
        }
        return claims;
    }

    /** Claims of what is open, past whoever left meanwhile. */
    private List<Claim> claim(long issue, boolean marksDots, int limit, IntFunction<List<Open>> openOnes) {
        List<Claim> claims = new ArrayList<>();
        while (claims.size() < limit) {
            List<Open> open = openOnes.apply(limit - claims.size());
            List<Open> free = open.stream().filter(row -> !row.blocked()).toList();
            update(CANCEL, open.stream().filter(Open::blocked).toList(), row -> key(issue, row));
            update(CLAIM, free, row -> {
                List<@Nullable Object> values = new ArrayList<>();
                values.add(marksDots ? Phase.CONNECT.name() : null);
                values.addAll(List.of(key(issue, row)));
                return values.toArray();
            });
            free.forEach(row -> claims.add(row.claim()));
            if (free.size() == open.size()) {
                break; // nobody was cancelled, so asking again would find nobody else
            }
        }
        return claims;
    }

    private static Object[] key(long issue, Open row) {
        return new Object[] {issue, row.claim().subscriber(), row.claim().from().name()};
    }

    private List<Open> due(long issue, DeliveryState state, String group, Instant now, int limit) {
        boolean any = group.equals(Demand.ANY_GROUP);
        var query = write.sql(OPEN + DUE + (any ? "" : OF_GROUP) + IN_ORDER)
                .param("issue", issue)
                .param("state", state.name())
                .param("now", now.toEpochMilli())
                .param("limit", limit);
        return (any ? query : query.param("group", Rows.groupColumn(group)))
                .query(JdbcDeliveries::open)
                .list();
    }

    private List<Open> only(long issue, Set<EmailAddress> only, int limit) {
        return write.sql(OPEN + ONLY + IN_ORDER)
                .param("issue", issue)
                .param("only", only.stream().map(EmailAddress::key).toList())
                .param("limit", limit)
                .query(JdbcDeliveries::open)
                .list();
    }

    private static Open open(ResultSet row, int number) throws SQLException {
        return new Open(
                new Claim(
                        row.getLong("subscriber_id"),
                        row.getString("address"),
                        Instant.ofEpochMilli(row.getLong("joined")),
                        row.getString("variant"),
                        Rows.group(row.getString("domain_group")),
                        DeliveryState.valueOf(row.getString("state")),
                        row.getInt("attempt") + 1,
                        row.getInt("in_doubt"),
                        row.getInt("deferrals")),
                row.getBoolean("blocked"));
    }

    private record Open(Claim claim, boolean blocked) {}

    private void update(String sql, List<Open> rows, Function<Open, Object[]> values) {
        int[] changed = batch.batchUpdate(sql, rows.stream().map(values).toList());
        for (int row = 0; row < changed.length; row++) {
            if (changed[row] != 1) {
                throw new IllegalStateException("subscriber="
                        + rows.get(row).claim().subscriber() + ": no longer open as it was; somebody else was first");
            }
        }
    }

    @Override
    public void markDots(IssueId issue, List<Claim> claims) {
        long id = id(issue);
        transactions.executeWithoutResult(status -> batch.batchUpdate(
                MARK_DOT,
                claims.stream()
                        .map(claim -> new Object[] {id, claim.subscriber(), claim.attempt()})
                        .toList()));
    }

    @Override
    public void settle(IssueId issue, List<Settlement> settlements) {
        transactions.executeWithoutResult(status -> settle(id(issue), issue, settlements));
    }

    private void settle(long id, IssueId issue, List<Settlement> settlements) {
        int[] changed = write(id, settlements);
        for (int row = 0; row < changed.length; row++) {
            if (changed[row] != 1) {
                throw new IllegalStateException("issue=" + issue + " subscriber="
                        + settlements.get(row).subscriber() + ": no longer SENDING at attempt "
                        + settlements.get(row).attempt() + "; somebody else was first");
            }
        }
        note(id, settlements);
    }

    private int[] write(long id, List<Settlement> settlements) {
        return batch.batchUpdate(
                SETTLE,
                settlements.stream().map(settlement -> settling(id, settlement)).toList());
    }

    private void note(long id, List<Settlement> settlements) {
        batch.batchUpdate(
                NOTE,
                settlements.stream()
                        .filter(JdbcDeliveries::saysSomething)
                        .map(settlement -> note(id, settlement))
                        .toList());
    }

    /** Nothing is left to say of a first attempt that was accepted, nor of none at all. */
    private static boolean saysSomething(Settlement settlement) {
        return settlement.outcome() instanceof Outcome.Accepted
                ? settlement.attempt() > 1
                : !(settlement.outcome() instanceof Outcome.Untried);
    }

    @Override
    public void reconcile(IssueId issue, List<Settlement> settlements) {
        database.reopen();
        transactions.executeWithoutResult(status -> {
            long id = id(issue);
            int[] changed = write(id, settlements);
            note(
                    id,
                    IntStream.range(0, changed.length)
                            .filter(row -> changed[row] == 1)
                            .mapToObj(settlements::get)
                            .toList());
        });
    }

    @Override
    public void release(IssueId issue) {
        write.sql(RELEASE).param("issue", id(issue)).update();
    }

    private static @Nullable Object[] settling(long issue, Settlement settlement) {
        DeliveryState state = settlement.outcome().state();
        return new @Nullable Object[] {
            state.name(),
            Rows.millis(settlement.dueAt()),
            state == DeliveryState.IN_DOUBT ? 1 : 0,
            settlement.outcome() instanceof Outcome.Untried ? 1 : 0,
            issue,
            settlement.subscriber(),
            settlement.attempt()
        };
    }

    private static Object[] note(long issue, Settlement settlement) {
        Outcome outcome = settlement.outcome();
        Phase phase = Phase.DOT;
        String reply = "";
        if (outcome instanceof Outcome.Accepted accepted) {
            reply = accepted.reply().toString();
        } else if (outcome instanceof Outcome.Deferred deferred) {
            phase = deferred.phase();
            reply = deferred.reply().toString();
        } else if (outcome instanceof Outcome.Rejected rejected) {
            phase = rejected.phase();
            reply = rejected.reply().toString();
        } else if (outcome instanceof Outcome.NotSent notSent) {
            phase = notSent.phase();
            reply = notSent.cause();
        } else if (outcome instanceof Outcome.InDoubt inDoubt) {
            reply = inDoubt.cause();
        }
        return new Object[] {
            issue,
            settlement.subscriber(),
            settlement.attempt(),
            settlement.at().toEpochMilli(),
            phase.name(),
            reply,
            outcome.state().name()
        };
    }

    @Override
    public int recover(IssueId issue, Instant now, Instant resendAt, int resends) {
        Integer recovered = transactions.execute(status -> {
            long id = id(issue);
            write.sql(RECOVER_UNSENT).param("issue", id).update();
            write.sql(NOTE_CRASH)
                    .param("now", now.toEpochMilli())
                    .param("issue", id)
                    .update();
            return write.sql(RECOVER)
                    .param("due", resendAt.toEpochMilli())
                    .param("resends", resends)
                    .param("issue", id)
                    .update();
        });
        return recovered == null ? 0 : recovered;
    }

    @Override
    public void clamp(IssueId issue, Instant latestDeferred, Instant latestInDoubt) {
        write.sql(CLAMP)
                .param("issue", id(issue))
                .param("deferred", latestDeferred.toEpochMilli())
                .param("inDoubt", latestInDoubt.toEpochMilli())
                .update();
    }

    @Override
    public int resend(IssueId issue, Instant now) {
        return write.sql(RESEND)
                .param("issue", id(issue))
                .param("now", now.toEpochMilli())
                .update();
    }

    @Override
    public int assumeSent(IssueId issue, Instant now) {
        return write.sql(ASSUME_SENT).param("issue", id(issue)).update();
    }

    @Override
    public int expire(IssueId issue, Instant deferredBefore, Instant now) {
        return write.sql(EXPIRE)
                .param("issue", id(issue))
                .param("before", deferredBefore.toEpochMilli())
                .update();
    }

    /** The row of an issue, which it keeps for ever. */
    private long id(IssueId issue) {
        return ids.computeIfAbsent(
                issue,
                id -> Rows.issueId(write, id).orElseThrow(() -> new IllegalArgumentException("no issue '" + id + "'")));
    }
}
