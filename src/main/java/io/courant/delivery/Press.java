package io.courant.delivery;

import io.courant.issue.Candidate;
import io.courant.issue.Composer;
import io.courant.issue.Composition;
import io.courant.issue.Issue;
import io.courant.issue.IssueId;
import io.courant.issue.NewSections;
import io.courant.issue.NewSections.NewSection;
import io.courant.issue.Newsletter;
import io.courant.post.Source;
import io.courant.render.Renderer;
import io.courant.render.Rendering;
import io.courant.section.Background;
import io.courant.section.SectionedPosts;
import io.courant.section.SectionedPosts.KeptSection;
import io.courant.section.TopicScorer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Makes an issue of what is new to a newsletter, up to the bytes of its message. Making a proof changes nothing;
 * {@link FrozenIssues#freeze} does.
 */
public final class Press {
    private final SectionedPosts posts;
    private final NewSections newSections;
    private final FrozenIssues issues;
    private final Renderer renderer;

    public Press(SectionedPosts posts, NewSections newSections, FrozenIssues issues, Renderer renderer) {
        this.posts = posts;
        this.newSections = newSections;
        this.issues = issues;
        this.renderer = renderer;
    }

    /** A proof of the next issue, or why there is none. */
    public Proof proof(Newsletter newsletter, Instant date) {
        List<Candidate> candidates = candidates(newsletter);
        Instant since = issues.latest(newsletter.name())
                .map(latest -> latest.issue().date())
                .orElse(null);
        IssueId id = nextId(newsletter, date);
        Composition composition = new Composer().compose(newsletter, candidates, id, date, since);
        if (composition instanceof Composition.Composed composed) {
            return printed(newsletter, composed.issue());
        }
        return new Proof.Skipped(((Composition.Skipped) composition).reason());
    }

    private Proof printed(Newsletter newsletter, Issue issue) {
        Rendering rendering = renderer.render(newsletter, issue);
        MessageTemplate message = MessageTemplate.compile(newsletter, issue, rendering);
        return new Proof.Printed(issue, rendering, new Variant(newsletter.template(), message), Imprint.of(newsletter));
    }

    private List<Candidate> candidates(Newsletter newsletter) {
        List<String> sources = newsletter.sources().stream().map(Source::key).toList();
        List<NewSection> fresh = newSections.of(newsletter.name(), sources);
        if (fresh.isEmpty()) {
            return List.of();
        }
        Background background = Background.of(
                newsletter.topics(),
                posts.sections(sources).stream().map(KeptSection::section).toList());
        TopicScorer scorer = new TopicScorer(newsletter.topics(), background);
        return fresh.stream()
                .map(section ->
                        Candidate.of(section, scorer.assign(section.section().section()), newsletter))
                .toList();
    }

    private IssueId nextId(Newsletter newsletter, Instant date) {
        for (int number = 1; ; number++) {
            IssueId id =
                    IssueId.of(newsletter.name(), date.atZone(newsletter.zone()).toLocalDate(), number);
            Optional<FrozenIssue> taken = issues.find(id);
            if (taken.isEmpty()) {
                return id;
            }
        }
    }

    /** What the press gave. */
    public sealed interface Proof {
        /** An issue that can be frozen. */
        record Printed(Issue issue, Rendering rendering, Variant variant, Imprint imprint) implements Proof {}

        /**
         * No issue.
         *
         * @param reason in words, to follow "skipped: "
         */
        record Skipped(String reason) implements Proof {}
    }
}
