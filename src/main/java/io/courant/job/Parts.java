package io.courant.job;

import io.courant.delivery.Courier;
import io.courant.delivery.Ledger;
import io.courant.delivery.Part;
import io.courant.delivery.Personalizer;
import io.courant.delivery.Scope;
import io.courant.delivery.SubscriberRange;
import io.courant.delivery.TokenSigner;
import io.courant.issue.IssueId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.springframework.batch.core.partition.StepExecutionSplitter;
import org.springframework.batch.core.partition.support.DefaultStepExecutionAggregator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * The parts of an issue that are delivered by themselves, as step executions, and what came of them. They are made anew
 * each time that the issue is sent, from the deliveries that are open then: what an earlier time left undone is in no
 * need of its old parts.
 */
class Parts extends DefaultStepExecutionAggregator implements StepExecutionSplitter {
    static final String STEP = "part";

    private static final String DELIVER = "deliver";
    private static final String STOP = "stop";
    private static final String PATIENCE = "patience";
    private static final String SAMPLE = "sample";
    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

    private final JobRepository repository;
    private final Ledger ledger;
    private final Couriers couriers;
    private final TokenSigner signer;

    Parts(JobRepository repository, Ledger ledger, Couriers couriers, TokenSigner signer) {
        this.repository = repository;
        this.ledger = ledger;
        this.couriers = couriers;
        this.signer = signer;
    }

    @Override
    public String getStepName() {
        return STEP;
    }

    @Override
    public Set<StepExecution> split(StepExecution deliver, int gridSize) {
        return split(deliver, Scope.ALL_DUE.patience());
    }

    /** @param patience so long a part may go on when all that is left of it has to wait for a pace */
    Set<StepExecution> split(StepExecution deliver, Duration patience) {
        IssueId issue = new IssueId(new Run(deliver.getJobExecution()).issue());
        String sample = sample(new Personalizer(couriers.issue(issue).imprint(), issue, signer));
        Set<StepExecution> parts = new LinkedHashSet<>();
        for (SubscriberRange range :
                ledger.parts(issue, couriers.job(issue).split().size())) {
            StepExecution part = repository.createStepExecution(
                    STEP + ":" + deliver.getId() + ":"
                            + (deliver.getJobExecution().getStepExecutions().size() + 1),
                    deliver.getJobExecution());
            part.getExecutionContext().putLong(DELIVER, deliver.getId());
            part.getExecutionContext().putLong(PATIENCE, patience.toMillis());
            part.getExecutionContext().putString(SAMPLE, sample);
            part.getExecutionContext().putLong("first", range.first());
            part.getExecutionContext().putLong("last", range.last());
            repository.updateExecutionContext(part);
            parts.add(part);
        }
        return parts;
    }

    @Override
    public void aggregate(StepExecution deliver, Collection<StepExecution> parts) {
        super.aggregate(deliver, parts);
        for (StepExecution part : parts) {
            Optional<RuntimeException> halted = Halt.kept(part.getExecutionContext());
            if (halted.isPresent()) {
                throw halted.get();
            }
        }
        Part all = parts.stream().map(Parts::result).reduce(Part.NONE, Part::plus);
        keep(deliver.getJobExecution().getExecutionContext(), all);
    }

    /** Tells whoever delivers parts of a step to end. */
    void stop(StepExecution deliver) {
        if (!deliver.getExecutionContext().containsKey(STOP)) {
            deliver.getExecutionContext().put(STOP, true);
            repository.updateExecutionContext(deliver);
        }
    }

    /** Tells whoever delivers other parts of the same step to end. */
    void stopAll(StepExecution part) {
        StepExecution deliver =
                repository.getStepExecution(part.getExecutionContext().getLong(DELIVER));
        if (deliver != null) {
            stop(deliver);
        }
    }

