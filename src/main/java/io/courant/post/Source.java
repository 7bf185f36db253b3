package io.courant.post;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A place that posts come from, as a job file names it.
 *
 * @param key identifies the source for good: what the job file says, after the newsletter's name if it is a path; so a
 *     checkout that moves does not make old posts new
 * @param name how readers see it
 * @param location where to read it now
 * @param terms on which its posts are taken
 */
public record Source(String key, String name, Location location, Terms terms) {

    /** A source on the terms that are usual for its kind. */
    public Source(String key, String name, Location location) {
        this(key, name, location, Terms.of(location));
    }

    /** Names the source for people, who may tell others: a password in its address is not in it. */
    public String shown() {
        return location instanceof FeedUri || location instanceof WordPressSite ? location.toString() : key;
    }

    /** Whose turn it is when this is read; empty for what lies on this machine. */
    public String host() {
        URI uri = location instanceof FeedUri feed
                ? feed.uri()
                : location instanceof WordPressSite site ? site.uri() : null;
        return uri == null || uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
    }

    /** Whether people mean it who say this: its name, its address, or what it is shown by. */
    public boolean isCalled(String named) {
        return List.of(key, name, shown()).contains(named);
    }

    /** Where the posts lie. */
    public sealed interface Location {}

    /** A folder of {@code .txt}, {@code .md} and {@code .html} files, read with its subfolders. */
    public record Folder(Path path) implements Location {
        @Override
        public String toString() {
            return path.toString();
        }
    }

    /** A feed in a file, or an export of WordPress. */
    public record FeedFile(Path path) implements Location {
        @Override
        public String toString() {
            return path.toString();
        }
    }

    /** A feed behind http or https, or a page that links to its feed. */
    public record FeedUri(URI uri) implements Location {
        /** Without name and password: this is for everybody to see. */
        @Override
        public String toString() {
            return WebAddress.shown(uri);
        }
    }

    /** A WordPress site, read by its REST API. */
    public record WordPressSite(URI uri) implements Location {
        @Override
        public String toString() {
            return WebAddress.shown(uri);
        }
    }

    /**
     * What makes a post of the source new to a newsletter.
     *
     * @param lookBack a post that came out longer before the source was looked at last is too old to be news; null
     *     takes posts of any age
     * @param mergeGroup only sources of the same group can tell the same story
     */
    public record Terms(
            Identity identity, Updates updates, @Nullable Duration lookBack, String mergeGroup) {
        /** What fits weekly newsletters. */
        public static final Duration LOOK_BACK = Duration.ofDays(14);

        /** A folder is the editor's own: all that was put there is meant to go out. */
        public static Terms of(Location location) {
            return new Terms(Identity.GUID, Updates.IGNORE, location instanceof Folder ? null : LOOK_BACK, "");
        }
    }

    /** By what an item is known again. What an item lacks is made up for by the next: guid, link, content. */
    public enum Identity {
        /** By the feed's guid or id; a file by its path. */
        GUID,
        /** By the {@linkplain CanonicalLink canonical} address. */
        LINK,
        /** By title and text, so that an item which comes again under another address stays known. */
        CONTENT;

        /** @param guid as the source gives it; empty if it does not */
        String of(String guid, @Nullable URI link, String title, Body body) {
            if (this == LINK && link != null) {
                return CanonicalLink.of(link).toString();
            }
            return this == CONTENT || guid.isEmpty() ? Fingerprint.of(title, body) : guid;
        }
    }

    /** What becomes of an item whose title or text has changed since it was kept. */
    public enum Updates {
        /** It goes out as it was first seen, or stays out if it went out before. */
        IGNORE,
        /** If it still waits, it goes out as it is now, marked as updated; it never goes out twice. */
        MARK,
        /** It goes out again, marked as updated. */
        RESEND
    }
}
