package io.courant.delivery;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** An SMTP server on a free port that answers as told, and otherwise takes everything. */
public final class ScriptedRelay implements AutoCloseable {
    /** Close the connection without a word; at the dot, without having taken the message. */
    public static final String DROP = "drop";
    /** At the dot: take the message, then close the connection instead of saying 250. */
    public static final String TAKE_AND_DROP = "take and drop";
    /** Say nothing for ever. */
    public static final String STALL = "stall";
    /** Answer a byte at a time, and never come to the end of the line. */
    public static final String DRIP = "drip";

    static final Relay.Timeouts SHORT = new Relay.Timeouts(
            Duration.ofSeconds(2),
            Duration.ofSeconds(2),
            Duration.ofMillis(500),
            Duration.ofMillis(500),
            Duration.ofSeconds(5));

    /** What the relay is asked. */
    public enum Step {
        BANNER,
        EHLO,
        AUTH,
        MAIL,
        RCPT,
        DATA,
        /** In the middle of the content. */
        CONTENT,
        DOT,
        RSET,
        QUIT
    }

    /** How a connection's commands and replies travel. */
    enum Manner {
        /** One command, one reply. */
        IN_TURN(false),
        /** Commands may come together, each reply goes out by itself. */
        PIPELINED(true),
        /** Replies wait until nothing more has come in, and share a segment. */
        PIPELINED_TOGETHER(true),
        /** Replies go out byte by byte. */
        PIPELINED_BYTE_BY_BYTE(true),
        /** Replies take a while, so that the next envelope comes with the final dot. */
        PIPELINED_FROM_AFAR(true);

        private final boolean pipelining;

        Manner(boolean pipelining) {
            this.pipelining = pipelining;
        }
    }

    /** A message that the relay has taken. */
    public record Taken(String mail, String rcpt, String content) {
        /** The recipient's address. */
        public String recipient() {
            return rcpt.replaceAll("RCPT TO:<|>", "");
        }
    }

    private final ServerSocket server;
    private final Map<Step, Deque<String>> script = new EnumMap<>(Step.class);
    private final Map<Step, String> always = new EnumMap<>(Step.class);
    private final Map<String, Deque<String>> perRecipient = new HashMap<>();
    private final List<Taken> taken = Collections.synchronizedList(new ArrayList<>());
    private final List<String> commands = Collections.synchronizedList(new ArrayList<>());
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final Manner manner;
    private volatile boolean lenient;
    private volatile Duration thought = Duration.ZERO;
    private volatile int connectionLimit = Integer.MAX_VALUE;
    private volatile List<String> extensions = List.of("SIZE 10485760", "8BITMIME");

    public ScriptedRelay() {
        this(Manner.IN_TURN);
    }

