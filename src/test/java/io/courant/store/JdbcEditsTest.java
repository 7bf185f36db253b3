package io.courant.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.issue.Edit;
import io.courant.issue.Edits;
import io.courant.issue.EditsContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@EachDatabase
class JdbcEditsTest implements EditsContract {
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
    public Edits edits() {
        return store.edits();
    }

    @Test
    void whatWasTakenBackStaysOnRecord() {
        edits().note("weekly", Edit.of(Edit.Kind.SUBJECT, "", "One", AT, "ada"));
        edits().undo("weekly");
        assertThat(store.sql()
                        .sql("select count(*) from edit")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }
}
