package io.courant.bounce;

import io.courant.bounce.BounceEvent.Consequence;
import io.courant.bounce.BounceEvent.Trust;
import io.courant.issue.IssueId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps what came back, for good: events are added, never changed. */
public interface Bounces {
    /**
     * Keeps events and does what {@link BounceRules} say follows, all in one transaction. An event that is kept
     * already changes nothing.
     *
     * @return those that are new
     */
    List<Kept> keep(List<BounceEvent> bounces);

    /** Refusals in the ledger of a newsletter's issues that no event tells of yet, some of them. */
    List<Refusal> refusals(String newsletter, int most);

    /** How many events of each sort there are, most first. */
    List<Count> counts(Choice choice);

    /** The newest events, newest first. */
    List<Kept> latest(Choice choice, int most);

    /** How many events that bear our token came back for an issue, by kind. */
    Map<Report.Kind, Long> of(IssueId issue);

    /**
     * Which events are asked for.
     *
     * @param newsletter only those of this one
     * @param since only those that came in then or later
     */
    record Choice(@Nullable String newsletter, @Nullable Instant since) {}

    /**
     * An event that is kept.
     *
     * @param address of the subscriber, if that is known
     */
    record Kept(BounceEvent bounce, @Nullable String address, Consequence consequence) {}

    /** How many events are alike. */
    record Count(Report.Kind kind, Trust trust, Consequence consequence, long events) {}

    /** A recipient that a relay refused for good while it was handed the mail, as the ledger has it. */
    record Refusal(IssueId issue, long subscriber, int attempt, Instant at, String reply) {
        /** What tells its event apart. */
        public String identity() {
            return "smtp:" + issue + ":" + subscriber + ":" + attempt;
        }
    }
}
