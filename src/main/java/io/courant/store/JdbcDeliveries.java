package io.courant.store;

import io.courant.delivery.Deliveries;
import io.courant.delivery.DeliveryState;
import io.courant.delivery.Demand;
import io.courant.delivery.Lease;
import io.courant.delivery.LeaseLost;
import io.courant.delivery.SubscriberRange;
import io.courant.issue.IssueId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

class JdbcDeliveries implements Deliveries {
    // What looks for open deliveries names the state that they are in, and leaves it to the dialect how the index
    // delivery_open is come by.
    private static final String TAKE_BACK = """
            update delivery set lease = null
            where issue_id = :issue and state = 'SENDING' and %s
              and lease is not null
              and not exists (select 1 from lease l where l.number = delivery.lease and l.until > :clock)
            """;
    private static final String MARK_DOT = """
            update delivery set phase = 'DOT'
            where issue_id = ? and subscriber_id = ? and state = 'SENDING' and attempt = ? and coalesce(lease, 0) = ?
            """;
    private static final String NOTE_CRASH = """
            insert into delivery_attempt (issue_id, subscriber_id, attempt, at, phase, reply, outcome)
            select issue_id, subscriber_id, attempt, :now, 'DOT', 'the sending process ended unexpectedly', 'IN_DOUBT'
            from delivery where issue_id = :issue and state = 'SENDING' and %s and lease is null
            """;
    private static final String RECOVER_UNSENT = """
            update delivery set state = 'READY', attempt = attempt - 1, phase = null
            where issue_id = :issue and state = 'SENDING' and %s and phase = 'CONNECT' and lease is null
            """;
    private static final String RECOVER = """
            update delivery set state = 'IN_DOUBT', in_doubt = in_doubt + 1, phase = null,
                                due_at = case when in_doubt < :resends then :due end
            where issue_id = :issue and state = 'SENDING' and %s and lease is null
            """;
    private static final String RELEASE = """
            update delivery set state = 'READY', attempt = attempt - 1, phase = null, lease = null
            where issue_id = :issue and state = 'SENDING' and %s
              and coalesce(lease, 0) = :lease and subscriber_id between :first and :last
            """;
    private static final String RESEND = """
            update delivery set state = 'READY', due_at = null
            where issue_id = :issue and state = 'IN_DOUBT' and %s
              and (due_at <= :now or (due_at is null and in_doubt <= :resends))
            """;
    private static final String CLAMP = """
            update delivery set due_at = :latest
            where issue_id = :issue and state = '%s' and due_at > :latest and %s
            """;
    private static final String ASSUME_SENT = """
            update delivery set state = 'ACCEPTED', due_at = null
            where issue_id = :issue and state = 'IN_DOUBT' and %s
            """;
    private static final String EXPIRE = """
            update delivery set state = 'EXPIRED', due_at = null
            where issue_id = :issue and state = 'DEFERRED' and %s
              and (select min(a.at) from delivery_attempt a
                   where a.issue_id = delivery.issue_id and a.subscriber_id = delivery.subscriber_id
                     and a.outcome = 'DEFERRED'
                     and a.attempt > coalesce(
                       (select max(e.attempt) from delivery_attempt e
                        where e.issue_id = a.issue_id and e.subscriber_id = a.subscriber_id
                          and e.outcome in ('REJECTED', 'EXPIRED')), 0)) < :before
            """;

    private final JdbcClient write;
    private final JdbcTemplate batch;
    private final TransactionTemplate transactions;
    private final Database database;
    private final Dialect dialect;
    private final JdbcLeases leases;
    private final JdbcClaims claims;
    private final JdbcSettlements settlements;
    private final Map<IssueId, Long> ids = new ConcurrentHashMap<>();

    JdbcDeliveries(JdbcClient write, DataSource writer, Database database) {
        this.dialect = database.dialect();
        this.write = write;
        this.batch = new JdbcTemplate(writer); // the one whose connections the transactions bind
        this.transactions = new TransactionTemplate(dialect.overlapping(writer));
        this.database = database;
        this.leases = new JdbcLeases(write, dialect);
        this.claims = new JdbcClaims(write, dialect);
        this.settlements = new JdbcSettlements(write, writer, dialect);
    }

    @Override
    public Lease lease(IssueId issue, SubscriberRange range, String holder) {
        return inTransaction(() -> leases.take(id(issue), range, holder));
    }

    @Override
    public int renew(Lease lease, long settled) {
        return inTransaction(() -> leases.renew(lease, settled));
    }

    @Override
    public void end(Lease lease) {
        transactions.executeWithoutResult(status -> leases.end(lease));
    }

