package io.courant.job;

import io.courant.delivery.PrivateFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The exclusive right to change a home folder's issues: one process at a time. The operating system takes it back
 * when the process ends, however it ends, so a lock is never stale.
 */
public final class HomeLock implements AutoCloseable {
    private static final String FILE_NAME = "courant.lock";
    /**
     * Home folders that this process holds, with the holder's words. Under POSIX, closing any channel of a locked file
     * gives the process's lock away, so nobody here may even open a file that is held.
     */
    private static final Map<Path, String> HELD_HERE = new ConcurrentHashMap<>();

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
            String holder = holder(purpose);
            String held = HELD_HERE.putIfAbsent(real, holder);
            if (held != null) {
                throw new HeldException(home, held);
            }
            try {
                return new HomeLock(real, locked(home, holder));
            } catch (IOException | RuntimeException e) {
                HELD_HERE.remove(real);
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    home.resolve(FILE_NAME) + ": cannot be locked (" + e
                            + "); make the folder writable, or name another with --home or COURANT_HOME",
                    e);
        }
    }

    private static FileChannel locked(Path home, String holder) throws IOException {
        Path file = home.resolve(FILE_NAME);
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        if (channel.tryLock() == null) {
            channel.close();
            throw new HeldException(home, Files.readString(file));
        }
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)), 0);
        return channel;
    }

    private static String holder(String purpose) {
        ProcessHandle self = ProcessHandle.current();
        String since =
                self.info().startInstant().map(start -> " since " + start).orElse("");
        return "process " + self.pid() + ", " + purpose + since + "\n";
    }

    @Override
    public void close() {
        try {
            channel.truncate(0);
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            HELD_HERE.remove(home);
        }
    }

    /** Another process holds the lock; the message names it. */
    public static final class HeldException extends RuntimeException {
        HeldException(Path home, String holder) {
            super(home + " is in use: " + (holder.isBlank() ? "another process" : holder.strip())
                    + "; wait until it has ended, then try again");
        }
    }
}
