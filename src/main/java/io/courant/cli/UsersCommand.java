package io.courant.cli;

import io.courant.editor.Editor;
import io.courant.editor.Editors;
import io.courant.report.IssueView;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

@Command(
        name = "users",
        mixinStandardHelpOptions = true,
        description = "Lists who works at the desk: name, role, and when they last came in.",
        subcommands = {
            UsersAddCommand.class,
            UsersLinkCommand.class,
            UsersRoleCommand.class,
            UsersRolesCommand.class,
            UsersDisableCommand.class,
            UsersEnableCommand.class,
            UsersTotpCommand.class,
            UsersTokensCommand.class
        },
        footer = {"", "Examples:", "  courant users", "  courant users add ada --role publisher"})
final class UsersCommand extends Operation {
    UsersCommand(Program program) {
        super(program);
    }

    /**
     * An editor, as {@code --json} shows it; scripts rely on these names.
     *
     * @param codes whether one-time codes are asked for
     */
    record Shown(
            String name,
            String role,
            boolean disabled,
            boolean password,
            boolean codes,
            @Nullable String lastSeen) {
        static Shown of(Editor editor) {
            Instant seen = editor.seen();
            return new Shown(
                    editor.name(),
                    IssueView.name(editor.role()),
                    editor.disabled(),
                    editor.hasPassword(),
                    editor.hasCodes(),
                    seen == null ? null : seen.truncatedTo(ChronoUnit.SECONDS).toString());
        }

        private String words() {
            List<String> words = new ArrayList<>();
            if (disabled) {
                words.add("disabled");
            }
            if (!password) {
                words.add("no password yet");
            }
            if (codes) {
                words.add("with one-time codes");
            }
            words.add(lastSeen == null ? "never came in" : "last came in " + lastSeen);
            return String.join(", ", words);
        }
    }

    @Override
    public Integer call() {
        Console console = console();
        try (Program.Session session = open()) {
            List<Shown> editors =
                    session.get(Editors.class).list().stream().map(Shown::of).toList();
            if (options().json()) {
                console.json(editors);
            } else if (editors.isEmpty()) {
                console.note("nobody yet; 'courant users add NAME --role owner' adds the first");
            } else {
                editors.forEach(one -> console.result("%-20s %-10s %s".formatted(one.name(), one.role(), one.words())));
            }
            return ExitCode.DONE;
        }
    }
}
