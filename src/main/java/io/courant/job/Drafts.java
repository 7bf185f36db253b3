package io.courant.job;

import io.courant.delivery.DeliveryState;
import io.courant.delivery.FrozenIssues;
import io.courant.delivery.Ledger;
import io.courant.delivery.Lint;
import io.courant.delivery.MailParts;
import io.courant.delivery.Personalizer;
import io.courant.delivery.Press;
import io.courant.delivery.Press.Proof;
import io.courant.delivery.TokenSigner;
import io.courant.issue.Candidate;
import io.courant.issue.Edit;
import io.courant.issue.Edits;
import io.courant.issue.Issue;
import io.courant.issue.IssueId;
import io.courant.issue.Item;
import io.courant.issue.NewSections;
import io.courant.issue.NewSections.Fate;
import io.courant.issue.Newsletter;
import io.courant.render.MailRules;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The drafts of the newsletters' next issues: shows them as they would be frozen now, of what has been collected, and
 * lets editors change them. Looking changes nothing but that the summaries are kept that were asked for.
 */
public final class Drafts {
    private static final Duration LATELY = Duration.ofDays(35);
    private static final Set<DeliveryState> UNSENT = Set.of(DeliveryState.READY, DeliveryState.SUPPRESSED);

    private final Press press;
    private final NewSections newSections;
    private final Edits edits;
    private final FrozenIssues issues;
    private final Ledger ledger;
    private final TokenSigner signer;

    public Drafts(
            Press press, NewSections newSections, Edits edits, FrozenIssues issues, Ledger ledger, TokenSigner signer) {
        this.press = press;
        this.newSections = newSections;
        this.edits = edits;
        this.issues = issues;
        this.ledger = ledger;
        this.signer = signer;
    }

    /** The newsletter's next issue as of now. */
    public Preview preview(JobFile job, Instant now) {
        Newsletter newsletter = job.newsletter();
        Proof proof = press.proof(newsletter, now);
        List<Fate> fates = newSections.fates(newsletter, now, now.minus(LATELY));
        if (proof instanceof Proof.Printed printed) {
            return ready(job, printed, fates, now);
        }
        return new Preview.Nothing(
                ((Proof.Skipped) proof).reason(), leftOut(fates, Set.of()), edits.of(newsletter.name()));
    }

    private Preview ready(JobFile job, Proof.Printed printed, List<Fate> fates, Instant now) {
        Issue issue = printed.issue();
        byte[] message = message(job, printed, now);
        MailParts mail = MailParts.of(message);
        Pieces pieces = new Pieces(job.newsletter(), printed);
        return new Preview.Ready(
                printed,
                printed.rendering().subject(),
                MailRules.preheader(mail.html()),
                issue.sections().stream()
                        .map(section -> new Preview.Part(section.topic(), pieces.of(section.items())))
                        .toList(),
                pieces.of(issue.brief()),
                leftOut(fates, issue.items().stream().map(Item::section).collect(Collectors.toSet())),
                printed.draft().edits(),
                MailRules.encodedLength(printed.rendering().html()),
                Lint.of(printed, job.dkim(), signer),
                mail.html(),
                mail.text(),
                new String(message, StandardCharsets.UTF_8));
    }

    /** What a sample reader would get, signed. */
    private byte[] message(JobFile job, Proof.Printed printed, Instant joined) {
        Personalizer personalizer =
                new Personalizer(job.newsletter(), printed.issue().id(), signer);
        return printed.message()
                .signedWith(job.dkim(), printed.issue().date())
                .fill(personalizer.sample(joined))
                .bytes();
    }

    /** Puts together what is known of items. */
    private static final class Pieces {
        private final Newsletter newsletter;
        private final Proof.Printed printed;
        private final Map<Long, Candidate> candidates = new HashMap<>();

        Pieces(Newsletter newsletter, Proof.Printed printed) {
            this.newsletter = newsletter;
            this.printed = printed;
            printed.draft().candidates().forEach(one -> candidates.put(one.section(), one));
        }

        List<Preview.Piece> of(List<Item> items) {
            return items.stream().map(this::of).toList();
        }

        private Preview.Piece of(Item item) {
            Candidate candidate = candidates.get(item.section());
            if (candidate == null) {
                throw new IllegalStateException("item " + item.section() + " was no candidate");
            }
            return new Preview.Piece(
                    item,
                    candidate.heading(),
                    item.assignment().topics().stream().map(newsletter::title).toList(),
                    candidate.choice(),
                    printed.draft().edits().stream()
                            .filter(edit -> edit.isAbout(item.section()))
                            .toList(),
                    printed.issue().isBeyond(item));
        }
    }

