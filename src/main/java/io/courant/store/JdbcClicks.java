package io.courant.store;

import io.courant.delivery.Clicks;
import io.courant.issue.IssueId;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

class JdbcClicks implements Clicks {
    private static final String ADD = """
            update link set clicks = case when clicks + :change > 0 then clicks + :change else 0 end
            where issue_id = (select id from issue where name = :issue) and number = :number
            """;
    private static final String TARGET = """
            select url from link where issue_id = (select id from issue where name = :issue) and number = :number
            """;
    private static final String ALL = """
            select number, url, case when clicks >= :least then clicks end as clicks
            from link where issue_id = (select id from issue where name = :issue) order by number
            """;

    private final JdbcClient write;
    private final JdbcClient read;

    JdbcClicks(JdbcClient write, JdbcClient read) {
        this.write = write;
        this.read = read;
    }

    @Override
    public Optional<URI> target(IssueId issue, long number) {
        return read.sql(TARGET)
                .param("issue", issue.value())
                .param("number", number)
                .query((row, index) -> URI.create(row.getString("url")))
                .optional();
    }

    @Override
    public void add(IssueId issue, long number, int change) {
        write.sql(ADD)
                .param("issue", issue.value())
                .param("number", number)
                .param("change", change)
                .update();
    }

    @Override
    public List<Link> of(IssueId issue) {
        return read.sql(ALL)
                .param("issue", issue.value())
                .param("least", LEAST)
                .query((row, index) -> {
                    long clicks = row.getLong("clicks");
                    boolean few = row.wasNull();
                    return new Link(row.getInt("number"), URI.create(row.getString("url")), few ? null : clicks);
                })
                .list();
    }
}
