package io.courant.store;

import io.courant.upkeep.Doubt;
import io.courant.upkeep.Doubt.Kind;
import io.courant.upkeep.Instance;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Whether a SQLite file is the one that mail was sent from last: a mark inside it, and one beside it, tell. */
final class FileInstance implements Instance {
    private static final String FIND = "select id, generation from instance";
    private static final String FOUND = "insert into instance (only_row, id, generation) values (1, :id, 1)";
    private static final String REPLACE = """
            insert into instance (only_row, id, generation) values (1, :id, :generation)
            on conflict (only_row) do update set id = excluded.id, generation = excluded.generation
            """;
    /** The id of a file whose rows stand in a PostgreSQL database, which goes on from there. */
    private static final String ELSEWHERE = "postgresql";

    private static final String LEAVE = """
            insert into instance (only_row, id, generation) values (1, '%s', 1)
            on conflict (only_row) do update set id = excluded.id
            """.formatted(ELSEWHERE);
    private static final String ADVANCE = "update instance set generation = generation + 1 returning generation";

    private final JdbcClient write;
    private final JdbcClient read;
    private final TransactionTemplate transactions;
    private final Path home;
    private final Mark mark;

    FileInstance(JdbcClient write, JdbcClient read, TransactionTemplate transactions, Path home) {
        this.write = write;
        this.read = read;
        this.transactions = transactions;
        this.home = home;
        this.mark = new Mark(home);
    }

    /** Moves the mark inside on, within a transaction of the caller; {@link Mark#note} takes the answer. */
    static long advance(JdbcClient write) {
        return write.sql(ADVANCE).query(Long.class).optional().orElse(0L);
    }

    /** Marks a SQLite file as one of which PostgreSQL has the rows, within a transaction of the caller. */
    static void leave(Connection file) throws SQLException {
        try (Statement statement = file.createStatement()) {
            statement.executeUpdate(LEAVE);
        }
    }

    private record Inside(String id, long generation) {}

    @Override
    public Optional<Doubt> doubt() {
        if (find(read).isEmpty()) {
            begin();
        }
        // Another process may have been between its two marks; with the lock for writing, none is.
        return look(read)
                .flatMap(first -> Optional.ofNullable(transactions.execute(status -> look(write)))
                        .flatMap(again -> again))
                .map(kind -> new Doubt(home, kind));
    }

    /** Marks a home folder that bears no mark at all. */
    void begin() {
        transactions.executeWithoutResult(status -> {
            if (find(write).isEmpty() && mark.read().isEmpty()) {
                String id = newId();
                write.sql(FOUND).param("id", id).update();
                mark.write(id, 1);
            }
        });
    }

    private Optional<Kind> look(JdbcClient client) {
        Optional<Mark.Said> outside = mark.read(); // first, for what stands outside never runs ahead of the database
        Optional<Inside> inside = find(client);
        if (outside.isEmpty()) {
            return Optional.of(Kind.COPIED);
        }
        if (inside.isEmpty()) {
            return Optional.of(Kind.OLDER);
        }
        long generation = inside.get().generation();
        if (inside.get().id().equals(ELSEWHERE)) {
            return Optional.of(Kind.LEFT);
        }
        if (!inside.get().id().equals(outside.get().id())) {
            return Optional.of(Kind.STRANGE);
        }
        if (generation < outside.get().generation()) {
            return Optional.of(Kind.OLDER);
        }
        if (!outside.get().here()) {
            return Optional.of(Kind.MOVED);
        }
        if (generation > outside.get().generation()) {
            mark.note(generation);
        }
        return Optional.empty();
    }

    @Override
    public void confirm() {
        transactions.executeWithoutResult(status -> {
            long generation = find(write).map(Inside::generation).orElse(0L);
            long outside = mark.read().map(Mark.Said::generation).orElse(0L);
            String id = newId();
            long next = Math.max(generation, outside) + 1;
            write.sql(REPLACE).param("id", id).param("generation", next).update();
            mark.write(id, next);
        });
    }

    private static Optional<Inside> find(JdbcClient client) {
        return client.sql(FIND)
                .query((row, number) -> new Inside(row.getString("id"), row.getLong("generation")))
                .optional();
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }
}
