package io.courant.delivery;

import jakarta.mail.MessagingException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The SMTP transactions of one connection, RFC 5321 §3.3. It always knows how far a transaction got: before the write
 * that holds the final dot the relay cannot have taken the message, after it nobody knows.
 *
 * <p>Where the relay offers PIPELINING (RFC 2920), MAIL, RCPT and DATA leave in one flight, and the next message's envelope
 * leaves together with this one's final dot.
 */
final class Transactions {
    /** As much of a message leaves together with the final dot; a break while the rest is written leaves no doubt. */
    private static final int LAST_WRITE = 128 * 1024;

    private final RelayConnection connection;
    private final Relay.Timeouts timeouts;
    private final Flight flight = new Flight();
    private Phase phase = Phase.CONNECT;
    private @Nullable Mail announced; // its MAIL, RCPT and DATA have left, the answers have not been read

    Transactions(RelayConnection connection, Relay.Timeouts timeouts) {
        this.connection = connection;
        this.timeouts = timeouts;
    }

    /** One transaction; see {@link RelayConnection#transact}. */
    Outcome next(Mail mail, Supplier<Optional<Mail>> following, BooleanSupplier gate) {
        phase = Phase.MAIL;
        try {
            Optional<Outcome> misfit = misfit(mail);
            if (misfit.isPresent()) {
                return misfit.get();
            }
            if (announced != null && announced != mail) {
                return broken("another message was announced");
            }
            boolean pipelining = connection.supportsExtension("PIPELINING");
            Optional<Outcome> refusal = pipelining ? announceAtOnce(mail) : announce(mail);
            if (refusal.isPresent()) {
                return refusal.get();
            }
            if (!gate.getAsBoolean()) {
                return broken("stopped before the final dot");
            }
            write(mail, pipelining ? following : Optional::empty);
            Reply reply = connection.answer(timeouts.dot());
            return reply.code() / 100 == 2 ? new Outcome.Accepted(reply) : refused(reply);
        } catch (MessagingException | IOException e) {
            return broken(cause(e));
        }
    }

    /** Why this relay cannot take a message, whatever it would say. */
    private Optional<Outcome> misfit(Mail mail) {
        if (mail.envelope().recipient().needsSmtputf8() && !connection.supportsExtension("SMTPUTF8")) {
            return notOffered(
                    553, "5.6.7 not sent: the address is not ASCII before the @ and relay offers no SMTPUTF8");
        }
        if (mail.size() > maximumSize()) {
            return notOffered(
                    552, "5.3.4 not sent: the message has " + mail.size() + " bytes, the relay takes " + maximumSize());
        }
        return Optional.empty();
    }

    private String mailFrom(Mail mail) {
        return "MAIL FROM:<" + mail.envelope().reversePath() + ">"
                + (connection.supportsExtension("SIZE") ? " SIZE=" + mail.size() : "") // RFC 1870 §6.1
                + (mail.envelope().recipient().needsSmtputf8() ? " SMTPUTF8" : ""); // RFC 6531 §3.4
    }

    private static String rcptTo(Mail mail) {
        return "RCPT TO:<" + mail.envelope().recipient().ascii() + ">";
    }

    private long maximumSize() {
        String size = connection.getExtensionParameter("SIZE");
        boolean isLimit = size != null && size.matches("[1-9][0-9]{0,17}"); // 0 or nothing: no fixed limit
        return isLimit ? Long.parseLong(size) : Long.MAX_VALUE;
    }

    /** Command by command; the refusal, if one of them is refused. */
    private Optional<Outcome> announce(Mail mail) throws MessagingException, IOException {
        Reply toMail = ask(mailFrom(mail));
        if (toMail.code() != 250) {
            return Optional.of(refused(toMail));
        }
        phase = Phase.RCPT;
        Reply toRcpt = ask(rcptTo(mail));
        if (!isRecipientTaken(toRcpt)) {
            return Optional.of(refused(toRcpt));
        }
        phase = Phase.DATA;
        Reply toData = ask("DATA");
        return toData.code() == 354 ? Optional.empty() : Optional.of(refused(toData));
    }

