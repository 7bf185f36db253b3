package io.courant.delivery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secrets that tokens are signed with: files {@code 1.key} to {@code 255.key} in one folder, 32 random bytes each.
 * The newest signs, all verify. An issue is signed with the key that was the newest when it was frozen, so that another
 * may be added at any time. A process that runs meanwhile knows the new key when it first meets its number.
 */
public final class TokenKeys {
    private static final int LAST = 255;

    private final Path folder;
    private final NavigableMap<Integer, SecretKey> keys;

    private TokenKeys(Path folder, NavigableMap<Integer, SecretKey> keys) {
        this.folder = folder;
        this.keys = new ConcurrentSkipListMap<>(keys);
    }

    /** A key's number, and when its file was made. */
    public record Listed(int number, Instant made) {}

    /** The keys of a folder; on first use, the folder and the first key are made, readable by their owner only. */
    public static TokenKeys in(Path folder) {
        try {
            PrivateFolder.create(folder);
            NavigableMap<Integer, SecretKey> keys = read(folder);
            if (keys.isEmpty()) {
                SecretFile.create(file(folder, 1));
                keys = read(folder);
            }
            return new TokenKeys(folder, keys);
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    /** Every key, the one that signs last. */
    public List<Listed> listed() {
        List<Listed> listed = new ArrayList<>();
        try {
            for (int number : read(folder).keySet()) {
                listed.add(new Listed(
                        number,
                        Files.getLastModifiedTime(file(folder, number)).toInstant()));
            }
            return listed;
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    /**
     * Adds a key, which signs from now on what is not frozen yet. What the others signed stays good.
     *
     * @return its number
     * @throws IllegalStateException when no number is left
     */
    public int rotate() {
        try {
            int next = read(folder).lastKey() + 1;
            if (next > LAST) {
                throw new IllegalStateException(folder + ": " + LAST + ".key is the last that there can be;"
                        + " to begin again with 1.key, finish all issues and move all files *.key away,"
                        + " and the links in all mail so far stop working");
            }
            SecretFile.create(file(folder, next));
            find(next);
            return newest();
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    /** The number of the key that signs. */
    int newest() {
        return keys.lastKey();
    }

    Optional<SecretKey> find(int number) {
        SecretKey known = keys.get(number);
        if (known != null) {
            return Optional.of(known);
        }
        Path file = file(folder, number);
        if (number < 1 || !Files.exists(file)) {
            return Optional.empty();
        }
        try {
            SecretKey added = key(file);
            keys.put(number, added);
            return Optional.of(added);
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    private static UncheckedIOException unusable(Path folder, IOException cause) {
        return new UncheckedIOException("keys cannot be read from or written to " + folder + ": " + cause, cause);
    }

    private static Path file(Path folder, int number) {
        return folder.resolve(number + ".key");
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
        try {
            return new SecretKeySpec(SecretFile.read(file), "HmacSHA256");
        } catch (IllegalStateException e) {
            throw new IllegalStateException(
                    e.getMessage()
                            + "; restore it from a backup, or remove it, and links in mail signed with it stop working",
                    e);
        }
    }
}
