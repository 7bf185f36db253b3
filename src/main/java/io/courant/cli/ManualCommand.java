package io.courant.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "manual",
        mixinStandardHelpOptions = true,
        description = "Writes the manual into a folder, for man(1): a page for each command.",
        footer = {"", "Example:", "  courant manual man1", "", "Then: man man1/courant.1"})
final class ManualCommand implements Callable<Integer> {
    private final Program program;

    @Parameters(paramLabel = "FOLDER", description = "Where the pages are written; made if need be.")
    private Path folder = Path.of("");

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli fills the field
    ManualCommand(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() throws IOException {
        Files.createDirectories(folder);
        List<ManualPage> pages = pages(CourantCommand.commandLine(program));
        for (ManualPage page : pages) {
            Files.writeString(folder.resolve(page.fileName()), page.text());
        }
        new Console(spec, false).note(Console.count(pages.size(), "page") + " in " + folder);
        return ExitCode.DONE;
    }

    private static List<ManualPage> pages(CommandLine command) {
        List<ManualPage> pages = new ArrayList<>();
        pages.add(new ManualPage(command.getCommandSpec()));
        command.getSubcommands().values().stream()
                .filter(subcommand -> !(subcommand.getCommand() instanceof HelpCommand))
                .forEach(subcommand -> pages.addAll(pages(subcommand)));
        return pages;
    }
}