    private static List<Preview.LeftOut> leftOut(List<Fate> fates, Set<Long> items) {
        List<Preview.LeftOut> waiting = new ArrayList<>();
        List<Preview.LeftOut> others = new ArrayList<>();
        for (Fate fate : fates) {
            switch (fate.state()) {
                case NEW, CARRIED_OVER -> {
                    if (!items.contains(fate.section())) {
                        waiting.add(new Preview.LeftOut(
                                fate, "waits for a later issue: it does not fit, or nothing new does"));
                    }
                }
                case MERGED -> others.add(new Preview.LeftOut(fate, "told by another: " + fate.reason()));
                case EXPIRED -> others.add(new Preview.LeftOut(fate, fate.reason()));
                case ISSUED -> {} // readers have it
            }
        }
        waiting.addAll(others);
        return waiting;
    }

    /** The newsletter's frozen issue of which nothing was sent yet, if there is one: it can be made anew. */
    public Optional<IssueId> unsent(String newsletter) {
        return issues.unfinished(newsletter).stream()
                .filter(issue -> UNSENT.containsAll(ledger.counts(issue).keySet()))
                .reduce((one, other) -> other);
    }

    /**
     * Notes an edit, if it can come true.
     *
     * @throws IllegalArgumentException saying why it cannot
     */
    public void note(Newsletter newsletter, Edit edit) {
        switch (edit.kind()) {
            case HEADING, TEASER -> refuseUnlessOpen(newsletter, edit);
            case TOP, BEFORE, AFTER -> refuseUnlessBeside(newsletter, edit);
            case TOPIC_TOP, TOPIC_BEFORE, TOPIC_AFTER -> refuseUnlessTopics(newsletter, edit);
            case INTRODUCTION, SUBJECT, PREHEADER -> {} // there is always an issue to say it of
        }
        edits.note(newsletter.name(), edit);
    }

    /** Only what may still be in an issue is worth editing: what is new, or stands in one that is not sent. */
    private void refuseUnlessOpen(Newsletter newsletter, Edit edit) {
        long section = section(edit.about());
        Instant ever = Instant.EPOCH;
        Fate fate = newSections.fates(newsletter, edit.at(), ever).stream()
                .filter(one -> one.section() == section)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no item " + section));
        boolean open = fate.state() == Fate.State.NEW || fate.state() == Fate.State.CARRIED_OVER;
        boolean frozen = fate.issue() != null && unsent(newsletter.name()).equals(Optional.of(fate.issue()));
        if (!open && !frozen) {
            throw new IllegalArgumentException(section + " (" + fate.heading() + ") will be in no issue any more"
                    + (fate.issue() == null ? "" : ": it is with " + fate.issue())
                    + (fate.reason().isEmpty() ? "" : ": " + fate.reason()));
        }
    }

    private static long section(String about) {
        try {
            return Long.parseLong(about);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "about: expected an item's number, as the draft and 'courant items' show it; found '" + about + "'",
                    e);
        }
    }

    private void refuseUnlessBeside(Newsletter newsletter, Edit edit) {
        List<Set<String>> places = new ArrayList<>();
        unsent(newsletter.name()).flatMap(issues::issue).ifPresent(issue -> addPlaces(issue, places));
        if (press.proof(newsletter, edit.at()) instanceof Proof.Printed printed) {
            addPlaces(printed.issue(), places);
        }
        Set<String> moving = edit.value().isEmpty() ? Set.of(edit.about()) : Set.of(edit.about(), edit.value());
        if (places.stream().anyMatch(place -> place.containsAll(moving))) {
            return;
        }
        for (String section : moving) {
            if (places.stream().noneMatch(place -> place.contains(section))) {
                throw new IllegalArgumentException("item " + section + " is not in the next issue as it stands;"
                        + " pin it first ('courant pin " + newsletter.name() + " " + section + "')");
            }
        }
        throw new IllegalArgumentException("items " + edit.about() + " and " + edit.value()
                + " stand under different topics; say first that one is about the other's ('courant assign "
                + newsletter.name()
                + " " + edit.about() + " TOPIC')");
    }

    private static void addPlaces(Issue issue, List<Set<String>> places) {
        List<List<Item>> all = new ArrayList<>();
        issue.sections().forEach(section -> all.add(section.items()));
        all.add(issue.brief());
        all.forEach(items -> places.add(new HashSet<>(
                items.stream().map(item -> String.valueOf(item.section())).toList())));
    }

    private static void refuseUnlessTopics(Newsletter newsletter, Edit edit) {
        List<String> ids = newsletter.beat().taxonomy().ids();
        for (String topic : edit.value().isEmpty() ? List.of(edit.about()) : List.of(edit.about(), edit.value())) {
            if (!ids.contains(topic)) {
                throw new IllegalArgumentException("no topic '" + topic + "'; the topics of " + newsletter.name()
                        + " are " + String.join(", ", ids));
            }
        }
    }
}
