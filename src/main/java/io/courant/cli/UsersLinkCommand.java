package io.courant.cli;

import io.courant.editor.Editor;
import java.net.URI;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "link",
        mixinStandardHelpOptions = true,
        description = {
            "Prints another link by which an editor sets a password, if they lost the first or forgot the password.",
            "Until it is used, the old password is good; an earlier link is not."
        },
        footer = {"", "Example:", "  courant users link ada"})
final class UsersLinkCommand extends Operation {
    @Mixin
    private final NamedEditor named = new NamedEditor();

    @Mixin
    private final DeskLink link = new DeskLink();

    UsersLinkCommand(Program program) {
        super(program);
    }

    @Override
    public Integer call() {
        URI desk = link.desk();
        try (Program.Session session = open()) {
            Editor editor = named.find(session);
            link.make(session, editor, desk, console(), options().json());
            Operator.note(session, "users link", editor.name(), "");
            return ExitCode.DONE;
        }
    }
}
