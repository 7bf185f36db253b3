package io.courant.cli;

import io.courant.delivery.Approvals;
import io.courant.delivery.Approvals.Assent;
import io.courant.delivery.Approvals.Ruling;
import io.courant.delivery.Headline;
import io.courant.editor.Editor;
import io.courant.editor.Editors;
import io.courant.editor.Permission;
import io.courant.issue.IssueId;
import io.courant.job.JobFolder;
import io.courant.report.ApprovalView;
import io.courant.report.IssueView;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

@Command(
        name = "approve",
        mixinStandardHelpOptions = true,
        description = {
            "Lets an issue be sent whose newsletter asks for approval.",
            "It binds to what was frozen: if anything of that changes, nothing goes out before it is approved again."
        },
        footer = {
            "",
            "Examples:",
            "  courant approve deep-learning-2026-11-23",
            "  courant approve deep-learning --at 08:30",
            "  courant approve deep-learning --withdraw"
        })
final class ApproveCommand extends Operation {
    private static final int SHOWN = 12; // digits of a hash that tell two apart

    @Parameters(paramLabel = "ISSUE", description = "An issue's id, or a newsletter's name for its newest issue.")
    private String issue = "";

    @Option(
            names = "--hash",
            paramLabel = "HASH",
            description =
                    "Refuses if the issue is not the one of this hash, which 'courant status --json' shows while it awaits approval.")
    private @Nullable String hash;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description =
                    "Sending begins then: 08:30 or 2026-11-24T08:30 in the newsletter's zone, or an instant that ends in Z.")
    private @Nullable String at;

    @Option(names = "--withdraw", description = "Takes back all approvals; the issue waits for new ones.")
    private boolean withdraw;

    @Mixin
    private Author author = new Author();

    ApproveCommand(Program program) {
        super(program);
    }

    @Override
    public Integer call() {
        Console console = console();
        if (withdraw && (hash != null || at != null)) {
            throw new ParameterException(spec().commandLine(), "--withdraw goes without --hash and --at");
        }
        try (Program.Session session = open()) {
            Headline found = Issues.headline(session, issue);
            ZoneId zone = session.get(JobFolder.class)
                    .load(found.newsletter())
                    .newsletter()
                    .zone();
            Approvals approvals = session.get(Approvals.class);
            Instant now = program().clock().instant();
            if (!withdraw && found.approvers() > 1) {
                checkKnown(session.get(Editors.class), found.id());
            }
            String said = withdraw ? withdrawn(session, found, now) : approved(session, found, assent(now, zone), zone);
            Headline after = Issues.headline(session, found.id().value());
            String seal = approvals.seal(found.id()).orElseThrow().hash();
            if (options().json()) {
                console.json(ApprovalView.of(after, seal));
            }
            console.note(said + " (" + seal.substring(0, SHOWN) + "…)");
            return ExitCode.DONE;
        }
    }

    /** Where two must approve, somebody who has done so at the desk must not do it here by another name. */
    private void checkKnown(Editors editors, IssueId id) {
        boolean haveAccounts = editors.list().stream().anyMatch(Editor::hasPassword);
        boolean may = editors.find(author.name())
                .filter(editor -> editor.may(Permission.APPROVE))
                .isPresent();
        if (haveAccounts && !may) {
            throw new IllegalArgumentException(author.name() + " is no editor who may approve, and " + id
                    + " takes two of them; say who you are with --by NAME ('courant users' lists all)");
        }
    }

    private Assent assent(Instant now, ZoneId zone) {
        return new Assent(author.name(), now, hash, at == null ? null : LocalTimes.next(at, now, zone));
    }

    private String withdrawn(Program.Session session, Headline found, Instant now) {
        if (!session.get(Approvals.class).withdraw(found.id(), author.name(), now)) {
            throw new IllegalArgumentException(
                    found.id() + " has no approval to take back: it is " + IssueView.words(found.state()));
        }
        note(session, "approve --withdraw", found.id());
        return found.id() + " awaits approval again";
    }

    private String approved(Program.Session session, Headline found, Assent assent, ZoneId zone) {
        Ruling ruling = session.get(Approvals.class).approve(found.id(), assent);
        String said = ruled(ruling, found.id(), zone);
        if (!(ruling instanceof Ruling.Moot)) {
            note(session, "approve", found.id());
        }
        return said;
    }

    private void note(Program.Session session, String what, IssueId id) {
        Operator.note(session, what, id.value(), author.name().equals(Operator.name()) ? "" : "for " + author.name());
    }

    private String ruled(Ruling ruling, IssueId id, ZoneId zone) {
        if (ruling instanceof Ruling.Approved approved) {
            Instant begin = approved.sendAfter();
            return "approved " + id + "; "
                    + (begin == null
                            ? "'courant send " + id + "' sends it"
                            : "sending begins at " + LocalTimes.words(begin, zone) + ", by 'courant send " + id
                                    + "' or the next run; until then 'courant cancel " + id + "' leaves all unsent");
        }
        if (ruling instanceof Ruling.NeedsAnother) {
            return "noted; another person must approve " + id + ", too";
        }
        if (ruling instanceof Ruling.Twice) {
            throw new IllegalArgumentException(
                    author.name() + " has approved " + id + " before; another person must do it this time");
        }
        if (ruling instanceof Ruling.Differs differs) {
            throw new IllegalArgumentException(id + " is not what you saw: its hash is " + differs.hash()
                    + "; look at it again, and approve that");
        }
        return id + " needs no approval: it is " + IssueView.words(((Ruling.Moot) ruling).state());
    }
}
