package io.courant.store;

import io.courant.post.Post;
import io.courant.post.Source;
import io.courant.post.SourceState;
import io.courant.section.Outline;
import io.courant.section.Section;
import io.courant.section.SectionedPosts;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

class JdbcSectionedPosts implements SectionedPosts {
    private static final String KEEP_POST = """
            insert into post (source, source_id, item, revision, fingerprint, link, title, author, published,
                              updated, seen, last_seen, read_before, archived, language, categories, form, content,
                              intro, tail)
            values (:source, :id, :item, :revision, :fingerprint, :link, :title, :author, :published,
                    :updated, :seen, :lastSeen, :readBefore, :archived, :language, :categories, :form, :content,
                    :intro, :tail)
            returning id
            """;
    private static final String KNOWN = """
            select revision, fingerprint, seen, published, read_before, archived from post
            where source = :source and item = :item order by revision desc limit 1
            """;
    private static final String SEEN = """
            update post set last_seen = :seen
            where source = :source and item in (select value from json_each(:items))
            """;
    private static final String UNCHANGED = """
            update post set last_seen = :seen where source = :source and last_seen = :before
            """;
    private static final String KEEP_SECTION = """
            insert into section (post_id, position, heading, subheadings, text)
            values (:post, :position, :heading, :subheadings, :text)
            """;
    private static final String SELECT = """
            select s.id, s.heading, s.subheadings, s.text, p.id as post, p.title, p.link, p.source, p.published,
                   p.revision
            from section s join post p on p.id = s.post_id
            """;

    /** What an editor said of a section holds for the same one of the next revision. */
    private static final List<String> HAND_ON = List.of("""
            insert into choice (newsletter, section_id, choice, chosen_at)
            select h.newsletter, n.id, h.choice, h.chosen_at
            from post p join section s on s.post_id = p.id join choice h on h.section_id = s.id
              join section n on n.post_id = :post and n.position = s.position
            where p.source = :source and p.item = :item and p.revision = :before
            """, """
            insert into assignment (newsletter, section_id, scheme, topics, assignment, corrected_at)
            select a.newsletter, n.id, a.scheme, a.topics, a.assignment, a.corrected_at
            from post p join section s on s.post_id = p.id join assignment a on a.section_id = s.id
              join section n on n.post_id = :post and n.position = s.position
            where p.source = :source and p.item = :item and p.revision = :before and a.corrected_at is not null
            """);

    private static final int BACKGROUND = 5_000;
    /** Of an edited post the newest revision. Ids are found first, so that few texts are read. */
    private static final String NEWEST = SELECT + """
            where s.id in (
              select t.id from post q join section t on t.post_id = q.id
              where q.source in (:sources)
                and not exists (select 1 from post r
                                where r.source = q.source and r.item = q.item and r.revision > q.revision)
              order by t.id desc limit %d)
            order by p.source, s.id
            """.formatted(BACKGROUND);

    private final JdbcClient write;
    private final JdbcClient read;
    private final TransactionTemplate transactions;

    JdbcSectionedPosts(JdbcClient write, JdbcClient read, TransactionTemplate transactions) {
        this.write = write;
        this.read = read;
        this.transactions = transactions;
    }

    @Override
    public Kept keep(
            Source source,
            List<SectionedPost> posts,
            Instant seen,
            @Nullable Instant before,
            @Nullable Instant unchangedSince,
            @Nullable SourceState state) {
        return Objects.requireNonNull(transactions.execute(status -> {
            Set<String> items = new LinkedHashSet<>();
            int fresh = 0;
            int edited = 0;
            for (SectionedPost sectioned : posts) {
                Post post = sectioned.post();
                if (items.add(post.id())) {
                    Optional<Known> known = known(post);
                    if (known.isEmpty()) {
                        keep(sectioned, 1, Age.of(sectioned, seen, before), seen);
                        fresh++;
                    } else if (isRevision(source, post, known.get())) {
                        keep(sectioned, known.get().revision() + 1, known.get().age(), seen);
                        edited++;
                    }
                }
            }
            write.sql(SEEN)
                    .param("seen", seen.toEpochMilli())
                    .param("source", source.key())
                    .param("items", Json.write(items))
                    .update();
            if (unchangedSince != null) {
                write.sql(UNCHANGED)
                        .param("seen", seen.toEpochMilli())
                        .param("source", source.key())
                        .param("before", unchangedSince.toEpochMilli())
                        .update();
            }
            if (state != null) {
                JdbcSources.keep(write, state);
            }
            return new Kept(fresh, edited, posts.size() - fresh - edited);
        }));
    }

