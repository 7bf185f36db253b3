package io.courant.cli;

/** What the shell and cron are told; 75 as in sysexits.h; after a signal, the system adds its own: 130, 143. */
final class ExitCode {
    /** All done, or nothing to do. */
    static final int DONE = 0;
    /** It went wrong; the message says why. */
    static final int FAILED = 1;
    /** The command line makes no sense. */
    static final int USAGE = 2;
    /** Some deliveries are still ready, deferred or in doubt. */
    static final int PARTLY_SENT = 3;
    /** A job file, a template or a setting is wrong. */
    static final int INVALID = 4;
    /** With {@code --strict}: a source could not be read. */
    static final int UNREACHABLE = 5;
    /** Somebody else is at work, or the relay is down: trying again later may help. */
    static final int TRY_AGAIN = 75;

    private ExitCode() {}

    /** Of two, the one to tell: what somebody has to mend comes before what a later run goes on with. */
    static int worse(int one, int other) {
        return weight(other) > weight(one) ? other : one;
    }

    private static int weight(int code) {
        return switch (code) {
            case DONE -> 0;
            case PARTLY_SENT, TRY_AGAIN -> 1;
            default -> 2;
        };
    }
}
