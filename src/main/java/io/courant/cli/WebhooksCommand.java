package io.courant.cli;

import io.courant.report.IssueView;
import io.courant.report.Webhooks;
import io.courant.report.Webhooks.Message;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "webhooks",
        mixinStandardHelpOptions = true,
        description = {
            "Shows what programs elsewhere were told, as a job file's 'webhooks' asks, and what they answered; the newest first.",
            "'courant serve' and 'courant run' send what is due."
        },
        subcommands = WebhooksRetryCommand.class,
        footer = {"", "Examples:", "  courant webhooks", "  courant webhooks retry"})
final class WebhooksCommand extends Operation {
    @Option(
            names = "--limit",
            paramLabel = "N",
            converter = Limit.AtLeastOne.class,
            description = "How many of the newest to show (default: ${DEFAULT-VALUE}).")
    private long limit = 50;

    WebhooksCommand(Program program) {
        super(program);
    }

    /**
     * A message, as {@code --json} shows it; scripts rely on these names.
     *
     * @param state waiting, delivered or givenUp
     * @param due when it is sent again; null: it is not
     * @param answer to the last try; empty: there was none
     */
    record Told(
            String id,
            String newsletter,
            String url,
            String event,
            String state,
            Instant made,
            int tries,
            @Nullable Instant tried,
            @Nullable Instant due,
            String answer) {
        static Told of(Message message) {
            return new Told(
                    message.draft().id(),
                    message.draft().newsletter(),
                    message.draft().url().toString(),
                    message.draft().event(),
                    IssueView.name(message.state()),
                    message.made(),
                    message.tries(),
                    message.tried(),
                    message.state() == Webhooks.State.WAITING ? message.due() : null,
                    message.answer());
        }

        String line() {
            return "%-9s %-24s %s  %s%s"
                    .formatted(
                            state,
                            event,
                            url,
                            id,
                            answer.isEmpty() ? "" : "  " + tries + (tries == 1 ? " try: " : " tries: ") + answer);
        }
    }

    @Override
    public Integer call() {
        Console console = console();
        try (Program.Session session = open()) {
            List<Told> told = session.get(Webhooks.class).list((int) Math.min(limit, Integer.MAX_VALUE)).stream()
                    .map(Told::of)
                    .toList();
            if (options().json()) {
                console.json(told);
            } else if (told.isEmpty()) {
                console.note("no webhook was told anything yet");
            } else {
                told.forEach(one -> console.result(one.line()));
            }
            return ExitCode.DONE;
        }
    }
}
