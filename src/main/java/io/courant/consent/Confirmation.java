package io.courant.consent;

/** What came of confirming; the same each time that it is done. */
public sealed interface Confirmation {
    /** The subscriber gets the newsletter. */
    record Joined(long subscriber) implements Confirmation {}

    /** Mail comes to the new address, to this subscriber. */
    record Moved(long subscriber) implements Confirmation {}

    /** There was nothing to confirm, or no longer. */
    record Nothing() implements Confirmation {}
}
