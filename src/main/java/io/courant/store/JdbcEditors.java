package io.courant.store;

import io.courant.editor.Editor;
import io.courant.editor.EditorName;
import io.courant.editor.Editors;
import io.courant.editor.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

class JdbcEditors implements Editors {
    private static final String ADD = """
            insert into editor (name, role, made_at) values (:name, :role, :at) on conflict (name) do nothing
            """;
    private static final String OTHER_OWNERS = """
            select count(*) from editor where role = 'OWNER' and not disabled and id <> :id
            """;
    private static final String DISABLE = """
            update editor set disabled = true, link = null, link_until = null, epoch = epoch + 1 where id = :id
            """;

    private final JdbcClient write;
    private final JdbcClient read;
    private final TransactionTemplate transactions;

    JdbcEditors(JdbcClient write, JdbcClient read, TransactionTemplate transactions) {
        this.write = write;
        this.read = read;
        this.transactions = transactions;
    }

    @Override
    public Editor add(EditorName name, Role role, Instant at) {
        int added = write.sql(ADD)
                .param("name", name.value())
                .param("role", role.name())
                .param("at", at.toEpochMilli())
                .update();
        if (added == 0) {
            throw new IllegalArgumentException("there is an editor '" + name
                    + "' already; for a new password make them a link" + " ('courant users link " + name + "')");
        }
        return find(name.value()).orElseThrow();
    }

    @Override
    public Optional<Editor> find(String name) {
        return read.sql("select * from editor where name = :name")
                .param("name", EditorName.normal(name))
                .query(JdbcEditors::editor)
                .optional();
    }

    @Override
    public Optional<Editor> find(long id) {
        return find(read, id);
    }

    static Optional<Editor> find(JdbcClient client, long id) {
        return client.sql("select * from editor where id = :id")
                .param("id", id)
                .query(JdbcEditors::editor)
                .optional();
    }

    @Override
    public List<Editor> list() {
        return read.sql("select * from editor order by name")
                .query(JdbcEditors::editor)
                .list();
    }

    @Override
    public void changeRole(Editor editor, Role role) {
        transactions.executeWithoutResult(status -> {
            if (role != Role.OWNER) {
                checkAnotherOwner(editor);
            }
            write.sql("update editor set role = :role, epoch = epoch + 1 where id = :id")
                    .param("role", role.name())
                    .param("id", editor.id())
                    .update();
        });
    }

    @Override
    public void disable(Editor editor) {
        transactions.executeWithoutResult(status -> {
            checkAnotherOwner(editor);
            write.sql(DISABLE).param("id", editor.id()).update();
        });
    }

    private void checkAnotherOwner(Editor editor) {
        if (write.sql(OTHER_OWNERS).param("id", editor.id()).query(Long.class).single() == 0
                && find(write, editor.id())
                        .filter(now -> now.role() == Role.OWNER && !now.disabled())
                        .isPresent()) {
            throw new IllegalArgumentException(editor.name()
                    + " is the only owner who can act; make somebody else one first: courant users role NAME owner");
        }
    }

    @Override
    public void enable(Editor editor) {
        write.sql("update editor set disabled = false where id = :id")
                .param("id", editor.id())
                .update();
    }

    @Override
    public void seen(Editor editor, Instant at) {
        write.sql("update editor set seen_at = :at where id = :id")
                .param("at", at.toEpochMilli())
                .param("id", editor.id())
                .update();
    }

    static Editor editor(ResultSet row, int number) throws SQLException {
        return new Editor(
                row.getLong("id"),
                row.getString("name"),
                Role.valueOf(row.getString("role")),
                row.getBoolean("disabled"),
                row.getString("password") != null,
                row.getString("secret") != null,
                Instant.ofEpochMilli(row.getLong("made_at")),
                Rows.instant(row, "seen_at"),
                row.getLong("epoch"));
    }
}
