package io.courant.cli;

import io.courant.bounce.Report;
import io.courant.bounce.ReturnedMail;
import io.courant.bounce.ReturnedMailReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "classify",
        mixinStandardHelpOptions = true,
        description = {
            "Shows what returned mails say of each recipient, and by which words. Changes nothing.",
            "hard: the address does not exist; soft: not this time; policy: the mail or its sender was refused;",
            "relay: a system on the way is at fault; complaint: the reader called it unwanted; vacation: an automatic"
                    + " answer; unknown: not understood, or delivered."
        },
        footer = {
            "",
            "Examples:",
            "  courant bounces classify returned.eml",
            "  courant bounces classify Maildir/new/* --json"
        })
final class BouncesClassifyCommand extends Operation {
    @Parameters(arity = "1..*", paramLabel = "FILE", description = "A mail as it arrived, such as a file of a Maildir.")
    private List<String> files = List.of();

    private final ReturnedMailReader reader = new ReturnedMailReader();

    BouncesClassifyCommand(Program program) {
        super(program);
    }

    /** A mail, as {@code --json} shows it; scripts rely on these names. */
    record Shown(String file, List<ShownReport> reports) {}

    /** What a mail says of one recipient. Texts are empty where there is nothing to say. */
    record ShownReport(@Nullable String recipient, String kind, String status, String reply, String feedback) {
        static ShownReport of(Report report) {
            return new ShownReport(
                    report.recipient(), report.kind().word(), report.status(), report.reply(), report.feedback());
        }
    }

    @Override
    public Integer call() {
        Console console = console();
        List<Shown> shown = new ArrayList<>();
        boolean allRead = true;
        for (String file : files) {
            try (InputStream mail = Files.newInputStream(Path.of(file))) {
                ReturnedMail returned = reader.read(mail);
                if (options().json()) {
                    shown.add(new Shown(
                            file,
                            returned.reports().stream().map(ShownReport::of).toList()));
                } else {
                    print(console, file, returned);
                }
            } catch (IOException | InvalidPathException e) {
                allRead = false;
                console.problem(file + ": cannot be read (" + why(e) + "); the others are shown");
            }
        }
        if (options().json()) {
            console.json(shown);
        }
        return allRead ? ExitCode.DONE : ExitCode.FAILED;
    }

    private static String why(Exception e) {
        if (e instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (e instanceof AccessDeniedException) {
            return "its permissions forbid it";
        }
        return e instanceof InvalidPathException ? "this is no file's name" : String.valueOf(e.getMessage());
    }

    private static void print(Console console, String file, ReturnedMail returned) {
        console.result(file + ": " + (returned.reports().isEmpty() ? "no report" : ""));
        for (Report report : returned.reports()) {
            String codes = String.join(" ", List.of(report.reply(), report.status(), report.feedback()))
                    .strip();
            console.result("  %-9s  %-11s  %s"
                    .formatted(
                            report.kind().word(),
                            codes,
                            report.recipient() == null ? "(names no recipient)" : report.recipient()));
            console.result("             " + report.evidence());
        }
    }
}
