package io.courant.job;

import io.courant.delivery.Conductor;
import io.courant.delivery.Ledger;
import io.courant.delivery.Scope;
import io.courant.issue.IssueId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.batch.core.partition.PartitionHandler;
import org.springframework.batch.core.partition.StepExecutionSplitter;
import org.springframework.batch.core.partition.support.TaskExecutorPartitionHandler;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

/**
 * Has the parts of an issue delivered by all who take them from the queue. By this process alone where there is no
 * queue, and where the others would not know what is meant: somebody chosen, or settings of the command line.
 */
record Sharing(
        JobRepository repository,
        Parts parts,
        Step part,
        PartWork work,
        Optional<Crew> crew,
        Couriers couriers,
        JobFolder jobs,
        Ledger ledger,
        Onlooker onlooker,
        Errand errand)
        implements PartitionHandler {
    /** So long a part may wait for a pace alone: one slow group of recipients is not to hold others up. */
    private static final Duration FIRST_PATIENCE = Duration.ofSeconds(5);

    private static final Duration LONGEST_PATIENCE = Duration.ofMinutes(5);

    @Override
    public Collection<StepExecution> handle(StepExecutionSplitter splitter, StepExecution step) throws Exception {
        IssueId issue = new IssueId(new Run(step.getJobExecution()).issue());
        if (crew.isEmpty() || !errand.scope().equals(Scope.ALL_DUE) || jobs.isOverridden()) {
            return here(couriers.job(issue).split().threads()).handle(splitter, step);
        }
        Overview overview = new Overview(issue, ledger, onlooker);
        AutoCloseable help = crew.get().help(work);
        try {
            return share(
                    step,
                    new QueuedParts(
                            crew.get().queue(),
                            repository,
                            waiting -> watch(waiting, overview),
                            () -> onlooker.order() == Conductor.Order.STOP,
                            QueuedParts.PATIENCE));
        } catch (BrokerException e) {
            throw new BrokerException(
                    e.getMessage()
                            + ". What was sent counts; send the issue again when it is back, or without a broker in"
                            + " the settings, and the rest goes out",
                    e);
        } finally {
            help.close();
        }
    }

    /** What yielded goes on when all others have gone, and is more patient then. */
    private Collection<StepExecution> share(StepExecution step, QueuedParts queued) throws InterruptedException {
        List<StepExecution> all = new ArrayList<>();
        List<StepExecution> turn;
        Duration patience = FIRST_PATIENCE;
        do {
            turn = queued.done(step, parts.split(step, patience));
            all.addAll(turn);
            patience = longer(patience);
        } while (turn.stream().anyMatch(Parts::isYielding));
        return all;
    }

    private static Duration longer(Duration patience) {
        Duration twice = patience.multipliedBy(2);
        return twice.compareTo(LONGEST_PATIENCE) < 0 ? twice : LONGEST_PATIENCE;
    }

    private void watch(StepExecution step, Overview overview) {
        if (onlooker.order() == Conductor.Order.STOP) {
            parts.stop(step);
        }
        overview.look(onlooker.order());
    }

    private PartitionHandler here(int threads) {
        TaskExecutorPartitionHandler handler = new TaskExecutorPartitionHandler();
        handler.setStep(part);
        if (threads > 1) {
            SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor("part-");
            executor.setConcurrencyLimit(threads);
            handler.setTaskExecutor(executor);
        }
        return handler;
    }
}
