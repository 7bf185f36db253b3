package io.courant.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Somebody who speaks SMTP by hand. A reply of several lines is heard as one text; {@code ""} is the end. */
public final class Caller implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader in;
    private final OutputStream out;

    /** Calls, and does not wait for the banner. */
    Caller(FakeRelay relay) {
        this(connect(relay));
    }

    public Caller(Socket socket) {
        try {
            this.socket = socket;
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(10_000);
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            out = socket.getOutputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Socket connect(FakeRelay relay) {
        try {
            return new Socket(InetAddress.getLoopbackAddress(), relay.port());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Calls, and gets as far as the answer to EHLO. */
    static Caller greeted(FakeRelay relay) {
        Caller caller = new Caller(relay);
        caller.hear();
        caller.ask("EHLO test");
        return caller;
    }

    Socket socket() {
        return socket;
    }

    Caller patience(Duration time) {
        try {
            socket.setSoTimeout((int) time.toMillis());
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends what may be several lines, or half of one. */
    void say(String text) {
        try {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String hear() {
        try {
            StringBuilder reply = new StringBuilder();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                reply.append(reply.isEmpty() ? "" : "\n").append(line);
                if (!line.matches("\\d{3}-.*")) {
                    return reply.toString();
                }
            }
            return reply.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As many characters, whatever they are. */
    String hear(int characters) {
        try {
            StringBuilder heard = new StringBuilder();
            while (heard.length() < characters) {
                heard.append((char) in.read());
            }
            return heard.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String ask(String line) {
        say(line + "\r\n");
        return hear();
    }

    /** The first reply that is not positive, or the one to the dot. */
    public String send(String recipient, String content) {
        for (String command : new String[] {"MAIL FROM:<news@example.org>", "RCPT TO:<" + recipient + ">", "DATA"}) {
            String reply = ask(command);
            if (!reply.startsWith("2") && !reply.startsWith("3")) {
                return reply;
            }
        }
        say(content);
        return ask(".");
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
