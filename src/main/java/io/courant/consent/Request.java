package io.courant.consent;

import io.courant.audience.EmailAddress;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for.
 *
 * @param newsletter {@link io.courant.issue.Newsletter#name()}
 * @param address that the mail about it goes to
 * @param subscriber who asks, if they are known to be a subscriber
 * @param language that they chose; null: none
 * @param wording what they agreed to, word by word
 */
public record Request(
        Kind kind,
        String newsletter,
        EmailAddress address,
        @Nullable Long subscriber,
        @Nullable Locale language,
        String wording,
        Origin origin,
        Instant at) {

    /** What it is about. */
    public enum Kind {
        /** To get a newsletter. */
        SIGN_UP,
        /** To have mail come to another address. */
        ADDRESS_CHANGE,
        /** Nothing: the old address is told that it was changed. */
        NOTICE
    }
}
