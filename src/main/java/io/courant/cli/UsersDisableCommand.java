package io.courant.cli;

import io.courant.editor.Editor;
import io.courant.editor.Editors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "disable",
        mixinStandardHelpOptions = true,
        description = "Shuts an editor out at once, with their tokens. What they did stays in the audit log.",
        footer = {"", "Example:", "  courant users disable ada"})
final class UsersDisableCommand extends Operation {
    @Mixin
    private final NamedEditor named = new NamedEditor();

    UsersDisableCommand(Program program) {
        super(program);
    }

    @Override
    public Integer call() {
        try (Program.Session session = open()) {
            Editor editor = named.find(session);
            if (editor.disabled()) {
                console().note(editor.name() + " is disabled already");
                return ExitCode.DONE;
            }
            session.get(Editors.class).disable(editor);
            Operator.note(session, "users disable", editor.name(), "");
            console().note(editor.name() + " is disabled; 'courant users enable " + editor.name() + "' takes it back");
            return ExitCode.DONE;
        }
    }
}
