package io.courant.job;

import io.courant.delivery.Conductor;
import io.courant.delivery.FrozenIssue;
import io.courant.delivery.FrozenIssues;
import io.courant.delivery.Ledger;
import io.courant.delivery.Part;
import io.courant.delivery.Personalizer;
import io.courant.delivery.Progress;
import io.courant.delivery.RelayException;
import io.courant.delivery.Scope;
import io.courant.delivery.SubscriberRange;
import io.courant.delivery.TokenSigner;
import io.courant.delivery.TooManyRefusals;
import io.courant.issue.IssueId;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/** Delivers one part of an issue, in the process that began the send or in one that took the part from the queue. */
record PartDelivery(
        Parts parts,
        Optional<Crew> crew,
        FrozenIssues issues,
        Couriers couriers,
        TokenSigner signer,
        Ledger ledger,
        Onlooker onlooker,
        Errand errand,
        InstantSource clock)
        implements Tasklet {

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext chunk) {
        StepExecution step = contribution.getStepExecution();
        try {
            Part part = deliver(step, new IssueId(Run.of(contribution).issue()));
            Parts.add(step.getExecutionContext(), part);
            if (crew.isPresent() && !part.isComplete() && isGoing()) {
                step.setTerminateOnly(); // it is not done, and goes back to the queue
            }
            contribution.incrementWriteCount(part.accepted());
        } catch (RelayException | TooManyRefusals e) {
            if (crew.isEmpty()) {
                throw e;
            }
            Halt.of(e).ifPresent(halt -> halt.keep(step.getExecutionContext(), e));
            parts.stopAll(step);
        }
        return RepeatStatus.FINISHED;
    }

    private Part deliver(StepExecution step, IssueId id) {
        FrozenIssue issue = couriers.issue(id);
        JobFile job = couriers.job(id);
        Personalizer personalizer = new Personalizer(issue.imprint(), id, signer);
        Parts.requireSameKeys(step, personalizer, ThisProcess.name());
        Scope wanted = errand.scope();
        return couriers.of(id)
                .deliver(
                        issue.signedWith(job.dkim()),
                        personalizer,
                        wanted.equals(Scope.ALL_DUE) ? Parts.scope(step) : wanted,
                        Parts.range(step),
                        ThisProcess.name(),
                        conductor(step, id, job));
    }

    private Conductor conductor(StepExecution step, IssueId id, JobFile job) {
        BooleanSupplier stopSign = crew.isPresent() ? parts.stopSign(step) : () -> false;
        return new IssueConductor(
                id,
                issues,
                onlooker,
                () -> stopSign.getAsBoolean() ? Optional.of(id + " is told to stop") : quiet(id, job),
                watcher(Parts.range(step), id),
                System::nanoTime);
    }

    private Optional<String> quiet(IssueId id, JobFile job) {
        QuietHours quiet = onlooker.heedsQuietHours() ? job.quiet() : null;
        return quiet == null
                ? Optional.empty()
                : quiet.until(clock.instant()).map(until -> QuietHours.words(id, until, job));
    }

    /** Who is told how far a part has got: of a send of several parts, how far all of them have. */
    private Consumer<Progress> watcher(SubscriberRange range, IssueId id) {
        if (range.equals(SubscriberRange.ALL)) {
            return onlooker::progressed;
        }
        Overview overview = errand.overview(id, ledger, onlooker);
        return crew.isPresent() ? progress -> {} : progress -> overview.look(progress.order());
    }

    /** Interrupted is whoever was waited for long enough at the end. */
    private boolean isGoing() {
        return onlooker.isLeaving() || Thread.currentThread().isInterrupted();
    }
}
