package io.courant.lab;

import io.courant.audience.EmailAddress;
import io.courant.lab.RelayLog.Copy;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** All that a relay's log knows of one Message-ID. */
final class Sighting {
    private final String recipient;
    private final String sha256;
    private int copies;
    private boolean differs;
    private @Nullable String another;

    Sighting(Copy first) {
        this.recipient = first.to();
        this.sha256 = first.sha256();
    }

    Sighting add(Copy copy) {
        copies++;
        differs |= !copy.sha256().equals(sha256);
        if (!copy.to().equals(recipient)) {
            another = copy.to();
        }
        return this;
    }

    int copies() {
        return copies;
    }

    /** Whether not all copies have the same bytes. */
    boolean differs() {
        return differs;
    }

    String recipient() {
        return recipient;
    }

    /** Somebody else than the one it was for who got it, or {@code null}. */
    @Nullable
    String strayedTo(EmailAddress meant) {
        boolean arrived = recipient.toLowerCase(Locale.ROOT).equals(meant.key());
        return arrived ? another : recipient;
    }
}
