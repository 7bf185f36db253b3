package io.courant.store;

import io.courant.delivery.SecretFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A secret in the database, made with its tables, since the hashes of all machines that share it must agree. Who can
 * read the hashes has the secret as well, as has every dump: that is the price.
 */
final class SecretInTable implements ErasureSecret {
    private static final String FIND = "select secret from erasure_secret";
    private static final String ADOPT = """
            update erasure_secret set secret = :secret
            where not exists (select 1 from erasure) and not exists (select 1 from former_address)
            """;

    private final JdbcClient client;

    SecretInTable(JdbcClient client) {
        this.client = client;
    }

    @Override
    public byte[] bytes() {
        return client.sql(FIND)
                .query(byte[].class)
                .optional()
                .orElseThrow(() -> new IllegalStateException(
                        "the row of table erasure_secret is missing, and without it nobody knows which addresses were"
                                + " erased; restore it from a backup"));
    }

    @Override
    public void adopt(Path otherHome) throws IOException {
        Path theirs = SecretBesideKeys.file(otherHome);
        if (Files.exists(theirs)) {
            client.sql(ADOPT).param("secret", SecretFile.read(theirs)).update();
        }
    }
}
