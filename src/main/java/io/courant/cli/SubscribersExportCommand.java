package io.courant.cli;

import io.courant.audience.SubscriberCsv;
import io.courant.audience.Subscribers;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = "Writes all subscribers as CSV, to a file or to standard output.",
        footer = {"", "Example:", "  courant subscribers export readers.csv"})
final class SubscribersExportCommand extends Operation {
    @Parameters(arity = "0..1", paramLabel = "FILE", description = "The file to write.")
    private @Nullable Path file;

    SubscribersExportCommand(Program program) {
        super(program);
    }

    @Override
    public Integer call() throws IOException {
        Console console = console();
        try (Program.Session session = open()) {
            Subscribers subscribers = session.get(Subscribers.class);
            Operator.note(session, "subscribers export", "", "all");
            if (file == null) {
                SubscriberCsv.write(subscribers, console.out());
                console.out().flush();
            } else {
                console.note(Console.count(whole(subscribers, file), "subscriber") + " written to " + file);
            }
            return ExitCode.DONE;
        }
    }

    /** Writes beside the file first, so that a file of this name is always a whole one. */
    private static long whole(Subscribers subscribers, Path file) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".part");
        long written;
        try (Writer writer = Files.newBufferedWriter(draft)) {
            written = SubscriberCsv.write(subscribers, writer);
        }
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
        return written;
    }
}
