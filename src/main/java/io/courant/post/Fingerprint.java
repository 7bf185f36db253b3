package io.courant.post;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;

/** Tells whether two texts say the same: by their letters and digits, whatever markup, spaces and case they have. */
final class Fingerprint {
    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");
    private static final int BYTES = 16;

    private Fingerprint() {}

    static String of(String title, Body body) {
        String text = body.form() == Body.Form.HTML
                ? Jsoup.parseBodyFragment(body.content()).wholeText()
                : body.content();
        String words = NO_WORD.matcher(Normalizer.normalize(title + "\n" + text, Normalizer.Form.NFKC))
                .replaceAll(" ")
                .strip()
                .toLowerCase(Locale.ROOT);
        return HexFormat.of().formatHex(sha256(words), 0, BYTES);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
