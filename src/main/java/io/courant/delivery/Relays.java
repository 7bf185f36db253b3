package io.courant.delivery;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** The relays of a newsletter, asked one after the other to take a single mail. */
final class Relays {
    private final Transport transport;
    private final SSLSocketFactory tls;

    Relays(Transport transport, SSLSocketFactory tls) {
        this.transport = transport;
        this.tls = tls;
    }

    /**
     * What came of it.
     *
     * @param relay the one that was asked last
     */
    record Answer(Relay relay, Outcome outcome) {}

    /**
     * Asks until one may have taken the mail.
     *
     * @param gate asked before a final dot may leave; it may be asked once for each relay
     * @throws RelayException when none can be used
     */
    Answer send(Mail mail, BooleanSupplier gate) {
        Optional<Answer> answer = Optional.empty();
        @Nullable RelayException failure = null;
        try (Watchdog watchdog = new Watchdog()) {
            for (Route route : transport.routes()) {
                try {
                    answer = Optional.of(ask(route.relay(), mail, gate, watchdog));
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

    private Answer ask(Relay relay, Mail mail, BooleanSupplier gate, Watchdog watchdog) {
        RelayConnection connection = new RelayConnector(relay, watchdog, tls).open();
        try {
            return new Answer(relay, connection.transact(mail, Optional::empty, gate));
        } finally {
            connection.end();
        }
    }

    private static boolean mayBeTaken(Outcome outcome) {
        return outcome instanceof Outcome.Accepted || outcome instanceof Outcome.InDoubt;
    }
}
