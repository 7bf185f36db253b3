package io.courant.store;

import io.courant.delivery.DomainGroups;
import io.courant.issue.IssueId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What rows of several tables have in common: instants are epoch milliseconds, an issue is known by its id. */
final class Rows {
    private Rows() {}

    static @Nullable Long millis(@Nullable Instant instant) {
        return instant == null ? null : instant.toEpochMilli();
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }

    /** A domain group as its column holds it: most rows are of none in particular, and take no room for saying so. */
    static String groupColumn(String group) {
        return group.equals(DomainGroups.OTHERS) ? "" : group;
    }

    /** What {@link #groupColumn} gave. */
    static String group(String column) {
        return column.isEmpty() ? DomainGroups.OTHERS : column;
    }

    /** What other tables call the issue. */
    static Optional<Long> issueId(JdbcClient client, IssueId issue) {
        return client.sql("select id from issue where name = :name")
                .param("name", issue.value())
                .query(Long.class)
                .optional();
    }
}
