package io.courant.store;

import io.courant.audience.EmailAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Makes the hash of an erased or former address (HMAC-SHA256 over {@link EmailAddress#key()}) worthless without the
 * secret: addresses are few enough to be tried one by one.
 */
final class ErasureSalt {
    private static final String ALGORITHM = "HmacSHA256";

    private final ErasureSecret secret;
    private @Nullable Mac begun;

    ErasureSalt(ErasureSecret secret) {
        this.secret = secret;
    }

    /** The hash of an address, the same for all its spellings. */
    String hash(EmailAddress address) {
        try {
            Mac mac = (Mac) begun().clone();
            return HexFormat.of().formatHex(mac.doFinal(address.key().getBytes(StandardCharsets.UTF_8)));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the Java platform's " + ALGORITHM + " can be cloned", e);
        }
    }

    private synchronized Mac begun() {
        if (begun == null) {
            try {
                Mac mac = Mac.getInstance(ALGORITHM);
                mac.init(new SecretKeySpec(secret.bytes(), ALGORITHM));
                begun = mac;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
            }
        }
        return begun;
    }
}
