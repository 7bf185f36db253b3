package io.courant.cli;

import io.courant.audience.Readers;
import io.courant.issue.Newsletter;
import io.courant.job.JobFileException;
import io.courant.job.JobFolder;
import io.courant.render.NoteRenderer;
import io.courant.render.ReaderPages;
import io.courant.render.Renderer;
import io.courant.render.TemplateError;
import io.courant.render.TemplateFolder;
import io.courant.upkeep.UnreachableDatabase;
import io.courant.words.Phrasebook;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;

@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Loads every job and renders every template; tells all that is wrong.",
        footer = {"", "Example:", "  courant check --jobs newsletters"})
final class CheckCommand extends Operation {
    CheckCommand(Program program) {
        super(program);
    }

    /** What was checked, and what is wrong with it. */
    record Checked(List<String> jobs, List<String> templates, List<String> problems) {}

    @Override
    public Integer call() {
        Console console = console();
        JobFolder jobs = options().jobFolder();
        TemplateFolder templates = new TemplateFolder(options().settings().templates());
        Checked checked = new Checked(jobs.names(), templates.names(), new ArrayList<>());
        if (checked.jobs().isEmpty()) {
            checked.problems().add(options().settings().jobs() + ": no job file here (expected NAME.yaml)");
        }
        List<Newsletter> newsletters = new ArrayList<>();
        checked.jobs().forEach(name -> check(jobs, name, newsletters, checked.problems()));
        Renderer renderer = new Renderer(templates, Renderer.randomNonces());
        checked.templates().forEach(name -> check(() -> renderer.check(name), checked.problems()));
        check(new NoteRenderer(templates)::check, checked.problems());
        checked.problems().addAll(new ReaderPages(templates).problems());
        newsletters.stream().map(Newsletter::language).distinct().forEach(one -> note(console, templates, one));
        tellOfReaders(newsletters, console);
        if (options().json()) {
            console.json(checked);
        } else {
            checked.problems().forEach(console::problem);
            console.note(Console.count(checked.jobs().size(), "job") + " (" + String.join(", ", checked.jobs()) + "), "
                    + Console.count(checked.templates().size(), "template") + " ("
                    + String.join(", ", checked.templates()) + "): "
                    + (checked.problems().isEmpty()
                            ? "all well"
                            : Console.count(checked.problems().size(), "problem")));
        }
        return checked.problems().isEmpty() ? ExitCode.DONE : ExitCode.INVALID;
    }

    private void tellOfReaders(List<Newsletter> newsletters, Console console) {
        try {
            program().look(options().settings()).ifPresent(session -> {
                try (session) {
                    new LostTopics(session.get(Readers.class)).tell(newsletters, console);
                }
            });
        } catch (UnreachableDatabase e) { // jobs and templates are checked where there is none, too
            console.note("what readers chose is not looked at: " + e.getMessage());
        }
    }

    private static void note(Console console, TemplateFolder templates, Locale language) {
        String tag = language.getLanguage();
        if (!templates.speaks(language)) {
            console.note("no words in '" + tag + "': mails in it have English ones until there is templates/words/"
                    + tag + ".properties, a translation of en.properties");
        }
        if (!Phrasebook.speaks(language)) {
            console.note(
                    "why an item is there, and what a trend rests on, is said in English to readers of '" + tag + "'");
        }
    }

    private static void check(JobFolder jobs, String name, List<Newsletter> newsletters, List<String> problems) {
        try {
            newsletters.add(jobs.load(name).newsletter());
        } catch (JobFileException e) {
            problems.addAll(e.problems());
        }
    }

    private static void check(Runnable look, List<String> problems) {
        try {
            look.run();
        } catch (TemplateError e) {
            problems.add(String.valueOf(e.getMessage()));
        }
    }
}
