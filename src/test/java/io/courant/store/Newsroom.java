package io.courant.store;

import io.courant.audience.EmailAddress;
import io.courant.audience.Mailbox;
import io.courant.audience.Segment;
import io.courant.audience.Subscriber;
import io.courant.audience.Subscribers.NewSubscriber;
import io.courant.delivery.Press;
import io.courant.delivery.Samples;
import io.courant.issue.Issue;
import io.courant.issue.IssueId;
import io.courant.issue.NewSections.Fate;
import io.courant.issue.Newsletter;
import io.courant.issue.Summariser;
import io.courant.post.FetchPolicy;
import io.courant.post.Source;
import io.courant.render.Renderer;
import io.courant.render.TemplateFolder;
import io.courant.section.Assigner;
import io.courant.section.Collector;
import io.courant.section.Sectioner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Feeds that change as told, newsletters that read them, and a clock that is set: the way of an item from its feed into
 * an issue, on a real database, without mail.
 */
final class Newsroom implements AutoCloseable {
    private final Path folder;
    private final TestStore store;
    private final Map<String, TestFeed> feeds = new LinkedHashMap<>();
    private final Map<String, Newsletter> newsletters = new LinkedHashMap<>();
    private Instant now = Instant.EPOCH;

    Newsroom(Path folder) {
        this.folder = folder;
        this.store = new TestStore(folder.resolve("home"));
    }

    /** A feed that shows its newest entries. */
    private static final class TestFeed {
        private final Map<String, Entry> entries = new LinkedHashMap<>();
        private int window = 1000;
        private boolean broken;
    }

    /** An entry; of a text only its name is given. */
    record Entry(
            String title,
            String guid,
            String link,
            @Nullable String date,
            String text) {}

    void setClock(Instant now) {
        this.now = now;
    }

    Source feed(String name, int window, Source.Terms terms) {
        TestFeed feed = new TestFeed();
        feed.window = window;
        feeds.put(name, feed);
        write(name);
        return new Source(
                terms.identity() == Source.Identity.GUID ? name : name + " by " + terms.identity(),
                name,
                new Source.FeedFile(folder.resolve(name + ".xml")),
                terms);
    }

    void newsletter(String name, ZoneId zone, Newsletter.Quotas quotas, List<Source> sources) {
        // each has a reader of its own, since nobody gets from one what they have from another
        store.subscribers()
                .merge(List.of(new NewSubscriber(
                        new EmailAddress(name + "@example.org"),
                        "",
                        Subscriber.State.ACTIVE,
                        List.of(name),
                        Instant.EPOCH)));
        newsletters.put(
                name,
                new Newsletter(
                        name,
                        name,
                        Mailbox.parse("News <news@example.org>"),
                        null,
                        "1 Street",
                        URI.create("https://news.example.org"),
                        Locale.ENGLISH,
                        zone,
                        sources,
                        List.of(),
                        false,
                        Segment.tagged(Set.of(name)),
                        "digest",
                        quotas,
                        false));
    }

    void publish(String feed, Entry entry) {
        of(feed).entries.put(entry.title(), entry);
        write(feed);
    }

    Entry entry(String feed, String title) {
        return Objects.requireNonNull(of(feed).entries.get(title), title);
    }

    void retract(String feed, String title) {
        of(feed).entries.remove(title);
        write(feed);
    }

    void breakDown(String feed, boolean broken) {
        of(feed).broken = broken;
        write(feed);
    }

    private TestFeed of(String feed) {
        return Objects.requireNonNull(feeds.get(feed), feed);
    }

    private void write(String name) {
        TestFeed feed = of(name);
        StringBuilder xml = new StringBuilder("<rss version=\"2.0\"><channel><title>" + name + "</title>");
        List<Entry> newestFirst = new ArrayList<>(feed.entries.values());
        Collections.reverse(newestFirst);
        newestFirst.stream()
                .limit(feed.window)
                .forEach(entry -> xml.append("<item><title>" + entry.title() + "</title>")
                        .append("<guid isPermaLink=\"false\">" + entry.guid() + "</guid><link>" + entry.link()
                                + "</link>")
                        .append(entry.date() == null ? "" : "<pubDate>" + entry.date() + "</pubDate>")
                        .append("<description>&lt;p&gt;" + text(entry.text()) + "&lt;/p&gt;</description></item>"));
        try {
            Files.writeString(folder.resolve(name + ".xml"), feed.broken ? "out of order" : xml + "</channel></rss>");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** 120 words that no other name gives in this order; each + at its end stands for an edit. */
    private static String text(String edited) {
        String name = edited.replace("+", "");
        StringBuilder text = new StringBuilder("Edited. ".repeat(edited.length() - name.length()));
        Random random = new Random(name.hashCode());
        for (int i = 0; i < 120; i++) {
            for (int letters = 3 + random.nextInt(5); letters > 0; letters--) {
                text.append((char) ('a' + random.nextInt(26)));
            }
            text.append(i % 12 == 11 ? ". " : " ");
        }
        return text.toString();
    }

    Collector.Collected collect(String newsletter) {
        InstantSource clock = InstantSource.fixed(now);
        return new Collector(new Sectioner(), store.sources(), store.posts(), clock)
                .collect(newsletter, newsletter(newsletter).sources(), FetchPolicy.DEFAULT, done -> {});
    }

    /** Collects and composes; the issue, if there is anything new. */
    Optional<Issue> run(String newsletter) {
        collect(newsletter);
        return compose(newsletter);
    }

    Optional<Issue> compose(String name) {
        Newsletter newsletter = newsletter(name);
        Renderer renderer = new Renderer(new TemplateFolder(Path.of("templates")), Renderer.randomNonces());
        Press press = new Press(
                new Assigner(store.posts(), store.assignments()),
                store.newSections(),
                store.edits(),
                store.issues(),
                new Summariser(store.summaries()),
                renderer);
        Press.Proof proof = press.proof(newsletter, now);
        store.newSections().repeated(newsletter, proof.repeats());
        if (!(proof instanceof Press.Proof.Printed printed)) {
            return Optional.empty();
        }
        Samples.freeze(store.issues(), newsletter, printed.issue(), printed.draft(), printed.message());
        return Optional.of(printed.issue());
    }

    /** The newest issue of a newsletter comes to its end, with every delivery in this state. */
    void end(String newsletter, String state) {
        IssueId id = store.issues().list(newsletter).get(0);
        store.sql()
                .sql("update delivery set state = :state where issue_id = (select id from issue where name = :name)")
                .param("state", state)
                .param("name", id.value())
                .update();
        store.issues().finish(id, now);
    }

    void cancel(String newsletter) {
        store.issues().cancel(store.issues().list(newsletter).get(0), now);
    }

    /** Whether the newest issue of a newsletter may still be ended or cancelled. */
    boolean isOpen(String newsletter) {
        IssueId id = store.issues().list(newsletter).get(0);
        return !store.issues().state(id).orElseThrow().isOver();
    }

    List<Fate> fates(String newsletter) {
        return store.newSections().fates(newsletter(newsletter), now, Instant.EPOCH);
    }

    private Newsletter newsletter(String name) {
        return Objects.requireNonNull(newsletters.get(name), name);
    }

    @Override
    public void close() {
        store.close();
    }
}
