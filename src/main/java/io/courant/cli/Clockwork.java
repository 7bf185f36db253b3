package io.courant.cli;

import io.courant.delivery.Scope;
import io.courant.issue.IssueId;
import io.courant.job.JobFile;
import io.courant.job.JobFolder;
import io.courant.job.Onlooker;
import io.courant.job.Rota;
import io.courant.job.Runs;
import io.courant.job.Turn;
import io.courant.report.IssueReport;
import io.courant.report.IssueView;
import io.courant.upkeep.Instance;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Gives each newsletter its turn when it has one, as {@code courant run} would, from a thread of its own. The home
 * folder is locked for the time of a turn only. Job files are read each time, so that what an editor changes counts.
 */
final class Clockwork implements AutoCloseable {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(10);

    private final Program program;
    private final Settings settings;
    private final Program.Session session;
    private final Console console;
    private final Troubles troubles;
    private final Rounds rounds;
    private volatile @Nullable Onlooker onlooker;

    /** @param session looks whose turn it is; for each turn another one is opened */
    Clockwork(Program program, Settings settings, Program.Session session, Console console) {
        this.program = program;
        this.settings = settings;
        this.session = session;
        this.console = console;
        this.troubles = new Troubles(program, settings, console);
        this.rounds = new Rounds("the clock", LOOK_EVERY, troubles, this::look); // no newsletter's name has a space
    }

    void start() {
        rounds.start();
    }

    private void look() {
        session.get(Instance.class).requireConfirmed(); // already reading a mailbox would take mail from the original
        for (String name : session.get(JobFolder.class).names()) {
            if (!rounds.isEnding()) {
                troubles.tellOf(name, () -> look(name));
            }
        }
    }

    private void look(String name) {
        JobFile job = session.get(JobFolder.class).load(name);
        if (session.get(Rota.class).hasTurn(job)) {
            take(job);
        }
    }

    /** While another process holds the folder, it is still the newsletter's turn. */
    private void take(JobFile job) {
        try (Program.Session turns = Exclusive.open(program, settings, "running " + job.name())) {
            take(job, turns);
        }
    }

    private void take(JobFile job, Program.Session turns) {
        boolean isWell = false;
        try {
            Onlooker watching = turns.get(Onlooker.class);
            watching.listen(line -> console.note(job.name() + ": " + line));
            onlooker = watching;
            if (rounds.isEnding()) {
                return;
            }
            Turns.in(turns).take(job, new Turn.Manner(false, false, false), new Attendant(turns, job.name()));
            isWell = true;
        } finally {
            onlooker = null;
            session.get(Rota.class).taken(job, isWell);
        }
    }

    /** Begins nothing new, and waits until what is in flight is finished and written down. */
    @Override
    public void close() {
        rounds.end();
        Onlooker watching = onlooker;
        if (watching != null) {
            watching.requestStop();
        }
        rounds.close();
    }

    /** Says what an operator finds in the log of the service. */
    private final class Attendant implements Turn.Company {
        private final Program.Session turns;
        private final String newsletter;

        Attendant(Program.Session turns, String newsletter) {
            this.turns = turns;
            this.newsletter = newsletter;
        }

        @Override
        public void returned(Runs.Returned returned) {
            returned.problems().forEach(this::problem);
            if (returned.mails() > 0) {
                note(BouncesReadCommand.words(returned));
            }
        }

        @Override
        public void collected(Runs.Collected collected) {
            collected.problems().forEach(this::problem);
            note(CollectCommand.words(collected));
        }

        @Override
        public void note(String line) {
            console.note(newsletter + ": " + line);
        }

        @Override
        public void problem(String line) {
            console.problem(newsletter + ": " + line);
        }

        @Override
        public IssueReport send(IssueId issue, Runs.Collected collected) {
            turns.get(Runs.class).send(issue, Scope.ALL_DUE);
            IssueReport report = Issues.report(turns, issue);
            note(issue + ": " + IssueView.words(report.deliveries()));
            return report;
        }

        @Override
        public boolean isSpent() {
            return false;
        }

        @Override
        public boolean isInterrupted() {
            return rounds.isEnding();
        }
    }
}
