package io.courant.store;

import io.courant.editor.ApiToken;
import io.courant.editor.EditorName;
import io.courant.editor.KeptAnswers;
import io.courant.editor.KeptAnswersContract;
import io.courant.editor.Role;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

@EachDatabase
class JdbcKeptAnswersTest implements KeptAnswersContract {
    @TempDir
    private Path home;

    private TestStore store;
    private long token;

    @BeforeEach
    void open() {
        store = new TestStore(home);
        var editor = store.editors().add(new EditorName("ada"), Role.EDITOR, NOW);
        token = store.tokens()
                .make(editor, "a program", Set.of(ApiToken.Scope.READ), NOW, null)
                .token()
                .id();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    public KeptAnswers answers() {
        return store.answers();
    }

    @Override
    public long token() {
        return token;
    }
}
