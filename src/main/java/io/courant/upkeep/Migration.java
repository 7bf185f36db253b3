package io.courant.upkeep;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Moves an installation from the file in its home folder to a PostgreSQL database. */
public interface Migration {
    /** Why what the home folder holds may not be the newest, if that is so. */
    Optional<Doubt> doubt();

    /**
     * Copies all rows, and compares each with the copy. All of them are there in the end, or none. Nobody writes to the
     * file meanwhile; afterwards it is in doubt, so that nothing is sent from both.
     *
     * @param target a database that is empty
     * @param progress is told of each table that is done
     */
    Moved to(DatabaseAddress target, Consumer<Progress> progress);

    /** A table was copied, or compared. */
    record Progress(String table, long rows, boolean compared) {}

    /** How many rows there are now, by table. */
    record Moved(Map<String, Long> rows) {
        public Moved {
            rows = Collections.unmodifiableMap(new LinkedHashMap<>(rows));
        }

        /** Of all tables. */
        public long total() {
            return rows.values().stream().mapToLong(Long::longValue).sum();
        }
    }
}
