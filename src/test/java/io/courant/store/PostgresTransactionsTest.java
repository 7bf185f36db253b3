package io.courant.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Two machines at one database. */
class PostgresTransactionsTest {
    private static final String WRITE = "insert into suppression values (:address, 'bounce', 1)";

    @TempDir
    private Path folder;

    @Test
    @Timeout(60)
    void aSnapshotHasWhatWasWrittenBeforeItsTurnAndNothingLater() {
        try (PostgresDatabase ours = PostgresDatabase.at(folder, TestPostgres.of(folder));
                PostgresDatabase theirs = PostgresDatabase.at(folder, TestPostgres.of(folder))) {
            JdbcClient our = JdbcClient.create(ours.writer());
            JdbcClient their = JdbcClient.create(theirs.writer());
            TransactionTemplate snapshots = new TransactionTemplate(ours.transactions());
            snapshots.setIsolationLevel(ours.dialect().snapshot());
            Optional<CompletableFuture<Long>> seen =
                    Optional.ofNullable(new TransactionTemplate(theirs.transactions()).execute(status -> {
                        CompletableFuture<Long> waiting =
                                CompletableFuture.supplyAsync(() -> snapshots.execute(turn -> {
                                    long before = count(our);
                                    CompletableFuture.runAsync(() -> write(their, "late@example.org"))
                                            .join();
                                    return before * 10 + count(our);
                                }));
                        while (isNobodyWaiting(their)) {
                            Thread.onSpinWait();
                        }
                        write(their, "early@example.org");
                        return waiting;
                    }));
            assertThat(seen.orElseThrow().join()).isEqualTo(11);
            assertThat(count(our)).isEqualTo(2);
        }
    }

    private static long count(JdbcClient client) {
        return client.sql("select count(*) from suppression").query(Long.class).single();
    }

    private static void write(JdbcClient client, String address) {
        client.sql(WRITE).param("address", address).update();
    }

    private static boolean isNobodyWaiting(JdbcClient client) {
        return client.sql("""
                        select not exists (
                          select 1 from pg_locks l join pg_database d on d.oid = l.database
                          where l.locktype = 'advisory' and not l.granted and d.datname = current_database())
                        """).query(Boolean.class).single();
    }
}
