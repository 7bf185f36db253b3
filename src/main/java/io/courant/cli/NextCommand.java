package io.courant.cli;

import io.courant.issue.DueTime;
import io.courant.job.Agenda;
import io.courant.job.Due;
import io.courant.job.NextView;
import io.courant.job.Schedule;
import io.courant.job.Upcoming;
import io.courant.report.IssueView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "next",
        mixinStandardHelpOptions = true,
        description = "Shows what comes next and when, and what came of the last due time.",
        footer = {"", "Examples:", "  courant next", "  courant next deep-learning --json"})
final class NextCommand extends Operation {
    private static final int TIMES = 3;

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            description = "The newsletter: its job file without .yaml (default: all).")
    private @Nullable String name;

    NextCommand(Program program) {
        super(program);
    }

    @Override
    public Integer call() {
        Console console = console();
        try (Program.Session session = open()) {
            Agenda agenda = session.get(Agenda.class);
            List<Upcoming> upcoming = name == null ? agenda.all(TIMES) : List.of(agenda.of(name, TIMES));
            if (!options().json()) {
                upcoming.forEach(each -> print(console, each));
            } else if (name == null) {
                console.json(upcoming.stream().map(NextView::of).toList());
            } else {
                console.json(NextView.of(upcoming.get(0)));
            }
            return ExitCode.DONE;
        }
    }

    private static void print(Console console, Upcoming upcoming) {
        Schedule schedule = upcoming.schedule();
        console.result(upcoming.newsletter() + "  "
                + (schedule == null ? "no 'cron': runs when somebody runs it" : schedule.expression()));
        lines(upcoming).forEach(line -> console.result("  " + line));
    }

    private static List<String> lines(Upcoming upcoming) {
        List<String> lines = new ArrayList<>();
        if (upcoming.due() instanceof Due.Now now) {
            lines.add("overdue since " + words(upcoming, now.time())
                    + (now.merged() == 0 ? "" : ", and " + Console.count(now.merged(), "due time") + " before"));
        } else if (upcoming.due() instanceof Due.Missed missed) {
            lines.add("missed " + words(upcoming, missed.time()) + ", and too late now");
        }
        upcoming.times().forEach(time -> lines.add("next " + words(upcoming, time)));
        DueTime last = upcoming.last();
        if (last != null) {
            lines.add("last " + words(upcoming, last.time()) + ": " + IssueView.words(last.result())
                    + (last.issue() == null ? "" : " " + last.issue())
                    + (last.words().isEmpty() ? "" : ", " + last.words()));
        }
        lines.add(Console.count(upcoming.newItems(), "new item") + " so far" + wanted(upcoming));
        if (upcoming.quiet() != null) {
            lines.add("quiet hours " + upcoming.quiet()
                    + (upcoming.quietUntil() == null ? "" : ": now, until " + words(upcoming, upcoming.quietUntil())));
        }
        return lines;
    }

    private static String wanted(Upcoming upcoming) {
        Schedule schedule = upcoming.schedule();
        return schedule == null || schedule.gathering() == null || upcoming.latest() == null
                ? ""
                : ", of " + schedule.gathering().items() + " that make an issue; at the latest "
                        + words(upcoming, upcoming.latest());
    }

    private static String words(Upcoming upcoming, Instant moment) {
        return upcoming.words(moment) + " (" + moment + ")";
    }
}
