package io.courant.store;

import io.courant.delivery.Deliveries.Settlement;
import io.courant.delivery.DeliveryState;
import io.courant.delivery.Outcome;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How {@link JdbcDeliveries} writes down what came of claims, within a transaction of its caller. */
final class JdbcSettlements {
    // By their key, not by their state: of that, PostgreSQL has no up-to-date idea. An expression uses no index.
    private static final String SETTLE = """
            update delivery set state = :state, due_at = :due, in_doubt = in_doubt + :doubts, attempt = attempt - :untried,
                                phase = null, lease = null
            where issue_id = :issue and state || '' = 'SENDING' and attempt = :attempt
              and coalesce(lease, 0) = :lease and %s
            """;
    /** A lease ended too soon, and the relay had the message after all: nobody else need send it any more. */
    private static final String ACCEPT_LATE = """
            update delivery set state = 'ACCEPTED', due_at = null
            where issue_id = ? and subscriber_id = ? and state = 'IN_DOUBT' and attempt = ?
            """;

    private static final String NOTE_LATE = """
            update delivery_attempt set reply = reply || '; then, late: ' || ?
            where issue_id = ? and subscriber_id = ? and attempt = ? and outcome = 'IN_DOUBT'
              and reply not like '%; then, late: %'
            """;
    private static final String NOTE = """
            insert into delivery_attempt (issue_id, subscriber_id, attempt, at, phase, reply, outcome)
            select cast(? as integer), id, cast(? as integer), cast(? as bigint), ?,
                   case state when 'ERASED' then '(erased)' else ? end, ?
            from subscriber where id = ?
            """;

    private final JdbcClient write;
    private final JdbcTemplate batch;
    private final String settle;

    JdbcSettlements(JdbcClient write, DataSource writer, Dialect dialect) {
        this.write = write;
        this.settle = SETTLE.formatted(dialect.isAmong("subscriber_id", ":subscribers"));
        this.batch = new JdbcTemplate(writer); // the one whose connections the transactions bind
    }

    /** As {@link io.courant.delivery.Deliveries#settle} says. */
    void settle(long issue, List<Settlement> settlements) {
        Map<Change, List<Settlement>> alike = settlements.stream()
                .collect(Collectors.groupingBy(Change::of, LinkedHashMap::new, Collectors.toList()));
        alike.forEach((change, some) -> {
            int changed = write(issue, change, some);
            if (changed != some.size()) {
                throw new IllegalStateException("subscribers "
                        + some.stream().map(Settlement::subscriber).toList() + ": " + (some.size() - changed)
                        + " no longer SENDING at attempt " + change.attempt()
                        + (change.lease() == 0 ? "" : " under lease " + change.lease())
                        + "; somebody else was first");
            }
        });
        note(issue, settlements);
    }

    /** As {@link io.courant.delivery.Deliveries#reconcile} says. */
    void reconcile(long issue, List<Settlement> settlements) {
        Map<Boolean, List<Settlement>> written = settlements.stream()
                .collect(Collectors.partitioningBy(
                        settlement -> write(issue, Change.of(settlement), List.of(settlement)) == 1));
        note(issue, Objects.requireNonNull(written.get(true)));
        List<Settlement> late = Objects.requireNonNull(written.get(false)).stream()
                .filter(settlement -> settlement.lease() != 0 && settlement.outcome() instanceof Outcome.Accepted)
                .toList();
        batch.batchUpdate(
                NOTE_LATE,
                late.stream()
                        .map(one -> new Object[] {one.outcome().said(), issue, one.subscriber(), one.attempt()})
                        .toList());
        batch.batchUpdate(
                ACCEPT_LATE,
                late.stream()
                        .map(one -> new Object[] {issue, one.subscriber(), one.attempt()})
                        .toList());
    }

    private int write(long issue, Change change, List<Settlement> some) {
        return write.sql(settle)
                .param("issue", issue)
                .param("attempt", change.attempt())
                .param("lease", change.lease())
                .param("state", change.state().name())
                .param("due", Rows.millis(change.dueAt()))
                .param("doubts", change.state() == DeliveryState.IN_DOUBT ? 1 : 0)
                .param("untried", change.isUntried() ? 1 : 0)
                .param(
                        "subscribers",
                        Json.write(some.stream().map(Settlement::subscriber).toList()))
                .update();
    }

    /** What is the same for most settlements of a commit: one statement writes all of them. */
    private record Change(
            int attempt,
            long lease,
            DeliveryState state,
            boolean isUntried,
            @Nullable Instant dueAt) {
        static Change of(Settlement settlement) {
            return new Change(
                    settlement.attempt(),
                    settlement.lease(),
                    settlement.outcome().state(),
                    settlement.outcome() instanceof Outcome.Untried,
                    settlement.dueAt());
        }
    }

    private void note(long issue, List<Settlement> settlements) {
        batch.batchUpdate(
                NOTE,
                settlements.stream()
                        .filter(JdbcSettlements::saysSomething)
                        .map(settlement -> note(issue, settlement))
                        .toList());
    }

    /** Nothing is left to say of a first attempt that was accepted, nor of none at all. */
    private static boolean saysSomething(Settlement settlement) {
        return settlement.outcome() instanceof Outcome.Accepted
                ? settlement.attempt() > 1
                : !(settlement.outcome() instanceof Outcome.Untried);
    }

    private static Object[] note(long issue, Settlement settlement) {
        Outcome outcome = settlement.outcome();
        return new Object[] {
            issue,
            settlement.attempt(),
            settlement.at().toEpochMilli(),
            outcome.phase().name(),
            outcome.said(),
            outcome.state().name(),
            settlement.subscriber()
        };
    }
}
