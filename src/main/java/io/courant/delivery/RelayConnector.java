package io.courant.delivery;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** Opens connections to a relay, and says in words why one could not be opened. */
final class RelayConnector {
    private final Relay relay;
    private final Watchdog watchdog;
    private final SSLSocketFactory tls;
    private final RoundTrip roundTrip = new RoundTrip();

    RelayConnector(Relay relay, Watchdog watchdog, SSLSocketFactory tls) {
        this.relay = relay;
        this.watchdog = watchdog;
        this.tls = tls;
    }

    /** Whether the relay is known to be far away. */
    boolean isFar() {
        return roundTrip.isLong();
    }

    /**
     * A connection that is ready for a transaction.
     *
     * @throws RelayException when there is none to be had
     */
    RelayConnection open() {
        RelaySockets sockets = new RelaySockets(tls);
        RelayConnection connection =
                new RelayConnection(relay, Session.getInstance(properties(sockets)), sockets, roundTrip, watchdog);
        boolean open = false;
        try {
            connection.begin(relay.username(), password());
            refuseUnlessOffered(connection);
            open = true;
            return connection;
        } catch (MessagingException e) {
            throw explain(connection, e);
        } finally {
            if (!open) {
                connection.end();
            }
        }
    }

    private Properties properties(RelaySockets sockets) {
        Relay.Timeouts timeouts = relay.timeouts();
        Properties properties = new Properties();
        properties.put("mail.smtp.socketFactory", sockets.plain());
        properties.put("mail.smtp.socketFactory.fallback", "false");
        properties.put("mail.smtp.connectiontimeout", millis(timeouts.connect()));
        // The watchdog keeps each step's own limit; this one only backs it up.
        properties.put("mail.smtp.timeout", millis(timeouts.dot().plus(timeouts.reply())));
        properties.put("mail.smtp.quitwait", "false");
        properties.put("mail.smtp.auth", String.valueOf(relay.username() != null));
        if (relay.tls() != Relay.Tls.NONE) {
            properties.put("mail.smtp.ssl.socketFactory", sockets.tls());
            properties.put("mail.smtp.ssl.checkserveridentity", "true");
            properties.put("mail.smtp.ssl.enable", String.valueOf(relay.tls() == Relay.Tls.TLS));
            properties.put("mail.smtp.starttls.required", String.valueOf(relay.tls() == Relay.Tls.STARTTLS));
        }
        return properties;
    }

    private static String millis(Duration duration) {
        return String.valueOf(Math.min(duration.toMillis(), Integer.MAX_VALUE));
    }

    private @Nullable String password() {
        Path file = relay.passwordFile();
        if (file == null) {
            return null;
        }
        try {
            return Files.readString(file).lines().findFirst().orElse("");
        } catch (IOException e) {
            throw RelayException.permanent(
                    relay,
                    "needs a password, but " + file + " cannot be read (" + e + "); check relay.password-file",
                    e);
        }
    }

    /** Jakarta Mail goes on without a login when the relay offers none. */
    private void refuseUnlessOffered(RelayConnection connection) {
        if (relay.username() != null
                && !connection.supportsExtension("AUTH")
                && !connection.supportsExtension("AUTH=LOGIN")) {
            throw RelayException.permanent(
                    relay, "offers no login; leave out relay.username, or check relay.port and relay.tls");
        }
    }

    private RelayException explain(RelayConnection connection, MessagingException failure) {
        if (connection.isExpired()
                || find(failure, SocketTimeoutException.class).isPresent()) {
            return RelayException.temporary(relay, "does not answer; check relay.host and relay.port", failure);
        }
        if (find(failure, UnknownHostException.class).isPresent()) {
            return RelayException.temporary(relay, "is unknown: its name does not resolve; check relay.host", failure);
        }
        if (find(failure, ConnectException.class).isPresent()) {
            return RelayException.temporary(
                    relay, "refuses connections; check that it runs, and relay.host and relay.port", failure);
        }
        Optional<SSLException> ssl = find(failure, SSLException.class);
        if (ssl.isPresent()) {
            return explainTls(ssl.get(), failure);
        }
        Reply reply = connection.lastReply();
        if (failure instanceof AuthenticationFailedException) {
            String user = "login for '" + relay.username() + "'";
            return reply.isPermanent()
                    ? RelayException.permanent(
                            relay,
                            "refused " + user + " (" + reply + "); check relay.username and the password file",
                            failure)
                    : RelayException.temporary(
                            relay, "could not check the " + user + " (" + said(reply) + ")", failure);
        }
        if (reply.isPermanent()) {
            return RelayException.permanent(
                    relay, "does not serve us (" + reply + "); ask its operator whether we may send", failure);
        }
        if (reply.isPositive() && relay.tls() == Relay.Tls.STARTTLS && !connection.supportsExtension("STARTTLS")) {
            return RelayException.permanent(
                    relay, "offers no STARTTLS; set relay.tls to tls if the port speaks TLS from the start", failure);
        }
        boolean broke = find(failure, SocketException.class).isPresent() || reply.code() <= 0;
        String what = broke
                ? "closed the connection before it was ready; check relay.port and relay.tls"
                : "is not ready (" + said(reply) + ")";
        return RelayException.temporary(relay, what, failure);
    }

    private RelayException explainTls(SSLException ssl, MessagingException failure) {
        if (find(ssl, CertificateException.class).isPresent()) {
            return RelayException.permanent(
                    relay,
                    "shows a certificate that is not trusted for '" + relay.host() + "' (" + ssl.getMessage()
                            + "); check relay.host, or have its certificate renewed or added to Java's trust store",
                    failure);
        }
        return RelayException.permanent(
                relay,
                "does not speak TLS as expected (" + ssl.getMessage() + "); check relay.port and relay.tls",
                failure);
    }

    private static String said(Reply reply) {
        return reply.code() > 0 ? reply.toString() : "no answer";
    }

    private static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return Optional.of(type.cast(cause));
            }
        }
        return Optional.empty();
    }
}
