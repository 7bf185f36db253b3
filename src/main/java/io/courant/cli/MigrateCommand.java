package io.courant.cli;

import io.courant.upkeep.DatabaseAddress;
import io.courant.upkeep.Doubt;
import io.courant.upkeep.Migration;
import io.courant.upkeep.Migration.Moved;
import io.courant.upkeep.Migration.Progress;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "migrate",
        mixinStandardHelpOptions = true,
        description = {
            "Copies all that the home folder's database holds to an empty PostgreSQL database, and compares each row. All"
                    + " is there in the end, or nothing. The file stays as it was, and sends nothing any more.",
            "Stop 'courant serve' before. User and password of the database are COURANT_DATABASE_USER and"
                    + " COURANT_DATABASE_PASSWORD (or COURANT_DATABASE_PASSWORD_FILE)."
        },
        footer = {"", "Example:", "  courant migrate --to jdbc:postgresql://db.example.org/courant"})
final class MigrateCommand extends Operation {
    @Option(
            names = "--to",
            required = true,
            paramLabel = "ADDRESS",
            description = "The empty database, as in jdbc:postgresql://db.example.org/courant.")
    private String to = "";

    @Mixin
    private final Confirmation confirmation = new Confirmation();

    MigrateCommand(Program program) {
        super(program);
    }

    /** What was moved, as {@code --json} shows it; scripts rely on these names. */
    record Migrated(String home, String database, Map<String, Long> rows) {}

    @Override
    public Integer call() {
        Settings settings = options().settings();
        DatabaseAddress target = options().database(to, "--to");
        // the file of the home folder, even where the settings name the new database already
        Settings here = settings.at(settings.home());
        try (Program.Session session = Exclusive.open(program(), here, "moving to " + target)) {
            Migration migration = session.get(Migration.class);
            if (!isConfirmed(migration, settings)) {
                console().note("nothing was moved");
                return ExitCode.FAILED;
            }
            Moved moved = migration.to(target, this::tell);
            if (options().json()) {
                console().json(new Migrated(settings.home().toString(), target.toString(), moved.rows()));
            } else {
                console()
                        .result("%s: %,d rows in %d tables, each compared"
                                .formatted(target, moved.total(), moved.rows().size()));
            }
            advise(settings, target);
            return ExitCode.DONE;
        }
    }

    private boolean isConfirmed(Migration migration, Settings settings) {
        Optional<Doubt> doubt = migration.doubt();
        if (doubt.isEmpty()) {
            return true;
        }
        console().problem(doubt.get().words());
        return confirmation.isGiven(spec(), settings.home() + ": mail goes out from what it holds, once that is moved");
    }

    private void tell(Progress progress) {
        if (progress.rows() > 0) {
            console()
                    .note("%s: %,d %s"
                            .formatted(progress.table(), progress.rows(), progress.compared() ? "compared" : "copied"));
        }
    }

    private void advise(Settings settings, DatabaseAddress target) {
        boolean set = settings.database().map(DatabaseAddress::url).equals(Optional.of(target.url()));
        console()
                .note(
                        set
                                ? "the settings name this database already: start 'courant serve' and its timers again"
                                : "now write 'database: {url: " + target + "}' into courant.yaml, or set"
                                        + " COURANT_DATABASE to that, with user and password as here, on each machine; then start 'courant serve' and"
                                        + " its timers again");
        console()
                .note(settings.home().resolve("courant.db") + " stays as it was and sends nothing any more; keep the"
                        + " folder, for its keys are still in use");
    }
}
