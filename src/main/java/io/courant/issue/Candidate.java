package io.courant.issue;

import io.courant.issue.NewSections.NewSection;
import io.courant.section.Assignment;
import io.courant.section.SectionedPosts.KeptSection;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A section that is new to a newsletter and may become an item of its next issue.
 *
 * @param section id of the kept section
 * @param postId id of the kept post that it is part of
 * @param text the section's plain text
 * @param post title of the post that it is part of
 * @param source name of the source as readers see it
 * @param waited whether an earlier issue carried it over
 * @param updated whether its post was edited since it was first seen
 * @param also where else the same story is told
 * @param choice what an editor wants of it
 */
public record Candidate(
        long section,
        long postId,
        String heading,
        String text,
        String post,
        @Nullable URI link,
        String source,
        Instant published,
        Assignment assignment,
        boolean waited,
        boolean updated,
        List<Item.Also> also,
        @Nullable Choice choice) {
    public Candidate {
        also = List.copyOf(also);
    }

    /** A kept section as a candidate for this newsletter, which knows how its readers call the source. */
    public static Candidate of(NewSection fresh, Assignment assignment, Newsletter newsletter, List<Item.Also> also) {
        KeptSection kept = fresh.section();
        return new Candidate(
                kept.id(),
                kept.post(),
                kept.section().heading(),
                kept.section().text(),
                kept.postTitle(),
                kept.link(),
                newsletter.sourceName(kept.source()),
                kept.published(),
                assignment,
                fresh.waited(),
                kept.edited(),
                also,
                fresh.choice());
    }

    /** The same candidate with another text. */
    public Candidate withText(String other) {
        return with(other, assignment);
    }

    /** The same candidate without its text and the reasons for its topic. */
    public Candidate bare() {
        return with("", new Assignment(assignment.topic(), assignment.score(), List.of(), assignment.also()));
    }

    private Candidate with(String otherText, Assignment otherAssignment) {
        return new Candidate(
                section,
                postId,
                heading,
                otherText,
                post,
                link,
                source,
                published,
                otherAssignment,
                waited,
                updated,
                also,
                choice);
    }

    /** Whether an editor wants it in the next issue, whatever the quotas say. */
    public boolean isPinned() {
        return choice == Choice.PIN || choice == Choice.LEAD;
    }
}
