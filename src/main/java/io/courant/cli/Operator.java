package io.courant.cli;

import io.courant.audience.EmailAddress;
import io.courant.audience.Subscribers;
import io.courant.editor.Act;
import io.courant.editor.AuditLog;
import java.time.InstantSource;

/** Who works on the command line: a user of the operating system, whom nobody here asks for a password. */
final class Operator {
    private Operator() {}

    /** The user's name, and of one who became another by sudo, both. */
    static String name() {
        String user = System.getProperty("user.name", "?");
        String before = System.getenv("SUDO_USER");
        return before == null || before.isEmpty() || before.equals(user) ? user : before + " as " + user;
    }

    /** A subscriber as the log may name them: by number, or not at all. */
    static String subscriber(Program.Session session, EmailAddress address) {
        return session.get(Subscribers.class)
                .find(address)
                .map(found -> "subscriber " + found.id())
                .orElse("");
    }

    /** Writes down what the operator did. */
    static void note(Program.Session session, String what, String subject, String detail) {
        session.get(AuditLog.class)
                .note(new Act(
                        session.get(InstantSource.class).instant(), name(), Act.COMMAND_LINE, what, subject, detail));
    }
}
