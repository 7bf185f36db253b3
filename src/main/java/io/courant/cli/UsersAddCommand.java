package io.courant.cli;

import io.courant.editor.Editor;
import io.courant.editor.EditorName;
import io.courant.editor.Editors;
import io.courant.editor.Role;
import io.courant.report.IssueView;
import java.net.URI;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "add",
        mixinStandardHelpOptions = true,
        description = {
            "Adds an editor and prints a link by which they set their password. It is good once, and shown once.",
            "'courant users roles' says what each role may do. The first one must be an owner."
        },
        footer = {
            "",
            "Examples:",
            "  courant users add ada --role owner",
            "  courant users add bob --role editor --desk https://desk.example.org/"
        })
final class UsersAddCommand extends Operation {
    @Parameters(paramLabel = "NAME", description = "What they type to come in: letters a to z, digits, dots, dashes.")
    private String name = "";

    @Option(
            names = "--role",
            required = true,
            paramLabel = "ROLE",
            description = "reader, editor, publisher or owner; each may do what those before it may.")
    private Role role = Role.READER;

    @Mixin
    private final DeskLink link = new DeskLink();

    UsersAddCommand(Program program) {
        super(program);
    }

    @Override
    public Integer call() {
        EditorName wanted = new EditorName(name);
        URI desk = link.desk();
        try (Program.Session session = open()) {
            Editors editors = session.get(Editors.class);
            if (role != Role.OWNER && editors.list().isEmpty()) {
                throw new IllegalArgumentException(
                        "somebody must be able to add and disable editors: the first one takes --role owner");
            }
            Editor added = editors.add(wanted, role, program().clock().instant());
            Operator.note(session, "users add", added.name(), IssueView.name(role));
            link.make(session, added, desk, console(), options().json());
            return ExitCode.DONE;
        }
    }
}
