package io.courant.store;

import io.courant.audience.EmailAddress;
import io.courant.delivery.PrivateFolder;
import io.courant.delivery.SecretFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.function.BooleanSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The secret that makes the hash of an erased or former address (HMAC-SHA256 over {@link EmailAddress#key()}) worthless without
 * it: addresses are few enough to be tried one by one. It stands in a file beside the keys, outside the database.
 */
final class ErasureSalt {
    private static final String ALGORITHM = "HmacSHA256";
    private static final String ANY_HASH = """
            select exists (select 1 from erasure) or exists (select 1 from former_address)
            """;

    private final Path file;
    private final BooleanSupplier needed;
    private @Nullable Mac begun;

    /**
     * @param home the folder below which the secret stands, made when it is first needed
     * @param needed whether there are hashes already, which a new secret would make worthless
     */
    ErasureSalt(Path home, BooleanSupplier needed) {
        this.file = file(home);
        this.needed = needed;
    }

    /** Copies a home folder's secret, if there is one, into a copy of the folder that has none. */
    static void copy(Path home, Path toHome) throws IOException {
        Path copy = file(toHome);
        if (Files.exists(file(home)) && !Files.exists(copy)) {
            PrivateFolder.create(toHome.resolve("keys"));
            Files.copy(file(home), copy, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    /** That of a home folder with its database. */
    static ErasureSalt of(Path home, JdbcClient read) {
        return new ErasureSalt(
                home, () -> read.sql(ANY_HASH).query(Boolean.class).single());
    }

    static Path file(Path home) {
        return home.resolve("keys").resolve("erasure.salt");
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
                mac.init(new SecretKeySpec(secret(), ALGORITHM));
                begun = mac;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
            }
        }
        return begun;
    }

    private byte[] secret() {
        try {
            if (!Files.exists(file)) {
                if (needed.getAsBoolean()) {
                    throw new IllegalStateException(file
                            + ": is missing, and without it nobody knows which addresses were erased;"
                            + " restore it from a backup");
                }
                SecretFile.create(file);
            }
            return SecretFile.read(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read or made (" + e.getMessage() + ")", e);
        }
    }
}
