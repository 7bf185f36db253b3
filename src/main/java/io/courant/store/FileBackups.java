package io.courant.store;

import io.courant.delivery.PrivateFolder;
import io.courant.upkeep.Backup;
import io.courant.upkeep.Backups;
import io.courant.upkeep.BadBackup;
import io.courant.upkeep.DatabaseAddress;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * Backups of a home folder, which need not be open. The database in them is a SQLite file, whichever there is: both are
 * copied as they are at one moment while others write.
 */
public final class FileBackups implements Backups {
    private static final String LABEL = "backup.json";
    private static final String KEYS = "keys";

    private final Path home;
    private final Optional<DatabaseAddress> address;

    /** @param address where the database is, unless it is the file in the folder */
    public FileBackups(Path home, Optional<DatabaseAddress> address) {
        this.home = home;
        this.address = address;
    }

    /** What the backup says of itself. */
    private record Label(int format, String made, int schema, Map<String, Long> rows) {
        private static final int NEWEST = 1;
    }

    @Override
    public Backup take(Path file, boolean replace, Instant now) {
        Path target = file.toAbsolutePath().normalize();
        Path folder = Objects.requireNonNull(target.getParent());
        if (address.isEmpty() && !Files.exists(home.resolve(SqliteDatabase.FILE_NAME))) {
            throw new BadBackup(home + ": there is no database to make a backup of; name another folder with --home");
        }
        try {
            if (!replace && Files.exists(target)) {
                throw isThere(target, null);
            }
            return inside(folder, scratch -> {
                Path ready = scratch.resolve("backup.zip");
                Parcel.pack(gather(Files.createDirectory(scratch.resolve("home")), target, now), ready);
                sync(ready);
                Backup backup = unpack(ready, Files.createDirectory(scratch.resolve("opened")), target);
                if (replace) {
                    Files.move(ready, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                } else {
                    putInPlace(ready, target);
                }
                return backup;
            });
        } catch (IOException e) {
            throw new BadBackup(
                    target + ": cannot be written (" + e + "); see that the folder is there and its disk has room", e);
        }
    }

    private static void putInPlace(Path ready, Path target) throws IOException {
        try {
            Files.move(ready, target);
        } catch (FileAlreadyExistsException e) {
            throw isThere(target, e);
        }
    }

    private static BadBackup isThere(Path target, @Nullable Throwable cause) {
        return new BadBackup(target + ": is there already; choose another name, or say --force to replace it", cause);
    }

    /** In this order: what leaves the journal is in the database, and what the database refers to is among the keys. */
    private Path gather(Path folder, Path target, Instant now) throws IOException {
        copyIfThere(home.resolve(FileJournal.FILE_NAME), folder);
        Database.copy(home, address, folder);
        if (!Files.exists(folder.resolve(SqliteDatabase.FILE_NAME))) {
            throw new BadBackup(address.map(Object::toString).orElse("")
                    + ": there are no tables to make a backup of; see what database and COURANT_DATABASE say");
        }
        Path keys = home.resolve(KEYS);
        if (Files.isDirectory(keys)) {
            Path copied = Files.createDirectories(folder.resolve(KEYS));
            try (Stream<Path> files = Files.list(keys)) {
                for (Path key : files.filter(Files::isRegularFile)
                        .filter(key -> !key.getFileName().toString().startsWith("draft-"))
                        .toList()) {
                    copyIfThere(key, copied);
                }
            }
        }
        Copy copy = Copy.open(folder.resolve(SqliteDatabase.FILE_NAME), target);
        Files.writeString(
                folder.resolve(LABEL), Json.write(new Label(Label.NEWEST, now.toString(), copy.schema(), copy.rows())));
        return folder;
    }

    private static void copyIfThere(Path file, Path folder) throws IOException {
        Path copy = folder.resolve(Objects.requireNonNull(file.getFileName()).toString());
        if (Files.exists(file) && !Files.exists(copy)) {
            Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    private static void sync(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Unpacks and verifies. */
    private static Backup unpack(Path file, Path folder, Path calledBy) throws IOException {
        List<String> names = Parcel.unpack(file, folder);
        if (!names.contains(LABEL) || !names.contains(SqliteDatabase.FILE_NAME)) {
            throw new BadBackup(calledBy + ": is no backup of Courant; 'courant backup FILE' makes one");
        }
        Label label = Json.read(Files.readString(folder.resolve(LABEL)), Label.class);
        if (label.format() > Label.NEWEST) {
            throw new BadBackup(calledBy + ": was made by a later version of Courant; use that version");
        }
        Copy copy = Copy.open(folder.resolve(SqliteDatabase.FILE_NAME), calledBy);
        if (copy.scripts() > SqliteDatabase.SCRIPTS) {
            throw new BadBackup(calledBy + ": was made by a later version of Courant; use that version");
        }
        if (copy.schema() != label.schema() || !copy.rows().equals(label.rows())) {
            throw new BadBackup(calledBy + ": does not hold what it says (" + copy.rows() + " instead of "
                    + label.rows() + "); take another backup");
        }
        Files.delete(folder.resolve(LABEL));
        return new Backup(Instant.parse(label.made()), copy.schema(), copy.rows(), names);
    }

    @Override
    public Backup restore(Path file) {
        if (address.isPresent()) {
            throw new BadBackup(file + ": is restored to a folder, not to " + address.get()
                    + "; name one with --to, and then move it to an empty database: 'courant migrate --home FOLDER --to"
                    + " jdbc:postgresql://…'");
        }
        if (!Files.isRegularFile(file)) {
            throw new BadBackup(file + ": no such file");
        }
        try {
            PrivateFolder.create(home);
            try (Stream<Path> there = Files.list(home)) {
                if (there.findAny().isPresent()) {
                    throw new BadBackup(home + ": is not empty, and a backup replaces nothing; move it away, or name"
                            + " another folder with --to");
                }
            }
            return inside(home, scratch -> {
                Backup backup = unpack(file, scratch, file);
                moveIfThere(scratch.resolve(KEYS));
                moveIfThere(scratch.resolve(FileJournal.FILE_NAME));
                moveIfThere(scratch.resolve(SqliteDatabase.FILE_NAME));
                return backup;
            });
        } catch (IOException e) {
            throw new BadBackup(
                    file + ": cannot be restored to " + home + " (" + e + "); see that the file is whole, and that the"
                            + " folder can be written and its disk has room",
                    e);
        }
    }

    private void moveIfThere(Path file) throws IOException {
        if (Files.exists(file)) {
            Files.move(
                    file,
                    home.resolve(Objects.requireNonNull(file.getFileName()).toString()));
        }
    }

    @Override
    public Remembered remember(Path other, Instant now) {
        try (Database database = Database.open(home, Optional.empty())) {
            if (Files.isDirectory(other)) {
                return new Remembrance(database).from(other, now);
            }
            return inside(home, scratch -> {
                unpack(other, scratch, other);
                return new Remembrance(database).from(scratch, now);
            });
        } catch (IOException e) {
            throw new BadBackup(other + ": cannot be read (" + e + ")", e);
        }
    }

    private interface Work<T> {
        T in(Path scratch) throws IOException;
    }

    /** Does something with a folder that nobody else may look into, and that is gone afterwards. */
    private static <T> T inside(Path folder, Work<T> work) throws IOException {
        Path scratch = Files.createTempDirectory(folder, ".courant-");
        try {
            return work.in(scratch);
        } finally {
            FileSystemUtils.deleteRecursively(scratch);
        }
    }
}
