package io.courant.store;

import io.courant.upkeep.DatabaseAddress;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/**
 * The databases that tests are run on: SQLite, where a class does not ask for {@link EachDatabase}. A whole run is on
 * PostgreSQL with {@code -Dcourant.test.database=postgres}.
 */
public enum TestDatabase {
    SQLITE,
    POSTGRES;

    private static final TestDatabase USUAL =
            valueOf(System.getProperty("courant.test.database", SQLITE.name()).toUpperCase(Locale.ROOT));

    private static volatile TestDatabase current = USUAL;

    /** From now on, tests are run on this one. */
    static void use(TestDatabase database) {
        current = database;
    }

    /** Again the one that the run is on. */
    static void useTheUsual() {
        current = USUAL;
    }

    public static boolean isSqlite() {
        return current == SQLITE;
    }

    /** Leaves out the rest of a test whose turn is another's. */
    public static void assumeSqlite(String why) {
        Assumptions.assumeTrue(isSqlite(), why);
    }

    /** Where the database of a home folder is: always the same for the same folder, and at first without rows. */
    public static Optional<DatabaseAddress> of(Path home) {
        return current == SQLITE ? Optional.empty() : Optional.of(TestPostgres.of(home));
    }
}
