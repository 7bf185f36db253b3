package io.courant.cli;

import io.courant.post.Problem;
import io.courant.section.Evaluation;
import io.courant.section.LabelledPosts;
import io.courant.section.Taxonomy;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        description = {
            "Measures how well posts are assigned to topics, on posts whose topics are known. Keeps nothing.",
            "Posts are taken in the order of their dates, and only earlier ones vote."
        },
        footer = {
            "",
            "The labels are lines of file,date,topic: the file's path below the folder, a date such as 2026-11-23, and the"
                    + " topic's id or title; several with | between them, none for a post about something else.",
            "",
            "Examples:",
            "  courant evaluate --posts blog --labels blog.csv --topics deep-learning",
            "  courant evaluate --posts news --labels news.csv --topics desks.yaml --exclusive"
        })
final class EvaluateCommand extends Operation {
    @Option(names = "--posts", required = true, paramLabel = "FOLDER", description = "Text, Markdown and HTML files.")
    private Path posts = Path.of("");

    @Option(
            names = "--labels",
            required = true,
            paramLabel = "CSV",
            description = "The topics that they are known to have.")
    private Path labels = Path.of("");

    @Option(
            names = "--topics",
            required = true,
            paramLabel = "JOB",
            description = "The newsletter whose topics count, or a YAML file with the key 'topics'.")
    private String topics = "";

    @Option(
            names = "--exclusive",
            description = "Each post is about one topic: learns from the posts that the seeds are surest about.")
    private boolean exclusive;

    EvaluateCommand(Program program) {
        super(program);
    }

    @Override
    public Integer call() {
        Console console = console();
        Taxonomy told = options().jobFolder().topics(topics);
        Taxonomy taxonomy = new Taxonomy(told.topics(), exclusive || told.exclusive(), told.language());
        LabelledPosts labelled = LabelledPosts.read(posts, labels, taxonomy);
        labelled.problems().stream().map(Problem::toString).forEach(console::problem);
        labelled.foreign()
                .forEach((name, posts) -> console.note("'" + name + "' is no topic of " + topics + "; "
                        + Console.count(posts, "post") + " labelled so "
                        + (posts == 1 ? "counts" : "count") + " as about none of them"));
        if (labelled.posts().isEmpty()) {
            throw new IllegalArgumentException(labels + " names no post that can be read in " + posts);
        }
        Evaluation evaluation = Evaluation.of(taxonomy, labelled.posts());
        if (options().json()) {
            console.json(evaluation);
        } else {
            table(console, evaluation.figures());
        }
        return labelled.problems().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private static void table(Console console, List<Evaluation.Figures> figures) {
        console.result("%-28s %6s %9s %9s %9s %10s  %s"
                .formatted("", "posts", "accuracy", "macro-F1", "coverage", "precision", "of no topic"));
        figures.forEach(one -> console.result(String.format(
                Locale.ROOT,
                "%-28s %6d %9.3f %9.3f %9.3f %10.3f  %d, assigned %d",
                one.way(),
                one.posts(),
                one.accuracy(),
                one.macroF1(),
                one.coverage(),
                one.precision(),
                one.none(),
                one.noneAssigned())));
    }
}
