package io.courant.cli;

import io.courant.issue.Edit;
import io.courant.issue.Edits;
import io.courant.issue.Newsletter;
import io.courant.job.Drafts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

@Command(
        name = "edit",
        mixinStandardHelpOptions = true,
        description = {
            "Changes what the next issue says: of an item its heading and teaser, of the issue its introduction, subject"
                    + " and preheader.",
            "All text is plain. An empty text takes what Courant would say; an empty teaser or introduction is none."
        },
        footer = {
            "",
            "Examples:",
            "  courant edit deep-learning 41 --heading Counterfactuals --teaser-file teaser.txt",
            "  courant edit deep-learning --introduction-file hello.txt",
            "  courant edit deep-learning --list",
            "  courant edit deep-learning --undo"
        })
final class EditCommand extends Operation {
    @Parameters(index = "0", paramLabel = "NAME", description = "The newsletter: its job file without .yaml.")
    private String name = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "ITEM",
            description = "The item's number in 'courant items', or a part of its title.")
    private @Nullable String item;

    @Option(names = "--heading", paramLabel = "TEXT", description = "The item's heading.")
    private @Nullable String heading;

    @Option(names = "--teaser", paramLabel = "TEXT", description = "What stands under the heading.")
    private @Nullable String teaser;

    @Option(
            names = "--teaser-file",
            paramLabel = "FILE",
            description = "The same from a file, or - for standard input.")
    private @Nullable String teaserFile;

    @Option(
            names = "--introduction-file",
            paramLabel = "FILE",
            description = "What stands before all items, an empty line between paragraphs; - for standard input.")
    private @Nullable String introductionFile;

    @Option(names = "--subject", paramLabel = "TEXT", description = "The issue's subject.")
    private @Nullable String subject;

    @Option(names = "--preheader", paramLabel = "TEXT", description = "What mail programs show after the subject.")
    private @Nullable String preheader;

    @Option(names = "--list", description = "Lists the edits that count for the next issue.")
    private boolean list;

    @Option(names = "--undo", description = "Takes the last edit back.")
    private boolean undo;

    @Option(names = "--redo", description = "Lets the edit count again that was taken back last.")
    private boolean redo;

    @Mixin
    private Author author = new Author();

    EditCommand(Program program) {
        super(program);
    }

    @Override
    public Integer call() throws IOException {
        Newsletter newsletter = options().jobFolder().load(name).newsletter();
        List<Wanted> wanted = wanted();
        if ((wanted.isEmpty() ? 0 : 1) + (list ? 1 : 0) + (undo ? 1 : 0) + (redo ? 1 : 0) != 1) {
            throw new ParameterException(
                    spec().commandLine(), "say what to edit, or one of --list, --undo and --redo, by itself");
        }
        try (Program.Session session = open()) {
            EditView view = new EditView(console(), options().json(), session, newsletter);
            Edits edits = session.get(Edits.class);
            if (list) {
                view.list(edits.of(name));
            } else if (undo) {
                view.tell(List.of(edits.undo(name).orElseThrow(() -> nothing("to take back"))), "taken back: ");
            } else if (redo) {
                view.tell(List.of(edits.redo(name).orElseThrow(() -> nothing("that was taken back"))), "again: ");
            } else {
                view.tell(note(session, newsletter, wanted), "");
            }
            return ExitCode.DONE;
        }
    }

    private IllegalArgumentException nothing(String what) {
        return new IllegalArgumentException(
                "there is no edit " + what + "; 'courant edit " + name + " --list' lists those that count");
    }

    /** A text for something of the item, or of the issue. */
    private record Wanted(Edit.Kind kind, String text) {}

    private List<Wanted> wanted() throws IOException {
        List<Wanted> wanted = new ArrayList<>();
        add(wanted, Edit.Kind.HEADING, heading);
        add(wanted, Edit.Kind.TEASER, teaser);
        add(
                wanted,
                Edit.Kind.TEASER,
                teaserFile == null ? null : read(teaserFile).strip().replaceAll("\\s*\\R\\s*", " "));
        add(wanted, Edit.Kind.INTRODUCTION, introductionFile == null ? null : read(introductionFile));
        add(wanted, Edit.Kind.SUBJECT, subject);
        add(wanted, Edit.Kind.PREHEADER, preheader);
        boolean ofItem = wanted.stream().anyMatch(one -> one.kind().isOfItem());
        if (ofItem && item == null) {
            throw new ParameterException(
                    spec().commandLine(), "--heading and --teaser want an item: courant edit NAME ITEM");
        }
        if (item != null && wanted.stream().anyMatch(one -> !one.kind().isOfItem())) {
            throw new ParameterException(
                    spec().commandLine(), "introduction, subject and preheader are the issue's; leave the item out");
        }
        return wanted;
    }

    private static void add(List<Wanted> wanted, Edit.Kind kind, @Nullable String text) {
        if (text != null) {
            wanted.add(new Wanted(kind, text));
        }
    }

    private static String read(String file) throws IOException {
        return file.equals("-")
                ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
                : Files.readString(Path.of(file));
    }

    private List<Edit> note(Program.Session session, Newsletter newsletter, List<Wanted> wanted) {
        Instant now = program().clock().instant();
        Optional<String> about = Optional.ofNullable(item)
                .map(named -> String.valueOf(
                        NamedItem.find(session, newsletter, named, now).section()));
        List<Edit> noted = wanted.stream()
                .map(one -> Edit.of(one.kind(), about.orElse(""), one.text(), now, author.name()))
                .toList();
        noted.forEach(edit -> session.get(Drafts.class).note(newsletter, edit));
        return noted;
    }
}
