package io.courant.cli;

import io.courant.issue.Newsletter;
import io.courant.post.PostException;
import io.courant.post.PostReader;
import io.courant.section.Assignment;
import io.courant.section.Outline;
import io.courant.section.Section;
import io.courant.section.Sectioner;
import io.courant.section.TopicModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "sections",
        mixinStandardHelpOptions = true,
        description = "Shows how posts are split into sections and assigned to a newsletter's topics. Keeps nothing.",
        footer = {"", "Example:", "  courant sections post.md page.html --job deep-learning --json"})
final class SectionsCommand extends Operation {
    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Text, Markdown or HTML.")
    private List<Path> files = List.of();

    @Option(names = "--job", required = true, paramLabel = "NAME", description = "The newsletter whose topics count.")
    private String job = "";

    SectionsCommand(Program program) {
        super(program);
    }

    /** A post, as {@code --json} shows it; scripts rely on these names. */
    record Shown(
            String file,
            String title,
            String intro,
            List<ShownSection> sections,
            @Nullable String tail) {}

    /** A section with its topic; the weights of the reasons add up to the score. */
    record ShownSection(String heading, String topic, double score, List<Assignment.Reason> reasons) {}

    @Override
    public Integer call() {
        Console console = console();
        Newsletter newsletter = options().jobFolder().load(job).newsletter();
        Sectioner sectioner = new Sectioner();
        Map<Path, Outline> outlines = new LinkedHashMap<>();
        int exitCode = ExitCode.DONE;
        for (Path file : files) {
            try {
                outlines.put(file, sectioner.split(PostReader.read(file)));
            } catch (PostException e) {
                console.problem(String.valueOf(e.getMessage()));
                exitCode = ExitCode.FAILED;
            }
        }
        List<Section> all = outlines.values().stream()
                .flatMap(outline -> outline.sections().stream())
                .toList();
        TopicModel model = new TopicModel(newsletter.beat().taxonomy(), all);
        Iterator<Integer> place = IntStream.range(0, all.size()).iterator();
        List<Shown> shown = new ArrayList<>();
        outlines.forEach((file, outline) -> shown.add(shown(file, outline, model, place)));
        if (options().json()) {
            console.json(shown);
        } else {
            shown.forEach(post -> print(console, post));
        }
        return exitCode;
    }

    private static Shown shown(Path file, Outline outline, TopicModel model, Iterator<Integer> place) {
        Section tail = outline.tail();
        return new Shown(
                file.toString(),
                outline.title(),
                outline.intro(),
                outline.sections().stream()
                        .map(section -> shown(section, model.assign(place.next())))
                        .toList(),
                tail == null ? null : tail.heading() + "\n\n" + tail.text());
    }

    private static ShownSection shown(Section section, Assignment assignment) {
        return new ShownSection(section.heading(), assignment.label(), assignment.score(), assignment.reasons());
    }

    private static void print(Console console, Shown post) {
        console.result(post.file() + ": " + post.title());
        for (ShownSection section : post.sections()) {
            console.result("  %-24s %s".formatted(section.topic(), section.heading()));
            section.reasons().stream()
                    .limit(3)
                    .forEach(reason -> console.result(
                            String.format(Locale.ROOT, "    %8.3f  %s", reason.weight(), reason.words())));
        }
    }
}
