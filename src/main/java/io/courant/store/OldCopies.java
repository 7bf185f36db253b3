package io.courant.store;

import io.courant.upkeep.BadBackup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The copy of the database from before a later version changed its tables. Only the last is kept, since it holds
 * people's addresses; the file is named after the tables that it does not have yet.
 */
final class OldCopies {
    private static final Logger LOG = LoggerFactory.getLogger(OldCopies.class);
    private static final String PREFIX = SqliteDatabase.FILE_NAME + ".before-V";

    private OldCopies() {}

    static List<Path> in(Path home) {
        try (Stream<Path> files = Files.list(home)) {
            return files.filter(file -> file.getFileName().toString().startsWith(PREFIX))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new DatabaseException(home + ": cannot be read (" + e + ")", e);
        }
    }

    /** Makes and opens a copy before the tables change; then those of earlier changes are deleted. */
    static void keep(Path database, String version) {
        Path home = Objects.requireNonNull(database.getParent());
        Path copy = home.resolve(PREFIX + version);
        Path draft = home.resolve(PREFIX + version + ".draft");
        try {
            Files.deleteIfExists(draft);
            Parcel.create(draft).close(); // SQLite takes an empty file for a new one, and its rights stay
            SqliteDatabase.copyFile(database, draft);
            Copy.open(draft, draft);
            Files.move(draft, copy, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            for (Path older : in(home)) {
                if (!older.equals(copy)) {
                    Files.delete(older);
                }
            }
            LOG.info("the database is changed for this version; it stays as it was in {}", copy);
        } catch (IOException | BadBackup e) {
            throw new DatabaseException(
                    database + ": is of an earlier version, and must be copied to " + copy
                            + " before it is changed, but" + " that failed (" + e
                            + "); make room on the disk, then try again",
                    e);
        }
    }
}
