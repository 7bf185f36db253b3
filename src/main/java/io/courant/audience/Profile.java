package io.courant.audience;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How somebody stands: whether they want mail, whether they may get it, and what they are to each newsletter.
 *
 * @param state signed up, too, of who left all and came back to a newsletter
 * @param suppression the reason why nothing may be sent to them; null: nothing forbids it
 * @param newsletters by name, in their order
 */
public record Profile(
        Subscriber subscriber,
        Subscriber.State state,
        @Nullable String suppression,
        Map<String, Readers.Reader> newsletters) {
    public Profile {
        newsletters = Collections.unmodifiableMap(new LinkedHashMap<>(newsletters));
    }

    /** Of a subscriber, as far as these newsletters go. */
    public static Profile of(Subscriber subscriber, List<String> names, Readers readers, Subscribers subscribers) {
        Map<String, Readers.Reader> newsletters = new LinkedHashMap<>();
        for (String name : names) {
            readers.find(name, subscriber.id()).ifPresent(reader -> newsletters.put(name, reader));
        }
        return new Profile(
                subscriber,
                state(subscriber, newsletters),
                subscribers.suppression(subscriber.address()).orElse(null),
                newsletters);
    }

    /** Who left all and took it back for a newsletter gets that one, as if they had signed up for it alone. */
    private static Subscriber.State state(Subscriber subscriber, Map<String, Readers.Reader> newsletters) {
        boolean back = newsletters.values().stream().anyMatch(reader -> reader.standing() == Readers.Standing.JOINED);
        return back && subscriber.state() == Subscriber.State.UNSUBSCRIBED
                ? Subscriber.State.SIGNED_UP
                : subscriber.state();
    }
}
