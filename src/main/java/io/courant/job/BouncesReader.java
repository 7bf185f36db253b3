package io.courant.job;

import io.courant.bounce.BouncePlace;
import io.courant.delivery.Relay.Tls;
import io.courant.job.YamlFile.Fields;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/** Reads the key {@code bounces} of a job file: where mail comes back to. */
final class BouncesReader {
    static final String EXPECTED = "say where mail comes back to, with one of {maildir: FOLDER} and"
            + " {imap: {host: …, username: …, password-file: …}}";

    private final YamlFile file;
    private final Path folder;

    /** @param folder what relative paths in the file start from */
    BouncesReader(YamlFile file, Path folder) {
        this.file = file;
        this.folder = folder;
    }

    /** Null if the key is absent, or a problem was noted. */
    @Nullable
    BouncePlace read(Fields fields) {
        Node node = fields.node("bounces");
        if (node == null) {
            return null;
        }
        Fields bounces = file.fields(node, "maildir", "imap");
        Node imap = bounces.node("imap");
        if (bounces.has("maildir") == (imap != null)) {
            file.problem(node, EXPECTED);
            return null;
        }
        return imap == null ? new BouncePlace.Maildir(bounces.required("maildir", this::path, folder)) : imap(imap);
    }

    private @Nullable BouncePlace imap(Node node) {
        Fields imap = file.fields(node, "host", "port", "tls", "username", "password-file", "folder", "timeout");
        String host = imap.text("host");
        Tls tls = imap.optional("tls", Parse.oneOf(Tls.class), Tls.TLS);
        int port = imap.optional("port", Parse.number(1, 65_535), BouncePlace.Imap.usualPort(tls));
        String username = imap.text("username");
        Path password = imap.required("password-file", this::path, folder);
        String mailFolder = imap.optional("folder", Parse::notBlank, "INBOX");
        Duration timeout = imap.optional("timeout", Parse::duration, Duration.ofMinutes(1));
        try {
            return new BouncePlace.Imap(host, port, tls, username, password, mailFolder, timeout);
        } catch (IllegalArgumentException e) {
            file.problem(node, String.valueOf(e.getMessage()));
            return null;
        }
    }

    /** Beside the job file, unless the path is absolute; jobs may come from inside the program's jar. */
    private Path path(String text) {
        Path given = Path.of(Parse.notBlank(text));
        return given.isAbsolute() ? given : folder.resolve(given.toString()).normalize();
    }
}
