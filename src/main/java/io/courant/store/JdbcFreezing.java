package io.courant.store;

import io.courant.delivery.FrozenIssue;
import io.courant.delivery.FrozenIssues;
import io.courant.delivery.FrozenIssues.Freezing;
import io.courant.delivery.FrozenIssues.Frozen;
import io.courant.delivery.Print;
import io.courant.issue.Draft;
import io.courant.issue.Edit;
import io.courant.issue.Issue;
import io.courant.issue.Item;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/** How {@link JdbcFrozenIssues} freezes an issue. */
final class JdbcFreezing {
    private static final int ATTEMPTS = 5;

    /** So many deliveries that to look at the table once takes less than it saves. */
    private static final long MANY = 10_000;

    private static final String INSERT = """
            insert into issue (name, newsletter, state, subject, candidates, content, imprint, frozen_at, approved_at,
                               unread, draft, approvers, grace, audience)
            values (:name, :newsletter, :state, :subject, 0, :content, :imprint, :frozenAt, :approvedAt, :unread, :draft,
                    :approvers, :grace, :audience)
            returning id
            """;

    private final JdbcClient write;
    private final JdbcClient read;
    private final TransactionTemplate transactions;
    private final TransactionTemplate snapshots;
    private final Dialect dialect;
    private final JdbcPlan plan;

    JdbcFreezing(JdbcClient write, JdbcClient read, TransactionTemplate transactions, Dialect dialect, JdbcPlan plan) {
        this.write = write;
        this.read = read;
        this.transactions = transactions;
        this.snapshots = new TransactionTemplate(Objects.requireNonNull(transactions.getTransactionManager()));
        this.snapshots.setIsolationLevel(dialect.snapshot());
        this.dialect = dialect;
        this.plan = plan;
    }

    /** As {@link FrozenIssues#freeze} says. */
    Freezing freeze(Frozen frozen) {
        Optional<String> version = dialect.version();
        Optional<Freezing> answered = Optional.empty();
        for (int attempt = 0; version.isPresent() && answered.isEmpty() && attempt < ATTEMPTS; attempt++) {
            answered = freezeUnlessDisturbed(frozen, version.get());
        }
        Freezing freezing = answered.orElseGet(() -> freezeWhileOthersWait(frozen));
        if (freezing != Freezing.UNPRINTED) {
            transactions.executeWithoutResult(status -> write.sql("delete from message where not exists"
                            + " (select 1 from variant v where v.sha256 = message.sha256)")
                    .update());
        }
        if (freezing == Freezing.FROZEN && planned(frozen.issue()) >= MANY) {
            dialect.afterPlanning().ifPresent(statement -> write.sql(statement).update());
        }
        return freezing;
    }

    private long planned(Issue issue) {
        return write.sql("select candidates from issue where name = :name")
                .param("name", issue.id().value())
                .query(Long.class)
                .single();
    }

    /** Asks all for their wishes before it keeps others from writing; empty if somebody wrote in between. */
    private Optional<Freezing> freezeUnlessDisturbed(Frozen frozen, String version) {
        String before = answer(version);
        JdbcPlan.Copies copies = plan.copies(read, frozen);
        if (copies.isUnprinted()) {
            return Optional.of(Freezing.UNPRINTED);
        }
        return Objects.requireNonNull(
                transactions.execute(status -> answer(version).equals(before)
                        ? Optional.of(freeze(frozen, copies, status))
                        : Optional.<Freezing>empty()));
    }

    /** What others write all the same, without a transaction, comes after the issue. */
    private Freezing freezeWhileOthersWait(Frozen frozen) {
        return Objects.requireNonNull(snapshots.execute(status -> {
            JdbcPlan.Copies copies = plan.copies(write, frozen);
            return copies.isUnprinted() ? Freezing.UNPRINTED : freeze(frozen, copies, status);
        }));
    }

    private String answer(String question) {
        return write.sql(question).query(String.class).single();
    }

    private Freezing freeze(Frozen frozen, JdbcPlan.Copies copies, TransactionStatus status) {
        long issue = insert(frozen);
        if (frozen.editions().isFresh()) {
            Set<Long> leftOut = frozen.leftOut();
            keepItems(issue, frozen.issue(), leftOut);
            keepCarriedOver(issue, frozen.issue(), leftOut);
            keepMerged(issue, frozen.issue());
            useUp(issue, frozen.draft());
        }
        frozen.prints().forEach(print -> keepVariant(issue, print));
        frozen.links().forEach((number, link) -> keepLink(issue, number, link));
        long candidates = plan.plan(issue, frozen, copies);
        if (candidates == 0) {
            status.setRollbackOnly();
            return Freezing.FOR_NOBODY;
        }
        write.sql("update issue set candidates = :candidates where id = :issue")
                .param("candidates", candidates)
                .param("issue", issue)
                .update();
        return Freezing.FROZEN;
    }

