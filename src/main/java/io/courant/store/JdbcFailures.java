package io.courant.store;

import io.courant.audience.EmailAddress;
import io.courant.delivery.DeliveryState;
import io.courant.delivery.Failures;
import io.courant.delivery.FrozenIssue.State;
import io.courant.issue.IssueId;
import java.time.Instant;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

class JdbcFailures implements Failures {
    private static final String ISSUE = """
            select id, state, exists (select 1 from issued_section x where x.issue_id = issue.id) as holds from issue
            where name = :name
            """;
    private static final String WHICH = """
            from delivery d
              join issue i on i.id = d.issue_id
              join subscriber s on s.id = d.subscriber_id
              left join reader p on p.newsletter = i.newsletter and p.subscriber_id = s.id
              left join suppression x on x.address_key = s.address_key
            where d.issue_id = :issue and d.state = :state and x.address_key is null and not %s
              and (d.state = 'REJECTED' or i.state <> 'FINISHED' or coalesce(p.frequency, 'EACH') = 'EACH')
              and (:all or s.address_key in (select value from json_each(:only)))
            """.formatted(Membership.GONE);
    /** From which on it is counted anew how long a relay puts it off. */
    private static final String NOTE_END = """
            insert into delivery_attempt (issue_id, subscriber_id, attempt, at, phase, reply, outcome)
            select d.issue_id, d.subscriber_id, d.attempt + 1, :at, 'CONNECT', 'given up, then wanted again', 'EXPIRED'
            """ + WHICH;

    private static final String RETRY = """
            update delivery set state = 'READY', due_at = null, phase = null,
                                attempt = case state when 'EXPIRED' then attempt + 1 else attempt end
            where issue_id = :issue and state = :state and subscriber_id in (select d.subscriber_id %s)
            """.formatted(WHICH);
    private static final String REOPEN =
            "update issue set state = 'APPROVED', finished_at = null where id = :issue and state = 'FINISHED'";

    private final JdbcClient write;
    private final TransactionTemplate transactions;

    JdbcFailures(JdbcClient write, TransactionTemplate transactions) {
        this.write = write;
        this.transactions = transactions;
    }

    private record Found(long id, State state, boolean holds) {}

    @Override
    public int retry(IssueId issue, Wish wish, Instant at) {
        return Objects.requireNonNull(transactions.execute(status -> {
            Found found = write.sql(ISSUE)
                    .param("name", issue.value())
                    .query((row, number) -> new Found(
                            row.getLong("id"), State.valueOf(row.getString("state")), row.getBoolean("holds")))
                    .optional()
                    .orElseThrow(() -> new IllegalArgumentException("no issue '" + issue + "'"));
            check(issue, found);
            int retried = wish.states().stream()
                    .mapToInt(state -> retry(found.id(), state, wish, at))
                    .sum();
            if (retried > 0) {
                write.sql(REOPEN).param("issue", found.id()).update();
            }
            return retried;
        }));
    }

    private static void check(IssueId issue, Found found) {
        if (found.state() == State.CANCELLED || found.state() == State.AWAITING_APPROVAL) {
            throw new IllegalArgumentException(
                    issue + (found.state() == State.CANCELLED ? " was cancelled" : " awaits approval")
                            + "; nothing of it is tried again");
        }
        if (found.state() == State.FINISHED && !found.holds()) {
            throw new IllegalArgumentException("nobody got " + issue
                    + ", so its items are new again; the next issue has them, and nothing of this one is tried again");
        }
    }

    private int retry(long issue, DeliveryState state, Wish wish, Instant at) {
        if (state == DeliveryState.EXPIRED) {
            with(write.sql(NOTE_END).param("at", at.toEpochMilli()), issue, state, wish)
                    .update();
        }
        return with(write.sql(RETRY), issue, state, wish).update();
    }

    private static JdbcClient.StatementSpec with(
            JdbcClient.StatementSpec statement, long issue, DeliveryState state, Wish wish) {
        return statement
                .param("issue", issue)
                .param("state", state.name())
                .param("all", wish.only().isEmpty())
                .param(
                        "only",
                        Json.write(wish.only().stream().map(EmailAddress::key).toList()));
    }
}
