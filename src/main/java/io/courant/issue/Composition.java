package io.courant.issue;

/** What came of composing: an issue, or a reason why there is none. */
public sealed interface Composition {
    /** A draft with everything that fits. */
    record Composed(Issue issue) implements Composition {}

    /**
     * Nothing to mail.
     *
     * @param reason in words, to follow "skipped: "
     */
    record Skipped(String reason) implements Composition {}
}
