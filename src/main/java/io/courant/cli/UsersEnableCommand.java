package io.courant.cli;

import io.courant.editor.Editor;
import io.courant.editor.Editors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "enable",
        mixinStandardHelpOptions = true,
        description = "Lets an editor in again who was disabled, with the password and the tokens that they had.",
        footer = {"", "Example:", "  courant users enable ada"})
final class UsersEnableCommand extends Operation {
    @Mixin
    private final NamedEditor named = new NamedEditor();

    UsersEnableCommand(Program program) {
        super(program);
    }

    @Override
    public Integer call() {
        try (Program.Session session = open()) {
            Editor editor = named.find(session);
            if (!editor.disabled()) {
                console().note(editor.name() + " is not disabled");
                return ExitCode.DONE;
            }
            session.get(Editors.class).enable(editor);
            Operator.note(session, "users enable", editor.name(), "");
            console().note(editor.name() + " can come in again");
            return ExitCode.DONE;
        }
    }
}
