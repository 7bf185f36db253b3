package io.courant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.TestHome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class HelpTest {
    @TempDir
    private Path folder;

    private TestHome home;

    @BeforeEach
    void open() {
        home = new TestHome(folder);
    }

    @AfterEach
    void close() {
        home.close();
    }

    private static List<CommandLine> commands(CommandLine parent) {
        List<CommandLine> commands = new ArrayList<>();
        for (CommandLine command : parent.getSubcommands().values()) {
            if (!command.getCommandName().equals("help")) {
                commands.add(command);
                commands.addAll(commands(command));
            }
        }
        return commands;
    }

    private static String[] words(String line) {
        return Arrays.stream(line.strip().split(" ")).skip(1).toArray(String[]::new);
    }

    @TestFactory
    Stream<DynamicTest> everyCommandShowsAnExampleThatItUnderstands() {
        CommandLine courant = CourantCommand.commandLine(home.program());
        return commands(courant).stream()
                .map(command -> DynamicTest.dynamicTest(command.getCommandSpec().qualifiedName(), () -> {
                    String name = command.getCommandSpec().qualifiedName();
                    List<String> arguments = new ArrayList<>(List.of(words(name)));
                    arguments.add("--help");
                    Shell.Said said = new Shell(home)
                            .typed(arguments.toArray(String[]::new))
                            .ending(ExitCode.DONE);
                    assertThat(said.err()).isEmpty();
                    assertThat(said.out()).startsWith("Usage: " + name);
                    List<String> examples = said.out()
                            .substring(said.out().indexOf("\nExample"))
                            .lines()
                            .filter(line -> line.startsWith("  courant "))
                            .toList();
                    assertThat(examples)
                            .isNotEmpty()
                            .allSatisfy(example -> assertThat(example).startsWith("  " + name))
                            .allSatisfy(example ->
                                    CourantCommand.commandLine(home.program()).parseArgs(words(example)));
                }));
    }

    @Test
    void theHelpOfAllNamesEveryCommand() {
        Shell.Said said = new Shell(home).typed("--help").ending(ExitCode.DONE);
        assertThat(said.out())
                .contains(
                        "demo",
                        "check",
                        "collect",
                        "sources",
                        "compose",
                        "preview",
                        "approve",
                        "send",
                        "run",
                        "status",
                        "explain",
                        "sections",
                        "subscribers",
                        "bounces",
                        "relay",
                        "audit",
                        "courant demo");
        assertThat(new Shell(home).typed("help", "run").ending(ExitCode.DONE).out())
                .startsWith("Usage: courant run");
        assertThat(new Shell(home).typed("--version").ending(ExitCode.DONE).out())
                .startsWith("courant ");
    }

    @Test
    void aCommandLineThatMakesNoSenseIsRefusedWithAHint() {
        assertThat(new Shell(home)
                        .typed("clolect", "weekly")
                        .ending(ExitCode.USAGE)
                        .err())
                .contains("clolect", "collect");
        assertThat(new Shell(home).typed().ending(ExitCode.USAGE).err()).contains("say what to do");
        assertThat(new Shell(home).typed("subscribers").ending(ExitCode.USAGE).err())
                .contains("import|export|suppress|");
        assertThat(new Shell(home).typed("run", "--now").ending(ExitCode.USAGE).err())
                .contains("name it");
        assertThat(new Shell(home)
                        .typed("run", "weekly", "--fast")
                        .ending(ExitCode.USAGE)
                        .err())
                .contains("--fast");
        assertThat(new Shell(home)
                        .typed("run", "weekly", "--set", "relay.port")
                        .ending(ExitCode.USAGE)
                        .err())
                .contains("KEY=VALUE");
    }
}
