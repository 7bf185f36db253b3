package io.courant.bounce;

import io.courant.issue.IssueId;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One thing that came back: a report of a mail, or a refusal that the relay spoke at once.
 *
 * @param newsletter whose mail it answers; where nothing signed says so, whose mailbox it lay in
 * @param message what identifies the mail in that mailbox; with the position it tells events apart, so that none is
 *     counted twice
 * @param position which of the mail's reports, from 0
 * @param subscriber whom it is about, if that is known
 * @param issue the issue that came back, if that is known
 * @param at when it came in
 */
public record BounceEvent(
        String newsletter,
        String message,
        int position,
        @Nullable Long subscriber,
        @Nullable IssueId issue,
        Instant at,
        Report report,
        Trust trust) {
    public BounceEvent {
        message = message.replace("\0", ""); // which PostgreSQL has no room for
    }

    /** What shows that the event is about the subscriber and the issue. */
    public enum Trust {
        /** It bears the token of a mail that we sent. */
        SIGNED,
        /** It bears no token: anybody may have written it. */
        UNSIGNED,
        /** It bears a token that we did not make, or of a delivery that never was. */
        FORGED,
        /** The relay said so to us while it was handed the mail. */
        SMTP;

        /** Whether anything may follow for the subscriber. */
        public boolean isProof() {
            return this == SIGNED || this == SMTP;
        }

        /** As people and programs read it: {@code signed}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What followed for the subscriber. */
    public enum Consequence {
        NONE,
        /** It counts; enough of its kind suppress the address. */
        COUNTED,
        /** The address gets no mail any more. */
        SUPPRESSED,
        /** The address would be suppressed now, but was before. */
        ALREADY;

        /** As people and programs read it: {@code suppressed}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
