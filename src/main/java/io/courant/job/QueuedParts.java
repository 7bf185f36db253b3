package io.courant.job;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Puts a step's parts in the {@link PartQueue} and waits until the job repository says that all are over. A part that
 * the queue has lost is put in again; one that was set aside has failed. When broker or database stay away for longer
 * than its patience, it gives up, and the step can be started again.
 *
 * <p>Spring Batch's own handler waits for ever for a part whose message was acknowledged while the database was away, and
 * ends the step at the first answer that the database does not give.
 */
final class QueuedParts {
    private static final Duration PAUSE = Duration.ofMillis(500);
    static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Logger LOG = LoggerFactory.getLogger(QueuedParts.class);

    private final PartQueue queue;
    private final JobRepository repository;
    private final Consumer<StepExecution> meanwhile;
    private final BooleanSupplier isToldToStop;
    private final Duration longestAbsence;

    /**
     * @param meanwhile what to do with the step again and again while its parts are worked on
     * @param isToldToStop whether nobody wants to wait any longer for a broker or a database that is away
     * @param longestAbsence so long they may stay away
     */
    QueuedParts(
            PartQueue queue,
            JobRepository repository,
            Consumer<StepExecution> meanwhile,
            BooleanSupplier isToldToStop,
            Duration longestAbsence) {
        this.queue = queue;
        this.repository = repository;
        this.meanwhile = meanwhile;
        this.isToldToStop = isToldToStop;
        this.longestAbsence = longestAbsence;
    }

    /** Waits until a step's parts are over, and says what became of them. */
    List<StepExecution> done(StepExecution step, Collection<StepExecution> parts) throws InterruptedException {
        long job = step.getJobExecutionId();
        Set<Long> ids = parts.stream().map(StepExecution::getId).collect(Collectors.toSet());
        boolean sent = false;
        long answered = System.nanoTime();
        while (true) {
            long begun = System.nanoTime();
            try {
                if (!sent) {
                    queue.put(job, ids);
                    sent = true;
                }
                // in this order: a worker writes the row before it takes the part out
                long queued = queue.waiting();
                List<StepExecution> all = of(job, ids);
                Set<Long> dead = queue.dead(job);
                List<Long> open = all.stream()
                        .filter(part -> !PartWork.isOver(part))
                        .map(StepExecution::getId)
                        .filter(part -> !dead.contains(part))
                        .toList();
                if (open.isEmpty()) {
                    all.stream().filter(part -> !PartWork.isOver(part)).forEach(this::giveUp);
                    return all;
                }
                if (queued < open.size()) {
                    LOG.warn("job={} open={} queued={}: put in again", job, open.size(), queued);
                    queue.put(job, open);
                }
                meanwhile.accept(step);
                answered = System.nanoTime();
            } catch (BrokerException | DataAccessException | TransactionException e) {
                Duration absence = Duration.ofNanos(System.nanoTime() - answered);
                if (isToldToStop.getAsBoolean() || absence.compareTo(longestAbsence) > 0) {
                    throw e instanceof BrokerException away
                            ? new BrokerException(
                                    away.getMessage() + ". It has been away for " + absence.toSeconds() + " s", away)
                            : e;
                }
                LOG.warn("job={} waits for its parts: {}", job, e.toString());
            }
            // to ask about thousands of parts takes its time, and should take little of it
            TimeUnit.NANOSECONDS.sleep(Math.max(PAUSE.toNanos(), 5 * (System.nanoTime() - begun)));
        }
    }

    private List<StepExecution> of(long job, Set<Long> parts) {
        JobExecution run = Objects.requireNonNull(repository.getJobExecution(job));
        if (!run.isRunning()) { // workers would hand its parts back untouched for ever
            throw new IllegalStateException(
                    "another process has taken over, because the database had not heard of this one for too long; what"
                            + " this one has done counts, and 'courant status' shows how far the other is");
        }
        return run.getStepExecutions().stream()
                .filter(part -> parts.contains(part.getId()))
                .toList();
    }

    /** What Batch has written about a failure stays; a worker that died could write nothing. */
    private void giveUp(StepExecution part) {
        if (part.getStatus() != BatchStatus.FAILED) {
            part.setStatus(BatchStatus.FAILED);
            part.setExitStatus(ExitStatus.FAILED.addExitDescription(
                    "was set aside, because whoever took it has died each time; 'courant workers' shows it"));
            repository.update(part);
        }
    }
}
