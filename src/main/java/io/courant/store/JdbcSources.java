package io.courant.store;

import io.courant.post.SourceState;
import io.courant.post.Sources;
import io.courant.post.Validators;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

class JdbcSources implements Sources {
    private static final String KEEP = """
            insert into source (key, standing, moved_to, etag, last_modified, looked, read, failures, problem, next,
                                entries)
            values (:key, :standing, :movedTo, :etag, :lastModified, :looked, :read, :failures, :problem, :next,
                    :entries)
            on conflict (key) do update set
              standing = excluded.standing, moved_to = excluded.moved_to, etag = excluded.etag,
              last_modified = excluded.last_modified, looked = excluded.looked, read = excluded.read,
              failures = excluded.failures, problem = excluded.problem, next = excluded.next,
              entries = excluded.entries
            """;
    private static final String FORGET = """
            delete from subscription
            where newsletter = :newsletter and source not in (select value from json_each(:sources))
            """;
    /** A clock that was ahead for a while must not hide what comes after. */
    private static final String SUBSCRIBE = """
            insert into subscription (newsletter, source, since, is_read) values (:newsletter, :source, :since, false)
            on conflict (newsletter, source) do update set since = excluded.since where excluded.since < subscription.since
            """;

    private static final String POSTS = """
            select source, count(distinct item) as posts from post
            where source in (select value from json_each(:sources)) group by source
            """;

    private final JdbcClient write;
    private final JdbcClient read;
    private final TransactionTemplate transactions;

    JdbcSources(JdbcClient write, JdbcClient read, TransactionTemplate transactions) {
        this.write = write;
        this.read = read;
        this.transactions = transactions;
    }

    @Override
    public SourceState state(String key) {
        return read.sql("select * from source where key = :key")
                .param("key", key)
                .query((row, number) -> state(row))
                .optional()
                .orElseGet(() -> SourceState.unknown(key));
    }

    private static SourceState state(ResultSet row) throws SQLException {
        String movedTo = row.getString("moved_to");
        return new SourceState(
                row.getString("key"),
                SourceState.Standing.valueOf(row.getString("standing")),
                movedTo == null ? null : URI.create(movedTo),
                new Validators(row.getString("etag"), row.getString("last_modified")),
                Rows.instant(row, "looked"),
                Rows.instant(row, "read"),
                row.getInt("failures"),
                row.getString("problem"),
                Rows.instant(row, "next"),
                row.getInt("entries"));
    }

    @Override
    public void keep(SourceState state) {
        keep(write, state);
    }

    /** Within a transaction that keeps what was read as well. */
    static void keep(JdbcClient write, SourceState state) {
        write.sql(KEEP)
                .param("key", state.key())
                .param("standing", state.standing().name())
                .param("movedTo", text(state.movedTo()))
                .param("etag", state.validators().etag())
                .param("lastModified", state.validators().lastModified())
                .param("looked", Rows.millis(state.looked()))
                .param("read", Rows.millis(state.read()))
                .param("failures", state.failures())
                .param("problem", state.problem())
                .param("next", Rows.millis(state.next()))
                .param("entries", state.entries())
                .update();
    }

    private static @Nullable String text(@Nullable URI uri) {
        return uri == null ? null : uri.toString();
    }

    @Override
    public Set<String> subscribe(String newsletter, Collection<String> keys, Instant now) {
        Set<String> fresh = new LinkedHashSet<>();
        transactions.executeWithoutResult(status -> {
            write.sql(FORGET)
                    .param("newsletter", newsletter)
                    .param("sources", Json.write(keys))
                    .update();
            for (String key : keys) {
                write.sql(SUBSCRIBE)
                        .param("newsletter", newsletter)
                        .param("source", key)
                        .param("since", now.toEpochMilli())
                        .update();
            }
            fresh.addAll(write.sql("select source from subscription where newsletter = :newsletter and not is_read")
                    .param("newsletter", newsletter)
                    .query(String.class)
                    .list());
        });
        return fresh;
    }

    @Override
    public void wasRead(String newsletter, String key) {
        write.sql("""
                        update subscription set is_read = true
                        where newsletter = :newsletter and source = :source and not is_read
                        """).param("newsletter", newsletter).param("source", key).update();
    }

    @Override
    public Map<String, Long> posts(List<String> keys) {
        Map<String, Long> posts = new LinkedHashMap<>();
        read.sql(POSTS).param("sources", Json.write(keys)).query(row -> {
            posts.put(row.getString("source"), row.getLong("posts"));
        });
        return posts;
    }
}
