package io.courant.store;

import io.courant.editor.Editors;
import io.courant.editor.EditorsContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

@EachDatabase
class JdbcEditorsTest implements EditorsContract {
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
    public Editors editors() {
        return store.editors();
    }
}
