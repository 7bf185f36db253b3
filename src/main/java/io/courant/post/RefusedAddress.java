package io.courant.post;

import java.net.UnknownHostException;

/**
 * An address that is not asked. The message says why and what to do, to follow the address and a colon. It counts as
 * an unknown host, because that is all that a resolver may throw.
 */
final class RefusedAddress extends UnknownHostException {
    private static final long serialVersionUID = 1;

    RefusedAddress(String problem) {
        super(problem);
    }

    String problem() {
        return String.valueOf(getMessage());
    }
}
