package io.courant.job;

import io.courant.delivery.Forme;
import io.courant.delivery.FrozenIssues;
import io.courant.delivery.FrozenIssues.Frozen;
import io.courant.delivery.Imprint;
import io.courant.delivery.Lint;
import io.courant.delivery.Press;
import io.courant.delivery.Press.Proof;
import io.courant.delivery.PressRun;
import io.courant.delivery.Print;
import io.courant.delivery.TokenSigner;
import io.courant.delivery.UnfitMail;
import io.courant.issue.Edition;
import io.courant.issue.Editions;
import io.courant.issue.Issue;
import io.courant.issue.IssueId;
import io.courant.issue.Newsletter;
import io.courant.post.Problem;
import io.courant.post.Sources;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Prints an issue's editions and freezes it, whoever changes their mind meanwhile. */
final class Freezer {
    private static final int ATTEMPTS = 20;
    private static final int BATCH = 32; // of so many the messages are in memory at a time

    private final Press press;
    private final FrozenIssues issues;
    private final Sources sources;
    private final TokenSigner signer;
    private final Others others;

    Freezer(Press press, FrozenIssues issues, Sources sources, TokenSigner signer, Others others) {
        this.press = press;
        this.issues = issues;
        this.sources = sources;
        this.signer = signer;
        this.others = others;
    }

    /** Other machines, which print what is not looked at here. */
    interface Others {
        /** Nobody. */
        Others NONE = (forme, samples, editions, progress) -> List.of();

        /**
         * Prints some of the editions, or none.
         *
         * @param samples what was printed here, one of each kind at least
         * @param progress is told how many are printed
         */
        List<Print> print(Forme forme, List<Print> samples, List<Edition> editions, IntConsumer progress)
                throws Exception;
    }

    /** Freezes what is new; empty if nobody would get it. */
    Optional<Issue> freeze(JobFile job, Proof.Printed proof, BiConsumer<Integer, Integer> progress) throws Exception {
        return freeze(job, press.forme(job.newsletter(), proof, job.measuring()), proof, progress);
    }

    /** Freezes, when nothing is new, what was issued before for those whose mail is due; empty if it is nobody's. */
    Optional<Issue> freeze(JobFile job, Instant now, BiConsumer<Integer, Integer> progress) throws Exception {
        return freeze(job, press.forme(job.newsletter(), now, job.measuring()), null, progress);
    }

    private Optional<Issue> freeze(
            JobFile job, Forme forme, Proof.@Nullable Printed own, BiConsumer<Integer, Integer> progress)
            throws Exception {
        PressRun run = press.run(forme, signer);
        Editions editions = run.editions();
        issues.survey(job.newsletter(), editions);
        SortedMap<Integer, Print> prints = new TreeMap<>();
        Set<Edition.Kind> kinds = new HashSet<>();
        Kept kept = own == null ? null : new Kept(own.issue(), own.rendering().subject());
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            List<Edition> wanted = editions.all();
            List<Edition> first = unprinted(wanted, prints).stream()
                    .filter(edition -> kinds.add(edition.kind()) || forme.isWhole(edition))
                    .toList();
            for (PressRun.Sheet sheet : print(run, first)) {
                check(job, sheet);
                prints.put(sheet.print().edition().number(), sheet.print());
                kept = kept(forme, own, kept, sheet);
            }
            int before = prints.size();
            progress.accept(before, wanted.size());
            others.print(
                            forme,
                            List.copyOf(prints.values()),
                            unprinted(wanted, prints),
                            printed -> progress.accept(before + printed, wanted.size()))
                    .forEach(print -> prints.put(print.edition().number(), print));
            List<Edition> rest = unprinted(wanted, prints);
            for (int from = 0; from < rest.size(); from += BATCH) {
                print(run, rest.subList(from, Math.min(from + BATCH, rest.size())))
                        .forEach(sheet -> prints.put(sheet.print().edition().number(), sheet.print()));
                progress.accept(prints.size(), wanted.size());
            }
            if (kept == null || prints.isEmpty()) {
                return Optional.empty();
            }
            Newsletter newsletter = job.newsletter();
            FrozenIssues.Freezing freezing = issues.freeze(new Frozen(
                    kept.issue(),
                    own == null ? null : own.draft(),
                    kept.subject(),
                    editions,
                    List.copyOf(prints.values()),
                    newsletter,
                    job.transport().groups(),
                    Imprint.of(newsletter).signedWith(signer.newestKey()),
                    unread(newsletter),
                    run.links(wanted),
                    job.release()));
            if (freezing != FrozenIssues.Freezing.UNPRINTED) {
                return freezing == FrozenIssues.Freezing.FROZEN ? Optional.of(kept.issue()) : Optional.empty();
            }
        }
        throw new IllegalStateException("newsletter " + job.name() + ": readers change their choices faster than"
                + " editions can be printed; run again");
    }

    /** What an issue is remembered as. */
    private record Kept(Issue issue, String subject) {}

    /** Of what is new, the whole as it is printed, or else as in the proof; when nothing is, the first edition. */
    private static @Nullable Kept kept(
            Forme forme, Proof.@Nullable Printed own, @Nullable Kept kept, PressRun.Sheet sheet) {
        if (own == null) {
            return kept == null ? new Kept(sheet.issue(), sheet.subject()) : kept;
        }
        return forme.isWhole(sheet.print().edition())
                ? new Kept(
                        sheet.issue().merging(own.draft().mergedInto(sheet.issue())),
                        own.rendering().subject())
                : kept;
    }

    private static List<Edition> unprinted(List<Edition> wanted, SortedMap<Integer, Print> prints) {
        return wanted.stream()
                .filter(edition -> !prints.containsKey(edition.number()))
                .toList();
    }

    private List<PressRun.Sheet> print(PressRun run, List<Edition> batch) {
        List<PressRun.Sheet> sheets = batch.parallelStream().map(run::print).toList();
        issues.keep(sheets.stream().map(PressRun.Sheet::message).toList());
        return sheets;
    }

    /** An issue that cannot be sent would use up its items. What differs within a kind is but which items it has. */
    private void check(JobFile job, PressRun.Sheet sheet) {
        IssueId id = sheet.issue().id();
        Edition edition = sheet.print().edition();
        UnfitMail.refuse(
                Lint.of(sheet, Imprint.of(job.newsletter()), job.dkim(), signer),
                "issue " + id + (edition.number() == 1 ? "" : " (edition " + edition.words() + ")")
                        + " is not made, because its mail must not be sent",
                "nothing is used up: mend template '" + job.newsletter().template()
                        + "' or the job file, and make it again ('courant lint " + job.name()
                        + "' shows all that is wrong)");
    }

    private List<Problem> unread(Newsletter newsletter) {
        return newsletter.sources().stream()
                .map(source ->
                        new Problem(source.name(), sources.state(source.key()).problem()))
                .filter(problem -> !problem.what().isEmpty())
                .toList();
    }
}
