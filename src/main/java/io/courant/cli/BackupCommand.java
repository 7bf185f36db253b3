package io.courant.cli;

import io.courant.upkeep.Backup;
import io.courant.upkeep.Backups;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        description = {
            "Writes the database and the keys into one file, also while another process sends, and opens it to verify it.",
            "The file holds addresses and secrets; only you may read it. Job files and templates are not in it."
        },
        footer = {"", "Example:", "  courant backup /var/backups/courant-monday.zip --force"})
final class BackupCommand extends Operation {
    @Parameters(paramLabel = "FILE", description = "The file to write, a ZIP archive.")
    private Path file = Path.of("");

    @Option(names = "--force", description = "Replaces the file if it is there.")
    private boolean force;

    BackupCommand(Program program) {
        super(program);
    }

    /** What a backup holds, as {@code --json} shows it; scripts rely on these names. */
    record Kept(String file, String home, String made, int schema, Map<String, Long> rows, List<String> files) {
        static Kept of(Path file, Path home, Backup backup) {
            return new Kept(
                    file.toAbsolutePath().normalize().toString(),
                    home.toString(),
                    backup.made().toString(),
                    backup.schema(),
                    backup.rows(),
                    backup.files());
        }

        /** As people read it. */
        String words() {
            return Console.count(rows.getOrDefault("subscriber", 0L), "subscriber") + ", "
                    + Console.count(rows.getOrDefault("issue", 0L), "issue") + ", "
                    + Console.count(rows.getOrDefault("post", 0L), "post") + ", "
                    + Console.count(
                            files.stream().filter(name -> name.endsWith(".key")).count(), "key");
        }
    }

    @Override
    public Integer call() {
        Settings settings = options().settings();
        try (Program.Session session = program().open(settings)) {
            Backup backup = session.get(Backups.class)
                    .take(file, force, program().clock().instant());
            Kept kept = Kept.of(file, settings.home(), backup);
            if (options().json()) {
                console().json(kept);
            } else {
                console().result(kept.file() + ": " + kept.words() + ", verified");
            }
            return ExitCode.DONE;
        }
    }
}
