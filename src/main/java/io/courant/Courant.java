package io.courant;

import io.courant.cli.CourantCommand;
import io.courant.cli.Program;
import io.courant.cli.Settings;
import io.courant.store.Database;
import io.courant.upkeep.DatabaseAccident;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.util.FileSystemUtils;

/** Starts the program: the command line first, and the rest when a command asks for it. */
public final class Courant implements Program {
    private final InstantSource clock;

    Courant(InstantSource clock) {
        this.clock = clock;
    }

    public static void main(String[] arguments) {
        System.exit(CourantCommand.execute(new Courant(InstantSource.system()), arguments));
    }

    @Override
    public InstantSource clock() {
        return clock;
    }

    @Override
    public Session open(Settings settings) {
        if (!settings.scratch()) {
            return new HomeSession(settings, clock);
        }
        try {
            Path scratch = Files.createTempDirectory("courant-dry-run-");
            try {
                Database.copy(settings.home(), settings.database(), scratch);
                return new DryRun(new HomeSession(settings.at(scratch), clock), scratch);
            } catch (RuntimeException e) {
                FileSystemUtils.deleteRecursively(scratch);
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("no room for a dry run", e);
        }
    }

    @Override
    public Optional<Session> look(Settings settings) {
        return Database.isCurrent(settings.home(), settings.database())
                ? Optional.of(open(settings))
                : Optional.empty();
    }

    @Override
    public Optional<DatabaseAccident> accident(Exception accident) {
        return Database.accident(accident);
    }

    /** A session on a copy, which ends with it. */
    private record DryRun(Session session, Path scratch) implements Session {
        @Override
        public <T> T get(Class<T> type) {
            return session.get(type);
        }

        @Override
        public void close() {
            session.close();
            try {
                FileSystemUtils.deleteRecursively(scratch);
            } catch (IOException e) {
                throw new UncheckedIOException(scratch + ": cannot be removed after the dry run", e);
            }
        }
    }
}
