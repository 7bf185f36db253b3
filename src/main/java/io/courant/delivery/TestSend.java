package io.courant.delivery;

import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sends a message to an editor who wants to see it before the readers do. No ledger hears of it: it is nobody's
 * delivery, and nothing remembers it.
 */
public final class TestSend {
    private final Transport transport;
    private final SSLSocketFactory tls;

    public TestSend(Transport transport) {
        this(transport, (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    TestSend(Transport transport, SSLSocketFactory tls) {
        this.transport = transport;
        this.tls = tls;
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
        Mail mail = new Mail(personal.envelope(), message.fill(personal));
        Optional<Answer> answer = Optional.empty();
        @Nullable RelayException failure = null;
        try (Watchdog watchdog = new Watchdog()) {
            for (Route route : transport.routes()) {
                try {
                    answer = Optional.of(ask(route.relay(), mail, watchdog));
                    if (mayBeTaken(answer.get().outcome())) {
                        return answer.get();
                    }
                } catch (RelayException e) {
                    failure = failure == null || e.isTemporary() ? e : failure;
                }
            }
        }
        if (answer.isEmpty() && failure != null) {
            throw failure;
        }
        return answer.orElseThrow();
    }

    private Answer ask(Relay relay, Mail mail, Watchdog watchdog) {
        RelayConnection connection = new RelayConnector(relay, watchdog, tls).open();
        try {
            return new Answer(relay.name(), connection.transact(mail));
        } finally {
            connection.end();
        }
    }

    private static boolean mayBeTaken(Outcome outcome) {
        return outcome instanceof Outcome.Accepted || outcome instanceof Outcome.InDoubt;
    }
}
