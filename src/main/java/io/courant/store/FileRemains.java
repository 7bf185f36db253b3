package io.courant.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** SQLite overwrites what it deletes, but not what it moved to another page before, nor its log at once. */
final class FileRemains implements Remains {
    /** How often a reader in another process is waited for, each time as long as a connection waits. */
    private static final int PATIENCE = 3;

    private static final String LONGER = """
            select address from subscriber
            where instr(lower(address), :spelling) > 0 or instr(address_key, :spelling) > 0
            """;

    private final JdbcClient write;
    private final JdbcClient read;
    private final Path file;

    FileRemains(JdbcClient write, JdbcClient read, Path file) {
        this.write = write;
        this.read = read;
        this.file = file;
    }

    @Override
    public boolean areGone(Traces traces) {
        return isTruncated() && !isInDatabaseFile(traces);
    }

    @Override
    public boolean clear() {
        write.sql("vacuum").update();
        boolean done = false;
        for (int i = 0; i < PATIENCE && !done; i++) {
            done = isTruncated();
        }
        return done;
    }

    /** Whether all that was committed stands in the database file and the log beside it is empty. */
    private boolean isTruncated() {
        return write.sql("pragma wal_checkpoint(truncate)")
                .query((row, number) -> row.getInt("busy") == 0)
                .single();
    }

    private boolean isInDatabaseFile(Traces traces) {
        List<String> longer = traces.spellings().stream()
                .flatMap(spelling -> read.sql(LONGER).param("spelling", spelling).query(String.class).list().stream())
                .toList();
        try {
            return traces.inBytes(file, longer);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot look for what may be left of an address", e);
        }
    }
}
