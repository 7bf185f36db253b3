package io.courant.job;

import io.courant.delivery.PrivateFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The exclusive right to change a home folder's issues: one process at a time. The operating system takes it back
 * when the process ends, however it ends, so a lock is never stale.
 */
public final class HomeLock implements AutoCloseable {
    private static final String FILE_NAME = "courant.lock";
    /**
     * Home folders that this process holds, with what others are told about it. Under POSIX, closing any channel of a locked file
     * gives the process's lock away, so nobody here may even open a file that is held, nor take one that is open: all
     * that is done with the file is done while holding this map's monitor.
     */
    private static final Map<Path, String> HELD_HERE = new HashMap<>();

    private final Path home;
    private final FileChannel channel;

    private HomeLock(Path home, FileChannel channel) {
        this.home = home;
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @param purpose what a second process is told that this one is doing
     * @throws HeldException when another process has it, or this one already
     */
    public static HomeLock take(Path home, String purpose) {
        try {
            Path real = PrivateFolder.create(home).toRealPath();
            synchronized (HELD_HERE) {
                String held = HELD_HERE.get(real);
                if (held != null) {
                    throw new HeldException(home, held);
                }
                String words = words(purpose);
                FileChannel channel = locked(home, words);
                HELD_HERE.put(real, words);
                return new HomeLock(real, channel);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    home.resolve(FILE_NAME) + ": cannot be locked (" + e
                            + "); see that the folder can be written and its disk has room, or name another with --home"
                            + " or COURANT_HOME",
                    e);
        }
    }

    /**
     * Does some work with the lock, and gives it back.
     *
     * @throws HeldException when another process has it, or this one already; nothing is done then
     */
    public static <T> T holding(Path home, String purpose, Supplier<T> work) {
        HomeLock lock = take(home, purpose);
        try {
            return work.get();
        } finally {
            lock.close();
        }
    }

    /** Who holds the lock, if anybody does; asking takes it from nobody. */
    public static Optional<Holder> holder(Path home) {
        synchronized (HELD_HERE) {
            try {
                String here = HELD_HERE.get(home.toRealPath());
                return (here == null ? elsewhere(home.resolve(FILE_NAME)) : Optional.of(here)).map(Holder::of);
            } catch (NoSuchFileException e) {
                return Optional.empty();
            } catch (IOException e) {
                throw new UncheckedIOException(home.resolve(FILE_NAME) + ": cannot be read (" + e + ")", e);
            }
        }
    }

    private static Optional<String> elsewhere(Path file) throws IOException {
        String words = Files.readString(file);
        if (words.isBlank()) {
            return Optional.empty(); // given back
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            // A killed process leaves its words behind, but no lock; what is got here is given back at once.
            boolean stale = channel.tryLock(0, Long.MAX_VALUE, true) != null;
            return stale ? Optional.empty() : Optional.of(words);
        }
    }

    private static FileChannel locked(Path home, String words) throws IOException {
        Path file = home.resolve(FILE_NAME);
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        if (channel.tryLock() == null) {
            channel.close();
            throw new HeldException(home, Files.readString(file));
        }
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(words.getBytes(StandardCharsets.UTF_8)), 0);
        return channel;
    }

    private static String words(String purpose) {
        ProcessHandle self = ProcessHandle.current();
        String since =
                self.info().startInstant().map(start -> " since " + start).orElse("");
        return "process " + self.pid() + ", " + purpose + since + "\n";
    }

    @Override
    public void close() {
        synchronized (HELD_HERE) {
            try {
                channel.truncate(0);
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                HELD_HERE.remove(home);
            }
        }
    }

    /**
     * Who holds a lock.
     *
     * @param process as in "process 1234"
     * @param purpose what it said it is doing, as in "sending weekly-2026-11-23"
     */
    public record Holder(String process, String purpose) {
        private static final Pattern WORDS = Pattern.compile("(.*?), (.*?)(?: since \\S+)?");

        static Holder of(String words) {
            Matcher matcher = WORDS.matcher(words.strip());
            return matcher.matches()
                    ? new Holder(matcher.group(1), matcher.group(2))
                    : new Holder("another process", words.strip());
        }
    }

    /** Another process holds the lock; the message names it. */
    public static final class HeldException extends RuntimeException {
        /** @param what the home folder, or the database */
        HeldException(Object what, String holder) {
            super(what + " is in use: " + (holder.isBlank() ? "another process" : holder.strip())
                    + "; wait until it has ended, then try again");
        }
    }
}
