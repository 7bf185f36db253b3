package io.courant.delivery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secrets that tokens are signed with: files {@code 1.key} to {@code 255.key} in one folder, 32 random bytes each.
 * The newest signs, all verify. To change the key, add the next number between two issues: within an issue, a message
 * sent a second time would no longer be the same.
 */
public final class TokenKeys {
    private static final int BYTES = 32;
    private static final int LAST = 255;

    private final NavigableMap<Integer, SecretKey> keys;

    private TokenKeys(NavigableMap<Integer, SecretKey> keys) {
        this.keys = Collections.unmodifiableNavigableMap(keys);
    }

    /** The keys of a folder; on first use, the folder and the first key are made, readable by their owner only. */
    public static TokenKeys in(Path folder) {
        try {
            PrivateFolder.create(folder);
            NavigableMap<Integer, SecretKey> keys = read(folder);
            if (keys.isEmpty()) {
                create(folder);
                keys = read(folder);
            }
            return new TokenKeys(keys);
        } catch (IOException e) {
            throw new UncheckedIOException("keys cannot be read from or written to " + folder + ": " + e, e);
        }
    }

    /** The id of the key that signs. */
    int newest() {
        return keys.lastKey();
    }

    Map<Integer, SecretKey> all() {
        return keys;
    }

    private static NavigableMap<Integer, SecretKey> read(Path folder) throws IOException {
        NavigableMap<Integer, SecretKey> keys = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".key")).toList()) {
                keys.put(number(file), key(file));
            }
        }
        return keys;
    }

    private static int number(Path file) {
        String name = String.valueOf(file.getFileName()).replace(".key", "");
        int number = name.matches("[1-9][0-9]{0,2}") ? Integer.parseInt(name) : 0;
        if (number < 1 || number > LAST) {
            throw new IllegalStateException(file + ": a key is named 1.key to " + LAST + ".key; rename or remove it");
        }
        return number;
    }

    private static SecretKey key(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        if (bytes.length != BYTES) {
            throw new IllegalStateException(file + ": a key has " + BYTES + " bytes, this file has " + bytes.length
                    + "; restore it from a backup, or remove it, and links in mail signed with it stop working");
        }
        return new SecretKeySpec(bytes, "HmacSHA256");
    }

    private static void create(Path folder) throws IOException {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] ownerOnly = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        Path draft = folder.resolve("draft-" + ProcessHandle.current().pid());
        Files.deleteIfExists(draft);
        try (FileChannel channel =
                FileChannel.open(draft, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly)) {
            for (ByteBuffer buffer = ByteBuffer.wrap(bytes); buffer.hasRemaining(); ) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        try {
            // A link is made whole or not at all, and never in place of a key that another process made meanwhile.
            Files.createLink(folder.resolve("1.key"), draft);
            Files.delete(draft);
        } catch (UnsupportedOperationException e) {
            Files.move(draft, folder.resolve("1.key"));
        } catch (FileAlreadyExistsException e) {
            Files.delete(draft);
        }
        sync(folder);
    }

    /** Makes the new name durable; a system that cannot open a folder does not need it. */
    private static void sync(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
