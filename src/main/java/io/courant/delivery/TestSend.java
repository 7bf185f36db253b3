package io.courant.delivery;

import javax.net.ssl.SSLSocketFactory;

/**
 * Sends a message to an editor who wants to see it before the readers do. No ledger hears of it: it is nobody's
 * delivery, and nothing remembers it.
 */
public final class TestSend {
    private final Relays relays;

    public TestSend(Transport transport) {
        this(transport, (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    TestSend(Transport transport, SSLSocketFactory tls) {
        this.relays = new Relays(transport, tls);
    }

    /**
     * What came of it.
     *
     * @param relay the one that was asked last
     */
    public record Answer(String relay, Outcome outcome) {}

    /**
     * Asks one relay after the other, until one may have taken the message.
     *
     * @throws RelayException when none can be used
     */
    public Answer send(MessageTemplate message, Personal personal) {
        Relays.Answer answer = relays.send(new Mail(personal.envelope(), message.fill(personal)), () -> true);
        return new Answer(answer.relay().name(), answer.outcome());
    }
}
