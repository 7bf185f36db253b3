package io.courant.store;

import io.courant.issue.Edit;
import io.courant.issue.Edits;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

class JdbcEdits implements Edits {
    private static final String COLUMNS = " number, kind, about, value, at, editor ";

    private static final String COUNT = "select" + COLUMNS + """
            from edit where newsletter = :newsletter and not undone and issue_id is null order by number
            """;
    private static final String NOTE = """
            insert into edit (newsletter, kind, about, value, at, editor)
            values (:newsletter, :kind, :about, :value, :at, :editor)
            """;
    private static final String UNDO = """
            update edit set undone = true
            where number = (select max(number) from edit
                            where newsletter = :newsletter and not undone and issue_id is null)
            returning
            """ + COLUMNS;

    /** What was taken back before an edit is made is gone for good, also when that one is taken back, too. */
    private static final String FORGET = "delete from edit where newsletter = :newsletter and undone";

    private static final String UNDONE = """
            (select min(number) from edit
             where newsletter = :newsletter and undone
               and number > (select coalesce(max(number), 0) from edit
                             where newsletter = :newsletter and not undone))
            """;

    private static final String REDO =
            "update edit set undone = false where number = " + UNDONE + " returning" + COLUMNS;
    private static final String REDOABLE = "select" + COLUMNS + "from edit where number = " + UNDONE;

    private final JdbcClient write;
    private final JdbcClient read;
    private final TransactionTemplate transactions;

    JdbcEdits(JdbcClient write, JdbcClient read, TransactionTemplate transactions) {
        this.write = write;
        this.read = read;
        this.transactions = transactions;
    }

    @Override
    public List<Edit> of(String newsletter) {
        return read.sql(COUNT)
                .param("newsletter", newsletter)
                .query((row, number) -> edit(row))
                .list();
    }

    @Override
    public void note(String newsletter, Edit edit) {
        transactions.executeWithoutResult(status -> {
            write.sql(FORGET).param("newsletter", newsletter).update();
            write.sql(NOTE)
                    .param("newsletter", newsletter)
                    .param("kind", edit.kind().name())
                    .param("about", edit.about())
                    .param("value", edit.value())
                    .param("at", edit.at().toEpochMilli())
                    .param("editor", edit.by())
                    .update();
        });
    }

    @Override
    public Optional<Edit> undo(String newsletter) {
        return changed(UNDO, newsletter);
    }

    @Override
    public Optional<Edit> redo(String newsletter) {
        return changed(REDO, newsletter);
    }

    @Override
    public Optional<Edit> undone(String newsletter) {
        return one(read, REDOABLE, newsletter);
    }

    private Optional<Edit> changed(String statement, String newsletter) {
        return Objects.requireNonNull(transactions.execute(status -> one(write, statement, newsletter)));
    }

    private static Optional<Edit> one(JdbcClient client, String statement, String newsletter) {
        return client.sql(statement)
                .param("newsletter", newsletter)
                .query((row, number) -> edit(row))
                .optional();
    }

    private static Edit edit(ResultSet row) throws SQLException {
        return new Edit(
                row.getLong("number"),
                Edit.Kind.valueOf(row.getString("kind")),
                row.getString("about"),
                row.getString("value"),
                Instant.ofEpochMilli(row.getLong("at")),
                row.getString("editor"));
    }
}
