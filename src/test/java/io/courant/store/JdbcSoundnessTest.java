package io.courant.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@EachDatabase
class JdbcSoundnessTest {
    @TempDir
    private Path home;

    @Test
    void aNewDatabaseIsSound() {
        try (TestStore store = new TestStore(home)) {
            assertThat(store.soundness().problems()).isEmpty();
        }
    }

    @Test
    void aRowThatRefersToNothingIsTold() {
        try (TestStore store = new TestStore(home)) {
            if (TestDatabase.isSqlite()) {
                store.sql().sql("pragma foreign_keys = off").update(); // PostgreSQL does not look it up
            }
            store.sql()
                    .sql("insert into delivery (issue_id, subscriber_id, variant, state) values (7, 1, 0, 'READY')")
                    .update();
            assertThat(store.soundness().problems())
                    .containsExactlyInAnyOrder(
                            "delivery: 1 rows without their issue", "delivery: 1 rows without their subscriber");
        }
    }

    @Test
    void whatKeepsPostgresFromKeepingRowsRightIsTold() {
        assumeFalse(TestDatabase.isSqlite(), "SQLite has none of these");
        try (TestStore store = new TestStore(home)) {
            store.sql().sql("alter table bounce disable trigger user").update();
            store.sql()
                    .sql("alter table reader add constraint late check (hour < 24) not valid")
                    .update();
            assertThat(store.soundness().problems())
                    .containsExactly(
                            "reader: constraint late was never checked; validate it",
                            "bounce: 1 triggers are disabled, which keep rows right; enable them");
        }
    }

    @Test
    void aDamagedFileIsTold() throws IOException {
        assumeTrue(TestDatabase.isSqlite(), "PostgreSQL looks after its files");
        try (TestStore store = new TestStore(home)) {
            store.sql().sql("""
                            with recursive n(i) as (select 1 union all select i + 1 from n where i < 2000)
                            insert into suppression (address_key, reason, suppressed_at)
                            select 'reader' || i || '@example.org', 'test', 0 from n
                            """).update();
        }
        try (RandomAccessFile file =
                new RandomAccessFile(home.resolve(SqliteDatabase.FILE_NAME).toFile(), "rw")) {
            file.seek(file.length() - 4096); // the last page belongs to the table that has just grown
            file.write(new byte[64]);
        }
        try (TestStore store = new TestStore(home)) {
            assertThat(store.soundness().problems()).isNotEmpty().doesNotContain("ok");
        }
    }
}
