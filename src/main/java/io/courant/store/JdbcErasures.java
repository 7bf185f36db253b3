package io.courant.store;

import io.courant.audience.EmailAddress;
import io.courant.audience.Erasures;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

class JdbcErasures implements Erasures {
    private static final String ANY = "select exists (select 1 from erasure)";
    private static final String AMONG = "select hash from erasure where hash in (select value from json_each(:hashes))";
    private static final String REMEMBER = """
            insert into erasure (hash, erased_at) values (:hash, :at) on conflict (hash) do nothing
            """;

    /** The ledger refers to the subscriber, so a row stays, of which nothing is known but that it was somebody's. */
    private static final List<String> OF_SUBSCRIBER = List.of(
            "delete from subscriber_tag where subscriber_id = :id",
            "delete from reader where subscriber_id = :id",
            "delete from coverage where subscriber_id = :id",
            "delete from consent where subscriber_id = :id",
            "delete from request where subscriber_id = :id",
            "update delivery set state = 'CANCELLED', due_at = null"
                    + " where subscriber_id = :id and state in ('READY', 'DEFERRED')",
            "update subscriber set address = '', address_key = 'erased:' || id, name = '', state = 'ERASED',"
                    + " joined = 0, left_at = null, language = null, zone = null, form = 'HTML' where id = :id");

    private static final List<String> OF_ADDRESS =
            List.of("delete from request where address_key = :key", "delete from suppression where address_key = :key");

    private final JdbcClient write;
    private final JdbcClient read;
    private final TransactionTemplate transactions;
    private final ErasureSalt salt;

    JdbcErasures(JdbcClient write, JdbcClient read, TransactionTemplate transactions, Database database) {
        this.write = write;
        this.read = read;
        this.transactions = transactions;
        this.salt = new ErasureSalt(database.home(), this::isAny);
    }

    private boolean isAny() {
        return read.sql(ANY).query(Boolean.class).single();
    }

    @Override
    public boolean isErased(EmailAddress address) {
        return !among(Set.of(address)).isEmpty();
    }

    @Override
    public Set<EmailAddress> among(Collection<EmailAddress> addresses) {
        if (!isAny()) {
            return Set.of();
        }
        Map<String, List<EmailAddress>> hashed = addresses.stream().collect(Collectors.groupingBy(salt::hash));
        return read.sql(AMONG).param("hashes", Json.write(hashed.keySet())).query(String.class).list().stream()
                .flatMap(hash -> hashed.getOrDefault(hash, List.of()).stream())
                .collect(Collectors.toSet());
    }

    @Override
    public void erase(EmailAddress address, Instant at) {
        String hash = salt.hash(address);
        transactions.executeWithoutResult(status -> {
            Map<String, Object> person = new HashMap<>();
            person.put("key", address.key());
            write.sql("select id from subscriber where address_key = :key")
                    .params(person)
                    .query(Long.class)
                    .optional()
                    .ifPresent(id -> all(OF_SUBSCRIBER, Map.of("id", id)));
            all(OF_ADDRESS, person);
            write.sql(REMEMBER)
                    .param("hash", hash)
                    .param("at", at.toEpochMilli())
                    .update();
        });
    }

    private void all(List<String> statements, Map<String, ?> parameters) {
        statements.forEach(statement -> write.sql(statement).params(parameters).update());
    }

    @Override
    public boolean lift(EmailAddress address) {
        return write.sql("delete from erasure where hash = :hash")
                        .param("hash", salt.hash(address))
                        .update()
                > 0;
    }
}
