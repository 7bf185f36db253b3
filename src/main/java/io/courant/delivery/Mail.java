package io.courant.delivery;

/**
 * A complete message in its envelope, ready to go. The message ends with CRLF and no line of it begins with a dot, so
 * it goes over the wire as it is.
 */
final class Mail {
    private final Envelope envelope;
    private final byte[] message;

    /** Keeps the array itself: whoever filled it lets go of it. */
    Mail(Envelope envelope, byte[] message) {
        this.envelope = envelope;
        this.message = message;
    }

    Envelope envelope() {
        return envelope;
    }

    byte[] message() {
        return message;
    }

    int size() {
        return message.length;
    }
}
