package io.courant.store;

import io.courant.issue.DueTimes;
import io.courant.issue.DueTimesContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

@EachDatabase
class JdbcDueTimesTest implements DueTimesContract {
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
    public DueTimes dueTimes() {
        return store.dueTimes();
    }
}
