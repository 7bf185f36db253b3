package io.courant.store;

import io.courant.editor.Act;
import io.courant.editor.AuditLog;
import io.courant.editor.Seal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

class JdbcAuditLog implements AuditLog {
    private static final String LAST = "select number, seal from act order by number desc limit 1";
    private static final String NOTE = """
            insert into act (number, at, who, origin, what, subject, detail, before, seal)
            values (:number, :at, :who, :from, :what, :subject, :detail, :before, :seal)
            """;
    private static final String LIST = """
            select * from act
            where (cast(:about as text) is null or subject = :about) and (cast(:since as bigint) is null or at >= :since)
              and (cast(:who as text) is null or who = :who) and (cast(:before as bigint) is null or number < :before)
            order by number desc limit :limit
            """;
    private static final String WHOLE = "select * from act order by number";

    private final JdbcClient write;
    private final JdbcClient read;
    private final TransactionTemplate transactions;
    private final TransactionTemplate reading;

    JdbcAuditLog(JdbcClient write, JdbcClient read, TransactionTemplate transactions, Database database) {
        this.write = write;
        this.read = read;
        this.transactions = transactions;
        this.reading = database.reading();
    }

    private record Place(long number, Seal seal) {}

    @Override
    public void note(Act act) {
        transactions.executeWithoutResult(status -> {
            Place last = write.sql(LAST)
                    .query((row, number) -> new Place(row.getLong("number"), new Seal(row.getString("seal"))))
                    .optional()
                    .orElse(new Place(0, Seal.FIRST));
            long number = last.number() + 1;
            write.sql(NOTE)
                    .param("number", number)
                    .param("at", act.at().toEpochMilli())
                    .param("who", act.who())
                    .param("from", act.from())
                    .param("what", act.what())
                    .param("subject", act.subject())
                    .param("detail", act.detail())
                    .param("before", last.seal().hex())
                    .param("seal", last.seal().next(number, act).hex())
                    .update();
        });
    }

    @Override
    public List<Entry> list(Filter filter) {
        return read.sql(LIST)
                .param("about", filter.about())
                .param("since", Rows.millis(filter.since()))
                .param("who", filter.who())
                .param("before", filter.before())
                .param("limit", filter.limit())
                .query(JdbcAuditLog::entry)
                .list();
    }

    @Override
    public Finding verify() {
        Walk walk = new Walk();
        reading.executeWithoutResult(status -> {
            try (Stream<Linked> acts =
                    read.sql(WHOLE).withFetchSize(Database.FETCHED).query(JdbcAuditLog::linked).stream()) {
                acts.forEachOrdered(walk::pass);
            }
        });
        return new Finding(walk.acts, walk.broken, walk.last);
    }

    /** An act, and the seal that it says the one before it has. */
    private record Linked(Entry entry, Seal before) {}

    /** Goes from act to act and remembers the first that does not follow from those before. */
    private static final class Walk {
        private long acts;
        private @Nullable Long broken;
        private Seal last = Seal.FIRST;

        void pass(Linked linked) {
            acts++;
            Entry entry = linked.entry();
            boolean follows = entry.number() == acts
                    && linked.before().equals(last)
                    && entry.seal().equals(last.next(acts, entry.act()));
            if (!follows && broken == null) {
                broken = acts;
            }
            last = entry.seal();
        }
    }

    private static Linked linked(ResultSet row, int number) throws SQLException {
        return new Linked(entry(row, number), new Seal(row.getString("before")));
    }

    private static Entry entry(ResultSet row, int number) throws SQLException {
        Act act = new Act(
                Instant.ofEpochMilli(row.getLong("at")),
                row.getString("who"),
                row.getString("origin"),
                row.getString("what"),
                row.getString("subject"),
                row.getString("detail"));
        return new Entry(row.getLong("number"), act, new Seal(row.getString("seal")));
    }
}
