package io.courant.editor;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import io.courant.delivery.Base32;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import javax.crypto.spec.SecretKeySpec;

/** One-time codes of RFC 6238, as authenticator apps make them: six digits, every 30 seconds, HMAC-SHA-1. */
final class Totp {
    /** The length of what HMAC-SHA-1 makes, as RFC 4226 §4 recommends. */
    private static final int SECRET_BYTES = 20;

    /** A clock may be a step off, and a code takes its time to type (RFC 6238 §5.2). */
    private static final int DRIFT = 1;

    private static final TimeBasedOneTimePasswordGenerator GENERATOR = new TimeBasedOneTimePasswordGenerator();

    private Totp() {}

    /** A new secret, in Base32 as apps take it. */
    static String secret() {
        return Secret.of("", SECRET_BYTES).text().toUpperCase(Locale.ROOT);
    }

    /** What apps read from a QR code. */
    static URI uri(String name, String secret) {
        return URI.create("otpauth://totp/Courant:" + name + "?secret=" + secret + "&issuer=Courant");
    }

    /** The step that a code belongs to, if it is one that is taken now. */
    static OptionalLong step(String secret, String typed, Instant now) {
        byte[] code = typed.replaceAll("\\s", "").getBytes(StandardCharsets.UTF_8);
        long length = GENERATOR.getTimeStep().toSeconds();
        long step = Math.floorDiv(now.getEpochSecond(), length);
        OptionalLong found = OptionalLong.empty();
        for (long near = step - DRIFT; near <= step + DRIFT; near++) {
            if (MessageDigest.isEqual(code, code(secret, Instant.ofEpochSecond(near * length)))) {
                found = OptionalLong.of(near);
            }
        }
        return found;
    }

    private static byte[] code(String secret, Instant at) {
        byte[] key = Base32.decode(secret).orElseThrow();
        try {
            return GENERATOR
                    .generateOneTimePasswordString(new SecretKeySpec(key, GENERATOR.getAlgorithm()), at, Locale.ROOT)
                    .getBytes(StandardCharsets.UTF_8);
        } catch (InvalidKeyException e) {
            throw new AssertionError("any bytes are a key for HMAC", e);
        }
    }
}
