package io.courant.issue;

import java.util.List;
import java.util.Optional;

/** Words an issue's items: quotes their posts, unless an editor has put it in other words. */
final class Copy {
    private final BluePencil pencil;
    private final Teaser teaser;
    private final Why why;

    Copy(BluePencil pencil, Teaser teaser, Why why) {
        this.pencil = pencil;
        this.teaser = teaser;
        this.why = why;
    }

    /**
     * The item that the issue opens with.
     *
     * @param moved whether an editor has put it there
     */
    Item lead(Ranking ranking, Candidate candidate, boolean moved) {
        Item item = item(candidate, why.lead(ranking, candidate, moved));
        return item.edited() ? item : item.opening(teaser.opening(candidate.text()));
    }

    /** Another item under a topic. */
    Item taken(Ranking ranking, List<Candidate> taken, Candidate candidate) {
        return item(candidate, why.taken(ranking, taken, candidate));
    }

    /** An item that stands where it stands for this reason. */
    Item item(Candidate candidate, String reason) {
        boolean titleOnly = candidate.text().strip().equals(candidate.heading());
        String heading = pencil.heading(candidate.section()).orElse(candidate.heading());
        boolean whole = candidate.heading().equals(candidate.post());
        Optional<String> words = pencil.teaser(candidate.section());
        Item item = new Item(
                candidate.section(),
                heading,
                whole ? heading : candidate.post(),
                candidate.link(),
                candidate.source(),
                candidate.published(),
                titleOnly || words.isPresent() ? "" : teaser.of(candidate.text()),
                ReadingTime.of(candidate.text()),
                candidate.assignment(),
                reason,
                candidate.updated(),
                candidate.also());
        return words.map(item::edited).orElse(item);
    }
}
