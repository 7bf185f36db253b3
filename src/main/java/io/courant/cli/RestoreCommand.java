package io.courant.cli;

import io.courant.upkeep.Backup;
import io.courant.upkeep.Backups;
import io.courant.upkeep.Backups.Remembered;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        description = {
            "Brings a backup back into an empty home folder. Nothing is sent from there before 'courant instance confirm'.",
            "Who unsubscribed, was suppressed or erased since the backup is not known to it; --erasures-from tells it."
        },
        footer = {
            "",
            "Examples:",
            "  courant restore /var/backups/courant-monday.zip",
            "  courant restore monday.zip --to /srv/new --erasures-from /srv/old"
        })
final class RestoreCommand extends Operation {
    @Parameters(paramLabel = "FILE", description = "What 'courant backup' wrote.")
    private Path file = Path.of("");

    @Option(names = "--to", paramLabel = "HOME", description = "The folder to restore to (default: the home folder).")
    private @Nullable Path to;

    @Option(
            names = "--erasures-from",
            paramLabel = "HOME|FILE",
            description = "Newer data, such as the folder that is replaced or a later backup: whoever was erased,"
                    + " suppressed or unsubscribed there is here, too.")
    private @Nullable Path erasuresFrom;

    RestoreCommand(Program program) {
        super(program);
    }

    /** What was restored, as {@code --json} shows it; scripts rely on these names. */
    record Restored(BackupCommand.Kept backup, String home, int erased, int suppressed, int left) {}

    @Override
    public Integer call() {
        Settings settings = options().settings();
        Settings there = to == null ? settings : settings.at(to.toAbsolutePath().normalize());
        Console console = console();
        try (Program.Session session = program().open(there)) {
            Backups backups = session.get(Backups.class);
            Backup backup = backups.restore(file);
            Remembered remembered = erasuresFrom == null
                    ? new Remembered(0, 0, 0)
                    : backups.remember(erasuresFrom, program().clock().instant());
            BackupCommand.Kept kept = BackupCommand.Kept.of(file, there.home(), backup);
            if (options().json()) {
                console.json(new Restored(
                        kept,
                        there.home().toString(),
                        remembered.erased(),
                        remembered.suppressed(),
                        remembered.left()));
            } else {
                console.result(there.home() + ": restored as of " + backup.made() + ": " + kept.words());
            }
            if (erasuresFrom == null) {
                console.note("who unsubscribed, was suppressed or erased after " + backup.made()
                        + " is not known here; restore with --erasures-from if newer data are left");
            } else {
                console.note("from " + erasuresFrom + ": " + remembered.erased() + " erased, " + remembered.suppressed()
                        + " suppressed, " + remembered.left() + " left");
            }
            console.note("nothing is sent from here before 'courant instance confirm'");
            return ExitCode.DONE;
        }
    }
}
