package io.courant.desk;

import io.courant.delivery.FrozenIssue;
import java.util.Locale;

/**
 * A state as a page shows it.
 *
 * @param tone {@code good}, {@code warn}, {@code bad} or nothing: never the only sign of what the words say
 */
record Shown(String words, String tone) {
    static Shown of(FrozenIssue.State state) {
        return switch (state) {
            case AWAITING_APPROVAL -> new Shown("awaits approval", "warn");
            case APPROVED -> new Shown("approved", "good");
            case PAUSED -> new Shown("paused", "warn");
            case STOPPED -> new Shown("stopped", "warn");
            case FINISHED -> new Shown("finished", "good");
            case CANCELLED -> new Shown("cancelled", "bad");
        };
    }

    static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
