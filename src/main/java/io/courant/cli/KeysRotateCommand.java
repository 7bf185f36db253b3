package io.courant.cli;

import io.courant.delivery.FrozenIssues;
import io.courant.delivery.TokenKeys;
import io.courant.issue.IssueId;
import java.util.Optional;
import picocli.CommandLine.Command;

@Command(
        name = "rotate",
        mixinStandardHelpOptions = true,
        description = {
            "Adds a key that signs from now on. Links in mail sent so far go on working.",
            "An issue that is already made keeps its key, so it may be done at any time."
        },
        footer = {"", "Example:", "  courant keys rotate"})
final class KeysRotateCommand extends Operation {
    KeysRotateCommand(Program program) {
        super(program);
    }

    /** The key that signs, as {@code --json} shows it; scripts rely on this name. */
    record Rotated(int key) {}

    @Override
    public Integer call() {
        Console console = console();
        try (Program.Session session = open()) {
            Optional<IssueId> old = madeBeforeKeysWereKept(session.get(FrozenIssues.class));
            if (old.isPresent()) {
                console.problem("issue " + old.get() + " was made by an earlier version, which did not keep its key,"
                        + " so what is sent again would no longer be the same; send it to its end or cancel it first");
                return ExitCode.FAILED;
            }
            int key = session.get(TokenKeys.class).rotate();
            Operator.note(session, "keys rotate", "key " + key, "");
            if (options().json()) {
                console.json(new Rotated(key));
            } else {
                console.result("key " + key + " signs from now on");
            }
            console.note(
                    "keep the older keys: links in mail that was sent need them; and make a backup of the new one");
            return ExitCode.DONE;
        }
    }

    private static Optional<IssueId> madeBeforeKeysWereKept(FrozenIssues issues) {
        return issues.newsletters().stream()
                .flatMap(newsletter -> issues.unfinished(newsletter).stream())
                .filter(id -> issues.find(id)
                        .filter(issue -> issue.imprint().key() == null)
                        .isPresent())
                .findFirst();
    }
}
