package io.courant.delivery;

import io.courant.audience.EmailAddress;
import jakarta.mail.MessagingException;
import javax.net.ssl.SSLSocketFactory;

/** Asks a relay whether it would serve us, without sending anything: a login, MAIL FROM, RSET and QUIT. */
public final class RelayGreeting {
    private RelayGreeting() {}

    /**
     * What the relay answers to a sender.
     *
     * @param sender the reverse-path, whose local part may be of any mail
     * @throws RelayException when it cannot be reached, or refuses the login; the message says what to look at
     */
    public static Reply exchange(Relay relay, EmailAddress sender) {
        try (Watchdog watchdog = new Watchdog()) {
            RelayConnection connection =
                    new RelayConnector(relay, watchdog, (SSLSocketFactory) SSLSocketFactory.getDefault()).open();
            try {
                return connection.greet(sender.ascii());
            } catch (MessagingException e) {
                throw RelayException.temporary(relay, "broke off after the login (" + e.getMessage() + ")", e);
            } finally {
                connection.end();
            }
        }
    }
}
