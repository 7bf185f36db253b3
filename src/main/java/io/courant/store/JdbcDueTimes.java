package io.courant.store;

import io.courant.issue.DueTime;
import io.courant.issue.DueTime.Result;
import io.courant.issue.DueTimes;
import io.courant.issue.IssueId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

class JdbcDueTimes implements DueTimes {
    /** Long after the clock can be set back to it. */
    private static final Duration KEPT = Duration.ofDays(1_000);

    private static final String BEGIN = """
            insert into due_time (newsletter, time, result, began_at, before_issue, words)
            values (:newsletter, :time, :result, :at, :before, :words)
            on conflict (newsletter, time) do nothing
            """;

    private final JdbcClient write;
    private final JdbcClient read;
    private final TransactionTemplate transactions;

    JdbcDueTimes(JdbcClient write, JdbcClient read, TransactionTemplate transactions) {
        this.write = write;
        this.read = read;
        this.transactions = transactions;
    }

    @Override
    public void start(String newsletter, String schedule, Instant since, Instant at) {
        insert(newsletter, since, Result.BEGUN, null, at, schedule);
    }

    @Override
    public Optional<String> schedule(String newsletter) {
        return read.sql("""
                        select words from due_time where newsletter = :newsletter and result = 'BEGUN'
                        order by began_at desc, time desc limit 1
                        """).param("newsletter", newsletter).query(String.class).optional();
    }

    private int insert(
            String newsletter, Instant time, Result result, @Nullable IssueId before, Instant at, String words) {
        return write.sql(BEGIN)
                .param("newsletter", newsletter)
                .param("time", time.toEpochMilli())
                .param("result", result.name())
                .param("at", at.toEpochMilli())
                .param("before", before == null ? null : before.value())
                .param("words", words)
                .update();
    }

    @Override
    public Optional<DueTime> last(String newsletter, Instant until) {
        return read.sql("""
                        select time, result, began_at, before_issue, issue, words from due_time
                        where newsletter = :newsletter and time <= :until order by time desc limit 1
                        """)
                .param("newsletter", newsletter)
                .param("until", until.toEpochMilli())
                .query((row, number) -> dueTime(row))
                .optional();
    }

    @Override
    public Optional<DueTime> last(String newsletter) {
        return read.sql("""
                        select time, result, began_at, before_issue, issue, words from due_time
                        where newsletter = :newsletter and result <> 'BEGUN' order by time desc limit 1
                        """)
                .param("newsletter", newsletter)
                .query((row, number) -> dueTime(row))
                .optional();
    }

    @Override
    public Optional<Instant> began(String newsletter) {
        return read.sql("select min(time) from due_time where newsletter = :newsletter having count(*) > 0")
                .param("newsletter", newsletter)
                .query((row, number) -> Instant.ofEpochMilli(row.getLong(1)))
                .optional();
    }

    private static DueTime dueTime(ResultSet row) throws SQLException {
        return new DueTime(
                Instant.ofEpochMilli(row.getLong("time")),
                Result.valueOf(row.getString("result")),
                Instant.ofEpochMilli(row.getLong("began_at")),
                issue(row.getString("before_issue")),
                issue(row.getString("issue")),
                row.getString("words"));
    }

    private static @Nullable IssueId issue(@Nullable String id) {
        return id == null ? null : new IssueId(id);
    }

    @Override
    public boolean begin(String newsletter, Instant time, @Nullable IssueId before, Instant at) {
        return Boolean.TRUE.equals(transactions.execute(status -> {
            if (insert(newsletter, time, Result.RUNNING, before, at, "") == 0) {
                return false;
            }
            write.sql("""
                            update due_time set result = 'GIVEN_UP'
                            where newsletter = :newsletter and result = 'RUNNING' and time <> :time
                            """)
                    .param("newsletter", newsletter)
                    .param("time", time.toEpochMilli())
                    .update();
            write.sql("delete from due_time where newsletter = :newsletter and time < :old and result <> 'BEGUN'")
                    .param("newsletter", newsletter)
                    .param("old", time.minus(KEPT).toEpochMilli())
                    .update();
            return true;
        }));
    }

    @Override
    public void end(String newsletter, Instant time, Result result, @Nullable IssueId issue, String words) {
        write.sql("""
                        update due_time set result = :result, issue = :issue, words = :words
                        where newsletter = :newsletter and time = :time
                        """)
                .param("newsletter", newsletter)
                .param("time", time.toEpochMilli())
                .param("result", result.name())
                .param("issue", issue == null ? null : issue.value())
                .param("words", words)
                .update();
    }
}
