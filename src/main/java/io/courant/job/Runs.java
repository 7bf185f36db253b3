package io.courant.job;

import io.courant.bounce.BounceMailbox;
import io.courant.delivery.FrozenIssue;
import io.courant.delivery.FrozenIssues;
import io.courant.delivery.Scope;
import io.courant.issue.IssueId;
import io.courant.upkeep.Instance;
import io.courant.upkeep.RunLock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobInstanceAlreadyCompleteException;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.dao.OptimisticLockingFailureException;

/**
 * Starts the jobs and hands back what came of them. The caller holds the {@link HomeLock}, and no other machine the
 * {@link RunLock}: an execution that is still on record as running was killed, and is recovered before the next is
 * started.
 */
public class Runs {
    private static final int ATTEMPTS = 10;

    private final Instance instance;
    private final RunLock lock;
    private final FrozenIssues issues;
    private final JobOperator operator;
    private final JobRepository repository;
    private final Job collect;
    private final Job compose;
    private final Job send;
    private final Job bounces;
    private final Errand errand;
    private final Postbag postbag;

    Runs(
            Instance instance,
            RunLock lock,
            FrozenIssues issues,
            JobOperator operator,
            JobRepository repository,
            Job collect,
            Job compose,
            Job send,
            Job bounces,
            Errand errand,
            Postbag postbag) {
        this.instance = instance;
        this.lock = lock;
        this.issues = issues;
        this.operator = operator;
        this.repository = repository;
        this.collect = collect;
        this.compose = compose;
        this.send = send;
        this.bounces = bounces;
        this.errand = errand;
        this.postbag = postbag;
    }

    /**
     * What collecting gave.
     *
     * @param kept new posts
     * @param known posts that had been kept before
     * @param problems what could not be read, one line each
     * @param notes what an editor should know although everything was read, one line each
     */
    public record Collected(int kept, int known, List<String> problems, List<String> notes) {
        public Collected {
            problems = List.copyOf(problems);
            notes = List.copyOf(notes);
        }
    }

    /** What composing gave: an issue, or in words why there is none. */
    public record Composed(Optional<IssueId> issue, String skipped) {}

    /**
     * What reading a mailbox gave.
     *
     * @param mails how many were read
     * @param reports how many reports stood in them
     * @param known reports that had been kept before
     * @param suppressed how many addresses get no mail any more
     * @param left how many readers left by writing to their address for that
     * @param problems mail that was passed over, one line each
     */
    public record Returned(int mails, int reports, int known, int suppressed, int left, List<String> problems) {
        public Returned {
            problems = List.copyOf(problems);
        }
    }

    /** Reads the newsletter's sources. */
    public Collected collect(String newsletter) {
        Run run = start(collect, newsletter(newsletter));
        return new Collected(run.number("kept"), run.number("known"), run.texts("problems"), run.texts("notes"));
    }

    /** Makes and freezes the newsletter's next issue, if anything is new. */
    public Composed compose(String newsletter) {
        Run run = start(compose, newsletter(newsletter));
        return new Composed(
                run.text("issue").map(IssueId::new), run.text("skipped").orElse(""));
    }

    /**
     * Sends what is due of an issue.
     *
     * @throws AlreadySentException when every delivery is final
     */
    public void send(IssueId issue) {
        send(issue, Scope.ALL_DUE);
    }

    /**
     * Sends some of what is due of an issue.
     *
     * @return how many messages a relay has answered to
     * @throws AlreadySentException when every delivery is final
     * @throws io.courant.upkeep.UnconfirmedInstance when this may be a copy, which must not send
     */
    public long send(IssueId issue, Scope scope) {
        instance.requireConfirmed();
        errand.begin(scope);
        start(send, round(issue));
        return errand.messages();
    }

    /** A finished issue is refused, unless an editor wants tried again what failed: that is another round of it. */
    private JobParameters round(IssueId issue) {
        JobParametersBuilder parameters = new JobParametersBuilder().addString(Run.ISSUE, issue.value());
        boolean isOver = issues.state(issue).map(FrozenIssue.State::isOver).orElse(true);
        for (long round = 2; !isOver && isComplete(parameters.toJobParameters()); round++) {
            parameters.addLong(Run.ROUND, round);
        }
        return parameters.toJobParameters();
    }

    private boolean isComplete(JobParameters parameters) {
        JobExecution last = repository.getLastJobExecution(send.getName(), parameters);
        return last != null && last.getStatus() == BatchStatus.COMPLETED;
    }

