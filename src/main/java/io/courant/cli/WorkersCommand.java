package io.courant.cli;

import io.courant.delivery.Ledger;
import io.courant.delivery.Ledger.Running;
import io.courant.job.Crew;
import io.courant.job.PartQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "workers",
        mixinStandardHelpOptions = true,
        description = {
            "Shows who delivers which part of an issue now, how fast, and for how long its lease still lasts; and how many"
                    + " parts wait, or were set aside because they failed again and again."
        },
        footer = {"", "Examples:", "  courant workers", "  courant workers --json", "  courant workers --requeue"})
final class WorkersCommand extends Operation {
    @Option(names = "--requeue", description = "Gives the parts that were set aside another chance.")
    private boolean requeue;

    WorkersCommand(Program program) {
        super(program);
    }

    /**
     * Everybody, as {@code --json} shows it; scripts rely on these names.
     *
     * @param waiting parts that wait for a worker, or are with one; null where there is no broker
     * @param dead parts that were set aside; null where there is no broker
     */
    record Crewlist(
            List<Worker> workers,
            @Nullable Long waiting,
            @Nullable Long dead) {}

    /**
     * Somebody who delivers a part.
     *
     * @param perSecond deliveries settled a second since it began
     * @param lasts whether its lease does; if not, it was cut off
     */
    record Worker(
            String holder,
            String issue,
            long lease,
            long firstSubscriber,
            long lastSubscriber,
            Instant began,
            long settled,
            double perSecond,
            Instant leaseUntil,
            boolean lasts) {
        static Worker of(Running run, Instant now) {
            double seconds = Math.max(1, Duration.between(run.beganAt(), now).toMillis()) / 1000.0;
            return new Worker(
                    run.holder(),
                    run.issue().value(),
                    run.lease(),
                    run.range().first(),
                    run.range().last(),
                    run.beganAt(),
                    run.settled(),
                    run.settled() / seconds,
                    run.until(),
                    run.lasts());
        }

        String line(Instant now) {
            return "%-32s %s  subscribers %d to %d  %,d done, %,.0f/s  %s"
                    .formatted(
                            holder,
                            issue,
                            firstSubscriber,
                            lastSubscriber,
                            settled,
                            perSecond,
                            lasts
                                    ? "lease of "
                                            + Duration.between(now, leaseUntil).toSeconds() + " s"
                                    : "CUT OFF since " + leaseUntil);
        }
    }

    @Override
    public Integer call() {
        Console console = console();
        try (Program.Session session = open()) {
            PartQueue queue = options().settings().broker().isPresent()
                    ? session.get(Crew.class).queue()
                    : null;
            if (requeue) {
                if (queue == null) {
                    throw new Options.InvalidSetting("no broker is configured, so no part was set aside");
                }
                int again = queue.requeue();
                console.note(again == 0 ? "no part was set aside" : again + " parts wait again");
            }
            Instant now = program().clock().instant();
            List<Worker> workers = session.get(Ledger.class).running().stream()
                    .map(run -> Worker.of(run, now))
                    .toList();
            Long waiting = queue == null ? null : queue.waiting();
            Long dead = queue == null ? null : queue.dead();
            if (options().json()) {
                console.json(new Crewlist(workers, waiting, dead));
                return ExitCode.DONE;
            }
            if (workers.isEmpty()) {
                console.note("nobody delivers anything now");
            }
            workers.forEach(worker -> console.result(worker.line(now)));
            if (waiting != null && dead != null) {
                console.result(waiting + " parts wait or are at work, " + dead + " were set aside");
                if (dead > 0) {
                    console.note("see the workers' logs for the reason; 'courant workers --requeue' gives them another"
                            + " chance");
                }
            }
            return ExitCode.DONE;
        }
    }
}
