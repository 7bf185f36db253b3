package io.courant.delivery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
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
                SecretFile.create(folder.resolve("1.key"));
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
