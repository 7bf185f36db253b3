import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * An SMTP server that throws mail away as fast as it can: a thread for each connection, no parsing beyond the first
 * letters of a command and the final dot. Every reply can be held back for a time, as a long way there and back would;
 * replies to commands that come together then come together, too.
 *
 * <p>Usage: {@code java Sink.java DELAY_MILLIS [KEYSTORE PASSWORD]}; prints the port that it chose, and a line for
 * every thousandth message: how many, and the milliseconds of the clock.
 */
public final class Sink {
    private static final AtomicLong MESSAGES = new AtomicLong();

    private final Socket raw;
    private final long delayNanos;
    private final SSLContext tls;
    private final byte[] buffer = new byte[256 * 1024];
    private InputStream in;
    private OutputStream out;
    private boolean secured;
    private int from;
    private int to;
    private final StringBuilder replies = new StringBuilder();
    private final BlockingQueue<Held> held = new LinkedBlockingQueue<>();

    private record Held(byte[] bytes, long dueAt) {}

    private Sink(Socket raw, long delayNanos, SSLContext tls) {
        this.raw = raw;
        this.delayNanos = delayNanos;
        this.tls = tls;
    }

    public static void main(String[] arguments) throws Exception {
        long delay = TimeUnit.MILLISECONDS.toNanos(Long.parseLong(arguments[0]));
        SSLContext tls = arguments.length > 1 ? context(arguments[1], arguments[2]) : null;
        try (ServerSocket server = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress())) {
            System.out.println(server.getLocalPort());
            while (true) {
                Socket socket = server.accept();
                start(() -> new Sink(socket, delay, tls).serve());
            }
        }
    }

    private static SSLContext context(String file, String password) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream stream = new FileInputStream(file)) {
            store.load(stream, password.toCharArray());
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, password.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static Thread start(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void serve() {
        try (raw) {
            raw.setTcpNoDelay(true);
            in = raw.getInputStream();
            out = raw.getOutputStream();
            Thread postman = delayNanos > 0 ? start(this::letGo) : Thread.currentThread();
            say("220 sink");
            while (command()) {
                // until QUIT, or nobody is there any more
            }
            if (delayNanos > 0) {
                held.add(new Held(new byte[0], 0)); // no more to come
                postman.join();
            }
        } catch (IOException | InterruptedException e) {
            // the client has gone
        }
    }

    /** Whether another command may follow. */
    private boolean command() throws IOException {
        int end = lineEnd();
        if (end < 0) {
            return false;
        }
        int first = buffer[from] & 0xDF;
        int second = buffer[from + 1] & 0xDF;
        from = end;
        switch (first) {
            case 'E' -> say("250-sink\r\n250-PIPELINING" + (tls == null || secured ? "" : "\r\n250-STARTTLS") + "\r\n250 8BITMIME");
            case 'D' -> {
                say("354 go on");
                if (!content()) {
                    return false;
                }
                long count = MESSAGES.incrementAndGet();
                if (count % 1000 == 1) {
                    System.out.println(count + " " + System.currentTimeMillis());
                }
                say("250 taken");
            }
            case 'S' -> {
                if (second == 'T' && tls != null) {
                    say("220 go ahead");
                    flush();
                    secure();
                } else {
                    say("500 what");
                }
            }
            case 'Q' -> {
                say("221 bye");
                flush();
                return false;
            }
            default -> say("250 ok");
        }
        return true;
    }

    private void secure() throws IOException {
        SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(raw, null, raw.getPort(), true);
        socket.setUseClientMode(false);
        in = socket.getInputStream();
        out = socket.getOutputStream();
        secured = true;
    }

    /** Index behind the next line end; -1: the client has gone. */
    private int lineEnd() throws IOException {
        int at = from;
        while (true) {
            for (; at < to; at++) {
                if (buffer[at] == '\n') {
                    return at + 1;
                }
            }
            int seen = at - from;
            if (!fill()) {
                return -1;
            }
            at = from + seen;
        }
    }

    /** Reads up to the final dot. */
    private boolean content() throws IOException {
        int matched = 2; // of CR LF . CR LF; the command's own line end counts
        while (true) {
            for (; from < to; from++) {
                byte b = buffer[from];
                if (b == '\r') {
                    matched = matched == 3 ? 4 : 1;
                } else if (b == '\n' && (matched == 1 || matched == 4)) {
                    if (matched == 4) {
                        from++;
                        return true;
                    }
                    matched = 2;
                } else {
                    matched = b == '.' && matched == 2 ? 3 : 0;
                }
            }
            if (!fill()) {
                return false;
            }
        }
    }

    /** Gets more, after sending what there is to say. */
    private boolean fill() throws IOException {
        flush();
        if (from == to) {
            from = 0;
            to = 0;
        } else if (to == buffer.length) {
            System.arraycopy(buffer, from, buffer, 0, to - from);
            to -= from;
            from = 0;
        }
        int read = in.read(buffer, to, buffer.length - to);
        if (read < 0) {
            return false;
        }
        to += read;
        return true;
    }

    private void say(String reply) {
        replies.append(reply).append("\r\n");
    }

    private void flush() throws IOException {
        if (replies.length() == 0) {
            return;
        }
        byte[] bytes = replies.toString().getBytes(StandardCharsets.US_ASCII);
        replies.setLength(0);
        if (delayNanos > 0) {
            held.add(new Held(bytes, System.nanoTime() + delayNanos));
        } else {
            out.write(bytes);
        }
    }

    /** Lets replies go when their time has come. */
    private void letGo() {
        try {
            for (Held next = held.take(); next.bytes().length > 0; next = held.take()) {
                long wait = next.dueAt() - System.nanoTime();
                if (wait > 0) {
                    TimeUnit.NANOSECONDS.sleep(wait);
                }
                out.write(next.bytes());
            }
        } catch (IOException | InterruptedException e) {
            // the client has gone
        }
    }
}
