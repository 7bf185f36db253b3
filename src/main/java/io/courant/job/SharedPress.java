package io.courant.job;

import io.courant.delivery.Conductor;
import io.courant.delivery.Forme;
import io.courant.delivery.PressRuns;
import io.courant.delivery.Print;
import io.courant.issue.Edition;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;

/** Has the editions of an issue printed by all who take parts from the queue. */
record SharedPress(
        JobRepository repository,
        JobFolder jobs,
        Crew crew,
        PartWork work,
        PressRuns runs,
        Onlooker onlooker,
        InstantSource clock,
        StepExecution step)
        implements Freezer.Others {
    /** Printing takes milliseconds an edition, and a part a few round trips. */
    private static final int PART = 100;

    /** When nothing was printed for so long, this machine prints the rest by itself. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Logger LOG = LoggerFactory.getLogger(SharedPress.class);

    @Override
    public List<Print> print(Forme forme, List<Print> samples, List<Edition> editions, IntConsumer progress)
            throws Exception {
        if (!isWorthwhile(editions)) {
            return List.of();
        }
        Set<Integer> wanted = editions.stream().map(Edition::number).collect(Collectors.toSet());
        long run = runs.begin(forme, samples, editions, clock.instant());
        AutoCloseable help = crew.help(work);
        Watch watch = new Watch(run, samples.size(), progress);
        try {
            new QueuedParts(crew.queue(), repository, waiting -> watch.look(), this::isToldToStop, PATIENCE)
                    .done(step, parts(run, editions)).stream()
                            .flatMap(part -> Sheets.trouble(part).stream())
                            .distinct()
                            .forEach(trouble -> LOG.warn("press run {}: {}", run, trouble));
        } catch (BrokerException | NobodyPrints e) {
            LOG.warn("press run {}: this machine prints the rest: {}", run, e.getMessage());
        } finally {
            help.close();
        }
        try {
            return runs.prints(run).stream()
                    .filter(print -> wanted.contains(print.edition().number()))
                    .toList();
        } finally {
            runs.end(run);
        }
    }

    private boolean isToldToStop() {
        return onlooker.order() == Conductor.Order.STOP;
    }

    /** Looks how far the others have got, and for how long they have got no further. */
    private final class Watch {
        private final long run;
        private final int samples;
        private final IntConsumer progress;
        private int printed;
        private long grownAt = System.nanoTime();

        private Watch(long run, int samples, IntConsumer progress) {
            this.run = run;
            this.samples = samples;
            this.progress = progress;
        }

        /** @throws NobodyPrints when that takes too long, or this process is told to stop */
        private void look() {
            int now = runs.printed(run) - samples;
            if (now != printed) {
                printed = now;
                grownAt = System.nanoTime();
                progress.accept(now);
            } else if (isToldToStop() || System.nanoTime() - grownAt > PATIENCE.toNanos()) {
                throw new NobodyPrints();
            }
        }
    }

    private static final class NobodyPrints extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private NobodyPrints() {
            super("no other does; see that 'courant serve --role worker' runs somewhere");
        }
    }

    /** A few are printed sooner than shared; and of settings of the command line the others know nothing. */
    private boolean isWorthwhile(List<Edition> editions) {
        return editions.size() > PART && !jobs.isOverridden();
    }

    private List<StepExecution> parts(long run, List<Edition> editions) {
        List<StepExecution> parts = new ArrayList<>();
        for (int from = 0; from < editions.size(); from += PART) {
            List<Edition> some = editions.subList(from, Math.min(from + PART, editions.size()));
            parts.add(Sheets.part(repository, step, run, some.get(0), some.get(some.size() - 1)));
        }
        return parts;
    }
}
