package io.courant.audience;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Keeps the subscribers, one per {@link EmailAddress#key()}, and the addresses that must not be written to. */
public interface Subscribers {
    /**
     * Adds or updates a group in one transaction: all or none. A known address keeps its id and joining date and takes
     * what the import says; what that leaves open stays as it is. Nothing brings back who has unsubscribed, or what
     * somebody left or joined here by themselves. An address that comes twice is one subscriber, {@linkplain
     * NewSubscriber#united united}. Doing it again changes nothing.
     */
    Merged merge(List<NewSubscriber> group);

    /** What {@link #merge} would do, without doing it. */
    Merged tryMerge(List<NewSubscriber> group);

    /** Hands every subscriber to the reader, in the order of ids, without holding all in memory. */
    void forEach(Consumer<Entry> reader);

    /** The subscriber with this address, however it is spelt. */
    Optional<Subscriber> find(EmailAddress address);

    /** The subscriber of this number. */
    Optional<Subscriber> find(long id);

    /**
     * Subscribers whose address holds a text, in alphabetical order: first those whose address begins with it, then, as
     * far as the limit allows, the others. Answers at once among a million.
     */
    List<Subscriber> search(String part, int limit);

    /** How many there are. */
    Census census();

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
     * @param tags none of them blank or with a comma, semicolon, bar or control character, which separate tags in
     *     files; null: the import says nothing of tags
     * @param left since when they want no more mail; null: they are not {@link Subscriber.State#UNSUBSCRIBED}
     * @param suppression why nothing may be sent to the address; null: no reason is known
     * @param proof that they agreed; null: nothing is kept
     */
    record NewSubscriber(
            EmailAddress address,
            String name,
            Subscriber.State state,
            @Nullable List<String> tags,
            Instant joined,
            @Nullable Instant left,
            Wishes wishes,
            @Nullable Suppression suppression,
            @Nullable Proof proof) {
        static final int MAX_NAME = 200;

        public NewSubscriber {
            tags = tags == null ? null : List.copyOf(tags);
            if (name.length() > MAX_NAME) {
                throw new IllegalArgumentException(
                        "name is longer than " + MAX_NAME + " characters: '" + EmailAddress.printable(name) + "'");
            }
            if ((left == null) == (state == Subscriber.State.UNSUBSCRIBED)) {
                throw new IllegalArgumentException("left at " + left + ", but " + state);
            }
            name = new Mailbox(name, address).name(); // the name will stand in a header
            for (String tag : tags == null ? List.<String>of() : tags) {
                if (tag.isBlank() || EmailAddress.any(tag, c -> Character.isISOControl(c) || ",;|".indexOf(c) >= 0)) {
                    throw new IllegalArgumentException("not a tag: '" + EmailAddress.printable(tag)
                            + "' (expected a word or two without comma, semicolon, bar or line break)");
                }
            }
        }

        /** One of whom no more is known. Who has left did so when they joined, for all that is known. */
        public NewSubscriber(
                EmailAddress address, String name, Subscriber.State state, List<String> tags, Instant joined) {
            this(
                    address,
                    name,
                    state,
                    tags,
                    joined,
                    state == Subscriber.State.UNSUBSCRIBED ? joined : null,
                    Wishes.NONE,
                    null,
                    null);
        }

        /**
         * One of two rows about the same mailbox: the tags and newsletters of both, the earlier joining date, and the
         * least mail that either allows. Of the rest this one goes first.
         */
        public NewSubscriber united(NewSubscriber other) {
            return new NewSubscriber(
                    address,
                    name.isEmpty() ? other.name : name,
                    state.compareTo(other.state) > 0 ? state : other.state,
                    tags == null || other.tags == null
                            ? (tags == null ? other.tags : tags)
                            : Stream.concat(tags.stream(), other.tags.stream())
                                    .distinct()
                                    .toList(),
                    joined.isBefore(other.joined) ? joined : other.joined,
                    left == null ? other.left : left,
                    wishes.united(other.wishes),
                    suppression == null ? other.suppression : suppression,
                    proof == null || (other.proof != null && proof.isVaguerThan(other.proof)) ? other.proof : proof);
        }
    }

    /**
     * How an imported subscriber wants mail; what is null or empty is not known.
     *
     * @param newsletters names of those that they asked for by themselves
     * @param left names of those that they left
     */
    record Wishes(
            @Nullable Locale language,
            @Nullable ZoneId zone,
            @Nullable Form form,
            Set<String> newsletters,
            Set<String> left) {
        /** Nothing is known. */
        public static final Wishes NONE = new Wishes(null, null, null, Set.of(), Set.of());

        public Wishes {
            left = namesIn(left);
            Set<String> gone = left;
            newsletters = gone.isEmpty()
                    ? namesIn(newsletters)
                    : namesIn(newsletters).stream()
                            .filter(name -> !gone.contains(name))
                            .collect(toUnmodifiableSet());
        }

        private static Set<String> namesIn(Set<String> names) {
            return names.isEmpty()
                    ? Set.of()
                    : names.stream().map(Subscribers::withoutNul).collect(toUnmodifiableSet());
        }

        private Wishes united(Wishes other) {
            if (other.equals(this)) {
                return this;
            }
            return new Wishes(
                    language == null ? other.language : language,
                    zone == null ? other.zone : zone,
                    form == null ? other.form : form,
                    Stream.concat(newsletters.stream(), other.newsletters.stream())
                            .collect(toUnmodifiableSet()),
                    Stream.concat(left.stream(), other.left.stream()).collect(toUnmodifiableSet()));
        }
    }

    /**
     * Subscribers by what they want.
     *
     * @param suppressed addresses that nothing may be sent to, whether they are subscribers or not
     */
    record Census(long active, long signedUp, long unsubscribed, long suppressed) {}

    /** An address that nothing may be sent to, as {@link EmailAddress#key()} has it; why, and since when. */
    record Suppression(String address, String reason, Instant since) {
        public Suppression {
            reason = withoutNul(reason);
        }
    }

    /** Text from a file or a form without the one character that PostgreSQL has no room for. */
    private static String withoutNul(String text) {
        return text.replace("\0", "");
    }

    /**
     * What is kept as the proof that somebody added by an import agreed to mail.
     *
     * @param source where it comes from
     * @param wording what they agreed to; empty: not known
     * @param requested when they asked; null: not known, as the rest
     * @param confirmed when they confirmed it from their mailbox
     */
    record Proof(
            String source,
            String wording,
            @Nullable Instant requested,
            @Nullable String requestedFrom,
            @Nullable Instant confirmed,
            @Nullable String confirmedFrom) {
        public Proof {
            source = withoutNul(source);
            wording = withoutNul(wording);
            requestedFrom = requestedFrom == null ? null : withoutNul(requestedFrom);
            confirmedFrom = confirmedFrom == null ? null : withoutNul(confirmedFrom);
        }

        private boolean isVaguerThan(Proof other) {
            return confirmed == null && (other.confirmed != null || (requested == null && other.requested != null));
        }
    }

    /**
     * What an export says of a subscriber.
     *
     * @param newsletters names of those that they asked for by themselves
     * @param left names of those that they left
     * @param suppression why nothing may be sent to the address; null: nothing forbids it
     */
    record Entry(
            Subscriber subscriber,
            Set<String> newsletters,
            Set<String> left,
            @Nullable String suppression) {
        public Entry {
            newsletters = Set.copyOf(newsletters);
            left = Set.copyOf(left);
        }
    }

    /**
     * What a merge did with subscribers: each was added, updated or left unchanged, and is counted once there.
     *
     * @param unchanged were here already, as the import has them
     * @param suppressed how many of all want mail, but have an address that is suppressed: they are never written to
     * @param unsubscribed how many of all want no mail, whatever the import says, suppressed or not
     */
    record Merged(int added, int updated, int unchanged, int suppressed, int unsubscribed) {
        /** Nothing done. */
        public static final Merged NOTHING = new Merged(0, 0, 0, 0, 0);

        public Merged plus(Merged other) {
            return new Merged(
                    added + other.added,
                    updated + other.updated,
                    unchanged + other.unchanged,
                    suppressed + other.suppressed,
                    unsubscribed + other.unsubscribed);
        }
    }
}
