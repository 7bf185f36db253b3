package io.courant.store;

import io.courant.upkeep.Condition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

class JdbcCondition implements Condition {
    private static final String LATEST = """
            select max(at) as latest from (
              select max(frozen_at) as at from issue
              union all select max(finished_at) from issue
              union all select max(looked) from source
              union all select max(requested_at) from request) moments
            """;

    private final JdbcClient write;
    private final JdbcClient read;
    private final Dialect dialect;
    private final Path log;

    JdbcCondition(JdbcClient write, JdbcClient read, Database database) {
        this.write = write;
        this.read = read;
        this.dialect = database.dialect();
        this.log = database.home().resolve(SqliteDatabase.FILE_NAME + "-wal");
    }

    @Override
    public List<String> damage() {
        try {
            return JdbcSoundness.found(read, dialect.quickChecks());
        } catch (DataAccessException e) { // too damaged even to be checked
            return List.of(String.valueOf(e.getMostSpecificCause().getMessage()));
        }
    }

    @Override
    public Optional<String> refusal() {
        try {
            write.sql("update instance set only_row = only_row").update();
            return Optional.empty();
        } catch (DataAccessException e) {
            return Optional.of(String.valueOf(e.getMostSpecificCause().getMessage()));
        }
    }

    @Override
    public long pending() {
        try {
            return Files.size(log);
        } catch (IOException e) {
            return 0; // there is none while nobody writes, and never one beside PostgreSQL
        }
    }

    @Override
    public Optional<Instant> clock() {
        return dialect.isShared()
                ? Optional.of(Instant.ofEpochMilli(
                        read.sql("select " + dialect.clock()).query(Long.class).single()))
                : Optional.empty();
    }

    @Override
    public Optional<Instant> latest() {
        return read.sql(LATEST)
                .query((row, number) -> Optional.ofNullable(Rows.instant(row, "latest")))
                .single();
    }
}