    /** In one flight, unless it has left already; the refusal, if one of the commands is refused. */
    private Optional<Outcome> announceAtOnce(Mail mail) throws MessagingException, IOException {
        if (announced != mail) {
            gather(mail);
            send(flight);
        }
        announced = null;
        Reply toMail = answer();
        if (toMail.code() != 250) {
            return Optional.of(refused(toMail, Phase.RCPT, Phase.DATA));
        }
        phase = Phase.RCPT;
        Reply toRcpt = answer();
        if (!isRecipientTaken(toRcpt)) {
            return Optional.of(refused(toRcpt, Phase.DATA));
        }
        phase = Phase.DATA;
        Reply toData = answer();
        return toData.code() == 354 ? Optional.empty() : Optional.of(refused(toData));
    }

    private void gather(Mail mail) {
        flight.command(mailFrom(mail)).command(rcptTo(mail)).command("DATA");
    }

    private static boolean isRecipientTaken(Reply reply) {
        return reply.code() == 250 || reply.code() == 251;
    }

    /** The message with its final dot, and the envelope of the one that follows if there is one. */
    private void write(Mail mail, Supplier<Optional<Mail>> following) throws IOException {
        Optional<Mail> next = following.get().filter(one -> misfit(one).isEmpty());
        int early = Math.max(0, mail.size() - LAST_WRITE);
        if (early > 0) {
            send(flight.part(mail.message(), 0, early));
        }
        flight.part(mail.message(), early, mail.size()).finalDot();
        next.ifPresent(this::gather); // RFC 2920 §3.1: a message's end may be followed by the next MAIL
        phase = Phase.DOT; // from here on: a write that fails does not tell how much of it has left
        send(flight);
        announced = next.orElse(null);
    }

    private Reply ask(String command) throws MessagingException, IOException {
        send(flight.command(command));
        return answer();
    }

    private void send(Flight ready) throws IOException {
        connection.send(ready, timeouts.write());
    }

    private Reply answer() throws MessagingException {
        return connection.answer(timeouts.reply());
    }

    /**
     * A 4xx or 5xx is an answer; anything else at this point is no SMTP, and the connection cannot be trusted.
     *
     * @param unread commands that had left already and will be answered, too
     */
    private Outcome refused(Reply reply, Phase... unread) {
        if (!reply.isTransient() && !reply.isPermanent()) {
            return broken("relay answered '" + reply + "' out of turn");
        }
        if (reply.code() == 421) { // RFC 5321 §3.8: the relay is closing
            abandon();
        } else if (phase != Phase.DOT) { // RFC 5321 §4.1.1.4: after the final dot there is nothing left to reset
            try {
                tidy(List.of(unread));
            } catch (MessagingException | IOException e) {
                abandon(); // the relay has said what it thinks of the message all the same
            }
        }
        return reply.isTransient() ? new Outcome.Deferred(phase, reply) : new Outcome.Rejected(phase, reply);
    }

    /** After a refusal, gets the connection ready for the next message. */
    private void tidy(List<Phase> unread) throws MessagingException, IOException {
        boolean recipientTaken = false;
        for (Phase one : unread) {
            Reply reply = answer();
            if (reply.code() == 421) {
                abandon();
                return;
            }
            recipientTaken |= one == Phase.RCPT && isRecipientTaken(reply);
            if (one == Phase.DATA && reply.code() == 354) {
                endNothing(recipientTaken);
                return;
            }
        }
        if (ask("RSET").code() != 250) {
            abandon();
        }
    }

    /**
     * RFC 2920 §3.1: a relay may ask for the content of a message whose recipient it has just refused; it gets the
     * final dot alone, and whatever it says to that, nobody was sent anything.
     */
    private void endNothing(boolean recipientTaken) throws MessagingException, IOException {
        if (recipientTaken) {
            abandon(); // the reverse-path was refused: a dot could hand an empty message to the recipient
            return;
        }
        send(flight.finalDot());
        if (connection.answer(timeouts.dot()).code() == 421) {
            abandon();
        }
    }

    private Outcome broken(String cause) {
        String said = connection.isExpired() ? "no answer in time" : cause;
        abandon();
        return phase == Phase.DOT ? new Outcome.InDoubt(said) : new Outcome.NotSent(phase, said);
    }

    private void abandon() {
        announced = null;
        connection.abandon();
    }

    private static Optional<Outcome> notOffered(int code, String text) {
        return Optional.of(new Outcome.Rejected(Phase.RCPT, new Reply(code, text)));
    }

    private static String cause(Throwable e) {
        Throwable innermost = e;
        for (Throwable next = e.getCause(); next != null; next = next.getCause()) {
            innermost = next;
        }
        String message = innermost.getMessage();
        return message == null ? innermost.getClass().getSimpleName() : message;
    }
}
