package io.courant.delivery;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;

/**
 * One SMTP connection. Connecting, EHLO, TLS and AUTH are Jakarta Mail's; what is said afterwards is up to
 * {@link Transactions}. Used by one thread at a time.
 */
final class RelayConnection extends SMTPTransport {
    /** Each line's code and the '-' or space after it. */
    private static final Pattern CODES = Pattern.compile("(?m)^\\d{3}[- ]?");

    private static final Pattern BREAKS = Pattern.compile("\\s*\\R\\s*");

    private final Relay relay;
    private final RelaySockets sockets;
    private final RoundTrip roundTrip;
    private final Watchdog.Watched watch;
    private final Transactions transactions;
    private boolean usable = true;
    private boolean used;

    RelayConnection(Relay relay, Session session, RelaySockets sockets, RoundTrip roundTrip, Watchdog watchdog) {
        super(session, new URLName("smtp", relay.host(), relay.port(), null, null, null));
        this.relay = relay;
        this.sockets = sockets;
        this.roundTrip = roundTrip;
        this.transactions = new Transactions(this, relay.timeouts());
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

    /** Hands one message to the relay. */
    Outcome transact(Mail mail) {
        return transact(mail, Optional::empty, () -> true);
    }

    /**
     * Hands one message to the relay.
     *
     * @param following asked for the next message when its envelope could go together with this message's end; what
     *     it gives must be handed over next, or this connection must end
     * @param gate asked before the final dot may leave; whoever answers may take its time, and if the answer is no,
     *     the relay cannot have taken the message
     */
    synchronized Outcome transact(Mail mail, Supplier<Optional<Mail>> following, BooleanSupplier gate) {
        used = true;
        watch.allowInAll(relay.timeouts().message());
        try {
            return transactions.next(mail, following, gate);
        } finally {
            watch.rest();
        }
    }

    /** Writes what was gathered, within a time. */
    void send(Flight flight, Duration limit) throws IOException {
        watch.allow(limit);
        flight.leave(sockets.output());
    }

    /** The next answer, which must come within a time. */
    Reply answer(Duration limit) throws MessagingException {
        watch.allow(limit);
        int code = readServerResponse();
        if (code == -1) {
            throw new MessagingException("connection closed by the relay");
        }
        return reply(code);
    }

    /** What the relay says to a sender; the transaction ends with that (RFC 5321 §4.1.1.5). */
    synchronized Reply greet(String reversePath) throws MessagingException {
        watch.allow(relay.timeouts().reply());
        Reply reply = reply(simpleCommand("MAIL FROM:<" + reversePath + ">"));
        simpleCommand("RSET");
        watch.rest();
        return reply;
    }

    /** Breaks the connection off: nothing said on it from now on could be trusted. */
    void abandon() {
        usable = false;
        sockets.abort();
    }

    /** What to say when the relay closed this connection as one too many. */
    RelayException turnedAway() {
        return RelayException.temporary(relay, "wants fewer connections (" + lastReply() + ")");
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

    @Override
    protected boolean ehlo(String domain) throws MessagingException {
        long begin = System.nanoTime();
        boolean taken = super.ehlo(domain);
        roundTrip.measured(System.nanoTime() - begin);
        return taken;
    }

    private Reply reply(int code) {
        String response = getLastServerResponse();
        String text = response == null ? "" : response.strip();
        String plain = CODES.matcher(text).replaceAll("");
        return new Reply(code, BREAKS.matcher(plain).replaceAll(" "));
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
