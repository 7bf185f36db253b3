package io.courant.cli;

import io.courant.editor.Editor;
import io.courant.editor.Invitations;
import io.courant.editor.Invitations.Invitation;
import io.courant.report.IssueView;
import java.net.URI;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The link by which an editor sets a password. */
final class DeskLink {
    private static final String DEFAULT = "http://127.0.0.1:8081/";

    @Option(
            names = "--desk",
            paramLabel = "URL",
            description = "Where editors reach the desk (or COURANT_DESK; default: " + DEFAULT + ").")
    private @Nullable URI desk;

    @Option(
            names = "--valid",
            paramLabel = "DURATION",
            converter = DurationText.class,
            description = "How long the link is good: 30m, 24h, 7d (default: 24h).")
    private Duration valid = Invitations.LASTS;

    /** A link as {@code --json} shows it; scripts rely on these names. */
    record Shown(String name, String role, String link, String until) {}

    /** Makes a link and shows it, this once. */
    void make(Program.Session session, Editor editor, URI desk, Console console, boolean json) {
        show(console, json, desk, session.get(Invitations.class).invite(editor, valid));
    }

    /** Shows a link that was made just now. */
    static void show(Console console, boolean json, URI desk, Invitation made) {
        String link = desk.resolve(made.path()).toString();
        String until = made.until().truncatedTo(ChronoUnit.SECONDS).toString();
        if (json) {
            console.jsonLine(
                    new Shown(made.editor().name(), IssueView.name(made.editor().role()), link, until));
            return;
        }
        console.result(link);
        console.note(made.editor().name() + " sets a password there, once, until " + until
                + "; whoever else has the link can do so, too");
    }

    /** Where the desk is; asked for before anything is done, since it may be wrong. */
    URI desk() {
        String named = System.getenv("COURANT_DESK");
        URI address = desk != null ? desk : named == null || named.isEmpty() ? URI.create(DEFAULT) : URI.create(named);
        if (!String.valueOf(address.getScheme()).matches("https?") || address.getHost() == null) {
            throw new Options.InvalidSetting((desk != null ? "--desk" : "COURANT_DESK")
                    + ": expected an address such as " + DEFAULT + ", found '" + address + "'");
        }
        return address.getPath().endsWith("/") ? address : URI.create(address + "/");
    }
}
