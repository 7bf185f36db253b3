package io.courant.cli;

import io.courant.delivery.Clicks;
import io.courant.delivery.FrozenIssue;
import io.courant.delivery.FrozenIssues;
import io.courant.delivery.Press;
import io.courant.delivery.Press.Proof;
import io.courant.delivery.TokenSigner;
import io.courant.delivery.Variant;
import io.courant.issue.Candidate;
import io.courant.issue.Draft;
import io.courant.section.SectionedPosts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "rebuild",
        mixinStandardHelpOptions = true,
        description = {
            "Makes an issue again from the items that it was made of, and shows the SHA-256 of its message. Keeps nothing.",
            "The same items give the same issue, byte for byte, on any machine with the same Courant and Java release; templates"
                    + " must be as they were."
        },
        footer = {"", "Example:", "  courant rebuild deep-learning-2026-11-23 --verify"})
final class RebuildCommand extends Operation {
    @Parameters(paramLabel = "ISSUE", description = "An issue's id, or a newsletter's name for its newest issue.")
    private String issue = "";

    @Option(names = "--verify", description = "Compares it with what was frozen; exit code 1 if they differ.")
    private boolean verify;

    RebuildCommand(Program program) {
        super(program);
    }

    /** What came of it, as {@code --json} shows it; differs names what is not the same. */
    record Rebuilt(String issue, String sha256, List<String> differs) {}

    @Override
    public Integer call() {
        Console console = console();
        try (Program.Session session = open()) {
            FrozenIssue frozen = Issues.find(session, issue);
            Draft draft = session.get(FrozenIssues.class)
                    .draft(frozen.issue().id())
                    .orElseThrow(() -> new IllegalArgumentException(
                            "issue " + frozen.issue().id()
                                    + " has nothing new in it, or was made by an earlier version, which did not keep"
                                    + " what it was made of"));
            Proof proof = session.get(Press.class).proof(withTexts(draft, session.get(SectionedPosts.class)));
            if (!(proof instanceof Proof.Printed plain)) {
                throw new IllegalStateException(
                        "issue " + frozen.issue().id() + " cannot be made again: " + ((Proof.Skipped) proof).reason());
            }
            Optional<Variant> whole = whole(frozen, draft);
            Proof.Printed printed = whole.isPresent() ? asMailed(session, frozen, plain) : plain;
            List<String> differs = verify ? differences(frozen, whole, printed) : List.of();
            String sha256 = printed.message().sha256();
            if (options().json()) {
                console.json(new Rebuilt(frozen.issue().id().value(), sha256, differs));
            } else {
                console.result(frozen.issue().id() + " " + sha256 + (verify && differs.isEmpty() ? " as frozen" : ""));
                differs.forEach(one -> console.problem("differs: " + one));
            }
            return differs.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
        }
    }

    /** With the links of the mail, whose use may be counted. */
    private static Proof.Printed asMailed(Program.Session session, FrozenIssue frozen, Proof.Printed plain) {
        if (session.get(Clicks.class).of(frozen.issue().id()).isEmpty()) {
            return plain;
        }
        TokenSigner signer = session.get(TokenSigner.class);
        Integer key = frozen.imprint().key();
        return session.get(Press.class).counting(plain, signer, key == null ? signer.newestKey() : key);
    }

    private static Draft withTexts(Draft draft, SectionedPosts posts) {
        Map<Long, String> texts = new HashMap<>();
        posts.sectionsOf(draft.candidates().stream().map(Candidate::section).toList())
                .forEach(kept -> texts.put(kept.id(), kept.section().text()));
        return draft.with(draft.candidates().stream()
                .map(candidate -> candidate.withText(texts.getOrDefault(candidate.section(), "")))
                .toList());
    }

    /** What those got who wanted nothing special; nobody may have wanted it. */
    private static Optional<Variant> whole(FrozenIssue frozen, Draft draft) {
        Locale language = draft.newsletter().language();
        return frozen.variants().stream()
                .filter(variant ->
                        variant.edition() == null || variant.edition().isWholeOf(frozen.issue(), language))
                .findFirst();
    }

    private static List<String> differences(FrozenIssue frozen, Optional<Variant> whole, Proof.Printed printed) {
        List<String> differs = new ArrayList<>();
        if (!frozen.issue().equals(printed.issue())) {
            differs.add("items, their places or their words; was Courant updated since?");
        }
        if (!frozen.subject().equals(printed.rendering().subject())) {
            differs.add("the subject; was subject.ftl changed since?");
        }
        if (whole.isPresent() && !whole.get().message().equals(printed.message())) {
            differs.add("the message; were the templates of '"
                    + printed.draft().newsletter().template() + "' changed since?");
        }
        return differs;
    }
}
