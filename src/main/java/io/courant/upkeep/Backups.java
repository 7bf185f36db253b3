package io.courant.upkeep;

import java.nio.file.Path;
import java.time.Instant;

/**
 * Backups of a home folder: one file with the database, the keys and what is not yet written down, readable by its owner
 * only. Job files and templates are not in it, for their editors keep them.
 */
public interface Backups {
    /**
     * Makes a backup, also while another process sends. The file is whole and has been opened when it appears.
     *
     * @param replace whether another file with this name gives way
     * @throws BadBackup when it cannot be made; nothing is left of it
     */
    Backup take(Path file, boolean replace, Instant now);

    /**
     * Unpacks a backup into an empty home folder, from which nothing is sent until somebody confirms it. Everything is
     * verified before the database appears.
     *
     * @throws BadBackup when the file is no whole backup, or the folder is not empty
     */
    Backup restore(Path file);

    /**
     * Brings to the home folder what it must not forget: who was erased, suppressed or unsubscribed according to other
     * data, which are only read.
     *
     * @param other a home folder, or a backup
     * @throws BadBackup when there is nothing to read, or hashes of erased people cannot be compared
     */
    Remembered remember(Path other, Instant now);

    /** How many people were erased, suppressed or unsubscribed. */
    record Remembered(int erased, int suppressed, int left) {}
}
