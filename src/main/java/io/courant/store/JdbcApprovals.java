package io.courant.store;

import io.courant.delivery.Approvals;
import io.courant.delivery.FrozenIssue.State;
import io.courant.delivery.Seal;
import io.courant.issue.IssueId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

class JdbcApprovals implements Approvals {
    private static final String FROZEN = """
            select id, state, subject, content, imprint, candidates, audience, approvers, grace,
                   (select count(*) from delivery d where d.issue_id = issue.id) as deliveries
            from issue where name = :name
            """;
    private static final String STANDING = """
            select approver, hash, seal, approved_at from approval
            where issue_id = (select id from issue where name = :name) and withdrawn_at is null
            order by number
            """;
    private static final String NOTE = """
            insert into approval (issue_id, approver, hash, seal, approved_at) values (:issue, :approver, :hash, :seal, :at)
            """;
    private static final String LET_GO = """
            update issue set state = 'APPROVED', approved_at = :at, send_after = :sendAfter
            where id = :issue and state = 'AWAITING_APPROVAL'
            """;

    /** Moves what was due before by whole days: an hour that has passed meanwhile comes again. */
    private static final String LATER = """
            update delivery set due_at = due_at + ((:at - due_at + 86399999) / 86400000) * 86400000
            where issue_id = :issue and state = 'READY' and due_at < :at
            """;

    private static final String WITHDRAW = """
            update approval set withdrawn_at = :at, withdrawn_by = :by
            where issue_id = (select id from issue where name = :name) and withdrawn_at is null
            """;
    private static final String HOLD = """
            update issue set state = 'AWAITING_APPROVAL', approved_at = null, send_after = null
            where name = :name and approvers > 0 and state in ('AWAITING_APPROVAL', 'APPROVED', 'PAUSED', 'STOPPED')
            """;

    private final JdbcClient write;
    private final JdbcClient read;
    private final TransactionTemplate transactions;

    JdbcApprovals(JdbcClient write, JdbcClient read, TransactionTemplate transactions) {
        this.write = write;
        this.read = read;
        this.transactions = transactions;
    }

    /** A frozen issue as an approval sees it. */
    private record Frozen(long id, State state, int approvers, long grace, Map<String, String> parts) {}

    /** An approval with all that it binds to. */
    private record Standing(Approval approval, Seal seal) {}

    @Override
    public Optional<Seal> seal(IssueId issue) {
        return frozen(read, issue).map(frozen -> sealed(read, frozen));
    }

    private static Optional<Frozen> frozen(JdbcClient client, IssueId issue) {
        return client.sql(FROZEN)
                .param("name", issue.value())
                .query((row, number) -> frozen(row))
                .optional();
    }

    private static Frozen frozen(ResultSet row) throws SQLException {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("content", row.getString("content"));
        parts.put("subject", row.getString("subject"));
        parts.put("sender", row.getString("imprint"));
        parts.put(
                "recipients",
                String.join(
                        "\n",
                        Objects.requireNonNullElse(row.getString("audience"), ""),
                        row.getString("candidates"),
                        row.getString("deliveries")));
        return new Frozen(
                row.getLong("id"),
                State.valueOf(row.getString("state")),
                row.getInt("approvers"),
                row.getLong("grace"),
                parts);
    }

    /** The messages are hashed as they are, whatever hash they are kept under. */
    private static Seal sealed(JdbcClient client, Frozen frozen) {
        List<String> messages = client.sql("""
                        select v.name, v.edition, m.packed, m.bytes
                        from variant v join message m on m.sha256 = v.sha256
                        where v.issue_id = :issue order by v.number
                        """)
                .param("issue", frozen.id())
                .query((row, number) -> String.join(
                        "\n",
                        row.getString("name"),
                        Objects.requireNonNullElse(row.getString("edition"), ""),
                        JdbcFrozenIssues.message(row).sha256()))
                .list();
        List<String> links = client.sql("select number || ' ' || url from link where issue_id = :issue order by number")
                .param("issue", frozen.id())
                .query(String.class)
                .list();
        Map<String, String> parts = new LinkedHashMap<>(frozen.parts());
        parts.put("messages", String.join("\n", messages));
        parts.put("links", String.join("\n", links));
        return Seal.over(parts);
    }

    @Override
    public List<Approval> of(IssueId issue) {
        return standing(read, issue).stream().map(Standing::approval).toList();
    }

