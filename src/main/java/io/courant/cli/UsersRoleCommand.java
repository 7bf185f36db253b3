package io.courant.cli;

import io.courant.editor.Editor;
import io.courant.editor.Editors;
import io.courant.editor.Role;
import io.courant.report.IssueView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "role",
        mixinStandardHelpOptions = true,
        description =
                "Gives an editor another role. They have to come in again; their tokens may no more than they may.",
        footer = {"", "Example:", "  courant users role ada publisher"})
final class UsersRoleCommand extends Operation {
    @Mixin
    private final NamedEditor named = new NamedEditor();

    @Parameters(index = "1", paramLabel = "ROLE", description = "reader, editor, publisher or owner.")
    private Role role = Role.READER;

    UsersRoleCommand(Program program) {
        super(program);
    }

    @Override
    public Integer call() {
        Console console = console();
        try (Program.Session session = open()) {
            Editor editor = named.find(session);
            String now = IssueView.name(role);
            if (editor.role() == role) {
                console.note(editor.name() + " is " + now + " already");
                return ExitCode.DONE;
            }
            session.get(Editors.class).changeRole(editor, role);
            String before = IssueView.name(editor.role());
            Operator.note(session, "users role", editor.name(), before + " to " + now);
            console.note(editor.name() + " is " + now + " now, and was " + before);
            return ExitCode.DONE;
        }
    }
}
