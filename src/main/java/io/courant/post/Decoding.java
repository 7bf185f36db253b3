package io.courant.post;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mozilla.universalchardet.UniversalDetector;

/**
 * Turns bytes into text: byte order mark, else valid UTF-8, else the charset that the document declares, else the one
 * it looks like, else windows-1252. Line ends become {@code \n}; control characters go, since neither XML 1.0 nor a
 * mail header takes them.
 */
final class Decoding {
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
    private static final Pattern META = Pattern.compile(
            "<meta[^>]{0,200}charset\\s{0,9}=\\s{0,9}[\"']?\\s{0,9}([\\w.:-]{2,40})", Pattern.CASE_INSENSITIVE);
    private static final Pattern XML =
            Pattern.compile("^\\s{0,99}<\\?xml[^>]{0,200}encoding\\s{0,9}=\\s{0,9}[\"']([\\w.:-]{2,40})");
    private static final Pattern HEADER =
            Pattern.compile("charset\\s{0,9}=\\s{0,9}[\"']?([\\w.:-]{2,40})", Pattern.CASE_INSENSITIVE);
    private static final int HEAD = 4096;

    private Decoding() {}

    static String text(byte[] bytes) {
        return text(bytes, Optional.empty());
    }

    static String html(byte[] bytes) {
        return text(bytes, find(META, head(bytes)));
    }

    /** A feed's XML; the HTTP header wins over the declaration (RFC 7303 section 3). */
    static String xml(byte[] bytes, @Nullable String contentType) {
        Optional<Charset> header = contentType == null ? Optional.empty() : find(HEADER, contentType);
        return text(bytes, header.or(() -> find(XML, head(bytes))));
    }

    /** The charset of an XML file of which only the beginning is at hand (XML 1.0 appendix F). */
    static Charset xmlCharset(byte[] head) {
        Optional<Charset> marked =
                head.length < 4 ? Optional.empty() : charset(UniversalDetector.detectCharsetFromBOM(head));
        return marked.or(() -> find(XML, head(head))).orElse(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes, Optional<Charset> declared) {
        return clean(decode(bytes, declared));
    }

    private static String decode(byte[] bytes, Optional<Charset> declared) {
        Optional<Charset> marked =
                bytes.length < 4 ? Optional.empty() : charset(UniversalDetector.detectCharsetFromBOM(bytes));
        if (marked.isPresent()) {
            return new String(bytes, marked.get());
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            Charset charset = declared.filter(found -> !found.equals(StandardCharsets.UTF_8))
                    .or(() -> detected(bytes))
                    .orElse(WINDOWS_1252);
            return new String(bytes, charset);
        }
    }

    private static Optional<Charset> detected(byte[] bytes) {
        UniversalDetector detector = new UniversalDetector();
        detector.handleData(bytes);
        detector.dataEnd();
        return charset(detector.getDetectedCharset()).filter(found -> !found.equals(StandardCharsets.UTF_8));
    }

    private static Optional<Charset> find(Pattern declaration, String text) {
        Matcher matcher = declaration.matcher(text);
        return matcher.find() ? charset(matcher.group(1)) : Optional.empty();
    }

    private static Optional<Charset> charset(@Nullable String name) {
        if (name == null) {
            return Optional.empty();
        }
        try {
            Charset charset = Charset.forName(name);
            // Pages that say Latin-1 mean windows-1252 (WHATWG Encoding, section 4.2).
            boolean latin = charset.equals(StandardCharsets.ISO_8859_1) || charset.equals(StandardCharsets.US_ASCII);
            return Optional.of(latin ? WINDOWS_1252 : charset);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return Optional.empty();
        }
    }

    private static String head(byte[] bytes) {
        return new String(bytes, 0, Math.min(bytes.length, HEAD), StandardCharsets.ISO_8859_1);
    }

    /** A text that was escaped within its document, where escapes may stand for what no document may hold. */
    static String unescaped(String text) {
        return clean(text).replace("\0", "");
    }

    /** NUL is left in, so that its caller can tell that this is no text. */
    private static String clean(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\r') {
                if (i + 1 == text.length() || text.charAt(i + 1) != '\n') {
                    clean.append('\n');
                }
            } else if (c == '\u2028' || c == '\u2029' || c == '\u0085') {
                clean.append('\n');
            } else if (c == '\n' || c == '\t' || c == 0 || !Character.isISOControl(c)) {
                boolean mark = c == '\uFEFF' && i == 0;
                boolean half = Character.isSurrogate(c) && !isPaired(text, i);
                if (!mark && !half && c < '\uFFFE') {
                    clean.append(c);
                }
            }
        }
        return clean.toString();
    }

    private static boolean isPaired(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }
}
