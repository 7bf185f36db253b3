package io.courant.delivery;

import io.courant.issue.Issue;
import java.util.List;

/**
 * An issue that will not change any more: its items, the bytes of its variants and its recipients are stored.
 *
 * @param subject as rendered
 * @param candidates readers who were to get a copy at that moment, the suppressed ones included
 */
public record FrozenIssue(
        Issue issue, String subject, State state, long candidates, Imprint imprint, List<Variant> variants) {
    public FrozenIssue {
        variants = List.copyOf(variants);
    }

    /** The same issue, whose messages bear a DKIM signature for each key, dated like the issue. */
    public FrozenIssue signedWith(List<DkimKey> keys) {
        List<Variant> signed = variants.stream()
                .map(variant -> variant.signedWith(keys, issue.date()))
                .toList();
        return new FrozenIssue(issue, subject, state, candidates, imprint, signed);
    }

    /** Whether it may be sent. */
    public enum State {
        /** An editor must approve it first. */
        AWAITING_APPROVAL,
        /** May be sent, or is being sent. */
        APPROVED,
        /** Held for a while: a process that sends it waits. */
        PAUSED,
        /** Held: a process that sends it ends. */
        STOPPED,
        /** Every delivery is final. */
        FINISHED,
        /** Ended by an editor before all was sent. */
        CANCELLED;

        /** Whether nothing more will be sent. */
        public boolean isOver() {
            return this == FINISHED || this == CANCELLED;
        }

        /** Whether somebody said that nothing more may be sent until told to go on. */
        public boolean isHeld() {
            return this == PAUSED || this == STOPPED;
        }
    }
}
