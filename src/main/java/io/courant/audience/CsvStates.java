package io.courant.audience;

import io.courant.audience.Subscriber.State;
import java.util.Locale;
import java.util.Set;

/** The words in which files say whether somebody wants mail, and may get it. */
final class CsvStates {
    private static final Set<String> ACTIVE = words("active subscribed enabled confirmed"
            + " regular premium trialed unpaid gifted churning churned past_due paused free paid comp");
    private static final Set<String> UNSUBSCRIBED = words("unsubscribed disabled inactive archived removed deleted");
    private static final Set<String> SUPPRESSED = words("suppressed cleaned bounced undeliverable malformed");
    private static final Set<String> COMPLAINED =
            words("blocklisted blacklisted blocked banned complained complaint spammy");
    private static final Set<String> UNCONFIRMED = words("unconfirmed pending unactivated unverified");
    private static final Set<String> NEVER_ASKED = words("nonsubscribed non-subscribed transactional");

    private CsvStates() {}

    /** Whether somebody wants mail, and whether the address may have it. */
    record Meaning(State state, boolean suppressed) {}

    /**
     * What a word means.
     *
     * @throws IllegalArgumentException when it means that they did not agree, or nothing
     */
    static Meaning of(String word) {
        String plain = word.toLowerCase(Locale.ROOT).replace(' ', '_');
        if (plain.isEmpty() || ACTIVE.contains(plain)) {
            return new Meaning(State.ACTIVE, false);
        }
        if (plain.equals("signed_up")) {
            return new Meaning(State.SIGNED_UP, false);
        }
        if (UNSUBSCRIBED.contains(plain)) {
            return new Meaning(State.UNSUBSCRIBED, false);
        }
        if (SUPPRESSED.contains(plain)) {
            return new Meaning(State.ACTIVE, true);
        }
        if (COMPLAINED.contains(plain)) {
            return new Meaning(State.UNSUBSCRIBED, true);
        }
        if (UNCONFIRMED.contains(plain)) {
            throw new IllegalArgumentException(
                    plain + ": they never confirmed that they want mail; let them sign up themselves");
        }
        if (NEVER_ASKED.contains(plain)) {
            throw new IllegalArgumentException(plain + ": they never asked for mail; let them sign up themselves");
        }
        throw new IllegalArgumentException("unknown state '" + EmailAddress.printable(word)
                + "' (expected active, signed_up, unsubscribed or suppressed)");
    }

    private static Set<String> words(String words) {
        return Set.of(words.split(" ", -1));
    }
}
