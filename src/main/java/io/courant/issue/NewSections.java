package io.courant.issue;

import io.courant.post.Source;
import io.courant.section.SectionedPosts.KeptSection;
import java.net.URI;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is new to a newsletter: the kept sections that are in none of its issues, were seen since it reads their source,
 * and are of posts young enough. A post is young enough if it came out no longer than the source's look-back before the
 * source was looked at for the last time without it; so whatever came out since then is, however long that was. Only
 * freezing an issue makes a section old; what an issue carries over, a draft that was thrown away, or an issue that was
 * cancelled before anybody got it, leaves its sections new. The same section can be new to one newsletter and old to
 * another.
 */
public interface NewSections {
    /**
     * Sections that are new to the newsletter, in an order that is the same each time.
     *
     * @param now since when it reads those of its sources that were never collected for it
     */
    List<NewSection> of(Newsletter newsletter, Instant now);

    /**
     * What posts tell: those of these ids, and those that an issue of the newsletter since a moment holds.
     *
     * @return each with the id of the post as its key
     */
    List<Telling> tellings(Newsletter newsletter, Collection<Long> posts, Instant since);

    /** Notes that posts tell what an issue of the newsletter has told; they are no news any more. */
    void repeated(Newsletter newsletter, List<Issue.Merged> repeats);

    /** Notes what an editor wants of a section, in the place of what was wanted before. */
    void choose(Newsletter newsletter, long section, Choice choice, Instant at);

    /** Takes back what an editor wanted of a section, if it is one of these; false if it was none of them. */
    boolean unchoose(Newsletter newsletter, long section, Collection<Choice> choices);

    /**
     * What became, for the newsletter, of everything that its sources gave since a moment; the newest first. Each
     * section has exactly one fate.
     */
    List<Fate> fates(Newsletter newsletter, Instant now, Instant since);

    /**
     * A section that is new to a newsletter.
     *
     * @param waited whether an earlier issue named it as carried over
     * @param again whether its post was in an issue before it was edited, and is wanted again
     * @param told whether an issue holds another section of its post
     * @param choice what an editor wants of it; what was dropped is not new
     */
    record NewSection(
            KeptSection section,
            boolean waited,
            boolean again,
            boolean told,
            @Nullable Choice choice) {}

    /**
     * What became of a section.
     *
     * @param source {@link Source#key() key} of the source
     * @param heading of the section
     * @param issue in which it stands, or that carried it over, or that has the story which it tells
     * @param reason in words, where the state does not say it all; else empty
     */
    record Fate(
            long section,
            String source,
            String heading,
            String postTitle,
            @Nullable URI link,
            Instant published,
            Instant seen,
            State state,
            @Nullable IssueId issue,
            String reason) {
        /** The reason of what an editor keeps out. */
        public static final String DROPPED = "dropped by an editor";

        /** Whether it is in no issue because an editor said so. */
        public boolean isDropped() {
            return state == State.EXPIRED && reason.equals(DROPPED);
        }

        /** Where a section stands. */
        public enum State {
            /** A candidate of the next issue. */
            NEW,
            /** The same, named by an earlier issue as what did not fit. */
            CARRIED_OVER,
            /** In an issue. */
            ISSUED,
            /** Told by another post of the same story, or by a later revision of its own. */
            MERGED,
            /** It will be in no issue. */
            EXPIRED
        }
    }
}