    /** Says whether whoever delivers this part was told to end, as of a moment ago. */
    BooleanSupplier stopSign(StepExecution part) {
        long deliver = part.getExecutionContext().getLong(DELIVER);
        return new BooleanSupplier() {
            private long lookedAt = System.nanoTime() - LOOK_EVERY.toNanos();
            private boolean stopped;

            @Override
            public boolean getAsBoolean() {
                if (!stopped && System.nanoTime() - lookedAt >= LOOK_EVERY.toNanos()) {
                    lookedAt = System.nanoTime();
                    StepExecution now = repository.getStepExecution(deliver);
                    stopped = now != null && now.getExecutionContext().containsKey(STOP);
                }
                return stopped;
            }
        };
    }

    /** The range of the deliveries that a step execution is to send. */
    static SubscriberRange range(StepExecution part) {
        return new SubscriberRange(
                part.getExecutionContext().getLong("first"),
                part.getExecutionContext().getLong("last"));
    }

    /** A link that is signed as those in the mail are. */
    private static String sample(Personalizer personalizer) {
        return personalizer.sample(Instant.EPOCH).unsubscribeUrl();
    }

    /**
     * Refuses a part whose links this machine would sign otherwise than the one that began the send: who follows them
     * would be told that they are forged.
     */
    static void requireSameKeys(StepExecution part, Personalizer personalizer, String machine) {
        if (!sample(personalizer).equals(part.getExecutionContext().getString(SAMPLE))) {
            throw new StrangeKeys(machine + " has other keys than the machine that began the send, so the links"
                    + " in its mail would lead nowhere; end it, copy the folder 'keys' of that machine's home folder"
                    + " into its own, and start it again");
        }
    }

    /** What of its range a step execution is to send: all that is due. */
    static Scope scope(StepExecution part) {
        return Scope.allDue(Duration.ofMillis(part.getExecutionContext().getLong(PATIENCE)));
    }

    /** Whether it ended so that others may go first, and is to go on. */
    static boolean isYielding(StepExecution part) {
        return kept(part.getExecutionContext()).isYielding();
    }

    /** Remembers what came of a part, or of all of them. */
    static void keep(ExecutionContext context, Part part) {
        context.putLong("accepted", part.accepted());
        context.putLong("deferred", part.deferred());
        context.putLong("rejected", part.rejected());
        context.putLong("inDoubt", part.inDoubt());
        context.put("complete", part.isComplete());
        context.put("yielding", part.isYielding());
    }

    /** Remembers what came of another attempt at a part, which goes on where the one before had to leave. */
    static void add(ExecutionContext context, Part part) {
        Part before = kept(context);
        keep(
                context,
                new Part(
                        before.accepted() + part.accepted(),
                        before.deferred() + part.deferred(),
                        before.rejected() + part.rejected(),
                        before.inDoubt() + part.inDoubt(),
                        part.isComplete(),
                        part.isYielding()));
    }

    /** What {@link #keep} remembered: of what has not ended, that it is not complete. */
    static Part kept(ExecutionContext context) {
        return new Part(
                context.getLong("accepted", 0),
                context.getLong("deferred", 0),
                context.getLong("rejected", 0),
                context.getLong("inDoubt", 0),
                Boolean.TRUE.equals(context.get("complete")),
                Boolean.TRUE.equals(context.get("yielding")));
    }

    /** What yielded was split again, and is complete if that is. */
    private static Part result(StepExecution execution) {
        Part part = kept(execution.getExecutionContext());
        return new Part(
                part.accepted(),
                part.deferred(),
                part.rejected(),
                part.inDoubt(),
                part.isComplete() || part.isYielding(),
                false);
    }

    static void keep(ExecutionContext context, Courier.Opening opening) {
        context.putInt("recovered", opening.recovered());
        context.putInt("resent", opening.resent());
    }

    static Courier.Opening opening(ExecutionContext context) {
        return new Courier.Opening(context.getInt("recovered", 0), context.getInt("resent", 0));
    }
}
