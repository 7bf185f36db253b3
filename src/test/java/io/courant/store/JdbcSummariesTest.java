package io.courant.store;

import io.courant.issue.Summaries;
import io.courant.issue.SummariesContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

@EachDatabase
class JdbcSummariesTest implements SummariesContract {
    @TempDir
    private Path folder;

    private TestStore store;

    @BeforeEach
    void open() {
        store = new TestStore(folder);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    public Summaries summaries() {
        return store.summaries();
    }
}