    private static List<Standing> standing(JdbcClient client, IssueId issue) {
        return client.sql(STANDING)
                .param("name", issue.value())
                .query((row, number) -> new Standing(
                        new Approval(
                                row.getString("approver"),
                                row.getString("hash"),
                                Instant.ofEpochMilli(row.getLong("approved_at"))),
                        Json.read(row.getString("seal"), Seal.class)))
                .list();
    }

    @Override
    public Ruling approve(IssueId issue, Assent assent) {
        return Objects.requireNonNull(transactions.execute(status -> {
            Frozen frozen =
                    frozen(write, issue).orElseThrow(() -> new IllegalArgumentException("no issue '" + issue + "'"));
            if (frozen.state() != State.AWAITING_APPROVAL) {
                return new Ruling.Moot(frozen.state());
            }
            Seal seal = sealed(write, frozen);
            if (assent.hash() != null && !assent.hash().equals(seal.hash())) {
                return new Ruling.Differs(seal.hash());
            }
            if (standing(write, issue).stream().anyMatch(one -> !one.seal().equals(seal))) {
                withdrawn(issue, null, assent.at());
            }
            return approved(issue, frozen, seal, assent);
        }));
    }

    private Ruling approved(IssueId issue, Frozen frozen, Seal seal, Assent assent) {
        List<Standing> before = standing(write, issue);
        if (before.stream().anyMatch(one -> one.approval().by().equalsIgnoreCase(assent.by()))) {
            return new Ruling.Twice();
        }
        write.sql(NOTE)
                .param("issue", frozen.id())
                .param("approver", assent.by())
                .param("hash", seal.hash())
                .param("seal", Json.write(seal))
                .param("at", assent.at().toEpochMilli())
                .update();
        if (before.size() + 1 < frozen.approvers()) {
            return new Ruling.NeedsAnother();
        }
        Instant sendAfter = sendAfter(assent, frozen.grace());
        write.sql(LET_GO)
                .param("issue", frozen.id())
                .param("at", assent.at().toEpochMilli())
                .param("sendAfter", Rows.millis(sendAfter))
                .update();
        write.sql(LATER)
                .param("issue", frozen.id())
                .param("at", (sendAfter == null ? assent.at() : sendAfter).toEpochMilli())
                .update();
        return new Ruling.Approved(sendAfter);
    }

    private static @Nullable Instant sendAfter(Assent assent, long grace) {
        Instant over = assent.at().plusMillis(grace);
        Instant wanted = assent.sendAfter();
        if (wanted == null || wanted.isBefore(over)) {
            return grace == 0 ? null : over;
        }
        return wanted;
    }

    @Override
    public boolean withdraw(IssueId issue, String by, Instant at) {
        return Objects.requireNonNull(transactions.execute(status -> {
            boolean held = !standing(write, issue).isEmpty() && hold(issue);
            if (held) {
                withdrawn(issue, by, at);
            }
            return held;
        }));
    }

    private boolean hold(IssueId issue) {
        return write.sql(HOLD).param("name", issue.value()).update() > 0;
    }

    private void withdrawn(IssueId issue, @Nullable String by, Instant at) {
        write.sql(WITHDRAW)
                .param("name", issue.value())
                .param("at", at.toEpochMilli())
                .param("by", by)
                .update();
    }

    @Override
    public List<String> uphold(IssueId issue, Instant at) {
        Frozen frozen = frozen(read, issue).orElseThrow(() -> new IllegalArgumentException("no issue '" + issue + "'"));
        if (frozen.approvers() == 0 || frozen.state().isOver()) {
            return List.of();
        }
        List<String> changed = changed(frozen, standing(read, issue));
        if (!changed.isEmpty()) {
            transactions.executeWithoutResult(status -> {
                withdrawn(issue, null, at);
                hold(issue);
            });
        }
        return changed;
    }

    private List<String> changed(Frozen frozen, List<Standing> standing) {
        if (standing.size() < frozen.approvers()) {
            return List.of("its approval");
        }
        Seal seal = sealed(read, frozen);
        List<String> changed = new ArrayList<>();
        standing.forEach(one -> changed.addAll(one.seal().differences(seal)));
        return changed.stream().distinct().sorted().map(part -> "its " + part).toList();
    }
}