    /** A statement without one would keep its connection for as long as the step of the job that it is in. */
    private <T> T inTransaction(Supplier<T> work) {
        return Objects.requireNonNull(transactions.execute(status -> work.get()));
    }

    @Override
    public List<Claim> claim(IssueId issue, Demand demand, Instant now) {
        return settleAndClaim(issue, List.of(), demand, now);
    }

    @Override
    public void settle(IssueId issue, List<Settlement> settled) {
        movingOn(() -> {
            settlements.settle(id(issue), settled);
            return List.of();
        });
    }

    @Override
    public List<Claim> settleAndClaim(IssueId issue, List<Settlement> settled, Demand demand, Instant now) {
        return movingOn(() -> {
            settlements.settle(id(issue), settled);
            leases.check(demand.lease());
            return claims.claim(id(issue), demand, now);
        });
    }

    private record Moved(List<Claim> claims, long generation) {}

    /** What is on its way, or has been, must be missed where an older database comes back. */
    private List<Claim> movingOn(Supplier<List<Claim>> work) {
        Moved moved = transactions.execute(status -> new Moved(work.get(), database.advance(write)));
        if (moved == null) {
            return List.of();
        }
        database.advanced(moved.generation());
        return moved.claims();
    }

    @Override
    public void markDots(IssueId issue, List<Claim> marked) {
        long id = id(issue);
        transactions.executeWithoutResult(status -> {
            int[] changed = batch.batchUpdate(
                    MARK_DOT,
                    marked.stream()
                            .map(claim -> new Object[] {id, claim.subscriber(), claim.attempt(), claim.lease()})
                            .toList());
            for (int i = 0; i < changed.length; i++) {
                if (changed[i] == 0) {
                    throw new LeaseLost(marked.get(i).lease());
                }
            }
        });
    }

    @Override
    public void reconcile(IssueId issue, List<Settlement> settled) {
        database.reopen();
        transactions.executeWithoutResult(
                status -> Rows.issueId(write, issue).ifPresent(id -> settlements.reconcile(id, settled)));
    }

    @Override
    public void release(IssueId issue, Lease lease) {
        inTransaction(() -> open(RELEASE)
                .param("issue", id(issue))
                .param("lease", lease.number())
                .param("first", lease.range().first())
                .param("last", lease.range().last())
                .update());
    }

    @Override
    public int recover(IssueId issue, Instant now, Instant resendAt, int resends) {
        Integer recovered = transactions.execute(status -> {
            long id = id(issue);
            open(TAKE_BACK) // first: from here on, whoever had it settles it no more
                    .param("issue", id)
                    .param("clock", leases.clock())
                    .update();
            open(RECOVER_UNSENT).param("issue", id).update();
            open(NOTE_CRASH).param("now", now.toEpochMilli()).param("issue", id).update();
            return open(RECOVER)
                    .param("due", resendAt.toEpochMilli())
                    .param("resends", resends)
                    .param("issue", id)
                    .update();
        });
        return recovered == null ? 0 : recovered;
    }

    @Override
    public void clamp(IssueId issue, Instant latestDeferred, Instant latestInDoubt) {
        clamp(issue, DeliveryState.DEFERRED, latestDeferred);
        clamp(issue, DeliveryState.IN_DOUBT, latestInDoubt);
    }

    /** One by one, as the index has them. */
    private void clamp(IssueId issue, DeliveryState state, Instant latest) {
        write.sql(CLAMP.formatted(state, dialect.isOpen()))
                .param("issue", id(issue))
                .param("latest", latest.toEpochMilli())
                .update();
    }

    @Override
    public int resend(IssueId issue, Instant now, int resends) {
        return open(RESEND)
                .param("issue", id(issue))
                .param("now", now.toEpochMilli())
                .param("resends", resends)
                .update();
    }

    @Override
    public int assumeSent(IssueId issue) {
        return open(ASSUME_SENT).param("issue", id(issue)).update();
    }

    @Override
    public int expire(IssueId issue, Instant deferredBefore) {
        return open(EXPIRE)
                .param("issue", id(issue))
                .param("before", deferredBefore.toEpochMilli())
                .update();
    }

    /** A statement about open deliveries. */
    private JdbcClient.StatementSpec open(String statement) {
        return write.sql(statement.formatted(dialect.isOpen()));
    }

    /** The row of an issue, which it keeps for ever. */
    private long id(IssueId issue) {
        return ids.computeIfAbsent(
                issue,
                id -> Rows.issueId(write, id).orElseThrow(() -> new IllegalArgumentException("no issue '" + id + "'")));
    }
}
