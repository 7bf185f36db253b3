package io.courant.cli;

import io.courant.upkeep.DatabaseAccident;
import java.time.InstantSource;
import java.util.Optional;

/** Starts the part of the program that needs the database. Commands that need none answer without it. */
public interface Program {
    /** Opens the home folder; the caller closes the session. */
    Session open(Settings settings);

    /** Opens what the home folder keeps, if it is of this version; making nothing and changing nothing. */
    Optional<Session> look(Settings settings);

    /** What an exception tells of the database, if it does. */
    Optional<DatabaseAccident> accident(Exception accident);

    /** What tells the time. */
    InstantSource clock();

    /** The running program. */
    interface Session extends AutoCloseable {
        /** A port or service of a feature package. */
        <T> T get(Class<T> type);

        @Override
        void close();
    }
}
