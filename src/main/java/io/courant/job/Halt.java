package io.courant.job;

import io.courant.delivery.RelayException;
import io.courant.delivery.TooManyRefusals;
import java.util.Locale;
import java.util.Optional;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * Why a machine has ended a send for all of them: a relay that nobody can use, or that refuses nearly everybody. It
 * travels to whoever began the send in the context of a part, which has not failed by itself.
 */
enum Halt {
    RELAY_DOWN,
    RELAY_REFUSES_US,
    TOO_MANY_REFUSALS;

    private static final String KIND = "halt";
    private static final String WORDS = "haltWords";

    /** What kind of accident this is; nothing if it is about one part only. */
    static Optional<Halt> of(RuntimeException accident) {
        if (accident instanceof RelayException relay) {
            return Optional.of(relay.isTemporary() ? RELAY_DOWN : RELAY_REFUSES_US);
        }
        return accident instanceof TooManyRefusals ? Optional.of(TOO_MANY_REFUSALS) : Optional.empty();
    }

    void keep(ExecutionContext context, RuntimeException accident) {
        context.putString(KIND, name());
        context.putString(WORDS, String.valueOf(accident.getMessage()));
    }

    /** The accident that was kept, if one was. */
    static Optional<RuntimeException> kept(ExecutionContext context) {
        String kind = context.getString(KIND, "");
        String words = context.getString(WORDS, "");
        return kind.isEmpty()
                ? Optional.empty()
                : Optional.of(valueOf(kind.toUpperCase(Locale.ROOT)).told(words));
    }

    private RuntimeException told(String words) {
        return switch (this) {
            case RELAY_DOWN -> RelayException.told(words, true);
            case RELAY_REFUSES_US -> RelayException.told(words, false);
            case TOO_MANY_REFUSALS -> new TooManyRefusals(words);
        };
    }
}
