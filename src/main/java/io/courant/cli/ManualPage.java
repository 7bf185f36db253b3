package io.courant.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Help;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** A command's page of the manual, in the macros of man(7): what {@code --help} says of it, laid out by man. */
final class ManualPage {
    private final CommandSpec command;
    private final StringBuilder page = new StringBuilder();

    ManualPage(CommandSpec command) {
        this.command = command;
    }

    String fileName() {
        return name(command) + ".1";
    }

    String text() {
        page.setLength(0);
        page.append(".TH \"%s\" 1 \"\" \"%s\" \"Courant\"\n"
                .formatted(
                        roff(name(command).toUpperCase(Locale.ROOT)),
                        roff(command.root().version()[0])));
        List<String> description = lines(command.usageMessage().description());
        section("NAME");
        page.append(roff(name(command)))
                .append(" \\- ")
                .append(roff(withoutFullStop(description.get(0))))
                .append('\n');
        section("SYNOPSIS");
        line(synopsis());
        section("DESCRIPTION");
        paragraphs(description);
        subcommands();
        arguments();
        footer();
        exitStatus();
        seeAlso();
        return page.toString();
    }

    private static String name(CommandSpec command) {
        return command.qualifiedName("-");
    }

    private String synopsis() {
        String wrapped = new Help(command, Help.defaultColorScheme(Help.Ansi.OFF)).synopsis(0);
        return wrapped.replaceAll("\\s+", " ").strip();
    }

    private void subcommands() {
        if (command.subcommands().isEmpty()) {
            return;
        }
        section("COMMANDS");
        subcommandsOf(command)
                .forEach(subcommand -> entry(
                        subcommand.qualifiedName(),
                        lines(subcommand.usageMessage().description()).subList(0, 1)));
    }

    private void arguments() {
        List<ArgSpec> arguments = Stream.<ArgSpec>concat(
                        command.positionalParameters().stream(), command.options().stream())
                .filter(argument -> !argument.hidden())
                .toList();
        if (arguments.isEmpty()) {
            return;
        }
        section("OPTIONS");
        arguments.forEach(argument -> entry(label(argument), lines(argument.description())));
    }

    private static String label(ArgSpec argument) {
        if (argument.isPositional()) {
            return argument.paramLabel();
        }
        String names = String.join(", ", ((OptionSpec) argument).names());
        return argument.arity().max() == 0 ? names : names + "=" + argument.paramLabel();
    }

    /** The examples, and what is told below them. */
    private void footer() {
        List<String> footer = lines(command.usageMessage().footer()).stream()
                .dropWhile(String::isBlank)
                .toList();
        if (footer.isEmpty()) {
            return;
        }
        boolean examples = footer.get(0).startsWith("Example");
        section(examples ? "EXAMPLES" : "NOTES");
        page.append(".nf\n");
        footer.stream().skip(examples ? 1 : 0).forEach(this::line);
        page.append(".fi\n");
    }

    private void exitStatus() {
        Map<String, String> codes = command.usageMessage().exitCodeList();
        if (codes.isEmpty()) {
            return;
        }
        section("EXIT STATUS");
        codes.forEach((code, meaning) -> entry(code, List.of(meaning)));
    }

    private void seeAlso() {
        CommandSpec parent = command.parent() == null ? command : command.parent();
        String others = Stream.concat(Stream.of(parent), subcommandsOf(parent))
                .filter(other -> other != command)
                .map(other -> "\\fB" + roff(name(other)) + "\\fR(1)")
                .collect(Collectors.joining(",\n"));
        section("SEE ALSO");
        page.append(others).append('\n');
    }

    private static Stream<CommandSpec> subcommandsOf(CommandSpec command) {
        return command.subcommands().values().stream()
                .filter(subcommand -> !(subcommand.getCommand() instanceof HelpCommand))
                .map(subcommand -> subcommand.getCommandSpec());
    }

    private void section(String title) {
        page.append(".SH ").append(title).append('\n');
    }

    private void entry(String label, List<String> text) {
        page.append(".TP\n\\fB").append(roff(label)).append("\\fR\n");
        text.forEach(this::line);
    }

    private void paragraphs(List<String> text) {
        text.forEach(paragraph -> {
            page.append(".PP\n");
            line(paragraph);
        });
    }

    private void line(String text) {
        // A line that begins with one of these two would be a request to roff.
        String guard = text.startsWith(".") || text.startsWith("'") ? "\\&" : "";
        page.append(guard).append(roff(text)).append('\n');
    }

    /** Help texts are format strings. */
    private static List<String> lines(String... texts) {
        return Arrays.stream(texts).flatMap(text -> text.formatted().lines()).toList();
    }

    private static String withoutFullStop(String sentence) {
        return sentence.replaceAll("\\.$", "");
    }

    private static String roff(String text) {
        return text.replace("\\", "\\e")
                .replace("-", "\\-")
                .replace("'", "\\(aq")
                .replace("\"", "\\(dq");
    }
}
