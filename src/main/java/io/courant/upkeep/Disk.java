package io.courant.upkeep;

import io.courant.dns.Check;
import io.courant.dns.Check.Verdict;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The disk below a home folder: room, whether it keeps what is written, and whether it is one of this machine.
 *
 * @param database the file that the database is, if it stands there
 */
record Disk(Path home, Optional<Path> database) {
    private static final long LEAST = 100L << 20;
    private static final int PROBE = 4096;
    private static final Duration SLOW = Duration.ofSeconds(1);
    private static final Pattern REMOTE = Pattern.compile("(nfs|cifs|smb|9p|fuse\\.sshfs|afs|ceph|glusterfs).*");

    List<Check> examine() {
        List<Check> checks = new ArrayList<>();
        try {
            FileStore store = Files.getFileStore(home);
            checks.add(room(store));
            checks.add(writing());
            if (REMOTE.matcher(store.type().toLowerCase(Locale.ROOT)).matches()) {
                checks.add(new Check(
                        Verdict.WRONG,
                        "disk",
                        home.toString(),
                        "is on a network file system (" + store.type()
                                + "), where locks cannot be relied on; move it to a disk of this machine",
                        ""));
            }
        } catch (IOException e) {
            checks.add(wrong("cannot be looked at (" + e + "); see to the disk"));
        }
        return checks;
    }

    private Check room(FileStore store) throws IOException {
        long free = store.getUsableSpace();
        long size = database.isPresent() ? Files.size(database.get()) : 0;
        String words = words(free) + " free";
        if (free < LEAST) {
            return wrong("has " + words + ", and Courant stops when that is used up; make room");
        }
        return free < 2 * size
                ? new Check(
                        Verdict.HINT,
                        "disk",
                        home.toString(),
                        words + ", and the database has " + words(size)
                                + ": an update or an erasure needs a copy of it, so make room",
                        "")
                : Checkup.ok("disk", home.toString(), words);
    }

    /** A file of one block is written through to the disk, and deleted. */
    private Check writing() {
        long begin = System.nanoTime();
        try {
            Path probe = Files.createTempFile(home, ".courant-", ".probe");
            try (FileChannel channel = FileChannel.open(probe, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.allocate(PROBE));
                channel.force(true);
            } finally {
                Files.delete(probe);
            }
        } catch (IOException e) {
            return wrong("cannot be written (" + e + "); make room, or see who may write there");
        }
        Duration taken = Duration.ofNanos(System.nanoTime() - begin);
        return taken.compareTo(SLOW) > 0
                ? new Check(
                        Verdict.HINT,
                        "disk",
                        home.toString(),
                        "takes " + taken.toMillis() + " ms to keep a block, and each answer of a relay waits for that;"
                                + " see what else keeps the disk busy",
                        "")
                : Checkup.ok("disk", home.toString(), "keeps what is written, in " + taken.toMillis() + " ms");
    }

    private Check wrong(String words) {
        return new Check(Verdict.WRONG, "disk", home.toString(), words, "");
    }

    static String words(long bytes) {
        return bytes >= 1L << 30
                ? String.format(Locale.ROOT, "%.1f GB", bytes / (double) (1L << 30))
                : String.format(Locale.ROOT, "%d MB", bytes >> 20);
    }
}
