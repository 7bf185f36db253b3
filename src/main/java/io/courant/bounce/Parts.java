package io.courant.bounce;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.MimeIOException;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;
import org.apache.james.mime4j.stream.BodyDescriptor;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;
import org.jsoup.Jsoup;
import org.jspecify.annotations.Nullable;

/**
 * What a returned mail consists of, read once from front to back. Of texts no more is kept than a report could need, and
 * what is no MIME is read as far as it is.
 */
final class Parts {
    private static final int LONGEST_TEXT = 64 * 1024;
    private static final int LONGEST_WORDS = 4_000;
    private static final int LONGEST_HEADER = 128 * 1024;
    private static final int DEEPEST = 12;
    private static final int MOST_PARTS = 200;

    private static final Set<String> FOR_PEOPLE = Set.of("from", "subject");

    private static final MimeConfig LIMITS = MimeConfig.custom()
            .setStrictParsing(false)
            .setMaxLineLen(LONGEST_HEADER)
            .setMaxHeaderLen(LONGEST_HEADER)
            .setMaxHeaderCount(5_000)
            .build();

    private final Fields header = new Fields();
    private final Fields original = new Fields();
    private final Fields feedback = new Fields();
    private final Texts status = new Texts();
    private final Texts text = new Texts();
    private final Texts html = new Texts();
    private final Texts preamble = new Texts();
    private String enclosed = "";
    private List<Fields> statuses = List.of();
    private String chosen = "";

    private Parts() {}

    static Parts of(InputStream mail) throws IOException {
        Parts parts = new Parts();
        MimeTokenStream tokens = new MimeTokenStream(LIMITS);
        tokens.setRecursionMode(RecursionMode.M_NO_RECURSE);
        try {
            tokens.parse(mail);
            parts.read(tokens);
        } catch (MimeException | MimeIOException e) {
            // what stood before the fault is kept
        }
        parts.statuses = Fields.groups(parts.status.toString());
        parts.chosen = parts.chosen();
        return parts;
    }

    private void read(MimeTokenStream tokens) throws IOException, MimeException {
        int depth = 0;
        int count = 0;
        Fields current = header;
        for (EntityState state = tokens.getState();
                state != EntityState.T_END_OF_STREAM && depth <= DEEPEST && count <= MOST_PARTS;
                state = tokens.next()) {
            switch (state) {
                case T_FIELD -> add(current, tokens.getField());
                case T_START_MULTIPART -> depth++;
                case T_END_MULTIPART -> depth--;
                case T_PREAMBLE -> preamble.add(tokens.getInputStream(), null);
                case T_START_BODYPART -> {
                    count++;
                    current = new Fields();
                }
                case T_BODY -> {
                    body(tokens.getBodyDescriptor(), current, tokens.getDecodedInputStream());
                    if (depth == 0) {
                        return; // the rest of a long text is of no use
                    }
                }
                default -> {}
            }
        }
    }

    private void add(Fields fields, Field field) {
        String name = field.getName().strip().toLowerCase(Locale.ROOT);
        String value = field.getBody();
        // decoding takes the square of the length: only what is read as words, once, and not too long
        boolean isRead = fields == header && FOR_PEOPLE.contains(name) && !header.has(name) && value.contains("=?");
        fields.add(name, isRead ? words(value.substring(0, Math.min(value.length(), LONGEST_WORDS))) : value);
    }

    private static String words(String value) {
        return DecoderUtil.decodeEncodedWords(value, DecodeMonitor.SILENT);
    }

    private void body(BodyDescriptor type, Fields own, InputStream body) throws IOException {
        String charset = type.getCharset();
        switch (type.getMimeType().toLowerCase(Locale.ROOT)) {
            case "message/delivery-status", "message/global-delivery-status" -> status.add(body, charset);
            case "message/feedback-report" -> feedback.addAll(joined(Fields.groups(alone(body, charset))));
            case "message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers" -> {
                String words = alone(body, charset);
                original.addAll(Fields.of(words));
                enclosed = words.contains("inal-Recipient:") ? words : enclosed;
            }
            case "text/html" -> html.add(body, charset);
            default -> {
                if (own != header && own.has("received") && own.has("from")) {
                    original.addAll(own); // a copy of the mail that misses its own type
                } else if (type.getMimeType().startsWith("text/")) {
                    text.add(body, charset);
                }
            }
        }
    }

    /** What all parts of a kind say, one after the other; they share what may be kept of it. */
    private static final class Texts {
        private final StringBuilder words = new StringBuilder();
        private int room = LONGEST_TEXT;

        void add(InputStream body, @Nullable String charset) throws IOException {
            byte[] bytes = body.readNBytes(room);
            room -= bytes.length;
            words.append(whole(text(bytes, charset), room == 0)).append("\n\n");
        }

        /** Half a line may look like another address. */
        private static String whole(String words, boolean cut) {
            int end = words.lastIndexOf('\n');
            return cut && end > 0 ? words.substring(0, end + 1) : words;
        }

        @Override
        public String toString() {
            return words.toString();
        }
    }

    private static String alone(InputStream body, @Nullable String charset) throws IOException {
        Texts texts = new Texts();
        texts.add(body, charset);
        return texts.toString();
    }

    private static Fields joined(List<Fields> groups) {
        Fields joined = new Fields();
        groups.forEach(joined::addAll);
        return joined;
    }

    private static String text(byte[] bytes, @Nullable String charset) {
        Charset named;
        try {
            named = charset == null ? StandardCharsets.UTF_8 : Charset.forName(charset);
        } catch (IllegalArgumentException e) {
            named = StandardCharsets.UTF_8;
        }
        String words = new String(bytes, named.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : named);
        int broken = words.indexOf('\uFFFD');
        return broken >= 0 && broken < words.length() - 1 // the last may be cut
                ? new String(bytes, StandardCharsets.ISO_8859_1)
                : words;
    }

    /** The fields of the mail itself. */
    Fields header() {
        return header;
    }

    /** What is written for people; all of a mail whose boundary never comes. */
    String text() {
        return chosen;
    }

    private String chosen() {
        String plain = text.toString();
        if (!plain.isBlank()) {
            return plain;
        }
        String marked = html.toString();
        return marked.isEmpty() ? preamble.toString() : Jsoup.parse(marked).wholeText();
    }

    /** The mail that is returned, if that is itself a report. */
    String enclosed() {
        return enclosed;
    }

    /** The groups of delivery status fields (RFC 3464 §2.1), that of the mail first. */
    List<Fields> statuses() {
        return statuses;
    }

    /** The fields of a feedback report (RFC 5965 §3). */
    Fields feedback() {
        return feedback;
    }

    /** The fields of the mail that is returned, where it is a part of its own. */
    Fields original() {
        return original;
    }
}
