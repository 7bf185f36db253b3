package io.courant.job;

import io.courant.delivery.PrivateFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Lists of subscribers that somebody sent to look at first: kept in the home folder, for its owner only, under a name
 * that nobody guesses, and deleted after an hour at the latest.
 */
public final class Uploads {
    /** How long a list is kept. */
    public static final Duration LASTS = Duration.ofHours(1);

    private static final int BYTES = 16;
    private static final Pattern NAME = Pattern.compile("(\\d{1,15})-[0-9a-f]{32}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path folder;
    private final InstantSource clock;

    public Uploads(Path home, InstantSource clock) {
        this.folder = home.resolve("uploads");
        this.clock = clock;
        sweep(); // what a server that was stopped has left
    }

    /**
     * Keeps a list.
     *
     * @return the name by which it is found
     */
    public String keep(InputStream list) {
        sweep();
        byte[] random = new byte[BYTES];
        RANDOM.nextBytes(random);
        String name = clock.instant().plus(LASTS).toEpochMilli() + "-"
                + HexFormat.of().formatHex(random);
        try {
            Files.copy(list, PrivateFolder.create(folder).resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    folder + ": the list cannot be kept (" + e + "); see that its disk has room", e);
        }
        Executor later = CompletableFuture.delayedExecutor(LASTS.plusSeconds(1).toSeconds(), TimeUnit.SECONDS);
        later.execute(this::sweep);
        return name;
    }

    /** The list of this name, if there is one. */
    public Optional<Path> find(String name) {
        return isGood(name) ? Optional.of(folder.resolve(name)).filter(Files::isRegularFile) : Optional.empty();
    }

    private boolean isGood(String name) {
        Matcher parts = NAME.matcher(name);
        return parts.matches() && clock.instant().isBefore(Instant.ofEpochMilli(Long.parseLong(parts.group(1))));
    }

    /** Deletes the list of this name, if there is one. */
    public void delete(String name) {
        find(name).ifPresent(Uploads::delete);
    }

    private void sweep() {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> kept = Files.list(folder)) {
            List<Path> old =
                    kept.filter(file -> !isGood(file.getFileName().toString())).toList();
            old.forEach(Uploads::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(folder + ": cannot be read (" + e + ")", e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be deleted (" + e + "); it holds addresses: delete it", e);
        }
    }
}
