package io.courant.bounce;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
    private static final int LONGEST_HEADER = 128 * 1024;
    private static final int DEEPEST = 12;
    private static final int MOST_PARTS = 200;
    private static final int MOST_TEXTS = 8;

    private static final MimeConfig LIMITS = MimeConfig.custom()
            .setStrictParsing(false)
            .setMaxLineLen(LONGEST_HEADER)
            .setMaxHeaderLen(LONGEST_HEADER)
            .setMaxHeaderCount(5_000)
            .build();

    private final Fields header = new Fields();
    private final Fields original = new Fields();
    private final Fields feedback = new Fields();
    private final List<Fields> statuses = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder html = new StringBuilder();
    private final StringBuilder preamble = new StringBuilder();
    private String enclosed = "";
    private int texts;

    private Parts() {}

    static Parts of(InputStream mail) throws IOException {
        Parts parts = new Parts();
        MimeTokenStream tokens = new MimeTokenStream(LIMITS);
        tokens.setRecursionMode(RecursionMode.M_NO_RECURSE);
        try {
            tokens.parse(mail);
            parts.read(tokens);
        } catch (MimeException | MimeIOException e) {
            return parts; // what stood before the fault
        }
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
                case T_PREAMBLE -> append(preamble, text(tokens.getInputStream().readNBytes(LONGEST_TEXT), null));
                case T_START_BODYPART -> {
                    count++;
                    current = new Fields();
                }
                case T_BODY -> {
                    body(tokens.getBodyDescriptor(), current, decoded(tokens));
                    if (depth == 0) {
                        return; // the rest of a long text is of no use
                    }
                }
                default -> {}
            }
        }
    }

    private static void add(Fields fields, Field field) {
        String value = field.getBody();
        fields.add(
                field.getName(),
                value.contains("=?") ? DecoderUtil.decodeEncodedWords(value, DecodeMonitor.SILENT) : value);
    }

    private static byte[] decoded(MimeTokenStream tokens) throws IOException {
        return tokens.getDecodedInputStream().readNBytes(LONGEST_TEXT);
    }

    private void body(BodyDescriptor type, Fields own, byte[] bytes) {
        String words = whole(text(bytes, type.getCharset()), bytes.length == LONGEST_TEXT);
        switch (type.getMimeType().toLowerCase(Locale.ROOT)) {
            case "message/delivery-status", "message/global-delivery-status" -> statuses.addAll(Fields.groups(words));
            case "message/feedback-report" -> feedback.addAll(joined(Fields.groups(words)));
            case "message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers" -> {
                original.addAll(Fields.of(words));
                enclosed = words.contains("inal-Recipient:") ? words : enclosed;
            }
            case "text/html" -> append(html, words);
            default -> {
                if (own != header && own.has("received") && own.has("from")) {
                    original.addAll(own); // a copy of the mail that misses its own type
                } else if (type.getMimeType().startsWith("text/")) {
                    append(text, words);
                }
            }
        }
    }

    /** Half a line may look like another address. */
    private static String whole(String words, boolean cut) {
        int end = words.lastIndexOf('\n');
        return cut && end > 0 ? words.substring(0, end + 1) : words;
    }

    private static Fields joined(List<Fields> groups) {
        Fields joined = new Fields();
        groups.forEach(joined::addAll);
        return joined;
    }

    private void append(StringBuilder all, String words) {
        if (texts < MOST_TEXTS) {
            texts++;
            all.append(words).append('\n');
        }
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
        if (!text.toString().isBlank()) {
            return text.toString();
        }
        return html.isEmpty()
                ? preamble.toString()
                : Jsoup.parse(html.toString()).wholeText();
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
