package io.courant.job;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.EmptyResultDataAccessException;
import org.springframework.transaction.TransactionException;

/** Does parts of issues that others have put in the {@link PartQueue}. Safe for use by several threads. */
public class PartWork {
    /** So long a database that is away is waited for; then others, who may not be cut off from it, may try. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(PartWork.class);

    private final JobRepository repository;
    private final List<Step> steps;

    /** @param steps that parts are of; the name of a part's step execution begins with that of its step */
    PartWork(JobRepository repository, List<Step> steps) {
        this.repository = repository;
        this.steps = List.copyOf(steps);
    }

    /**
     * Does a part, unless it was done or nobody wants it any more. When this returns, the part is on record as done.
     *
     * @param part the number of its step execution
     * @param stays whether this process means to go on working
     * @throws StrangeKeys when this machine can do no part of the send
     * @throws RuntimeException when it could not be done; it may be tried again
     */
    public void work(long part, BooleanSupplier stays) throws InterruptedException {
        long away = 0;
        while (!isWorked(part, stays, away)) {
            away = away == 0 ? System.nanoTime() : away;
            Thread.sleep(PAUSE.toMillis());
        }
    }

    /**
     * Waits until the database answers. Whoever has handed a part back should do so: to take more meanwhile would use up
     * the chances of each.
     *
     * @param stays whether this process means to go on working
     */
    public void awaitDatabase(BooleanSupplier stays) throws InterruptedException {
        while (stays.getAsBoolean() && !isAnswering()) {
            Thread.sleep(PAUSE.toMillis());
        }
    }

    private boolean isAnswering() {
        try {
            repository.getJobNames();
            return true;
        } catch (DataAccessException | TransactionException e) {
            return false;
        }
    }

    /** @param away since when the database does not answer; 0: it did */
    private boolean isWorked(long part, BooleanSupplier stays, long away) {
        try {
            work(part);
            return true;
        } catch (DataAccessException | TransactionException e) {
            if (!stays.getAsBoolean() || (away != 0 && System.nanoTime() - away > PATIENCE.toNanos())) {
                throw e;
            }
            LOG.warn("part={} waits for the database: {}", part, e.toString());
            return false;
        }
    }

    private void work(long part) {
        Optional<StepExecution> wanted = find(part).filter(PartWork::isWanted);
        if (wanted.isEmpty()) {
            LOG.debug("part={} is done, or its run has ended", part);
            return;
        }
        StepExecution execution = wanted.get();
        execution.setExitStatus(ExitStatus.EXECUTING); // that of an attempt before would outlast this one
        try {
            step(execution).execute(execution);
        } catch (JobInterruptedException e) {
            throw new IllegalStateException(e);
        }
        // Batch does not throw when it cannot write down how a step has ended.
        StepExecution written = find(part).orElseThrow();
        if (!isOver(written)) {
            throw notDone(execution);
        }
    }

    /** By what happened here: what is on record may be of another attempt, by another process. */
    private static IllegalStateException notDone(StepExecution part) {
        for (Throwable accident : part.getFailureExceptions()) {
            if (accident instanceof StrangeKeys strange) {
                return strange;
            }
            return new IllegalStateException(
                    "part " + part.getId() + " was not done: " + accident.getMessage(), accident);
        }
        return new IllegalStateException("part " + part.getId() + " was not done to the end");
    }

    private Step step(StepExecution part) {
        return steps.stream()
                .filter(step -> part.getStepName().startsWith(step.getName() + ":"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("part " + part.getId() + " is of '" + part.getStepName()
                        + "', which this release does not know; run the same release on all machines"));
    }

    private Optional<StepExecution> find(long part) {
        try {
            return Optional.ofNullable(repository.getStepExecution(part));
        } catch (EmptyResultDataAccessException e) {
            return Optional.empty();
        }
    }

    /** A run that was given up or taken over has ended, whatever its parts' rows say. */
    private static boolean isWanted(StepExecution part) {
        return part.getJobExecution().isRunning() && !isOver(part);
    }

    /**
     * Whether nobody needs to work on it any more. FAILED and UNKNOWN are not the end: Batch writes them while the part
     * goes back for another attempt. Neither is STOPPED, when it was only the worker that had to stop.
     */
    static boolean isOver(StepExecution part) {
        return switch (part.getStatus()) {
            case COMPLETED -> true;
            case STOPPED -> part.getJobExecution().isStopping();
            default -> false;
        };
    }
}