    /**
     * Reads what came back to a newsletter's mailbox, and what relays have refused of its issues.
     *
     * @throws io.courant.bounce.MailboxException when the mailbox cannot be used; what was read before is kept
     */
    public Returned bounces(String newsletter, BounceMailbox mailbox) {
        postbag.hold(mailbox);
        Run run = start(bounces, newsletter(newsletter));
        return new Returned(
                run.number("mails"),
                run.number("reports"),
                run.number("known"),
                run.number("suppressed"),
                run.number("left"),
                run.texts("problems"));
    }

    /** Each time another job instance, whatever the clock says: collecting and composing may always be done again. */
    private static JobParameters newsletter(String newsletter) {
        return new JobParametersBuilder()
                .addString(Run.NEWSLETTER, newsletter)
                .addString(Run.RUN, UUID.randomUUID().toString())
                .toJobParameters();
    }

    private Run start(Job job, JobParameters parameters) {
        String issue = parameters.getString(Run.ISSUE);
        String purpose = ThisProcess.name() + ", " + (issue == null ? job.getName() : "sending " + issue);
        RunLock.Held held = lock.take(purpose).orElseThrow(this::inUse);
        try {
            return run(job, parameters);
        } finally {
            held.close();
        }
    }

    private HomeLock.HeldException inUse() {
        return new HomeLock.HeldException("the database", lock.holder().orElse(""));
    }

    private Run run(Job job, JobParameters parameters) {
        undisturbed(() -> {
            repository.findRunningJobExecutions(job.getName()).forEach(operator::recover);
            settle(repository.getLastJobExecution(job.getName(), parameters));
        });
        JobExecution execution;
        SmallHeap heap = new SmallHeap();
        try {
            execution = operator.start(job, parameters);
        } catch (JobInstanceAlreadyCompleteException e) {
            // Only sending has an instance twice: the other jobs are new each time.
            throw new AlreadySentException(
                    "issue " + parameters.getString(Run.ISSUE) + " was sent before; nothing is left to send", e);
        } catch (JobExecutionException e) {
            throw new IllegalStateException("job " + job.getName() + " cannot be started: " + e.getMessage(), e);
        } finally {
            heap.release();
        }
        if (execution.getStatus() == BatchStatus.FAILED || execution.getStatus() == BatchStatus.UNKNOWN) {
            throw failure(execution);
        }
        return new Run(execution);
    }

    /** Again when a worker, who knows of no end of the run, has just written down that a part of it is done. */
    private static void undisturbed(Runnable work) {
        for (int attempt = 1; ; attempt++) {
            try {
                work.run();
                return;
            } catch (OptimisticLockingFailureException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /**
     * An execution whose end could not be written down is UNKNOWN, or has ended before its step; Batch would not start
     * it again. It may: the ledger, not Batch's record of steps, says who gets mail.
     */
    private void settle(@Nullable JobExecution last) {
        if (last == null) {
            return;
        }
        for (StepExecution step : last.getStepExecutions()) {
            if (step.getStatus() == BatchStatus.UNKNOWN || step.getStatus().isRunning()) {
                step.setStatus(BatchStatus.FAILED);
                repository.update(step);
            }
        }
        if (last.getStatus() == BatchStatus.UNKNOWN) {
            last.setStatus(BatchStatus.FAILED);
            repository.update(last);
        }
    }

    /** The accident itself: whoever is told of it wants its message, not Batch's. */
    private static RuntimeException failure(JobExecution execution) {
        List<Throwable> accidents = execution.getAllFailureExceptions();
        Throwable cause = accidents.stream()
                .filter(accident -> !(accident instanceof JobExecutionException)) // that one says that a part failed
                .min(Comparator.comparing(Runs::isOfTheRecord)) // they come in no order
                .or(() -> accidents.stream().findFirst())
                .orElseGet(() -> new IllegalStateException("job execution " + execution.getId() + " failed"));
        return cause instanceof RuntimeException runtime ? runtime : new IllegalStateException(cause);
    }

    /** That the end of a step could not be written down, which is not why it ended. */
    private static boolean isOfTheRecord(Throwable accident) {
        return accident instanceof OptimisticLockingFailureException;
    }

    /** There is nothing left to send of the issue. */
    public static final class AlreadySentException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        AlreadySentException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
