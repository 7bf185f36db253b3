package io.courant.delivery;

import io.courant.issue.Edition;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One form of an issue's message, stored once for all who get it. There may be thousands, so the message of a stored one
 * is fetched each time that it is asked for; {@link Variants} keeps those in use.
 */
public final class Variant {
    private final String name;
    private final @Nullable Edition edition;
    private final Supplier<MessageTemplate> message;

    /**
     * @param name unique within the issue
     * @param edition null for issues that were frozen when there was but one
     */
    public Variant(String name, @Nullable Edition edition, Supplier<MessageTemplate> message) {
        this.name = name;
        this.edition = edition;
        this.message = message;
    }

    public String name() {
        return name;
    }

    public @Nullable Edition edition() {
        return edition;
    }

    public MessageTemplate message() {
        return message.get();
    }

    /** The same variant, whose messages bear a DKIM signature for each key. */
    Variant signedWith(List<DkimKey> keys, Instant at) {
        return keys.isEmpty()
                ? this
                : new Variant(name, edition, () -> message().signedWith(keys, at));
    }
}