    /** The newest revision of a post; those that were kept before revisions were told apart have no fingerprint. */
    private record Known(int revision, @Nullable String fingerprint, Age age) {}

    /** What decides whether a post is news. An edited one is as old as it was before, whatever dates it bears now. */
    private record Age(long seen, long published, @Nullable Long readBefore, boolean archived) {
        static Age of(SectionedPost sectioned, Instant seen, @Nullable Instant before) {
            Instant published = sectioned.post().published();
            return new Age(
                    seen.toEpochMilli(),
                    (published == null || published.isAfter(seen) ? seen : published).toEpochMilli(),
                    Rows.millis(before),
                    sectioned.archived());
        }
    }

    private Optional<Known> known(Post post) {
        return write.sql(KNOWN)
                .param("source", post.source())
                .param("item", post.id())
                .query((row, number) -> new Known(
                        row.getInt("revision"),
                        row.getString("fingerprint"),
                        new Age(
                                row.getLong("seen"),
                                row.getLong("published"),
                                Rows.millis(Rows.instant(row, "read_before")),
                                row.getBoolean("archived"))))
                .optional();
    }

    private static boolean isRevision(Source source, Post post, Known known) {
        return source.terms().updates() != Source.Updates.IGNORE
                && known.fingerprint() != null
                && !known.fingerprint().equals(post.fingerprint());
    }

    private void keep(SectionedPost sectioned, int revision, Age age, Instant lastSeen) {
        Post post = sectioned.post();
        Outline outline = sectioned.outline();
        Long id = write.sql(KEEP_POST)
                .param("source", post.source())
                .param("id", revision == 1 ? post.id() : post.id() + "\n" + revision)
                .param("item", post.id())
                .param("revision", revision)
                .param("fingerprint", post.fingerprint())
                .param("link", text(post.link()))
                .param("title", outline.title())
                .param("author", post.author())
                .param("published", age.published())
                .param("updated", Rows.millis(post.updated()))
                .param("seen", age.seen())
                .param("lastSeen", lastSeen.toEpochMilli())
                .param("readBefore", age.readBefore())
                .param("archived", age.archived())
                .param("language", post.language())
                .param("categories", Json.write(post.categories()))
                .param("form", post.body().form().name())
                .param("content", post.body().content())
                .param("intro", outline.intro())
                .param("tail", outline.tail() == null ? null : Json.write(outline.tail()))
                .query(Long.class)
                .single();
        keepSections(id, outline.sections());
        if (revision > 1) {
            HAND_ON.forEach(statement -> write.sql(statement)
                    .param("post", id)
                    .param("source", post.source())
                    .param("item", post.id())
                    .param("before", revision - 1)
                    .update());
        }
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
        return read.sql(NEWEST)
                .param("sources", sources)
                .query((row, number) -> section(row))
                .list();
    }

    @Override
    public List<KeptSection> sectionsOf(Collection<Long> ids) {
        return read.sql(SELECT + "where s.id in (select cast(value as bigint) from json_each(:ids)) order by s.id")
                .param("ids", Json.write(ids))
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
                row.getLong("post"),
                row.getString("title"),
                link == null ? null : URI.create(link),
                row.getString("source"),
                Instant.ofEpochMilli(row.getLong("published")),
                row.getInt("revision") > 1);
    }

    private static @Nullable String text(@Nullable URI uri) {
        return uri == null ? null : uri.toString();
    }
}
