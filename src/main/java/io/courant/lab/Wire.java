package io.courant.lab;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A connection as the relay's end of it sees it: lines in, replies out, and the ways to break it. */
final class Wire {
    private static final Duration DRIP_EVERY = Duration.ofMillis(20);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private final Socket raw;
    private final Manner manner;
    private final Duration distance;
    private Socket outer;
    private InputStream in;
    private OutputStream out;
    private Voice voice;
    private byte[] buffer = new byte[64 * 1024];
    private int from;
    private int to;

    Wire(Socket raw, Manner manner, Duration distance) throws IOException {
        this.raw = raw;
        this.manner = manner;
        this.distance = distance;
        outer = raw;
        in = raw.getInputStream();
        out = raw.getOutputStream();
        voice = new Voice(out, manner, distance);
        raw.setTcpNoDelay(true);
    }

    /** From here on through TLS. */
    void secure(SSLContext context) throws IOException {
        voice.finish();
        SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(raw, null, raw.getPort(), true);
        tls.setUseClientMode(false);
        tls.startHandshake();
        outer = tls;
        in = tls.getInputStream();
        out = tls.getOutputStream();
        voice = new Voice(out, manner, distance);
        from = 0;
        to = 0; // RFC 3207 §4.2: what was said in clear does not count
    }

    /** The next command without its line end, which may be a bare LF from a person at a terminal. */
    @Nullable
    String line() throws IOException {
        int end = lineEnd(false);
        if (end < 0) {
            return null;
        }
        String line = new String(buffer, from, end - 1 - from, StandardCharsets.UTF_8);
        from = end;
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }

    /**
     * Takes in the next line of a message. Only CRLF ends it (RFC 5321 §2.3.8): a relay that takes a bare LF for a line
     * end would see final dots where there are none.
     *
     * @return whether there may be more: it was neither the final dot, nor has the client gone
     */
    boolean contentLine(ByteArrayOutputStream content) throws IOException {
        int end = lineEnd(true);
        if (end < 0) {
            throw new IOException("the client has gone in the middle of a message");
        }
        boolean stuffed = buffer[from] == '.';
        boolean last = stuffed && end - from == ".\r\n".length();
        if (!last) {
            int start = stuffed ? from + 1 : from;
            content.write(buffer, start, end - start);
        }
        from = end;
        return !last;
    }

    void say(String lines, Runnable afterwards) throws IOException {
        voice.say(lines, afterwards);
    }

    /** Does nothing for a time, once all that was said is on its way. */
    void pause(Duration time) throws IOException {
        voice.flush();
        sleep(time);
    }

    /** Says nothing until the client hangs up; deaf, it does not even read what comes. */
    void stall(boolean deaf) throws IOException {
        voice.finish();
        while (deaf ? !raw.isClosed() : in.read(buffer) >= 0) {
            sleep(deaf ? LOOK_EVERY : Duration.ZERO);
        }
    }

    /** Goes on with one line for ever. */
    void drip() throws IOException {
        voice.finish();
        out.write("250-".getBytes(StandardCharsets.US_ASCII));
        while (true) {
            out.write('x');
            sleep(DRIP_EVERY);
        }
    }

    void garbage() throws IOException {
        voice.finish();
        byte[] noise = new byte[256];
        new Random(noise.length).nextBytes(noise);
        out.write(noise);
        out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    /** Ends the connection as one should. */
    void hangUp() throws IOException {
        voice.finish();
        outer.close();
    }

    /** Ends the connection as a crash would, once all that was said has left. */
    void cut() throws IOException {
        voice.finish();
        raw.close();
    }

    /** Ends the connection with RST. */
    void reset() throws IOException {
        voice.finish();
        raw.setSoLinger(true, 0);
        raw.close();
    }

    /** Index behind the next line end; -1: the client has gone. */
    private int lineEnd(boolean strict) throws IOException {
        for (int at = from; ; at++) {
            if (at == to) {
                int seen = at - from;
                if (!fill()) {
                    return -1;
                }
                at = from + seen;
            }
            if (buffer[at] == '\n' && (!strict || (at > from && buffer[at - 1] == '\r'))) {
                return at + 1;
            }
        }
    }

    /** Gets more, after saying what there is to say. */
    private boolean fill() throws IOException {
        voice.flush();
        System.arraycopy(buffer, from, buffer, 0, to - from);
        to -= from;
        from = 0;
        if (to == buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
        int read = in.read(buffer, to, buffer.length - to);
        to += Math.max(0, read);
        return read >= 0;
    }

    private static void sleep(Duration time) {
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
