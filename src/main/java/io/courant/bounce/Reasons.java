package io.courant.bounce;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What words and status codes mean: {@code reasons.txt}, which says itself how it is written. */
final class Reasons {
    private static final Pattern HEADING = Pattern.compile("\\[([A-Z_]+)(\\??)]");

    /** Three dots in a phrase stand for this much of anything. */
    private static final int GAP = 80;

    /** Addresses of mail and of pages may be made of any words. */
    private static final Pattern NAMES = Pattern.compile("https?://\\S+|<?" + Addresses.WORD + ">?");

    private record Phrase(Reason reason, boolean sure, boolean vague, List<String> pieces) {
        boolean isIn(String words) {
            int start = words.indexOf(pieces.get(0));
            while (start >= 0) {
                if (followed(words, start + pieces.get(0).length())) {
                    return true;
                }
                start = pieces.size() == 1 ? -1 : words.indexOf(pieces.get(0), start + 1);
            }
            return false;
        }

        private boolean followed(String words, int from) {
            int at = from;
            for (String piece : pieces.subList(1, pieces.size())) {
                String near = words.substring(at, Math.min(words.length(), at + GAP + piece.length()));
                int found = near.indexOf(piece);
                if (found < 0) {
                    return false;
                }
                at += found + piece.length();
            }
            return true;
        }
    }

    /** Whether a phrase says its reason whenever it is said, or only in answer to RCPT. */
    record Match(Reason reason, boolean sure) {}

    private static final Reasons SHIPPED = read();

    private final List<Phrase> phrases = new ArrayList<>();
    private final Map<String, Reason> statuses = new HashMap<>();

    private Reasons() {}

    static Reasons shipped() {
        return SHIPPED;
    }

    private static Reasons read() {
        try (InputStream file = Objects.requireNonNull(
                Reasons.class.getResourceAsStream("reasons.txt"), "reasons.txt is not shipped")) {
            Reasons reasons = new Reasons();
            Reason reason = Reason.UNEXPLAINED;
            boolean sure = true;
            boolean vague = false;
            for (String line : new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                Matcher heading = HEADING.matcher(line);
                if (heading.matches()) {
                    reason = Reason.valueOf(heading.group(1));
                    sure = heading.group(2).isEmpty();
                } else if (line.startsWith("----")) {
                    vague = true;
                } else if (line.startsWith("=")) {
                    reasons.statuses.put(line.substring(1).strip(), reason);
                } else if (!line.isBlank() && !line.startsWith("#")) {
                    reasons.phrases.add(new Phrase(reason, sure, vague, pieces(line.strip())));
                }
            }
            return reasons;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> pieces(String phrase) {
        List<String> pieces = new ArrayList<>();
        int from = 0;
        for (int dots = phrase.indexOf(" ... "); dots >= 0; dots = phrase.indexOf(" ... ", from)) {
            pieces.add(phrase.substring(from, dots));
            from = dots + " ... ".length();
        }
        pieces.add(phrase.substring(from));
        return pieces;
    }

    /** Words as phrases are looked for in them: small, on one line, and without names. */
    record Words(String plain) {
        static Words of(String words) {
            return new Words(Fields.oneLine(NAMES.matcher(words).replaceAll(" "), Integer.MAX_VALUE)
                    .toLowerCase(Locale.ROOT)
                    .replace('’', '\'')
                    .replace('_', ' '));
        }
    }

    /** The first phrase of the table that the words hold. */
    Optional<Match> said(Words words) {
        return said(words, false);
    }

    /** The same of those phrases that are believed only where the status means nothing. */
    Optional<Match> hinted(Words words) {
        return said(words, true);
    }

    private Optional<Match> said(Words words, boolean vague) {
        return phrases.stream()
                .filter(phrase -> phrase.vague() == vague && phrase.isIn(words.plain()))
                .findFirst()
                .map(phrase -> new Match(phrase.reason(), phrase.sure()));
    }

    /** What a status code means where words say nothing: the code itself, or its kind of detail. */
    Optional<Reason> meantBy(String status) {
        return Optional.ofNullable(statuses.get(status))
                .or(() -> Optional.ofNullable(statuses.get(status.isEmpty() ? "" : "x" + status.substring(1))));
    }
}
