package io.courant.report;

import io.courant.delivery.Ledger;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A delivery as {@code --json} shows it; scripts rely on these names.
 *
 * @param address {@code null} when the subscriber was erased
 * @param messageId without angle brackets
 * @param attempts those that said something: a first one that was accepted did not
 * @param inDoubt how often it was
 * @param due before which it is not sent, or not sent again; {@code null} where it does not wait for a time
 * @param reason why it stands where it stands; {@code null} where it was accepted at the first attempt
 */
public record DeliveryView(
        @Nullable String address,
        String messageId,
        String state,
        List<Attempt> attempts,
        int inDoubt,
        @Nullable Instant due,
        @Nullable String reason) {

    /** An attempt, with the state that it led to. */
    public record Attempt(Instant at, String phase, String reply, String outcome) {
        static Attempt of(Ledger.Attempt attempt) {
            return new Attempt(
                    attempt.at(),
                    attempt.phase().name().toLowerCase(Locale.ROOT),
                    attempt.reply(),
                    IssueView.name(attempt.outcome()));
        }
    }

    public static DeliveryView of(Ledger.Entry entry, String messageId, @Nullable String reason) {
        return new DeliveryView(
                entry.isErased() ? null : entry.address(),
                messageId,
                IssueView.name(entry.state()),
                entry.attempts().stream().map(Attempt::of).toList(),
                entry.inDoubt(),
                entry.dueAt(),
                reason);
    }
}
