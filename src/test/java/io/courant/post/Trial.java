package io.courant.post;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * Tries a parser on an input. It may say no by a {@link PostException} and by nothing else, and has to do so soon. Some
 * inputs are tried again with a piece of them repeated many times: what takes long does so at length.
 */
final class Trial {
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final int GROWN = 50_000;
    private static final int EVERY = 64;
    private static final int LONGEST_PIECE = 64;
    private static final int LARGEST_SEED = 8 * 1024;
    private static final Path SHARED = Path.of("..", "shared", "data", "feeds", "testdata");
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private Trial() {}

    interface Parser {
        void parse(byte[] input) throws IOException;
    }

    static void of(byte[] input, Parser parser) {
        one(input, parser);
        int hash = Arrays.hashCode(input);
        if (input.length > 0 && Math.floorMod(hash, EVERY) == 0) {
            one(grown(input, hash / EVERY), parser);
        }
    }

    private static void one(byte[] input, Parser parser) {
        long start = THREADS.getCurrentThreadCpuTime();
        try {
            parser.parse(input);
        } catch (PostException refused) {
            Promises.isOneLine("problem", refused.problem().toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Duration took = Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - start); // other work does not count
        if (took.compareTo(LONGEST) > 0) {
            throw new AssertionError("took " + took + " for " + input.length + " bytes: "
                    + new String(input, 0, Math.min(input.length, 4096), java.nio.charset.StandardCharsets.ISO_8859_1));
        }
    }

    /** The same from the same input. */
    private static byte[] grown(byte[] input, int hash) {
        int from = Math.floorMod(hash, input.length);
        int piece = 1 + Math.floorMod(hash * 31, Math.min(LONGEST_PIECE, input.length - from));
        ByteArrayOutputStream grown = new ByteArrayOutputStream(GROWN + input.length);
        grown.write(input, 0, from);
        while (grown.size() < GROWN) {
            grown.write(input, from, piece);
        }
        grown.write(input, from, input.length - from);
        return grown.toByteArray();
    }

    /** One of several that goes with an input, always the same. */
    @SafeVarargs
    static <T> T choice(byte[] input, T... several) {
        return several[Math.floorMod(Arrays.hashCode(input) * 31, several.length)];
    }

    /** More to begin with, where the shared feeds are: those files whose name ends so. */
    static Stream<byte[]> sharedFeeds(String ending) throws IOException {
        if (!Files.isDirectory(SHARED)) {
            return Stream.of(new byte[0]);
        }
        try (Stream<Path> walk = Files.walk(SHARED)) {
            return walk
                    .filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .map(Trial::bytes)
                    .filter(bytes -> bytes.length <= LARGEST_SEED)
                    .toList()
                    .stream();
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.readAllBytes(file) : new byte[0];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
