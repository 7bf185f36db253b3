package io.courant.audience;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps who reads which newsletter, and how they want it. Whoever belongs to the {@link Segment} that a newsletter is
 * for reads it until they leave; whoever asked for it by themselves does, whatever the segment says.
 */
public interface Readers {
    /** What a subscriber is to a newsletter, if there is a subscriber with this id. */
    Optional<Reader> find(String newsletter, long subscriber);

    /** How many read the newsletter, those included whose address is suppressed and those who pause. */
    long count(String newsletter, Segment audience);

    /** Whether a subscriber reads the newsletter, as {@link #count} counts. */
    boolean reads(String newsletter, Segment audience, long subscriber);

    /**
     * The subscriber asks for the newsletter, or comes back to it. It is their own wish: what they left before counts no
     * more.
     */
    void join(String newsletter, long subscriber, Instant at);

    /**
     * The subscriber leaves the newsletter and gets no more mail of it, also of issues already frozen. Unknown ids
     * change nothing.
     *
     * @return whether they read it before, as far as is known without the segment
     */
    boolean leave(String newsletter, long subscriber, Instant at);

    /** Keeps what the subscriber wants. Who chooses to get less mail has had, so far, all that was issued. */
    void choose(String newsletter, long subscriber, Preferences preferences, Instant at);

    /** Readers who chose topics that are none of these. */
    Strays strays(String newsletter, Set<String> topics);

    /**
     * Readers who chose topics that their newsletter has no more.
     *
     * @param topics ids, in alphabetical order
     * @param readers who chose any of them
     * @param lost who chose nothing else, and so get no mail
     */
    record Strays(List<String> topics, long readers, long lost) {
        public Strays {
            topics = List.copyOf(topics);
        }
    }

    /**
     * A subscriber and a newsletter.
     *
     * @param joined when they asked for the newsletter, or for mail at all
     * @param left when they left the newsletter; null: they did not
     */
    record Reader(
            long subscriber,
            EmailAddress address,
            Standing standing,
            Instant joined,
            @Nullable Instant left,
            Preferences preferences) {}

    /** Why somebody gets a newsletter, or does not. */
    enum Standing {
        /** They asked for it by themselves. */
        JOINED,
        /** They get it if they belong to its segment. */
        BY_SEGMENT,
        /** They get what they asked for by themselves, and this is not among it. */
        STRANGER,
        /** They left it, or all. */
        LEFT
    }
}
