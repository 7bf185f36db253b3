package io.courant.job;

/**
 * Where the broker is through which the machines that send together share the work.
 *
 * @param password of the user {@code courant}, the only one that it knows
 */
public record BrokerAddress(String host, int port, String password) {
    /** What it listens at unless told otherwise. */
    public static final int PORT = 61_616;

    /** Without the password. */
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
