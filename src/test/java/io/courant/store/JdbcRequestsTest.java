package io.courant.store;

import io.courant.audience.Readers;
import io.courant.audience.Subscribers;
import io.courant.consent.Requests;
import io.courant.consent.RequestsContract;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

@EachDatabase
class JdbcRequestsTest implements RequestsContract {
    @TempDir
    private Path home;

    private TestStore store;

    @BeforeEach
    void open() {
        store = new TestStore(home);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    public Requests requests() {
        return store.requests();
    }

    @Override
    public Subscribers subscribers() {
        return store.subscribers();
    }

    @Override
    public Readers readers() {
        return store.readers();
    }

    @Override
    public List<Proof> proofs() {
        return store.sql()
                .sql("select * from consent order by id")
                .query((row, number) -> new Proof(
                        row.getLong("subscriber_id"),
                        row.getString("newsletter"),
                        row.getString("source"),
                        row.getString("wording"),
                        Instant.ofEpochMilli(row.getLong("requested_at")),
                        row.getString("requested_from"),
                        Instant.ofEpochMilli(row.getLong("confirmed_at")),
                        row.getString("confirmed_from")))
                .list();
    }
}
