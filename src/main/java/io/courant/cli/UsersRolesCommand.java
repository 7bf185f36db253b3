package io.courant.cli;

import io.courant.editor.Permission;
import io.courant.editor.Role;
import io.courant.report.IssueView;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

@Command(
        name = "roles",
        mixinStandardHelpOptions = true,
        description = "Shows what each role may do.",
        footer = {"", "Example:", "  courant users roles"})
final class UsersRolesCommand extends Operation {
    UsersRolesCommand(Program program) {
        super(program);
    }

    /** A role, as {@code --json} shows it; scripts rely on these names. */
    record Shown(String role, List<String> may) {}

    @Override
    public Integer call() {
        Console console = console();
        if (options().json()) {
            console.json(Stream.of(Role.values())
                    .map(role -> new Shown(
                            IssueView.name(role),
                            Stream.of(Permission.values())
                                    .filter(role::may)
                                    .map(IssueView::name)
                                    .toList()))
                    .toList());
            return ExitCode.DONE;
        }
        for (Permission permission : Permission.values()) {
            console.result("%-20s %s"
                    .formatted(
                            IssueView.words(permission),
                            Stream.of(Role.values())
                                    .filter(role -> role.may(permission))
                                    .map(IssueView::name)
                                    .collect(Collectors.joining(", "))));
        }
        return ExitCode.DONE;
    }
}
