package io.courant.cli;

import io.courant.job.Muster;
import io.courant.job.Roll;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "workers",
        mixinStandardHelpOptions = true,
        description = {
            "Shows who delivers which part of an issue now, how fast, and for how long its lease still lasts; who was cut off"
                    + " within a day; and how many parts wait, or were set aside because they failed again and again.",
            "With --json: workers (holder, issue, lease, firstSubscriber, lastSubscriber, began, settled, perSecond,"
                    + " leaseUntil, lasts), broker, waiting, dead, and trouble if the broker does not answer. Then the exit"
                    + " code is 75."
        },
        footer = {"", "Examples:", "  courant workers", "  courant workers --json", "  courant workers --requeue"})
final class WorkersCommand extends Operation {
    private static final String COLUMNS = "%-28s  %-28s  %-23s  %9s  %7s  %s";

    @Option(names = "--requeue", description = "Gives the parts that were set aside another chance.")
    private boolean requeue;

    WorkersCommand(Program program) {
        super(program);
    }

    @Override
    public Integer call() {
        Console console = console();
        try (Program.Session session = open()) {
            Muster muster = session.get(Muster.class);
            if (requeue) {
                if (!muster.isShared()) {
                    throw new Options.InvalidSetting("no broker is configured, so no part was set aside");
                }
                int again = muster.requeue();
                if (again > 0) {
                    Operator.note(session, "parts requeue", "", Console.count(again, "part"));
                }
                console.note(again == 0 ? "no part was set aside" : Console.count(again, "part") + " put in again");
            }
            Roll roll = muster.roll();
            if (options().json()) {
                console.json(roll);
            } else {
                print(console, roll);
            }
            if (roll.trouble() != null) {
                console.problem(roll.trouble());
                return ExitCode.TRY_AGAIN;
            }
            return ExitCode.DONE;
        }
    }

    private void print(Console console, Roll roll) {
        if (roll.workers().isEmpty()) {
            console.note("nobody delivers anything now");
        } else {
            console.result(COLUMNS.formatted("worker", "issue", "subscribers", "settled", "a second", "lease"));
            lines(roll.workers(), program().clock().instant()).forEach(console::result);
        }
        if (roll.broker() == null) {
            console.note("no broker is configured: whoever runs 'courant send' delivers by itself");
        }
        if (roll.takers() != null && roll.waiting() != null && roll.dead() != null) {
            console.result(
                    roll.takers() == 0
                            ? "no worker is connected to the broker"
                            : "workers that take " + Console.count(roll.takers(), "part") + " at a time are connected");
            console.result(
                    Console.count(roll.waiting(), "part") + " waiting or at work, " + roll.dead() + " set aside");
            if (roll.dead() > 0) {
                console.note("the workers' logs say why; 'courant workers --requeue' gives them another chance");
            }
        }
    }

    private static List<String> lines(List<Roll.Worker> workers, Instant now) {
        return workers.stream()
                .map(worker -> COLUMNS.formatted(
                        worker.holder(),
                        worker.issue(),
                        worker.firstSubscriber() + " to " + worker.lastSubscriber(),
                        worker.settled(),
                        worker.lasts() ? String.format(Locale.ROOT, "%.0f", worker.perSecond()) : "-",
                        worker.lasts()
                                ? worker.left(now).toSeconds() + " s left"
                                : "cut off at " + worker.leaseUntil()))
                .toList();
    }
}
