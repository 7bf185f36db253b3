package io.courant.cli;

import io.courant.report.Webhooks;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "retry",
        mixinStandardHelpOptions = true,
        description = "Lets messages be sent again that were given up, and at once those that wait.",
        footer = {"", "Example:", "  courant webhooks retry"})
final class WebhooksRetryCommand extends Operation {
    @Parameters(
            arity = "0..1",
            paramLabel = "ID",
            description = "The message, as 'courant webhooks' shows it (default: all).")
    private @Nullable String id;

    WebhooksRetryCommand(Program program) {
        super(program);
    }

    @Override
    public Integer call() {
        try (Program.Session session = open()) {
            int count = session.get(Webhooks.class).retry(id, program().clock().instant());
            if (count == 0 && id != null) {
                console().problem("no message '" + id + "' waits or was given up; 'courant webhooks' lists them");
                return ExitCode.FAILED;
            }
            Operator.note(session, "webhooks retry", id == null ? "" : id, "");
            console().result(Console.count(count, "message") + " will be sent by 'courant serve' or the next run");
            return ExitCode.DONE;
        }
    }
}
