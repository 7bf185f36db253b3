package io.courant.bounce;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/** An IMAP server of one mail, as poor as RFC 3501 lets it be; it remembers what it was told. */
final class ScriptedImap implements AutoCloseable {
    private static final String MAIL = "Subject: one\r\n\r\nFirst\r\n";

    final List<String> commands = new CopyOnWriteArrayList<>();
    private final ServerSocket listening;
    private final String capabilities;
    private final String permanentFlags;
    private volatile boolean seen;

    ScriptedImap(ServerSocket listening, String capabilities, String permanentFlags) {
        this.listening = listening;
        this.capabilities = capabilities;
        this.permanentFlags = permanentFlags;
        Thread thread = new Thread(this::serve, "scripted-imap");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return listening.getLocalPort();
    }

    private void serve() {
        while (!listening.isClosed()) {
            try (Socket socket = listening.accept()) {
                talk(socket);
            } catch (IOException e) {
                // a client that hangs up, or the end of the test
            }
        }
    }

    private void talk(Socket socket) throws IOException {
        OutputStream out = socket.getOutputStream();
        BufferedReader in =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        say(out, "* OK [CAPABILITY " + capabilities + "] ready");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            int space = line.indexOf(' ');
            String command = line.substring(space + 1);
            commands.add(command);
            answer(out, command.toUpperCase(Locale.ROOT));
            say(out, line.substring(0, space) + " OK done");
        }
    }

    private void answer(OutputStream out, String command) throws IOException {
        if (command.startsWith("CAPABILITY")) {
            say(out, "* CAPABILITY " + capabilities);
        } else if (command.startsWith("SELECT")) {
            say(out, "* 1 EXISTS");
            say(out, "* OK [UIDVALIDITY 1] valid");
            say(out, "* OK [PERMANENTFLAGS (" + permanentFlags + ")] limited");
        } else if (command.startsWith("SEARCH")) {
            say(out, seen ? "* SEARCH" : "* SEARCH 1");
        } else if (command.startsWith("FETCH") && command.contains("BODY.PEEK[]")) {
            say(out, "* 1 FETCH (BODY[]<0> {" + MAIL.length() + "}\r\n" + MAIL + ")");
        } else if (command.startsWith("FETCH")) {
            say(out, "* 1 FETCH (UID 7 INTERNALDATE \"23-Nov-2026 07:00:00 +0000\")");
        } else if (command.startsWith("STORE")) {
            seen = true;
        } else if (command.startsWith("LOGOUT")) {
            say(out, "* BYE");
        }
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
