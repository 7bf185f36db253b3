package io.courant.post;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.post.SourceState.Standing;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One look after the other at a feed over a real connection, with what is remembered in between. */
class FeedLookTest {
    private static final String RSS = """
            <rss version="2.0"><channel><title>A blog</title><item><guid>1</guid><title>One</title>
            <link>https://blog.example/1</link><description>&lt;p&gt;Text of one.&lt;/p&gt;</description></item>
            </channel></rss>
            """;
    private static final String FOUND = "200 OK\nContent-Type: application/rss+xml\nETag: \"v1\"\nLast-Modified: then";

    private final List<Post> posts = new ArrayList<>();
    private WebServer server;
    private SourceState state = SourceState.unknown("feed");
    private Instant now = Instant.parse("2026-11-20T06:00:00Z");
    private int pauseAfter = 3;
    private Set<String> privateHosts = Set.of("127.0.0.1");

    @BeforeEach
    void open() throws IOException {
        server = new WebServer();
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private Look look(boolean whole) {
        FetchPolicy policy = new FetchPolicy(
                2, Duration.ZERO, Duration.ofMinutes(5), Duration.ofSeconds(20), pauseAfter, privateHosts);
        try (PostReader reader = new PostReader(policy, InstantSource.fixed(now))) {
            posts.clear();
            Source source = new Source("feed", "A blog", new Source.FeedUri(URI.create(server.at("/feed"))));
            Look look = reader.look(source, state, whole, now, posts::add);
            state = look.state();
            now = now.plus(Duration.ofDays(1));
            return look;
        }
    }

    private Look look() {
        return look(false);
    }

    private @Nullable String sent(String header) {
        return server.requests.get(server.requests.size() - 1).header(header);
    }

    private static String problem(Look look) {
        assertThat(look.problems()).hasSize(1);
        return look.problems().get(0).what();
    }

    @Test
    void aFeedIsAskedOnlyForWhatHasChanged() {
        server.page("/feed", FOUND, RSS);
        assertThat(look().read()).isTrue();
        assertThat(posts).extracting(Post::title).containsExactly("One");
        assertThat(sent("if-none-match")).isNull();
        server.page("/feed", "304 Not Modified", "");
        Look second = look();
        assertThat(second.read()).isFalse();
        assertThat(second.problems()).isEmpty();
        assertThat(posts).isEmpty();
        assertThat(sent("if-none-match")).isEqualTo("\"v1\"");
        assertThat(sent("if-modified-since")).isEqualTo("then");
        assertThat(state.entries()).isEqualTo(1);
        assertThat(state.read()).isEqualTo("2026-11-21T06:00:00Z");
        assertThat(server.requests).hasSize(2);
    }

    @Test
    void aNewsletterThatIsNewToItReadsItWhole() {
        server.page("/feed", FOUND, RSS);
        look();
        look(true);
        assertThat(sent("if-none-match")).isNull();
        assertThat(posts).hasSize(1);
    }

    @Test
    void whatCannotBeReadIsNotTakenForRead() {
        server.page("/feed", FOUND, "no feed at all");
        assertThat(problem(look())).contains("is neither RSS, Atom nor JSON Feed");
        look();
        assertThat(sent("if-none-match")).isNull();
        assertThat(state.failures()).isEqualTo(2);
        server.page("/feed", FOUND, RSS);
        assertThat(look().problems()).isEmpty();
        assertThat(state.failures()).isZero();
        assertThat(state.isFailing()).isFalse();
    }

    @Test
    void aMoveForGoodIsRememberedAndOneForNowIsNot() {
        server.page("/feed", "302 Found\nLocation: /now", "");
        server.page("/now", FOUND, RSS);
        look();
        assertThat(state.movedTo()).isNull();
        server.page("/feed", "301 Moved Permanently\nLocation: /new", "");
        server.page("/new", FOUND, RSS);
        look();
        assertThat(state.movedTo()).isEqualTo(URI.create(server.at("/new")));
        server.requests.clear();
        look();
        assertThat(server.requests).extracting(WebServer.Request::target).containsExactly("/new");
    }

    @Test
    void whatIsNotWhereItMovedToIsLookedForWhereTheJobFileSays() {
        server.page("/feed", "301 Moved Permanently\nLocation: /new", "");
        server.page("/new", FOUND, RSS);
        look();
        server.page("/new", "404 Not Found", "");
        server.page("/feed", FOUND, RSS);
        server.requests.clear();
        assertThat(look().problems()).isEmpty();
        assertThat(server.requests).extracting(WebServer.Request::target).containsExactly("/new", "/feed");
        assertThat(state.movedTo()).isNull();
        assertThat(posts).hasSize(1);
    }

    @Test
    void thePageOfAFeedIsAskedOnce() {
        server.page(
                "/feed",
                "200 OK\nContent-Type: text/html",
                "<html><link rel=alternate type=application/atom+xml href=/atom>");
        server.page("/atom", FOUND, RSS);
        look();
        assertThat(posts).hasSize(1);
        server.requests.clear();
        look();
        assertThat(server.requests).extracting(WebServer.Request::target).containsExactly("/atom");
    }

    @Test
    void whatIsGoneIsNotAskedAgainUntilAnEditorSaysSo() {
        server.page("/feed", "410 Gone", "");
        assertThat(problem(look())).contains("gone for good (410)");
        assertThat(state.standing()).isEqualTo(Standing.GONE);
        assertThat(problem(look())).contains("gone for good", "'courant sources resume " + server.at("/feed") + "'");
        assertThat(server.requests).hasSize(1);
        server.page("/feed", FOUND, RSS);
        state = state.resumed();
        assertThat(look().problems()).isEmpty();
        assertThat(state.standing()).isEqualTo(Standing.ACTIVE);
    }

    @Test
    void aFeedThatFailsTooOftenIsPausedUntilAnEditorResumesIt() {
        server.page("/feed", "500 Oops", "");
        look();
        look();
        assertThat(state.standing()).isEqualTo(Standing.ACTIVE);
        look();
        assertThat(state.standing()).isEqualTo(Standing.PAUSED);
        assertThat(problem(look()))
                .contains(
                        "is paused after 3 failures in a row",
                        "500",
                        "'courant sources resume " + server.at("/feed") + "'");
        assertThat(server.requests).hasSize(3);
        state = state.resumed();
        server.page("/feed", FOUND, RSS);
        look();
        assertThat(posts).hasSize(1);
    }

    @Test
    void aBusyServerIsLeftAloneForAsLongAsItWants() {
        server.page("/feed", "429 Too Many Requests\nRetry-After: 216000", "");
        Instant asked = now;
        look();
        assertThat(state.next()).isEqualTo(asked.plusSeconds(216_000));
        assertThat(problem(look())).contains("is not asked again before 2026-11-22 18:00 UTC", "429");
        assertThat(problem(look(true))).contains("is not asked again before");
        assertThat(server.requests).hasSize(1);
        server.page("/feed", FOUND, RSS);
        look();
        assertThat(posts).hasSize(1);
    }

    @Test
    void aFeedThatWasNotAskedBecauseItsHostIsBusyHasNotFailed() {
        server.page("/feed", "200 OK", "");
        server.page("/other", "429 Too Many Requests\nRetry-After: 300", "");
        FetchPolicy policy = FetchPolicy.DEFAULT.withPrivateHosts(privateHosts);
        try (PostReader reader = new PostReader(policy, InstantSource.fixed(now))) {
            Source other = new Source("other", "Other", new Source.FeedUri(URI.create(server.at("/other"))));
            Source source = new Source("feed", "A blog", new Source.FeedUri(URI.create(server.at("/feed"))));
            SourceState busy = reader.look(other, SourceState.unknown("other"), false, now, posts::add)
                    .state();
            assertThat(busy.failures()).isEqualTo(1);
            Look look = reader.look(source, state, false, now, posts::add);
            assertThat(look.state().failures()).isZero();
            assertThat(look.state().next()).isBetween(now.plusSeconds(290), now.plusSeconds(300));
            assertThat(server.requests).hasSize(1);
        }
    }

    @Test
    void aClockThatWasAheadKeepsNoFeedFromBeingRead() {
        server.page("/feed", FOUND, RSS);
        now = Instant.parse("2027-11-20T06:00:00Z");
        look();
        now = Instant.parse("2026-11-20T06:00:00Z");
        assertThat(look().read()).isTrue();
    }

    @Test
    void aPasswordInAnAddressIsForNobodyToSee() {
        assertThat(new Source.FeedUri(URI.create("https://me:secret@blog.example/feed")).toString())
                .isEqualTo("https://blog.example/feed");
    }

    @Test
    void othersFeedsRestAfterEachLookAndLongerAfterEachFailure() {
        SourceState fresh = SourceState.unknown("feed");
        Instant at = Instant.parse("2026-11-20T06:00:00Z");
        assertThat(fresh.read(at, null, Validators.NONE, Duration.ofMinutes(5), 3)
                        .next())
                .isEqualTo("2026-11-20T06:05:00Z");
        List<Duration> rests = new ArrayList<>();
        SourceState failing = fresh;
        for (int i = 0; i < 12; i++) {
            failing = failing.failed(at, "no answer", null, true, 100);
            rests.add(Duration.between(at, Objects.requireNonNull(failing.next())));
        }
        assertThat(rests.subList(0, 4)).extracting(Duration::toMinutes).containsExactly(5L, 10L, 20L, 40L);
        assertThat(rests.get(11)).as("a daily run asks each time").isLessThan(Duration.ofHours(24));
    }

    @Test
    void aWordPressSiteIsAskedForWhatIsNewSinceTheLastLook() {
        server.page("/wp-json/*", "200 OK\nContent-Type: application/json\nX-WP-TotalPages: 1", """
                [{"id": 7, "guid": {"rendered": "https://blog.example/?p=7"}, "link": "https://blog.example/seven/",
                  "title": {"rendered": "Seven"}, "content": {"rendered": "<p>Text of seven.</p>"},
                  "date_gmt": "2026-11-19T06:00:00", "modified_gmt": "2026-11-19T06:00:00"}]
                """);
        Source source = new Source("wp", "A blog", new Source.WordPressSite(URI.create(server.at("/"))));
        FetchPolicy policy = FetchPolicy.DEFAULT.withPrivateHosts(privateHosts);
        try (PostReader reader = new PostReader(policy, InstantSource.fixed(now))) {
            Look first = reader.look(source, SourceState.unknown("wp"), true, now, posts::add);
            assertThat(first.problems()).isEmpty();
            assertThat(posts).extracting(Post::id).containsExactly("https://blog.example/?p=7");
            assertThat(server.requests.get(0).target()).contains("after=2026-10-30T06:00:00Z");
            reader.look(source, first.state(), false, now, posts::add);
            assertThat(server.requests).hasSize(2);
            assertThat(server.requests.get(1).target()).contains("after=2026-11-13T06:00:00Z");
        }
    }

    @Test
    void aHostThatIsNotPublicIsNotAsked() {
        privateHosts = Set.of();
        server.page("/feed", FOUND, RSS);
        assertThat(problem(look())).contains("127.0.0.1 is no public address", "fetch.private-hosts");
        assertThat(server.requests).isEmpty();
    }
}
