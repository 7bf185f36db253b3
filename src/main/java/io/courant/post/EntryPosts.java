package io.courant.post;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jsoup.Jsoup;
import org.jspecify.annotations.Nullable;

/** Makes posts of the entries of a source, one after the other; entries that are none are problems. */
final class EntryPosts {
    private final Source source;
    private final String where;
    private final @Nullable String language;
    private final Set<String> ambiguous;
    private final Set<URI> ambiguousLinks;
    private final Consumer<Post> posts;
    private final List<Problem> problems = new ArrayList<>();
    private int number;

    /** For entries that come one by one, each with a guid of its own. */
    EntryPosts(Source source, String where, Consumer<Post> posts) {
        this(source, where, new Feed("", null, null, List.of()), posts);
    }

    private EntryPosts(Source source, String where, Feed feed, Consumer<Post> posts) {
        this.source = source;
        this.where = where;
        this.language = feed.language();
        this.ambiguous = ambiguous(feed.entries(), Feed.Entry::id);
        this.ambiguousLinks = ambiguous(feed.entries(), Feed.Entry::link);
        this.posts = posts;
    }

    /** Takes all of a feed; what is wrong with it. */
    static List<Problem> of(Source source, String where, Feed feed, Consumer<Post> posts) {
        EntryPosts all = new EntryPosts(source, where, feed, posts);
        feed.entries().forEach(all::add);
        return all.problems();
    }

    void add(Feed.Entry entry) {
        number++;
        String title = FeedForm.title(entry);
        if (title.isEmpty()) {
            problems.add(new Problem(
                    where + ", entry " + number + (entry.title().isEmpty() ? "" : " '" + entry.title() + "'"),
                    "is empty: it has neither a title nor a text"));
        } else {
            posts.accept(post(entry, title));
        }
    }

    private Post post(Feed.Entry entry, String title) {
        Source.Identity identity = identity(entry);
        // a picture or nothing at all: the title is what there is to read, and the link leads to the rest
        Body body = hasText(entry.body()) ? entry.body() : new Body(Body.Form.TEXT, title);
        Instant published = Dates.possible(entry.published());
        Instant updated = Dates.possible(entry.updated());
        return new Post(
                source.key(),
                identity.of(entry.id(), entry.link(), title, entry.body()),
                entry.link(),
                title,
                entry.author(),
                published != null ? published : updated,
                updated,
                language,
                entry.categories(),
                body);
    }

    private static boolean hasText(Body body) {
        return !Blank.is(
                body.form() == Body.Form.HTML
                        ? Jsoup.parseBodyFragment(body.content()).text()
                        : body.content());
    }

    /**
     * What identifies an entry. A feed without guids has links for them, or titles: a link to a whole site, and a title
     * such as "Daily report", stand for many.
     */
    private Source.Identity identity(Feed.Entry entry) {
        URI link = entry.link();
        boolean ofNoPage = link != null && link.toString().equals(entry.id()) && isSite(link);
        boolean titleOnly = link == null && entry.id().equals(entry.title());
        if (ambiguous.contains(entry.id()) || ofNoPage || titleOnly) {
            return link == null || isSite(link) || ambiguousLinks.contains(link)
                    ? Source.Identity.CONTENT
                    : Source.Identity.LINK;
        }
        return source.terms().identity() == Source.Identity.LINK && link != null && ambiguousLinks.contains(link)
                ? Source.Identity.CONTENT
                : source.terms().identity();
    }

    private static boolean isSite(URI link) {
        String path = link.getPath() == null ? "" : link.getPath();
        return path.length() <= 1 && link.getQuery() == null && link.getFragment() == null;
    }

    /** How many entries were taken. */
    int number() {
        return number;
    }

    List<Problem> problems() {
        return problems;
    }

    /** Guids, or links, under which a feed has entries that say different things: they identify none of them. */
    private static <K> Set<K> ambiguous(List<Feed.Entry> entries, Function<Feed.Entry, @Nullable K> key) {
        Map<K, String> said = new HashMap<>();
        Set<K> ambiguous = new HashSet<>();
        for (Feed.Entry entry : entries) {
            K of = key.apply(entry);
            String says = hasText(entry.body()) ? entry.body().content() : entry.title();
            String other = of == null ? null : said.putIfAbsent(of, says);
            if (of != null && other != null && !other.equals(says)) {
                ambiguous.add(of);
            }
        }
        return ambiguous;
    }
}
