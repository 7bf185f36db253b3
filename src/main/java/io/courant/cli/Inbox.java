package io.courant.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.helper.BasicMessageListener;
import org.subethamail.smtp.server.SMTPServer;

/** A mail server for one person to look at: takes everything on a free local port, saves each mail as a file. */
final class Inbox implements AutoCloseable {
    private final Path folder;
    private final SMTPServer server;

    Inbox(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.server = SMTPServer.port(0)
                .bindAddress(InetAddress.getLoopbackAddress())
                .hostName("localhost")
                .messageHandler(new Saving())
                .build();
        server.start();
    }

    int port() {
        return server.getPortAllocated();
    }

    /** The mails so far, in alphabetical order of the recipients. */
    List<Path> mails() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".eml"))
                    .sorted()
                    .toList();
        }
    }

    @Override
    public void close() {
        server.stop();
    }

    private final class Saving implements BasicMessageListener {
        @Override
        public void messageArrived(MessageContext context, String from, String to, byte[] data) {
            // the recipient is ours, from the sample list; no other character gets into a file name all the same
            Path file = folder.resolve(to.replaceAll("[^A-Za-z0-9@._+-]", "_") + ".eml");
            try {
                Files.write(file, data);
            } catch (IOException e) {
                throw new UncheckedIOException(file + ": cannot be saved", e);
            }
        }
    }
}
