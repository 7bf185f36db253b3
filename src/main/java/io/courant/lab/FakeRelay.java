package io.courant.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An SMTP server (RFC 5321) on this machine that answers as told and otherwise takes everything, a thread for each
 * connection. Answers are written as in scripts: {@code 450 4.2.0 later}, {@code drop}, {@code delay 2s}; where several
 * rules apply, the first wins. It may be told more while it is serving; what it took can be asked for even after it was
 * closed.
 */
public final class FakeRelay implements AutoCloseable {
    /** What it calls itself. */
    static final String NAME = "relay.invalid";

    private static final int BACKLOG = 200;

    private final ServerSocket server;
    private final Behaviour behaviour = new Behaviour();
    private final Intake intake = new Intake();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();

    /** Is called by the threads that serve, which wait for it: where a conversation is, an accident can be arranged. */
    public interface Listener {
        /** A step was reached and is not answered yet. At the dot, what is taken has been taken by now. */
        default void reached(Step step, String recipient) {}

        /** The answer to a step has left. */
        default void answered(Step step, String recipient) {}
    }

    /**
     * What was taken.
     *
     * @param messages by Message-ID
     * @param copies one for each message and recipient, again for each time it came
     */
    public record Tally(long messages, long recipients, long copies) {}

    /** On any free port. */
    public FakeRelay() {
        this(0);
    }

    /** On a port, where clients wait until it is told to {@link #start}. */
    public FakeRelay(int port) {
        try {
            server = new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException("port " + port + " is not to be had (" + e.getMessage() + ")", e);
        }
    }

    public FakeRelay start() {
        Threads.start("fake-relay", this::accept);
        return this;
    }

    /** Before the start: how replies travel. */
    public FakeRelay manner(Manner manner) {
        behaviour.manner = manner;
        return this;
    }

    /** Before the start: how long each reply is on its way. */
    public FakeRelay distance(Duration distance) {
        behaviour.distance = distance;
        return this;
    }

    /** The next answers at a step, one each, then the usual ones again. */
    public FakeRelay on(Step step, String... answers) {
        for (String answer : answers) {
            behaviour.script.add(new Rule(step, List.of(Condition.first(1)), Answer.of(answer)));
        }
        return this;
    }

    /** The next answers to RCPT for an address. */
    public FakeRelay onRecipient(String address, String... answers) {
        for (String answer : answers) {
            behaviour.script.add(
                    new Rule(Step.RCPT, List.of(Condition.recipient(address), Condition.first(1)), Answer.of(answer)));
        }
        return this;
    }

    /** What is usual at a step from now on. */
    public FakeRelay always(Step step, String answer) {
        behaviour.script.always(step, Answer.of(answer));
        return this;
    }

    /**
     * Goes by a script, after what it has been told before.
     *
     * @throws ScriptException when the file does not say what to do
     */
    public FakeRelay script(Path file) throws IOException {
        ScriptReader.read(file, this, behaviour.script);
        return this;
    }

    /** Extensions to offer, each as EHLO shows it, in place of the usual; TLS, login and manner add their own. */
    public FakeRelay offer(String... extensions) {
        behaviour.offers = new Offers(List.of(extensions));
        return this;
    }

    /** From now on MAIL is refused with 421 on a connection beyond so many at a time. */
    public FakeRelay connectionLimit(int most) {
        behaviour.connectionLimit = most;
        return this;
    }

    /** From now on a recipient is taken even when the sender was refused. */
    public FakeRelay lenient() {
        behaviour.lenient = true;
        return this;
    }

    /** Offers STARTTLS and shows the certificate of a PKCS #12 file. */
    public FakeRelay starttls(Path keyStore, char[] password) throws IOException {
        behaviour.starttls = Certificate.context(keyStore, password);
        return this;
    }

    /** Speaks TLS from the first byte and shows the certificate of a PKCS #12 file. */
    public FakeRelay tls(Path keyStore, char[] password) throws IOException {
        behaviour.tls = Certificate.context(keyStore, password);
        return this;
    }

    /** Takes mail only from this user; where there is TLS, through TLS only. */
    public FakeRelay login(String user, String password) {
        behaviour.login = new Login(user, password);
        return this;
    }

    /** Keeps a log of what it takes, and closes it in the end. */
    public FakeRelay log(RelayLog log) {
        intake.log = log;
        return this;
    }

    /** Saves each message as a file named after its recipient. */
    public FakeRelay save(Path folder) throws IOException {
        intake.folder = Files.createDirectories(folder);
        return this;
    }

    /** Keeps no messages in memory, as suits a relay that runs for long. */
    public FakeRelay forgetful() {
        intake.forgetful = true;
        return this;
    }

    public FakeRelay listener(Listener listener) {
        behaviour.listener = listener;
        return this;
    }

    public int port() {
        return server.getLocalPort();
    }

    /** What its chances are drawn with; the same for the same script if that fixes it. */
    public long seed() {
        return behaviour.script.seed();
    }

    public Tally tally() {
        return intake.tally();
    }

    public List<Taken> taken() {
        return intake.taken();
    }

    /** How many messages were taken for each recipient. */
    public Map<String, Integer> copies() {
        return intake.recipients();
    }

    /** All commands that it has heard. */
    public List<String> commands() {
        return intake.commands();
    }

    /** How many connections were made to it. */
    public int connections() {
        return connections.get();
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : open) {
                socket.close();
            }
            RelayLog log = intake.log;
            if (log != null) {
                log.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                open.add(socket);
                if (server.isClosed()) { // meanwhile
                    socket.close();
                }
                connections.incrementAndGet();
                Threads.start("fake-relay-" + connections, () -> serve(socket));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            Wire wire = new Wire(socket, behaviour.manner, behaviour.distance);
            new Dialogue(behaviour, intake, wire, () -> open.size() > behaviour.connectionLimit).go();
        } catch (IOException e) {
            // The client has gone, or the relay is closed; nobody is left to tell.
        } finally {
            open.remove(socket);
        }
    }
}
