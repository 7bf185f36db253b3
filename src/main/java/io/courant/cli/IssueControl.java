package io.courant.cli;

import io.courant.delivery.Approvals;
import io.courant.delivery.DeliveryState;
import io.courant.delivery.FrozenIssues;
import io.courant.delivery.Headline;
import io.courant.delivery.Ledger;
import io.courant.issue.IssueId;
import io.courant.job.HomeLock;
import io.courant.report.IssueReport;
import io.courant.report.IssueView;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Parameters;

/**
 * What pausing, stopping and resuming have in common. None needs the home folder's lock: each changes the issue's
 * state, which a process that is sending looks at several times a second.
 */
abstract class IssueControl extends Operation {
    /** So long after a change, a process that is sending may not have looked yet. */
    private static final Duration UNNOTICED = Duration.ofMillis(400);

    private static final Duration PATIENCE = Duration.ofMillis(1_800);
    private static final Duration LOOK_EVERY = Duration.ofMillis(25);

    @Parameters(paramLabel = "ISSUE", description = "An issue's id, or a newsletter's name for its newest issue.")
    private String issue = "";

    IssueControl(Program program) {
        super(program);
    }

    /** What the issue should become, from the states that allow it. */
    abstract void change(FrozenIssues issues, IssueId id);

    /** Says what came of it, and what happens next. */
    abstract void tell(Console console, Headline before, IssueReport after, Optional<String> sender);

    @Override
    public final Integer call() {
        Console console = console();
        try (Program.Session session = open()) {
            Headline before = Issues.headline(session, issue);
            IssueId id = before.id();
            change(session.get(FrozenIssues.class), id);
            noteIfChanged(session, before);
            if (session.get(FrozenIssues.class).state(id).orElseThrow().isHeld()) {
                waitForStandstill(session.get(Ledger.class), id);
            }
            IssueReport after = Issues.report(session, id);
            if (options().json()) {
                console.json(IssueView.of(after, session.get(Approvals.class)));
            } else {
                StatusCommand.print(console, after);
            }
            tell(console, before, after, sender(before));
            return ExitCode.DONE;
        }
    }

    private void noteIfChanged(Program.Session session, Headline before) {
        if (session.get(FrozenIssues.class).state(before.id()).orElseThrow() != before.state()) {
            Operator.note(session, spec().name(), before.id().value(), "");
        }
    }

    /** Until nothing of the issue is with a relay, so that the counts are those that stay; but not for long. */
    private void waitForStandstill(Ledger ledger, IssueId id) {
        long begin = System.nanoTime();
        long waited = 0;
        while (waited < PATIENCE.toNanos()
                && HomeLock.holder(options().settings().home()).isPresent()
                && (waited < UNNOTICED.toNanos() || ledger.inFlight(id) > 0)) {
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
            waited = System.nanoTime() - begin;
        }
    }

    /** The process that is sending the issue, in words. */
    private Optional<String> sender(Headline found) {
        String newsletter = found.newsletter();
        Set<String> purposes = Set.of("sending " + found.id(), "sending " + newsletter, "running " + newsletter);
        return HomeLock.holder(options().settings().home())
                .filter(holder -> purposes.contains(holder.purpose()))
                .map(HomeLock.Holder::process);
    }

    /** What is left with the relays, if the wait was too short for it. */
    static void tellInFlight(Console console, IssueReport after, Optional<String> sender) {
        long inFlight = after.deliveries().of(DeliveryState.SENDING);
        if (inFlight > 0) {
            console.note(
                    sender.isPresent()
                            ? inFlight
                                    + " are with the relay still; what it answers is written down, and 'courant status "
                                    + after.issue().id() + "' shows it"
                            : inFlight + " were with the relay when the last process ended; the next run sees to them");
        }
    }
}
