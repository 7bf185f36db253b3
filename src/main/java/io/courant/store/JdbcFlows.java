package io.courant.store;

import io.courant.delivery.Flows;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

class JdbcFlows implements Flows {
    private final JdbcClient write;
    /** For questions: within a step of a job, a connection that was asked outside a transaction is kept for long. */
    private final JdbcClient read;

    private final TransactionTemplate transactions;

    JdbcFlows(JdbcClient write, JdbcClient read, TransactionTemplate transactions) {
        this.write = write;
        this.read = read;
        this.transactions = transactions;
    }

    @Override
    public Map<String, Flow> paces() {
        Map<String, Flow> paces = new HashMap<>();
        read.sql("select name, per_minute, tokens, at from pace").query(row -> {
            paces.put(
                    row.getString("name"),
                    new Flow(
                            row.getDouble("per_minute"),
                            row.getDouble("tokens"),
                            Instant.ofEpochMilli(row.getLong("at"))));
        });
        return paces;
    }

    @Override
    public void keepPaces(Map<String, Flow> paces) {
        transactions.executeWithoutResult(status -> paces.forEach((name, flow) -> write.sql("""
                        insert into pace (name, per_minute, tokens, at) values (:name, :perMinute, :tokens, :at)
                        on conflict (name) do update
                          set per_minute = excluded.per_minute, tokens = excluded.tokens, at = excluded.at
                        """)
                .param("name", name)
                .param("perMinute", flow.perMinute())
                .param("tokens", flow.tokens())
                .param("at", flow.at().toEpochMilli())
                .update()));
    }

    @Override
    public Map<String, Integer> failures() {
        Map<String, Integer> failures = new HashMap<>();
        read.sql("select relay, failures from relay_failure").query(row -> {
            failures.put(row.getString("relay"), row.getInt("failures"));
        });
        return failures;
    }

    @Override
    public void keepFailures(String relay, int failures, Instant at) {
        transactions.executeWithoutResult(status -> write(relay, failures, at));
    }

    private void write(String relay, int failures, Instant at) {
        if (failures == 0) {
            write.sql("delete from relay_failure where relay = :relay")
                    .param("relay", relay)
                    .update();
            return;
        }
        write.sql("""
                        insert into relay_failure (relay, failures, failed_at) values (:relay, :failures, :at)
                        on conflict (relay) do update set failures = excluded.failures, failed_at = excluded.failed_at
                        """)
                .param("relay", relay)
                .param("failures", failures)
                .param("at", at.toEpochMilli())
                .update();
    }
}
