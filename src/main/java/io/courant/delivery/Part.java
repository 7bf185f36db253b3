package io.courant.delivery;

/**
 * What came of some of an issue's deliveries in one run.
 *
 * @param isComplete whether all that was due was sent
 * @param isYielding whether it is not complete only because what is left has to wait for a pace, so that others may go
 *     first
 */
public record Part(long accepted, long deferred, long rejected, long inDoubt, boolean isComplete, boolean isYielding) {
    /** Of no deliveries. */
    public static final Part NONE = new Part(0, 0, 0, 0, true, false);

    /** Both together. */
    public Part plus(Part other) {
        return new Part(
                accepted + other.accepted,
                deferred + other.deferred,
                rejected + other.rejected,
                inDoubt + other.inDoubt,
                isComplete && other.isComplete,
                isYielding || other.isYielding);
    }
}
