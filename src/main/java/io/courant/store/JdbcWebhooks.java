package io.courant.store;

import io.courant.report.Webhooks;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

class JdbcWebhooks implements Webhooks {
    private static final String KEEP = """
            insert into webhook_message (id, newsletter, url, event, body, subscriber_id, made_at, due_at)
            values (:id, :newsletter, :url, :event, :body, :subscriber, :now, :now)
            """;
    private static final String DUE = """
            select * from webhook_message
            where state = 'WAITING' and due_at <= :now and url not in (select value from json_each(:except))
            order by number limit :most
            """;
    private static final String FORGET = "delete from webhook_message where state <> 'WAITING' and made_at < :old";
    private static final String CLAIM = """
            update webhook_message set due_at = :until, tries = tries + 1, tried_at = :now
            where number = :number and state = 'WAITING' and due_at = :due
            """;
    private static final String SETTLE = """
            update webhook_message set state = :state, due_at = :due, answer = :answer where number = :number
            """;
    private static final String RETRY = """
            update webhook_message set state = 'WAITING', due_at = :now, made_at = :now
            where state <> 'DELIVERED' and (cast(:id as text) is null or id = :id)
            """;

    private final JdbcClient write;
    private final JdbcClient read;
    private final TransactionTemplate transactions;

    JdbcWebhooks(JdbcClient write, JdbcClient read, TransactionTemplate transactions) {
        this.write = write;
        this.read = read;
        this.transactions = transactions;
    }

    @Override
    public List<Happening> happenings(long after, int most) {
        return read.sql("select * from happening where id > :after order by id limit :most")
                .param("after", after)
                .param("most", most)
                .query((row, number) -> new Happening(
                        row.getLong("id"),
                        row.getString("event"),
                        row.getString("newsletter"),
                        row.getString("issue"),
                        number(row, "subscriber_id"),
                        row.getString("kind"),
                        Rows.instant(row, "at")))
                .list();
    }

    private static @Nullable Long number(ResultSet row, String column) throws SQLException {
        long number = row.getLong(column);
        return row.wasNull() ? null : number;
    }

    @Override
    public void tell(Happening happening, List<Draft> drafts, Instant now) {
        transactions.executeWithoutResult(status -> {
            int told = write.sql("delete from happening where id = :id")
                    .param("id", happening.number())
                    .update();
            if (told == 1) {
                drafts.forEach(draft -> keep(draft, now));
            }
        });
    }

    private void keep(Draft draft, Instant now) {
        write.sql(KEEP)
                .param("id", draft.id())
                .param("newsletter", draft.newsletter())
                .param("url", draft.url().toString())
                .param("event", draft.event())
                .param("body", draft.body())
                .param("subscriber", draft.subscriber())
                .param("now", now.toEpochMilli())
                .update();
    }

    @Override
    public List<Message> due(Instant now, Set<URI> except, int most) {
        List<Message> due = read.sql(DUE)
                .param("now", now.toEpochMilli())
                .param("except", Json.write(except))
                .param("most", most)
                .query((row, number) -> message(row))
                .list();
        if (!due.isEmpty()) {
            write.sql(FORGET).param("old", now.minus(KEPT).toEpochMilli()).update();
        }
        return due;
    }

    private static Message message(ResultSet row) throws SQLException {
        return new Message(
                row.getLong("number"),
                new Draft(
                        row.getString("id"),
                        row.getString("newsletter"),
                        URI.create(row.getString("url")),
                        row.getString("event"),
                        row.getString("body"),
                        number(row, "subscriber_id")),
                State.valueOf(row.getString("state")),
                Instant.ofEpochMilli(row.getLong("made_at")),
                Instant.ofEpochMilli(row.getLong("due_at")),
                row.getInt("tries"),
                Rows.instant(row, "tried_at"),
                row.getString("answer"));
    }

    @Override
    public boolean claim(Message message, Instant now, Instant until) {
        return write.sql(CLAIM)
                        .param("until", until.toEpochMilli())
                        .param("now", now.toEpochMilli())
                        .param("number", message.number())
                        .param("due", message.due().toEpochMilli())
                        .update()
                == 1;
    }

    @Override
    public void settle(Message message, State state, Instant due, String answer) {
        write.sql(SETTLE)
                .param("state", state.name())
                .param("due", due.toEpochMilli())
                .param("answer", answer)
                .param("number", message.number())
                .update();
    }

    @Override
    public List<Message> list(int most) {
        return read.sql("select * from webhook_message order by number desc limit :most")
                .param("most", most)
                .query((row, number) -> message(row))
                .list();
    }

    @Override
    public int retry(@Nullable String id, Instant now) {
        return write.sql(RETRY).param("id", id).param("now", now.toEpochMilli()).update();
    }

    @Override
    public @Nullable String address(long subscriber) {
        return read.sql("select address from subscriber where id = :id and address <> ''")
                .param("id", subscriber)
                .query(String.class)
                .optional()
                .orElse(null);
    }
}
