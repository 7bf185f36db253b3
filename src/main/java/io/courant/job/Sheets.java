package io.courant.job;

import io.courant.delivery.Forme;
import io.courant.delivery.FrozenIssues;
import io.courant.delivery.Press;
import io.courant.delivery.PressRun;
import io.courant.delivery.PressRuns;
import io.courant.delivery.Print;
import io.courant.delivery.TokenSigner;
import io.courant.issue.Edition;
import java.lang.ref.SoftReference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Prints some of the editions of an issue that another process makes. Safe for use by several threads. */
final class Sheets implements Tasklet {
    static final String STEP = "sheets";

    private static final String RUN = "pressRun";
    private static final String FIRST = "first";
    private static final String LAST = "last";
    private static final String TROUBLE = "trouble";
    private static final int BATCH = 32; // of so many the messages are in memory at a time

    private static final Logger LOG = LoggerFactory.getLogger(Sheets.class);

    private final PressRuns runs;
    private final Press press;
    private final FrozenIssues issues;
    private final TokenSigner signer;
    private SoftReference<Known> known = new SoftReference<>(null);

    Sheets(PressRuns runs, Press press, FrozenIssues issues, TokenSigner signer) {
        this.runs = runs;
        this.press = press;
        this.issues = issues;
        this.signer = signer;
    }

    /** A run that this process prints for. */
    private record Known(long run, PressRun press, Map<Edition.Kind, Print> samples, Set<Edition.Kind> alike) {}

    /** A part of a step: the editions from one to another. */
    static StepExecution part(JobRepository repository, StepExecution step, long run, Edition first, Edition last) {
        StepExecution part = repository.createStepExecution(
                STEP + ":" + step.getId() + ":" + run + "-" + first.number(), step.getJobExecution());
        ExecutionContext context = part.getExecutionContext();
        context.putLong(RUN, run);
        context.putInt(FIRST, first.number());
        context.putInt(LAST, last.number());
        repository.updateExecutionContext(part);
        return part;
    }

    /** Why a part was left to whoever makes the issue; empty: it was not. */
    static Optional<String> trouble(StepExecution part) {
        return part.getExecutionContext().containsKey(TROUBLE)
                ? Optional.of(part.getExecutionContext().getString(TROUBLE))
                : Optional.empty();
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext chunk) {
        ExecutionContext part = contribution.getStepExecution().getExecutionContext();
        long run = part.getLong(RUN);
        List<Edition> editions = runs.unprinted(run, part.getInt(FIRST), part.getInt(LAST));
        for (int from = 0; from < editions.size(); from += BATCH) {
            List<Edition> batch = editions.subList(from, Math.min(from + BATCH, editions.size()));
            try {
                print(known(run), batch);
            } catch (DataAccessException | TransactionException e) {
                throw e; // others may do it
            } catch (RuntimeException e) {
                // whoever makes the issue prints it, and meets what is wrong with it
                LOG.warn("press run={} printed={} of {}", run, from, editions.size(), e);
                part.putString(TROUBLE, ThisProcess.name() + " " + e.getMessage());
                return RepeatStatus.FINISHED;
            }
            contribution.incrementWriteCount(batch.size());
        }
        LOG.info("press run={} printed={}", run, editions.size());
        return RepeatStatus.FINISHED;
    }

    private void print(Known known, List<Edition> editions) {
        editions.forEach(edition -> requireAlike(known, edition.kind()));
        List<PressRun.Sheet> sheets =
                editions.parallelStream().map(known.press()::print).toList();
        issues.keep(sheets.stream().map(PressRun.Sheet::message).toList());
        runs.print(known.run(), sheets.stream().map(PressRun.Sheet::print).toList());
    }

    private synchronized Known known(long run) {
        Known last = known.get();
        if (last == null || last.run() != run) {
            Forme forme = runs.forme(run)
                    .orElseThrow(() -> new IllegalStateException("press run " + run + " has ended without this part"));
            Map<Edition.Kind, Print> samples = runs.prints(run).stream()
                    .collect(Collectors.toMap(
                            print -> print.edition().kind(), Function.identity(), (one, other) -> one));
            last = new Known(run, press.run(forme, signer), samples, ConcurrentHashMap.newKeySet());
            known = new SoftReference<>(last);
        }
        return last;
    }

    /** A reader is to get the same mail whichever machine has printed it. */
    private static void requireAlike(Known known, Edition.Kind kind) {
        if (known.alike().contains(kind)) {
            return;
        }
        Print sample = known.samples().get(kind);
        if (sample == null || !known.press().print(sample.edition()).print().equals(sample)) {
            throw new IllegalStateException("prints the mail in "
                    + kind.language().toLanguageTag()
                    + " otherwise than the machine that makes the issue, so it prints none; end it, give it the same"
                    + " release of Courant and of Java, and the same folders 'templates', 'jobs' and 'keys', and start"
                    + " it again");
        }
        known.alike().add(kind);
    }
}
