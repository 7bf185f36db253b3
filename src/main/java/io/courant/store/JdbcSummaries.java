package io.courant.store;

import io.courant.issue.Summaries;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

class JdbcSummaries implements Summaries {
    private final JdbcClient write;
    private final JdbcClient read;

    JdbcSummaries(JdbcClient write, JdbcClient read) {
        this.write = write;
        this.read = read;
    }

    @Override
    public Optional<String> find(String question) {
        return read.sql("select text from summary where question = :question")
                .param("question", question)
                .query(String.class)
                .optional();
    }

    @Override
    public void keep(String question, String summary) {
        write.sql("insert into summary (question, text) values (:question, :text) on conflict (question) do nothing")
                .param("question", question)
                .param("text", summary)
                .update();
    }
}
