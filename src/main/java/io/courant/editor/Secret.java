package io.courant.editor;

import io.courant.delivery.Base32;
import java.security.SecureRandom;

/**
 * Something random that lets its bearer in. It is shown once; what is kept is its {@link Digest}. Long enough that a
 * plain hash will do: there is nothing to guess from.
 */
record Secret(String text) {
    private static final SecureRandom RANDOM = new SecureRandom();

    static Secret of(String prefix, int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return new Secret(prefix + Base32.encode(random));
    }

    Digest digest() {
        return Digest.of(text);
    }

    @Override
    public String toString() {
        return "Secret"; // belongs into no log
    }
}
