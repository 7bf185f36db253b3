package io.courant.store;

import io.courant.audience.EmailAddress;
import io.courant.audience.Erasures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

class JdbcErasures implements Erasures {
    /** Where the address, the name or what is said of a subscriber may stand until they are erased. */
    static final List<String> TABLES = Stream.concat(
                    Stream.of("subscriber", "subscriber_tag", "reader", "coverage", "consent", "request"),
                    Scrub.tables().stream())
            .toList();

    private static final String ANY = "select exists (select 1 from erasure)";
    private static final String UNCLEANED = "select hash from erasure where not cleaned";
    private static final String AMONG = "select hash from erasure where hash in (select value from json_each(:hashes))";
    private static final String REMEMBER = """
            insert into erasure (hash, erased_at, cleaned) values (:hash, :at, false)
            on conflict (hash) do update set cleaned = false
            """;

    /** The ledger refers to the subscriber, so a row stays, of which nothing is known but that it was somebody's. */
    private static final List<String> OF_SUBSCRIBER = List.of(
            "delete from subscriber_tag where subscriber_id = :id",
            "delete from reader where subscriber_id = :id",
            "delete from coverage where subscriber_id = :id",
            "delete from consent where subscriber_id = :id",
            "delete from request where subscriber_id = :id",
            "update delivery set state = 'CANCELLED', due_at = null"
                    + " where issue_id in (select id from issue) and subscriber_id = :id"
                    + " and state in ('READY', 'DEFERRED')",
            "update subscriber set address = '', address_key = 'erased:' || id, name = '', state = 'ERASED',"
                    + " joined = 0, left_at = null, language = null, zone = null, form = 'HTML' where id = :id");

    private static final List<String> OF_ADDRESS =
            List.of("delete from request where address_key = :key", "delete from suppression where address_key = :key");

    private static final String CLEANED =
            "update erasure set cleaned = true where hash in (select value from json_each(:hashes))";

    private final JdbcClient write;
    private final JdbcClient read;
    private final TransactionTemplate transactions;
    private final Path home;
    private final ErasureSalt salt;
    private final FormerAddresses former;
    private final Scrub scrub;
    private final Remains remains;

    JdbcErasures(JdbcClient write, JdbcClient read, TransactionTemplate transactions, Database database) {
        this.write = write;
        this.read = read;
        this.transactions = transactions;
        this.home = database.home();
        this.salt = new ErasureSalt(database.erasureSecret(write));
        this.former = new FormerAddresses(write, read, salt);
        this.scrub = new Scrub(write, read, database.dialect());
        this.remains = database.remains(write, read);
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

    private record Person(long id, String address) {}

    @Override
    public boolean erase(EmailAddress address, Instant at) {
        deleteOldCopies();
        String hash = salt.hash(address);
        Person person = write.sql("select id, address from subscriber where address_key = :key")
                .param("key", address.key())
                .query((row, number) -> new Person(row.getLong("id"), row.getString("address")))
                .optional()
                .orElse(null);
        Traces traces = new Traces(address, person == null ? List.of() : List.of(person.address()));
        List<Scrub.Found> quoted = scrub.everywhere(traces);
        Integer changed = transactions.execute(status -> {
            int rows = erase(address, person) + scrub.remove(quoted, traces);
            write.sql(REMEMBER)
                    .param("hash", hash)
                    .param("at", at.toEpochMilli())
                    .update();
            return rows;
        });
        for (List<Scrub.Found> late = scrub.everywhere(traces); !late.isEmpty(); late = scrub.everywhere(traces)) {
            scrub.remove(late, traces); // what was written down meanwhile
        }
        if (remains.areGone(traces)) {
            cleaned(List.of(hash));
        }
        return changed != null && changed > 0;
    }

    @Override
    public List<String> oldCopies() {
        return OldCopies.in(home).stream().map(Path::toString).toList();
    }

    private void deleteOldCopies() {
        for (Path copy : OldCopies.in(home)) {
            try {
                Files.delete(copy);
            } catch (IOException e) {
                throw new UncheckedIOException(
                        copy + ": holds what is to be erased and cannot be deleted (" + e + "); delete it yourself", e);
            }
        }
    }

    private int erase(EmailAddress address, @Nullable Person person) {
        int rows = all(OF_ADDRESS, Map.of("key", address.key()));
        if (person != null) {
            rows += all(OF_SUBSCRIBER, Map.of("id", person.id()));
            scrub.ofSubscriber(person.id());
        }
        return rows;
    }

    private int all(List<String> statements, Map<String, ?> parameters) {
        return statements.stream()
                .mapToInt(statement -> write.sql(statement).params(parameters).update())
                .sum();
    }

    private void cleaned(List<String> hashes) {
        write.sql(CLEANED).param("hashes", Json.write(hashes)).update();
    }

    @Override
    public boolean clean() {
        List<String> hashes = read.sql(UNCLEANED).query(String.class).list();
        if (hashes.isEmpty()) {
            return true;
        }
        boolean done = remains.clear();
        if (done) {
            cleaned(hashes); // those only: another machine may be erasing somebody
        }
        return done;
    }

    @Override
    public List<String> traces(EmailAddress address) {
        Traces traces = new Traces(address, List.of());
        return Stream.concat(scrub.left(traces).stream(), files(traces).stream())
                .toList();
    }

    private List<String> files(Traces traces) {
        try (Stream<Path> files = Files.walk(home)) {
            List<String> found = new ArrayList<>();
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !SqliteDatabase.isPart(home.relativize(file)))
                    .sorted()
                    .toList()) {
                if (traces.inBytes(file, List.of())) {
                    found.add("file " + file);
                }
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(home + ": cannot be searched for what is left of an address", e);
        }
    }

    @Override
    public Set<EmailAddress> formerAmong(Collection<EmailAddress> addresses) {
        return former.among(addresses);
    }

    @Override
    public boolean liftFormer(EmailAddress address) {
        return former.forget(address);
    }

    @Override
    public boolean lift(EmailAddress address) {
        return write.sql("delete from erasure where hash = :hash")
                        .param("hash", salt.hash(address))
                        .update()
                > 0;
    }
}
