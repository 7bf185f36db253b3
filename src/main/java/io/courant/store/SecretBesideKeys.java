package io.courant.store;

import io.courant.delivery.PrivateFolder;
import io.courant.delivery.SecretFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.BooleanSupplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A secret in a file beside the keys: who has but the SQLite file cannot try addresses. */
final class SecretBesideKeys implements ErasureSecret {
    private static final String ANY_HASH = """
            select exists (select 1 from erasure) or exists (select 1 from former_address)
            """;

    private final Path home;
    private final BooleanSupplier needed;

    /**
     * @param home the folder below which the secret stands
     * @param needed whether there are hashes already
     */
    SecretBesideKeys(Path home, BooleanSupplier needed) {
        this.home = home;
        this.needed = needed;
    }

    SecretBesideKeys(Path home, JdbcClient database) {
        this(home, () -> database.sql(ANY_HASH).query(Boolean.class).single());
    }

    static Path file(Path home) {
        return home.resolve("keys").resolve("erasure.salt");
    }

    /** Copies a home folder's secret, if there is one, into a copy of the folder that has none. */
    static void copy(Path home, Path toHome) throws IOException {
        Path copy = file(toHome);
        if (Files.exists(file(home)) && !Files.exists(copy)) {
            PrivateFolder.create(toHome.resolve("keys"));
            Files.copy(file(home), copy, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    /** Keeps a secret from elsewhere in a home folder that has none. */
    static void put(Path home, byte[] secret) throws IOException {
        SecretFile.create(file(home), secret);
    }

    @Override
    public void adopt(Path otherHome) throws IOException {
        copy(otherHome, home);
    }

    @Override
    public byte[] bytes() {
        Path file = file(home);
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
