package io.courant.store;

import io.courant.audience.EmailAddress;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Which addresses subscribers had before they changed to another, as salted hashes: an old list must not make a second
 * subscriber of somebody, and what they erase later must stay erased.
 */
final class FormerAddresses {
    private static final String ANY = "select exists (select 1 from former_address)";
    private static final String AMONG =
            "select hash from former_address where hash in (select value from json_each(:hashes))";
    private static final String REMEMBER = """
            insert into former_address (hash, changed_at) values (:hash, :at)
            on conflict (hash) do update set changed_at = excluded.changed_at
            """;

    private final JdbcClient write;
    private final JdbcClient read;
    private final ErasureSalt salt;

    FormerAddresses(JdbcClient write, JdbcClient read, ErasureSalt salt) {
        this.write = write;
        this.read = read;
        this.salt = salt;
    }

    void remember(EmailAddress address, Instant at) {
        write.sql(REMEMBER)
                .param("hash", salt.hash(address))
                .param("at", at.toEpochMilli())
                .update();
    }

    Set<EmailAddress> among(Collection<EmailAddress> addresses) {
        if (!isAny(read)) {
            return Set.of();
        }
        Map<String, List<EmailAddress>> hashed = addresses.stream().collect(Collectors.groupingBy(salt::hash));
        return read.sql(AMONG).param("hashes", Json.write(hashed.keySet())).query(String.class).list().stream()
                .flatMap(hash -> hashed.getOrDefault(hash, List.of()).stream())
                .collect(Collectors.toSet());
    }

    /** Whether it was one. */
    boolean forget(EmailAddress address) {
        return isAny(write)
                && write.sql("delete from former_address where hash = :hash")
                                .param("hash", salt.hash(address))
                                .update()
                        > 0;
    }

    private static boolean isAny(JdbcClient client) {
        return client.sql(ANY).query(Boolean.class).single();
    }
}
