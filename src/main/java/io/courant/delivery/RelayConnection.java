package io.courant.delivery;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;

/**
 * One SMTP connection. Connecting, EHLO, TLS and AUTH are Jakarta Mail's; a transaction is our own, command by
 * command, because only then is it known how far it got when the connection breaks: before the final dot the relay
 * cannot have taken the message, after it nobody knows. Used by one thread at a time.
 */
final class RelayConnection extends SMTPTransport {
    private static final String FINAL_DOT = ".";

    private final Relay relay;
    private final RelaySockets sockets;
    private final Watchdog.Watched watch;
    private boolean usable = true;
    private boolean used;

    RelayConnection(Relay relay, Session session, RelaySockets sockets, Watchdog watchdog) {
        super(session, new URLName("smtp", relay.host(), relay.port(), null, null, null));
        this.relay = relay;
        this.sockets = sockets;
        this.watch = watchdog.watch(sockets::abort);
    }

    /** Whether another transaction may begin; if not, only {@link #end} is left to do. */
    boolean isUsable() {
        return usable;
    }

    /** Whether a transaction has begun on it: the relay may since have grown tired of it. */
    boolean isUsed() {
        return used;
    }

    /** Connects and logs in within the time that one reply may take; {@link RelayConnector} explains failures. */
    void begin(@Nullable String username, @Nullable String password) throws MessagingException {
        watch.allow(relay.timeouts().connect().plus(relay.timeouts().reply()));
        if (username == null || password == null) {
            connect();
        } else {
            connect(relay.host(), relay.port(), username, password);
        }
        watch.rest();
    }

    /** Whether a step took longer than it may. */
    boolean isExpired() {
        return watch.isExpired();
    }

    /** The last answer; code -1 stands for none. */
    Reply lastReply() {
        return reply(getLastReturnCode());
    }

    /** Hands one message to the relay. The message ends with CRLF and no line of it begins with a dot. */
    synchronized Outcome transact(Envelope envelope, byte[] message) {
        Phase phase = Phase.MAIL;
        try {
            boolean utf8 = envelope.recipient().needsSmtputf8();
            if (utf8 && !supportsExtension("SMTPUTF8")) {
                return notOffered(
                        553, "5.6.7 not sent: the address is not ASCII before the @ and relay offers no SMTPUTF8");
            }
            if (message.length > maximumSize()) {
                return notOffered(
                        552,
                        "5.3.4 not sent: the message has " + message.length + " bytes, the relay takes "
                                + maximumSize());
            }
            used = true;
            Reply mail = command(mailFrom(envelope, message.length, utf8));
            if (mail.code() != 250) {
                return refused(phase, mail);
            }
            phase = Phase.RCPT;
            Reply rcpt = command("RCPT TO:<" + envelope.recipient().ascii() + ">");
            if (rcpt.code() != 250 && rcpt.code() != 251) {
                return refused(phase, rcpt);
            }
            phase = Phase.DATA;
            Reply data = command("DATA");
            if (data.code() != 354) {
                return refused(phase, data);
            }
            watch.allow(relay.timeouts().write());
            sockets.output().write(message);
            phase = Phase.DOT;
            return answerToDot();
        } catch (MessagingException | IOException e) {
            return broken(phase, cause(e));
        } finally {
            watch.rest();
        }
    }

    /** Says goodbye without waiting for an answer; whatever goes wrong now is of no interest. */
    synchronized void end() {
        try {
            if (usable) {
                watch.allow(Duration.ofSeconds(1));
                close();
            }
        } catch (MessagingException e) {
            // The relay has all that it took; RFC 5321 §4.1.1.10 lets either side close.
        } finally {
            usable = false;
            watch.release();
            sockets.abort();
        }
    }

    /** Our name for EHLO: the host's full name if it has one, else the address in brackets (RFC 5321 §4.1.3). */
    @Override
    public synchronized String getLocalHost() {
        String name = HostName.VALUE;
        if (name.contains(".")) {
            return name;
        }
        try {
            InetAddress local = sockets.localAddress();
            return (local instanceof Inet6Address ? "[IPv6:" : "[")
                    + local.getHostAddress().replaceFirst("%.*", "") + "]";
        } catch (IOException e) {
            return name;
        }
    }

    private String mailFrom(Envelope envelope, int size, boolean utf8) {
        return "MAIL FROM:<" + envelope.reversePath() + ">"
                + (supportsExtension("SIZE") ? " SIZE=" + size : "") // RFC 1870 §6.1
                + (utf8 ? " SMTPUTF8" : ""); // RFC 6531 §3.4
    }

    private long maximumSize() {
        String size = getExtensionParameter("SIZE");
        boolean isLimit = size != null && size.matches("[1-9][0-9]{0,17}"); // 0 or nothing: no fixed limit
        return isLimit ? Long.parseLong(size) : Long.MAX_VALUE;
    }

    private Reply command(String command) throws MessagingException {
        watch.allow(relay.timeouts().reply());
        return answered(simpleCommand(command.getBytes(StandardCharsets.UTF_8)));
    }

    private Outcome answerToDot() throws MessagingException {
        watch.allow(relay.timeouts().dot());
        sendCommand(FINAL_DOT);
        Reply reply = answered(readServerResponse());
        if (reply.code() / 100 == 2) {
            return new Outcome.Accepted(reply);
        }
        return refused(Phase.DOT, reply);
    }

    private Reply answered(int code) throws MessagingException {
        if (code == -1) {
            throw new MessagingException("connection closed by the relay");
        }
        return reply(code);
    }

    private Reply reply(int code) {
        String response = getLastServerResponse();
        String text = response == null ? "" : response.strip();
        // each line without its code and the '-' or space after it
        return new Reply(code, text.replaceAll("(?m)^\\d{3}[- ]?", "").replaceAll("\\s*\\R\\s*", " "));
    }

    /** A 4xx or 5xx is an answer; anything else at this point is no SMTP, and the connection cannot be trusted. */
    private Outcome refused(Phase phase, Reply reply) {
        if (!reply.isTransient() && !reply.isPermanent()) {
            return broken(phase, "relay answered '" + reply + "' out of turn");
        }
        if (reply.code() == 421) { // RFC 5321 §3.8: the relay is closing
            abandon();
        } else {
            reset();
        }
        return reply.isTransient() ? new Outcome.Deferred(phase, reply) : new Outcome.Rejected(phase, reply);
    }

    private void reset() {
        try {
            if (command("RSET").code() != 250) {
                abandon();
            }
        } catch (MessagingException e) {
            abandon();
        }
    }

    private Outcome broken(Phase phase, String cause) {
        String said = watch.isExpired() ? "no answer in time" : cause;
        abandon();
        return phase == Phase.DOT ? new Outcome.InDoubt(said) : new Outcome.NotSent(phase, said);
    }

    private void abandon() {
        usable = false;
        sockets.abort();
    }

    private static Outcome notOffered(int code, String text) {
        return new Outcome.Rejected(Phase.RCPT, new Reply(code, text));
    }

    private static String cause(Throwable e) {
        Throwable innermost = e;
        for (Throwable next = e.getCause(); next != null; next = next.getCause()) {
            innermost = next;
        }
        String message = innermost.getMessage();
        return message == null ? innermost.getClass().getSimpleName() : message;
    }

    /** Looked up once, for it may ask a name server. */
    private static final class HostName {
        static final String VALUE = lookUp();

        private static String lookUp() {
            try {
                return InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException e) {
                return "localhost";
            }
        }
    }
}
