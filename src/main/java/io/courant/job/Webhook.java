package io.courant.job;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A program elsewhere that wants to hear of what happens.
 *
 * @param secretFile what its messages are signed with
 * @param addresses whether it is told whom something is about
 */
public record Webhook(URI url, Path secretFile, Set<String> events, boolean addresses) {
    static final List<String> EVENTS =
            List.of("issue.sent", "issue.approved", "bounce", "complaint", "subscriber.unsubscribed");

    private static final String PREFIX = "whsec_";
    private static final int LEAST = 24;

    public Webhook {
        events = Set.copyOf(events);
    }

    /** The header webhook-signature by Standard Webhooks: v1, HMAC-SHA256 over id, time and body. */
    String signature(String id, long seconds, String body) throws IOException {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret(secretFile), "HmacSHA256"));
            byte[] signed = mac.doFinal((id + "." + seconds + "." + body).getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(signed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    /** @throws IllegalArgumentException when the file holds no secret */
    static byte[] secret(Path file) throws IOException {
        String text = Files.readString(file).strip();
        if (!text.startsWith(PREFIX)) {
            throw new IllegalArgumentException(file + ": expected " + PREFIX + " and the secret in Base64, as in"
                    + " printf 'whsec_%s' \"$(openssl rand -base64 32)\"");
        }
        byte[] secret = Base64.getDecoder().decode(text.substring(PREFIX.length()));
        if (secret.length < LEAST) {
            throw new IllegalArgumentException(
                    file + ": a secret has at least " + LEAST + " bytes, this one has " + secret.length);
        }
        return secret;
    }
}
