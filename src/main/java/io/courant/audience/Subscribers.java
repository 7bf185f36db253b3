package io.courant.audience;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Keeps the subscribers, one per {@link EmailAddress#key()}, and the addresses that must not be written to. */
public interface Subscribers {
    /**
     * Adds or updates a group in one transaction: all or none. A known address keeps its id and joining date; name
     * and tags are replaced; one that has unsubscribed stays unsubscribed.
     */
    Merged merge(List<NewSubscriber> group);

    /** What {@link #merge} would do, without doing it. */
    Merged tryMerge(List<NewSubscriber> group);

    /** Hands every subscriber to the reader, in the order of ids, without holding all in memory. */
    void forEach(Consumer<Subscriber> reader);

    /** The subscriber with this address, however it is spelt. */
    Optional<Subscriber> find(EmailAddress address);

    /** Refuses all mail to an address from now on, also in issues already frozen. Repeating it changes nothing. */
    void suppress(EmailAddress address, String reason, Instant at);

    /** The reason why nothing may be sent to the address, if so. */
    Optional<String> suppression(EmailAddress address);

    /** Hands over every address that is suppressed, in alphabetical order. */
    void forEachSuppression(Consumer<Suppression> reader);

    /**
     * Allows mail to an address again; that others refuse mail to it, or that its owner left, is not changed.
     *
     * @return what is no more, if it was suppressed
     */
    Optional<Suppression> allow(EmailAddress address);

    /** The subscriber leaves all: no newsletter is sent to them any more. Unknown ids change nothing. */
    void unsubscribe(long subscriber, Instant at);

    /**
     * A subscriber as an import brings it.
     *
     * @param name possibly empty, at most {@value #MAX_NAME} characters, on one line
     * @param tags none of them blank or with a comma, semicolon, bar or control character, which separate tags in files
     */
    record NewSubscriber(EmailAddress address, String name, Subscriber.State state, List<String> tags, Instant joined) {
        static final int MAX_NAME = 200;

        public NewSubscriber {
            tags = List.copyOf(tags);
            if (name.length() > MAX_NAME) {
                throw new IllegalArgumentException(
                        "name is longer than " + MAX_NAME + " characters: '" + EmailAddress.printable(name) + "'");
            }
            name = new Mailbox(name, address).name(); // the name will stand in a header
            for (String tag : tags) {
                if (tag.isBlank()
                        || tag.codePoints().anyMatch(c -> Character.isISOControl(c) || ",;|".indexOf(c) >= 0)) {
                    throw new IllegalArgumentException("not a tag: '" + EmailAddress.printable(tag)
                            + "' (expected a word or two without comma, semicolon, bar or line break)");
                }
            }
        }
    }

    /** An address that nothing may be sent to, as {@link EmailAddress#key()} has it; why, and since when. */
    record Suppression(String address, String reason, Instant since) {}

    /** What a merge did: rows added, rows updated, rows whose address is suppressed (added, but never written to). */
    record Merged(int added, int updated, int suppressed) {
        public Merged plus(Merged other) {
            return new Merged(added + other.added, updated + other.updated, suppressed + other.suppressed);
        }
    }
}