    private long insert(Frozen frozen) {
        Issue issue = frozen.issue();
        boolean awaited = frozen.release().approvers() > 0;
        FrozenIssue.State state = awaited ? FrozenIssue.State.AWAITING_APPROVAL : FrozenIssue.State.APPROVED;
        return write.sql(INSERT)
                .param("name", issue.id().value())
                .param("newsletter", issue.newsletter())
                .param("state", state.name())
                .param("subject", frozen.subject())
                .param("content", Json.write(issue))
                .param("imprint", Json.write(frozen.imprint()))
                .param("draft", frozen.draft() == null ? null : Json.write(kept(frozen.draft(), issue)))
                .param("unread", Json.write(frozen.unread()))
                .param("frozenAt", issue.date().toEpochMilli())
                .param("approvedAt", awaited ? null : issue.date().toEpochMilli())
                .param("approvers", frozen.release().approvers())
                .param("grace", frozen.release().grace().toMillis())
                .param("audience", Json.write(frozen.newsletter().audience()))
                .query(Long.class)
                .single();
    }

    /**
     * Texts are kept with the posts, and the sources' names stand in the candidates; of those that wait and are not in
     * the issue either, reasons are of no use any more.
     */
    private static Draft kept(Draft draft, Issue issue) {
        Set<Long> waiting = issue.carriedOver().stream()
                .map(Issue.CarriedOver::section)
                .filter(section -> !issue.beyond().contains(section))
                .collect(Collectors.toSet());
        return draft.withoutSources()
                .with(draft.candidates().stream()
                        .map(candidate ->
                                waiting.contains(candidate.section()) ? candidate.bare() : candidate.withText(""))
                        .toList());
    }

    private void keepItems(long id, Issue issue, Set<Long> leftOut) {
        for (Item item : issue.items()) {
            if (issue.isBeyond(item) || leftOut.contains(item.section())) {
                continue; // not all readers got it
            }
            write.sql(
                            "insert into issued_section (newsletter, section_id, issue_id) values (:newsletter, :section, :issue)")
                    .param("newsletter", issue.newsletter())
                    .param("section", item.section())
                    .param("issue", id)
                    .update();
        }
    }

    private void keepCarriedOver(long id, Issue issue, Set<Long> leftOut) {
        Set<Long> waiting = new LinkedHashSet<>(leftOut);
        issue.carriedOver().forEach(one -> waiting.add(one.section()));
        for (long section : waiting) {
            write.sql("""
                            insert into carried_over (newsletter, section_id, issue_id)
                            values (:newsletter, :section, :issue)
                            on conflict (newsletter, section_id)
                              do update set issue_id = excluded.issue_id, times = carried_over.times + 1
                            """)
                    .param("newsletter", issue.newsletter())
                    .param("section", section)
                    .param("issue", id)
                    .update();
        }
    }

    /** What is said of an item goes with the item. */
    private void useUp(long id, @Nullable Draft draft) {
        if (draft == null) {
            return;
        }
        for (Edit edit : draft.edits()) {
            write.sql("""
                            update edit set issue_id = :issue
                            where number = :number and (:ofIssue or exists (
                              select 1 from issued_section where issue_id = :issue and section_id = :section))
                            """)
                    .param("issue", id)
                    .param("number", edit.number())
                    .param("ofIssue", !edit.kind().isOfItem())
                    .param("section", edit.kind().isOfItem() ? Long.valueOf(edit.about()) : null)
                    .update();
        }
    }

    private void keepMerged(long id, Issue issue) {
        for (Issue.Merged merged : issue.merged()) {
            write.sql("""
                            insert into merged_post (newsletter, post_id, issue_id, into_post, reason)
                            values (:newsletter, :post, :issue, :into, :reason)
                            on conflict (newsletter, post_id) do nothing
                            """)
                    .param("newsletter", issue.newsletter())
                    .param("post", merged.post())
                    .param("issue", id)
                    .param("into", merged.into())
                    .param("reason", merged.why())
                    .update();
        }
    }

    private void keepVariant(long issue, Print print) {
        write.sql("""
                        insert into variant (issue_id, number, name, sha256, edition)
                        values (:issue, :number, :name, :sha256, :edition)
                        """)
                .param("issue", issue)
                .param("number", print.edition().number())
                .param("name", print.name())
                .param("sha256", print.sha256())
                .param("edition", Json.write(print.edition()))
                .update();
        write.sql("""
                        insert into variant_section (section_id, issue_id, number)
                        select cast(value as bigint), :issue, :number from json_each(:sections)
                        """)
                .param("issue", issue)
                .param("number", print.edition().number())
                .param("sections", Json.write(print.shows()))
                .update();
    }

    private void keepLink(long issue, int number, URI link) {
        write.sql("insert into link (issue_id, number, url) values (:issue, :number, :url)")
                .param("issue", issue)
                .param("number", number)
                .param("url", link.toASCIIString())
                .update();
    }
}
