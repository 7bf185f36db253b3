package io.courant.cli;

import io.courant.report.IssueReport;
import io.courant.upkeep.Doubt;
import io.courant.upkeep.Instance;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "confirm",
        mixinStandardHelpOptions = true,
        description = {
            "Lets mail go out from a home folder that was copied, moved or restored, after asking.",
            "First see that no other copy sends, and end with 'courant cancel' what was sent since the backup: the database"
                    + " does not know who got mail, unsubscribed or was erased after it was made."
        },
        footer = {"", "Example:", "  courant instance confirm --yes"})
final class InstanceConfirmCommand extends Operation {
    @Mixin
    private final Confirmation confirmation = new Confirmation();

    InstanceConfirmCommand(Program program) {
        super(program);
    }

    /** What was confirmed, as {@code --json} shows it; scripts rely on these names. */
    record Confirmed(String home, boolean wasInDoubt) {}

    @Override
    public Integer call() {
        Settings settings = options().settings();
        Console console = console();
        try (Program.Session session = Exclusive.open(program(), settings, "confirming the instance")) {
            Instance instance = session.get(Instance.class);
            Optional<Doubt> doubt = instance.doubt();
            if (doubt.isPresent()) {
                console.note(doubt.get().words());
                List<IssueReport> unfinished = InstanceCommand.unfinished(session);
                if (!options().json()) {
                    InstanceCommand.tell(console, unfinished);
                }
                String consequences = settings.home() + ": mail goes out from here from now on, "
                        + (unfinished.isEmpty()
                                ? "beginning with the next issue, which repeats what was sent since a backup"
                                : "beginning with " + Console.count(unfinished.size(), "unfinished issue"));
                if (!confirmation.isGiven(spec(), consequences)) {
                    console.note("nothing was confirmed, and nothing is sent");
                    return ExitCode.FAILED;
                }
                instance.confirm();
            }
            if (options().json()) {
                console.json(new Confirmed(settings.home().toString(), doubt.isPresent()));
            } else {
                console.result(settings.home() + ": mail may go out from here");
            }
            return ExitCode.DONE;
        }
    }
}
