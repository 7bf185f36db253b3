package io.courant.delivery;

/** A message in its envelope, ready to go. Each is itself: two of the same content are two mails. */
final class Mail {
    private final Envelope envelope;
    private final Message message;

    Mail(Envelope envelope, Message message) {
        this.envelope = envelope;
        this.message = message;
    }

    Envelope envelope() {
        return envelope;
    }

    Message message() {
        return message;
    }

    int size() {
        return message.size();
    }
}
