package io.courant.store;

import io.courant.editor.Digest;
import io.courant.editor.KeptAnswers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

class JdbcKeptAnswers implements KeptAnswers {
    private static final String FORGET = "delete from kept_answer where claimed_at <= :old";
    private static final String CLAIM = """
            insert into kept_answer (token_id, word, request, claimed_at) values (:token, :word, :request, :now)
            on conflict (token_id, word) do nothing
            """;
    private static final String FIND = """
            select request, status, type, location, body from kept_answer where token_id = :token and word = :word
            """;
    private static final String KEEP = """
            update kept_answer set status = :status, type = :type, location = :location, body = :body
            where token_id = :token and word = :word
            """;
    private static final String RELEASE = """
            delete from kept_answer where token_id = :token and word = :word and status is null
            """;

    private final JdbcClient write;
    private final TransactionTemplate transactions;

    JdbcKeptAnswers(JdbcClient write, TransactionTemplate transactions) {
        this.write = write;
        this.transactions = transactions;
    }

    @Override
    public Claim claim(Key key, Digest request, Instant now) {
        Claim claim = transactions.execute(status -> {
            write.sql(FORGET).param("old", now.minus(KEPT).toEpochMilli()).update();
            int claimed = about(CLAIM, key)
                    .param("request", request.hex())
                    .param("now", now.toEpochMilli())
                    .update();
            return claimed == 1
                    ? new Claim.Fresh()
                    : about(FIND, key)
                            .query((row, number) -> before(row, request))
                            .single();
        });
        if (claim == null) {
            throw new IllegalStateException("a claim was neither made nor found");
        }
        return claim;
    }

    private static Claim before(ResultSet row, Digest request) throws SQLException {
        if (!row.getString("request").equals(request.hex())) {
            return new Claim.Taken();
        }
        int status = row.getInt("status");
        return status == 0
                ? new Claim.UnderWay()
                : new Claim.Done(
                        new Answer(status, row.getString("type"), row.getString("location"), row.getString("body")));
    }

    @Override
    public void keep(Key key, Answer answer) {
        about(KEEP, key)
                .param("status", answer.status())
                .param("type", answer.type())
                .param("location", answer.location())
                .param("body", answer.body())
                .update();
    }

    @Override
    public void release(Key key) {
        about(RELEASE, key).update();
    }

    private JdbcClient.StatementSpec about(String sql, Key key) {
        return write.sql(sql).param("token", key.token()).param("word", key.word());
    }
}
