package io.courant.post;

import io.courant.post.SourceState.Standing;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One look at a source on the web, with the manners that keep a reader welcome. */
final class FeedLook {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);
    static final String GONE = "is gone for good (410); take it out of the job file, or correct its address";
    private static final String NO_LINK =
            "is a web page without a link to a feed; look in it for the address of its RSS"
                    + " or Atom feed, or ask its owner for one";

    private final Web web;
    private final FetchPolicy policy;
    private final Source source;
    private final Instant now;
    private final Consumer<Post> posts;

    FeedLook(Web web, FetchPolicy policy, Source source, Instant now, Consumer<Post> posts) {
        this.web = web;
        this.policy = policy;
        this.source = source;
        this.now = now;
        this.posts = posts;
    }

    Look look(URI uri, SourceState state, boolean whole) {
        Look left = leftAlone(uri, state, whole);
        if (left != null) {
            return left;
        }
        URI moved = state.movedTo();
        Validators known = whole ? Validators.NONE : state.validators();
        WebAnswer answer = ask(web, moved == null ? uri : moved, known);
        if (moved != null && isLost(answer)) {
            return heard(uri, state.movedBack(), ask(web, uri, Validators.NONE));
        }
        if (answer instanceof WebAnswer.Unchanged unchanged && unchanged.movedTo() != null) {
            // what is at the new address was not compared with what the old one gave
            return heard(uri, state, ask(web, uri, Validators.NONE));
        }
        return heard(uri, state, answer);
    }

    /** Whether nothing is to be hoped for there: domains lapse, and pages that linked to a feed link to another. */
    private static boolean isLost(WebAnswer answer) {
        return answer instanceof WebAnswer.Gone
                || (answer instanceof WebAnswer.Failed failed && failed.retryAfter() == null);
    }

    /** Only what is new since the last look is asked for, so an unchanged site costs one request. */
    Look wordPress(URI uri, SourceState state, boolean whole) {
        Look left = leftAlone(uri, state, whole);
        if (left != null) {
            return left;
        }
        AtomicReference<WebAnswer.@Nullable Failed> refusal = new AtomicReference<>();
        EntryPosts entries = new EntryPosts(source, WebAddress.shown(uri), posts);
        try {
            WordPress.each(
                    uri,
                    since(state, whole),
                    page -> {
                        WebAnswer answer = web.get(page, Validators.NONE);
                        if (answer instanceof WebAnswer.Failed failed) {
                            refusal.set(failed);
                        }
                        return answer;
                    },
                    entries::add);
            SourceState read = state.read(now, null, Validators.NONE, rest(uri), entries.number());
            return new Look(read, false, false, entries.problems());
        } catch (PostException unreadable) {
            return failed(uri, state, unreadable.problem(), refusal.get());
        }
    }

    private @Nullable Instant since(SourceState state, boolean whole) {
        Instant read = state.read();
        if (read != null && !whole && !read.isAfter(now)) {
            return read;
        }
        Duration lookBack = source.terms().lookBack();
        return lookBack == null ? null : now.minus(lookBack);
    }

    /** The feed at an address; if there is a web page, the feed that it links to, which has then moved there. */
    static WebAnswer ask(Web web, URI uri, Validators known) {
        WebAnswer answer = web.get(uri, known);
        if (!(answer instanceof WebAnswer.Content page) || !FeedLinks.isPage(page.bytes(), page.contentType())) {
            return answer;
        }
        Optional<URI> link = FeedLinks.best(page.bytes(), page.contentType(), page.uri());
        if (link.isEmpty()) {
            return new WebAnswer.Failed(0, NO_LINK, null);
        }
        WebAnswer linked = web.get(link.get(), Validators.NONE);
        if (linked instanceof WebAnswer.Content feed) {
            URI movedTo = feed.movedTo() == null ? link.get() : feed.movedTo();
            return new WebAnswer.Content(feed.uri(), movedTo, feed.bytes(), feed.validators(), feed.headers());
        }
        return linked instanceof WebAnswer.Failed failed
                ? new WebAnswer.Failed(
                        failed.status(),
                        "links to a feed at " + WebAddress.shown(link.get()) + ": " + failed.problem(),
                        failed.retryAfter())
                : new WebAnswer.Failed(
                        0, "links to a feed at " + WebAddress.shown(link.get()) + ", which is gone", null);
    }

    static Feed feed(WebAnswer.Content content) {
        return FeedForm.read(WebAddress.shown(content.uri()), content.bytes(), content.contentType(), content.uri());
    }

    private Look heard(URI uri, SourceState state, WebAnswer answer) {
        if (answer instanceof WebAnswer.Content content) {
            return read(uri, state, content);
        }
        if (answer instanceof WebAnswer.Unchanged) {
            return new Look(state.unchanged(now, rest(uri)), false, true, List.of());
        }
        if (answer instanceof WebAnswer.Gone) {
            return new Look(state.gone(now, GONE), false, false, List.of(new Problem(WebAddress.shown(uri), GONE)));
        }
        WebAnswer.Failed failed = (WebAnswer.Failed) answer;
        return failed(uri, state, new Problem(WebAddress.shown(uri), failed.problem()), failed);
    }

    private Look read(URI uri, SourceState state, WebAnswer.Content content) {
        try {
            Feed feed = feed(content);
            List<Problem> problems = EntryPosts.of(source, WebAddress.shown(content.uri()), feed, posts);
            return new Look(
                    state.read(
                            now,
                            content.movedTo(),
                            content.validators(),
                            rest(uri),
                            feed.entries().size()),
                    true,
                    false,
                    problems);
        } catch (PostException unreadable) {
            return failed(uri, state, unreadable.problem(), null);
        }
    }

    private Look failed(URI uri, SourceState state, Problem problem, WebAnswer.@Nullable Failed answer) {
        Duration retryAfter = answer == null ? null : answer.retryAfter();
        boolean asked = answer == null || answer.status() != 0;
        if (retryAfter != null && !asked) {
            return left(uri, state.postponed(problem.what(), now.plus(retryAfter)), problem.what());
        }
        SourceState failed = state.failed(now, problem.what(), retryAfter, !web.isPrivate(uri), policy.pauseAfter());
        return new Look(failed, false, false, List.of(problem));
    }

    /** How long a feed is left alone after it was read: no time if it is the publisher's own. */
    private Duration rest(URI uri) {
        return web.isPrivate(uri) ? Duration.ZERO : policy.every();
    }

    /** What is said of a source that is not to be asked now; null of one that may be. */
    private @Nullable Look leftAlone(URI uri, SourceState state, boolean whole) {
        if (state.standing() != Standing.ACTIVE) {
            String why = state.standing() == Standing.GONE
                    ? state.problem()
                    : "is paused after " + state.failures() + " failures in a row (the last: " + state.problem() + ")";
            return left(
                    uri, state, why + "; if it is well, resume it ('courant sources resume " + source.shown() + "')");
        }
        Instant next = state.next();
        Instant looked = state.looked();
        boolean clockWasAhead = looked != null && looked.isAfter(now);
        if (next == null || !now.isBefore(next) || clockWasAhead) {
            return null;
        }
        if (state.isFailing()) {
            return left(uri, state, "is not asked again before " + CLOCK.format(next) + " (" + state.problem() + ")");
        }
        return whole ? null : new Look(state, false, false, List.of());
    }

    private static Look left(URI uri, SourceState state, String why) {
        return new Look(state, false, false, List.of(new Problem(WebAddress.shown(uri), why)));
    }
}
