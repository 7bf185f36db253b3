package io.courant.store;

import io.courant.audience.EmailAddress;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds an address in texts and in the bytes of files, however it is spelt; not as a part of a longer one. */
final class Traces {
    /** What stands in its place. */
    static final String ERASED = "(erased)";

    private static final int BLOCK = 1 << 16;

    private final Set<String> spellings = new LinkedHashSet<>();
    private final Pattern pattern;

    /** @param stored the same address as it was written elsewhere */
    Traces(EmailAddress address, Collection<String> stored) {
        Stream.concat(Stream.of(address.key(), address.value()), stored.stream())
                .forEach(spelling -> {
                    String local = spelling.substring(0, spelling.indexOf('@') + 1);
                    add(spelling);
                    add(local + address.domain());
                    add(local + IDN.toUnicode(address.domain()));
                });
        pattern = Pattern.compile(
                "(?<![\\p{L}\\p{N}!#$&'*+/=?^_`{|}~.-])(?:"
                        + spellings.stream().map(Pattern::quote).collect(Collectors.joining("|"))
                        + ")(?![\\p{L}\\p{N}-]|\\.[\\p{L}\\p{N}])",
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    private void add(String spelling) {
        for (String one : List.of(spelling, spelling.toLowerCase(Locale.ROOT))) {
            spellings.add(lower(one));
            spellings.add(lower(one).replace("@", "%40")); // as in a web address
        }
    }

    /** With ASCII letters in lower case, as SQLite's {@code lower} makes them. */
    Set<String> spellings() {
        return spellings;
    }

    boolean in(String text) {
        return pattern.matcher(text).find();
    }

    /** The text without the address. */
    String removedFrom(String text) {
        return pattern.matcher(text).replaceAll(Matcher.quoteReplacement(ERASED));
    }

    /**
     * Whether a file may hold the address: in a database file nothing need stand between an address and what comes next.
     *
     * @param longer addresses that contain it and may stand there
     */
    boolean inBytes(Path file, Collection<String> longer) throws IOException {
        List<byte[]> wanted = bytes(spellings);
        List<byte[]> innocent = bytes(longer);
        int overlap = 2
                * Stream.concat(wanted.stream(), innocent.stream())
                        .mapToInt(one -> one.length)
                        .max()
                        .orElse(0);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BLOCK)) {
            byte[] window = new byte[overlap + BLOCK];
            int filled = 0;
            for (int read = in.read(window, 0, window.length);
                    read > 0;
                    read = in.read(window, filled, window.length - filled)) {
                lower(window, filled, read);
                filled += read;
                if (found(window, filled, wanted, innocent)) {
                    return true;
                }
                int kept = Math.min(filled, overlap);
                System.arraycopy(window, filled - kept, window, 0, kept);
                filled = kept;
            }
            return false;
        }
    }

    private static List<byte[]> bytes(Collection<String> texts) {
        return texts.stream()
                .map(text -> lower(text).getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    private static boolean found(byte[] window, int length, List<byte[]> wanted, List<byte[]> innocent) {
        for (byte[] one : wanted) {
            for (int at = 0; at + one.length <= length; at++) {
                if (is(window, length, at, one) && !isPartOf(window, length, at, one, innocent)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isPartOf(byte[] window, int length, int at, byte[] one, List<byte[]> innocent) {
        for (byte[] whole : innocent) {
            for (int start = Math.max(0, at + one.length - whole.length); start <= at; start++) {
                if (is(window, length, start, whole)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean is(byte[] window, int length, int at, byte[] one) {
        return window[at] == one[0]
                && at + one.length <= length
                && Arrays.equals(window, at, at + one.length, one, 0, one.length);
    }

    private static void lower(byte[] window, int from, int count) {
        for (int i = from; i < from + count; i++) {
            if (window[i] >= 'A' && window[i] <= 'Z') {
                window[i] = (byte) (window[i] + 'a' - 'A');
            }
        }
    }

    private static String lower(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        lower(bytes, 0, bytes.length);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
