package io.courant.store;

import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * PostgreSQL drops old versions of rows when it vacuums, unless a transaction from before may still look at them. Its
 * log, its standbys and the free bytes of its pages are out of reach from here: they are its keeper's.
 */
final class ServerRemains implements Remains {
    private static final int PATIENCE = 5;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static final String NEXT = "select cast(pg_snapshot_xmax(pg_current_snapshot()) as text)";
    private static final String OLDER = """
            select exists (select 1 from pg_stat_activity
                           where datname = current_database() and pid <> pg_backend_pid()
                             and age(backend_xmin) > age(cast(cast(:next as xid8) as xid)))
            """;
    private static final String PAUSED = "select pg_sleep(:seconds)";

    private final JdbcClient write;

    ServerRemains(JdbcClient write) {
        this.write = write;
    }

    @Override
    public boolean areGone(Traces traces) {
        return false; // only a vacuum can say so, and that is left to clear()
    }

    @Override
    public boolean clear() {
        String next = write.sql(NEXT).query(String.class).single();
        for (int i = 0; isAnyOlderThan(next); i++) {
            if (i == PATIENCE) {
                return false;
            }
            write.sql(PAUSED)
                    .param("seconds", PAUSE.toSeconds())
                    .query((row, number) -> true)
                    .single();
        }
        write.sql("vacuum " + String.join(", ", JdbcErasures.TABLES)).update();
        return true;
    }

    private boolean isAnyOlderThan(String next) {
        return write.sql(OLDER).param("next", next).query(Boolean.class).single();
    }
}
