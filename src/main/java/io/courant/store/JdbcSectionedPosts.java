package io.courant.store;

import io.courant.post.Post;
import io.courant.section.Outline;
import io.courant.section.Section;
import io.courant.section.SectionedPosts;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

class JdbcSectionedPosts implements SectionedPosts {
    private static final String KEEP_POST = """
            insert into post (source, source_id, link, title, author, published, updated, seen, language, categories,
                              form, content, intro, tail)
            values (:source, :id, :link, :title, :author, :published, :updated, :seen, :language, :categories,
                    :form, :content, :intro, :tail)
            on conflict (source, source_id) do nothing
            returning id
            """;
    private static final String KEEP_SECTION = """
            insert into section (post_id, position, heading, subheadings, text)
            values (:post, :position, :heading, :subheadings, :text)
            """;
    private static final String SELECT = """
            select s.id, s.heading, s.subheadings, s.text, p.title, p.link, p.source, p.published
            from section s join post p on p.id = s.post_id
            """;

    private final JdbcClient write;
    private final JdbcClient read;
    private final TransactionTemplate transactions;

    JdbcSectionedPosts(JdbcClient write, JdbcClient read, TransactionTemplate transactions) {
        this.write = write;
        this.read = read;
        this.transactions = transactions;
    }

    @Override
    public boolean keep(Post post, Outline outline, Instant seen) {
        return Boolean.TRUE.equals(transactions.execute(status -> {
            Optional<Long> id = keepPost(post, outline, seen);
            id.ifPresent(postId -> keepSections(postId, outline.sections()));
            return id.isPresent();
        }));
    }

    private Optional<Long> keepPost(Post post, Outline outline, Instant seen) {
        return write.sql(KEEP_POST)
                .param("source", post.source())
                .param("id", post.id())
                .param("link", text(post.link()))
                .param("title", outline.title())
                .param("author", post.author())
                .param("published", post.published().toEpochMilli())
                .param("updated", Rows.millis(post.updated()))
                .param("seen", seen.toEpochMilli())
                .param("language", post.language())
                .param("categories", Json.write(post.categories()))
                .param("form", post.body().form().name())
                .param("content", post.body().content())
                .param("intro", outline.intro())
                .param("tail", outline.tail() == null ? null : Json.write(outline.tail()))
                .query(Long.class)
                .optional();
    }

    private void keepSections(long post, List<Section> sections) {
        for (int position = 0; position < sections.size(); position++) {
            Section section = sections.get(position);
            write.sql(KEEP_SECTION)
                    .param("post", post)
                    .param("position", position)
                    .param("heading", section.heading())
                    .param("subheadings", Json.write(section.subheadings()))
                    .param("text", section.text())
                    .update();
        }
    }

    @Override
    public List<KeptSection> sections(Collection<String> sources) {
        if (sources.isEmpty()) {
            return List.of();
        }
        return read.sql(SELECT + "where p.source in (:sources) order by s.id")
                .param("sources", sources)
                .query((row, number) -> section(row))
                .list();
    }

    /** Reads a row with the columns of a section and its post. */
    static KeptSection section(ResultSet row) throws SQLException {
        String link = row.getString("link");
        return new KeptSection(
                row.getLong("id"),
                new Section(
                        row.getString("heading"), Json.strings(row.getString("subheadings")), row.getString("text")),
                row.getString("title"),
                link == null ? null : URI.create(link),
                row.getString("source"),
                Instant.ofEpochMilli(row.getLong("published")));
    }

    private static @Nullable String text(@Nullable URI uri) {
        return uri == null ? null : uri.toString();
    }
}
