package io.courant.delivery;

/** A run was cut off for so long that others may have taken over what it was to send. */
public final class LeaseLost extends RuntimeException {
    /** @param lease its number */
    public LeaseLost(long lease) {
        super("lease " + lease + " has ended; what it was to send is sent by others");
    }
}
