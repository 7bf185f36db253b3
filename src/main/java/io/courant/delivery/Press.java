package io.courant.delivery;

import io.courant.issue.Candidate;
import io.courant.issue.Composer;
import io.courant.issue.Composition;
import io.courant.issue.Draft;
import io.courant.issue.Editions;
import io.courant.issue.Edits;
import io.courant.issue.Issue;
import io.courant.issue.IssueId;
import io.courant.issue.Merging;
import io.courant.issue.NewSections;
import io.courant.issue.NewSections.NewSection;
import io.courant.issue.Newsletter;
import io.courant.issue.Summariser;
import io.courant.render.Renderer;
import io.courant.render.Rendering;
import io.courant.render.SizeBudget;
import io.courant.section.Assigner;
import io.courant.section.Assignment;
import io.courant.section.Trend;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes an issue of what is new to a newsletter, up to the bytes of its message. Making a proof changes
 * nothing, though it keeps the summaries that it asked for; {@link FrozenIssues#freeze} does.
 */
public final class Press {
    /** For so long a story that was told is not told again. */
    private static final Duration MEMORY = Duration.ofDays(90);

    private final Assigner assigner;
    private final NewSections newSections;
    private final Edits edits;
    private final FrozenIssues issues;
    private final Summariser summariser;
    private final Renderer renderer;

    public Press(
            Assigner assigner,
            NewSections newSections,
            Edits edits,
            FrozenIssues issues,
            Summariser summariser,
            Renderer renderer) {
        this.assigner = assigner;
        this.newSections = newSections;
        this.edits = edits;
        this.issues = issues;
        this.summariser = summariser;
        this.renderer = renderer;
    }

    /** A proof of the next issue, or why there is none. */
    public Proof proof(Newsletter newsletter, Instant date) {
        Merging merging = merging(newsletter, date);
        List<Candidate> candidates = candidates(newsletter, merging);
        Draft draft = new Draft(
                newsletter,
                nextId(newsletter, date),
                date,
                issues.latest(newsletter.name()).map(Headline::date).orElse(null),
                candidates,
                merging.merged(),
                candidates.stream().allMatch(Candidate::waited) ? List.of() : trends(newsletter, merging, date),
                edits.of(newsletter.name()));
        return proof(draft, merging.repeats());
    }

    /** A proof of an issue that was made before, from what it was made of. */
    public Proof proof(Draft draft) {
        return proof(draft, List.of());
    }

    private Proof proof(Draft draft, List<Issue.Merged> repeats) {
        Composition composition = new Composer().compose(draft);
        if (composition instanceof Composition.Skipped skipped) {
            return new Proof.Skipped(skipped.reason(), repeats);
        }
        Newsletter newsletter = draft.newsletter();
        Issue whole = summariser.summarised(
                newsletter,
                ((Composition.Composed) composition).issue(),
                draft.candidates().stream().collect(Collectors.toMap(Candidate::section, Candidate::text)));
        return printed(whole, draft, renderer, repeats);
    }

    /**
     * The same proof, but its links lead to where it is counted that they are followed, as in an issue's mail.
     *
     * @param key that signed the issue's links
     */
    public Proof.Printed counting(Proof.Printed proof, TokenSigner signer, int key) {
        CountedLinks links =
                new CountedLinks(proof.draft().newsletter(), proof.issue().id(), List.of(proof.whole()), signer, key);
        return printed(proof.whole(), proof.draft(), renderer.linking(links::counted), proof.repeats());
    }

    private static Proof.Printed printed(Issue whole, Draft draft, Renderer renderer, List<Issue.Merged> repeats) {
        Newsletter newsletter = draft.newsletter();
        SizeBudget.Fitted fitted = new SizeBudget(renderer).fit(newsletter, whole, null);
        Issue issue = fitted.issue().merging(draft.mergedInto(fitted.issue()));
        Rendering rendering = fitted.rendering();
        MessageTemplate message = MessageTemplate.compile(newsletter, issue, rendering);
        return new Proof.Printed(issue, whole, draft, rendering, message, Imprint.of(newsletter), repeats);
    }

    /**
     * What the editions of a proof are printed from.
     *
     * @param counting whether the items' links lead by way of a page that counts
     */
    public Forme forme(Newsletter newsletter, Proof.Printed proof, boolean counting) {
        Issue issue = proof.issue();
        return new Forme(
                newsletter.withoutSources(),
                issue.id(),
                issue.date(),
                proof.whole(),
                proof.draft().withoutSources(),
                earlier(newsletter, issue.date()),
                counting);
    }

    /** What, when nothing is new, editions are printed from of what was issued before, for those who have not got it. */
    public Forme forme(Newsletter newsletter, Instant date, boolean counting) {
        return new Forme(
                newsletter.withoutSources(),
                nextId(newsletter, date),
                date,
                null,
                null,
                earlier(newsletter, date),
                counting);
    }

    private List<IssueId> earlier(Newsletter newsletter, Instant date) {
        return issues.issuedSince(newsletter.name(), date.minus(Editions.MEMORY)).stream()
                .map(Issue::id)
                .toList();
    }

    /**
     * What prints from a forme.
     *
     * @param signer whose newest key signs the links that are counted
     */
    public PressRun run(Forme forme, TokenSigner signer) {
        List<Issue> earlier = forme.earlier().stream()
                .map(id -> issues.issue(id)
                        .orElseThrow(() -> new IllegalArgumentException("no issue '" + id + "' to print from")))
                .toList();
        Editions editions =
                new Editions(forme.newsletter(), forme.whole(), earlier, renderer.languages(), forme.date());
        List<Draft> drafts = new ArrayList<>();
        if (forme.draft() != null) {
            drafts.add(forme.draft());
        }
        earlier.forEach(issue -> issues.draft(issue.id()).ifPresent(drafts::add));
        if (!forme.counting()) {
            return new PressRun(forme.newsletter(), forme.id(), editions, drafts, renderer, null);
        }
        CountedLinks links =
                new CountedLinks(forme.newsletter(), forme.id(), editions.issues(), signer, signer.newestKey());
        return new PressRun(forme.newsletter(), forme.id(), editions, drafts, renderer.linking(links::counted), links);
    }

    /** Where the topics go, each story counted once. */
    private List<Trend> trends(Newsletter newsletter, Merging merging, Instant date) {
        List<Long> untold = Stream.concat(merging.merged().stream(), merging.repeats().stream())
                .map(Issue.Merged::post)
                .toList();
        return assigner.trends(
                newsletter.beat(), untold, LocalDate.ofInstant(date, newsletter.zone()), newsletter.zone());
    }

    private Merging merging(Newsletter newsletter, Instant date) {
        List<NewSection> fresh = newSections.of(newsletter, date);
        Set<Long> posts = new LinkedHashSet<>();
        fresh.forEach(section -> posts.add(section.section().post()));
        return fresh.isEmpty()
                ? Merging.NOTHING
                : Merging.of(newsletter, fresh, newSections.tellings(newsletter, posts, date.minus(MEMORY)));
    }

    private List<Candidate> candidates(Newsletter newsletter, Merging merging) {
        List<Long> sections = merging.sections().stream()
                .map(section -> section.section().id())
                .toList();
        Map<Long, Assignment> assignments = assigner.of(newsletter.beat(), sections);
        return merging.sections().stream()
                .map(section -> Candidate.of(
                        section,
                        assignments.getOrDefault(section.section().id(), Assignment.UNSORTED),
                        newsletter,
                        merging.alsoAt(section)))
                .toList();
    }

    private IssueId nextId(Newsletter newsletter, Instant date) {
        for (int number = 1; ; number++) {
            IssueId id =
                    IssueId.of(newsletter.name(), date.atZone(newsletter.zone()).toLocalDate(), number);
            if (issues.state(id).isEmpty()) {
                return id;
            }
        }
    }

    /** What the press gave; {@link NewSections#repeated} takes note of what is said in it to be a repeat. */
    public sealed interface Proof {
        /** New posts that tell what an issue has told. */
        List<Issue.Merged> repeats();

        /**
         * An issue that can be frozen.
         *
         * @param issue as those see it who want nothing special: held to its size
         * @param whole what its editions are cut from
         */
        record Printed(
                Issue issue,
                Issue whole,
                Draft draft,
                Rendering rendering,
                MessageTemplate message,
                Imprint imprint,
                List<Issue.Merged> repeats)
                implements Proof {}

        /**
         * No issue.
         *
         * @param reason in words, to follow "skipped: "
         */
        record Skipped(String reason, List<Issue.Merged> repeats) implements Proof {}
    }
}
