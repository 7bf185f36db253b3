package io.courant.store;

import io.courant.upkeep.DatabaseAddress;
import java.nio.file.Path;
import java.util.Optional;

/** The databases that tests are run on. */
public enum TestDatabase {
    SQLITE,
    POSTGRES;

    private static volatile TestDatabase current = SQLITE;

    /** From now on, tests are run on this one. */
    static void use(TestDatabase database) {
        current = database;
    }

    static boolean isSqlite() {
        return current == SQLITE;
    }

    /** Where the database of a home folder is: always the same for the same folder, and at first without rows. */
    static Optional<DatabaseAddress> of(Path home) {
        return current == SQLITE ? Optional.empty() : Optional.of(TestPostgres.of(home));
    }
}
