package io.courant.cli;

import io.courant.audience.Erasures;
import io.courant.consent.Outbox;
import io.courant.delivery.FrozenIssues;
import io.courant.job.Runs;
import io.courant.job.Timetable;
import io.courant.job.Turn;
import io.courant.report.Reporter;
import java.time.InstantSource;

/** Puts together what a newsletter's turn needs from a session. */
final class Turns {
    private Turns() {}

    static Turn in(Program.Session session) {
        return new Turn(
                () -> session.get(Runs.class),
                session.get(FrozenIssues.class),
                session.get(Reporter.class),
                session.get(Outbox.class),
                session.get(Erasures.class),
                session.get(Timetable.class),
                session.get(InstantSource.class));
    }
}
