package io.courant.store;

import io.courant.editor.Digest;
import io.courant.editor.LoginAttempts;
import io.courant.editor.LoginLimits;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

class JdbcLoginAttempts implements LoginAttempts {
    private static final String FIND = "select failures, last_at from login_attempt where counter = :counter";
    private static final String COUNT = """
            insert into login_attempt (counter, failures, last_at) values (:counter, 1, :now)
            on conflict (counter) do update set failures = login_attempt.failures + 1, last_at = :now
            """;
    private static final String TAKE_BACK = """
            update login_attempt set failures = failures - 1 where counter = :counter and failures > 0
            """;

    private final JdbcClient write;
    private final TransactionTemplate transactions;

    JdbcLoginAttempts(JdbcClient write, TransactionTemplate transactions) {
        this.write = write;
        this.transactions = transactions;
    }

    private record Failures(int number, Instant last) {
        static Failures of(ResultSet row, int index) throws SQLException {
            return new Failures(row.getInt("failures"), Instant.ofEpochMilli(row.getLong("last_at")));
        }
    }

    @Override
    public Duration begin(Map<String, LoginLimits> counters, Instant now) {
        Duration wait = transactions.execute(status -> {
            forget(counters, now);
            Duration longest = counters.entrySet().stream()
                    .map(counter -> remaining(counter.getKey(), counter.getValue(), now))
                    .max(Comparator.naturalOrder())
                    .orElse(Duration.ZERO);
            if (longest.isZero()) {
                counters.keySet()
                        .forEach(counter -> write.sql(COUNT)
                                .param("counter", key(counter))
                                .param("now", now.toEpochMilli())
                                .update());
            }
            return longest;
        });
        return wait == null ? Duration.ZERO : wait;
    }

    private void forget(Map<String, LoginLimits> counters, Instant now) {
        counters.values().stream()
                .map(LoginLimits::forgottenAfter)
                .max(Comparator.naturalOrder())
                .ifPresent(longest -> write.sql("delete from login_attempt where last_at <= :before")
                        .param("before", now.minus(longest).toEpochMilli())
                        .update());
    }

    private Duration remaining(String counter, LoginLimits limits, Instant now) {
        return write.sql(FIND)
                .param("counter", key(counter))
                .query(Failures::of)
                .optional()
                .map(failures -> limits.remaining(failures.number(), failures.last(), now))
                .orElse(Duration.ZERO);
    }

    @Override
    public void succeeded(String counter) {
        write.sql("delete from login_attempt where counter = :counter")
                .param("counter", key(counter))
                .update();
    }

    @Override
    public void takeBack(String counter) {
        write.sql(TAKE_BACK).param("counter", key(counter)).update();
    }

    private static String key(String counter) {
        return Digest.of(counter).hex();
    }
}