    ScriptedRelay(Manner manner) {
        this.manner = manner;
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    /** The next answers at a step, one each, then the usual ones again. */
    public ScriptedRelay on(Step step, String... replies) {
        synchronized (script) {
            script.computeIfAbsent(step, key -> new ArrayDeque<>()).addAll(List.of(replies));
        }
        return this;
    }

    public ScriptedRelay always(Step step, String reply) {
        synchronized (script) {
            always.put(step, reply);
        }
        return this;
    }

    /** The next answers to RCPT for an address. */
    public ScriptedRelay onRecipient(String address, String... replies) {
        synchronized (script) {
            perRecipient.computeIfAbsent(address, key -> new ArrayDeque<>()).addAll(List.of(replies));
        }
        return this;
    }

    /** What is offered besides PIPELINING. */
    ScriptedRelay extensions(String... names) {
        extensions = List.of(names);
        return this;
    }

    /** From now on MAIL is refused with 421 on a connection beyond so many at a time. */
    ScriptedRelay connectionLimit(int most) {
        connectionLimit = most;
        return this;
    }

    /** From now on a recipient is taken even when the sender was refused. */
    ScriptedRelay lenient() {
        lenient = true;
        return this;
    }

    public List<Taken> taken() {
        synchronized (taken) {
            return List.copyOf(taken);
        }
    }

    /** How many messages were taken for each recipient. */
    public Map<String, Integer> copies() {
        Map<String, Integer> copies = new HashMap<>();
        taken().forEach(one -> copies.merge(one.recipient(), 1, Integer::sum));
        return copies;
    }

    List<String> commands() {
        synchronized (commands) {
            return List.copyOf(commands);
        }
    }

    public int connections() {
        return connections.get();
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Thinks so long about each message that it has taken, before it says so. */
    public ScriptedRelay slow(Duration thought) {
        this.thought = thought;
        return this;
    }

    Relay relay() {
        return new Relay("127.0.0.1", server.getLocalPort(), Relay.Tls.NONE, null, null, SHORT);
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "scripted-relay");
        thread.setDaemon(true);
        thread.start();
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
                start(() -> serve(socket));
            }
        } catch (IOException e) {
            // closed: the test is over
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            OutputStream replies = switch (manner) {
                case PIPELINED_TOGETHER -> new BufferedOutputStream(socket.getOutputStream());
                default -> socket.getOutputStream();
            };
            new Dialogue(new BufferedInputStream(socket.getInputStream()), replies).go();
        } catch (IOException e) {
            // the client or the test has gone
        } finally {
            open.remove(socket);
        }
    }

    private String scripted(Step step, String usual) {
        synchronized (script) {
            Deque<String> replies = script.get(step);
            if (replies != null && !replies.isEmpty()) {
                return replies.remove();
            }
            return always.getOrDefault(step, usual);
        }
    }

    private final class Dialogue {
        private final InputStream in;
        private final OutputStream out;
        private String mail = ""; // empty: none was taken
        private String rcpt = "";
        private boolean used;

        Dialogue(InputStream in, OutputStream out) {
            this.in = in;
            this.out = out;
        }

        void go() throws IOException {
            if (!answer(scripted(Step.BANNER, "220 scripted"))) {
                return;
            }
            for (String line = line(); line != null; line = line()) {
                commands.add(line);
                if (!hear(line)) {
                    return;
                }
            }
        }

        private boolean hear(String line) throws IOException {
            if (line.startsWith("EHLO")) {
                StringBuilder reply = new StringBuilder("250-scripted");
                extensions.forEach(name -> reply.append("\r\n250-").append(name));
                if (manner.pipelining) {
                    reply.append("\r\n250-PIPELINING");
                }
                return answer(scripted(Step.EHLO, reply + "\r\n250 ENHANCEDSTATUSCODES"));
            } else if (line.startsWith("AUTH")) {
                return answer(scripted(Step.AUTH, "235 2.7.0 welcome"));
            } else if (line.startsWith("MAIL")) {
                String reply = open.size() > connectionLimit && !used
                        ? "421 4.7.0 too many connections"
                        : scripted(Step.MAIL, "250 2.1.0 ok");
                used = true;
                mail = reply.startsWith("250") ? line : "";
                rcpt = "";
                return answer(reply);
            } else if (line.startsWith("RCPT")) {
                String reply = mail.isEmpty() && !lenient
                        ? "503 5.5.1 MAIL first"
                        : scriptedRecipient(line.replaceAll("RCPT TO:<|>", ""));
                rcpt = reply.startsWith("25") ? line : "";
                return answer(reply);
            } else if (line.equals("DATA")) {
                String reply = scripted(Step.DATA, rcpt.isEmpty() ? "554 5.5.1 no valid recipients" : "354 go on");
                return answer(reply) && (!reply.startsWith("354") || content());
            } else if (line.equals("RSET")) {
                mail = "";
                return answer(scripted(Step.RSET, "250 2.0.0 ok"));
            } else if (line.equals("QUIT")) {
                answer(scripted(Step.QUIT, "221 2.0.0 bye"));
                return false;
            }
            return answer("500 5.5.2 unknown");
        }

        private String scriptedRecipient(String address) {
            synchronized (script) {
                Deque<String> replies = perRecipient.get(address);
                if (replies != null && !replies.isEmpty()) {
                    return replies.remove();
                }
            }
            return scripted(Step.RCPT, "250 2.1.5 ok");
        }

        private boolean content() throws IOException {
            if (scripted(Step.CONTENT, "").equals(DROP)) {
                return false;
            }
            StringBuilder content = new StringBuilder();
            for (String line = line(); line != null; line = line()) {
                if (!line.equals(".")) {
                    content.append(line.startsWith(".") ? line.substring(1) : line)
                            .append("\r\n");
                    continue;
                }
                String reply = scripted(Step.DOT, "250 2.0.0 queued as " + taken.size());
                boolean takes = reply.startsWith("250") || reply.equals(TAKE_AND_DROP);
                if (takes && !rcpt.isEmpty()) { // with nobody to send it to, it comes to nothing
                    taken.add(new Taken(mail, rcpt, content.toString()));
                    think();
                }
                mail = "";
                rcpt = "";
                return answer(reply);
            }
            return false;
        }

        private void think() {
            try {
                Thread.sleep(thought.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** Whether the conversation goes on. */
        private boolean answer(String reply) throws IOException {
            switch (reply) {
                case DROP, TAKE_AND_DROP -> {
                    out.flush();
                    return false;
                }
                case STALL -> {
                    out.flush();
                    while (in.read() >= 0) {
                        // until the client hangs up
                    }
                    return false;
                }
                case DRIP -> {
                    drip();
                    return false;
                }
                default -> {
                    send((reply + "\r\n").getBytes(StandardCharsets.US_ASCII));
                    return !reply.startsWith("421");
                }
            }
        }

        private void send(byte[] reply) throws IOException {
            switch (manner) {
                case IN_TURN, PIPELINED -> out.write(reply);
                case PIPELINED_TOGETHER -> {
                    out.write(reply);
                    if (in.available() == 0 || reply[0] == '4') { // a 421 may be the last
                        out.flush();
                    }
                }
                case PIPELINED_BYTE_BY_BYTE -> {
                    for (byte one : reply) {
                        out.write(one);
                    }
                }
                case PIPELINED_FROM_AFAR -> {
                    pause(Duration.ofMillis(2));
                    out.write(reply);
                }
            }
        }

        private static void pause(Duration time) {
            try {
                Thread.sleep(time.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void drip() throws IOException {
            out.flush();
            out.write("250-".getBytes(StandardCharsets.US_ASCII));
            while (true) {
                out.write('x');
                out.flush();
                pause(Duration.ofMillis(20));
            }
        }

        private @Nullable String line() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int c = in.read(); c >= 0; c = in.read()) {
                if (c == '\n') {
                    return line.toString(StandardCharsets.UTF_8).replaceFirst("\r$", "");
                }
                line.write(c);
            }
            return null;
        }
    }
}
