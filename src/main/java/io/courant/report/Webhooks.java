package io.courant.report;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what programs elsewhere are to hear of. What happens is written down in the transaction in which it happens, and
 * becomes a message for each webhook that wants it, once; a message stays until it was taken or given up. It may be sent
 * twice, by a process that was killed, and bears the same id then.
 */
public interface Webhooks {
    /** How long a message is tried. */
    Duration PATIENCE = Duration.ofDays(3);

    /** How long it is shown what became of a message. */
    Duration KEPT = Duration.ofDays(30);

    /**
     * What has happened and has no messages yet, the oldest first.
     *
     * @param after number of the last one before; 0 begins
     */
    List<Happening> happenings(long after, int most);

    /** Keeps messages and forgets what they tell of, or neither. What was told by another process meanwhile is left out. */
    void tell(Happening happening, List<Draft> drafts, Instant now);

    /**
     * Messages to be sent now, the oldest first. Forgets what became of old ones.
     *
     * @param except where none are to go now
     */
    List<Message> due(Instant now, Set<URI> except, int most);

    /** Takes a message, so that no other process sends it until then; false: one has. */
    boolean claim(Message message, Instant now, Instant until);

    /**
     * Notes what came of sending a message.
     *
     * @param due when it is sent again, if it is
     */
    void settle(Message message, State state, Instant due, String answer);

    /** The newest messages, the newest first. */
    List<Message> list(int most);

    /**
     * Lets messages be sent again that were given up or wait.
     *
     * @param id of one; null: all
     * @return how many
     */
    int retry(@Nullable String id, Instant now);

    /** The address of a subscriber, if there is one still. */
    @Nullable
    String address(long subscriber);

    /** What becomes of a message. */
    enum State {
        WAITING,
        DELIVERED,
        GIVEN_UP
    }

    /**
     * Something that happened.
     *
     * @param newsletter null: it is about all
     * @param subscriber null: it is about nobody in particular
     * @param kind of a bounce
     * @param at null: not known to the millisecond
     */
    record Happening(
            long number,
            String event,
            @Nullable String newsletter,
            @Nullable String issue,
            @Nullable Long subscriber,
            @Nullable String kind,
            @Nullable Instant at) {}

    /** A message that is not kept yet. */
    record Draft(
            String id,
            String newsletter,
            URI url,
            String event,
            String body,
            @Nullable Long subscriber) {}

    /**
     * A message.
     *
     * @param answer what came of the last try, in words
     */
    record Message(
            long number,
            Draft draft,
            State state,
            Instant made,
            Instant due,
            int tries,
            @Nullable Instant tried,
            String answer) {}
}
