package io.courant.upkeep;

import java.nio.file.Path;

/** Why a home folder must not send before a person has looked at it. */
public record Doubt(Path home, Kind kind) {

    /** What was found. */
    public enum Kind {
        /** There is a database, but no mark beside it. */
        COPIED("its database was brought here from another folder or a backup (courant.instance is missing)"),
        /** The two marks are of different installations. */
        STRANGE("its database belongs to another folder (courant.instance is of a different one)"),
        /** The database has come less far than the mark beside it. */
        OLDER("its database is older than the one that was here, so it does not know who got mail or left since"),
        /** A PostgreSQL database has all that was in the file. */
        LEFT(
                "all of it was moved to a PostgreSQL database ('courant migrate'), which has sent and heard more since, and"
                        + " which 'database' in courant.yaml, or COURANT_DATABASE, is to name"),
        /** The marks agree, but this is not where they were made. */
        MOVED("the folder was copied or moved here, or restored from a backup"),
        /** PostgreSQL says that this is another server, another database, or rows from a dump. */
        CLONED("its database was copied from another, or read in from a dump (PostgreSQL calls it by another name)"),
        /** The same server, but its history has forked. */
        REWOUND("its database was restored to an earlier moment, or another server took over, so it may not know who"
                + " got mail or left last");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    /** What was found, in words. */
    public String found() {
        return kind.words;
    }

    /** In one line what was found, and what to do. */
    public String words() {
        return home + ": nothing is sent from here until somebody confirms it: " + kind.words
                + "; look at what would be sent ('courant instance'), and when no other copy sends any more, confirm it ('courant"
                + " instance confirm', or an owner at the desk)";
    }
}
