package io.courant.store;

import io.courant.delivery.FrozenIssue;
import io.courant.delivery.FrozenIssues;
import io.courant.delivery.Headline;
import io.courant.delivery.Imprint;
import io.courant.delivery.MessageTemplate;
import io.courant.delivery.Variant;
import io.courant.issue.Draft;
import io.courant.issue.Edition;
import io.courant.issue.Editions;
import io.courant.issue.Issue;
import io.courant.issue.IssueId;
import io.courant.issue.Newsletter;
import io.courant.post.Problem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class JdbcFrozenIssues implements FrozenIssues {
    /** Counted inside the database: to read the content whole takes longer than all else that a list of issues does. */
    private static final String HEADLINE = """
            select newsletter, json_extract(content, '$.date') as date, subject, state, candidates, unread,
                   (select count(*) from json_each(content, '$.sections') s, json_each(s.value, '$.items'))
                     + json_array_length(content, '$.brief') as items,
                   json_array_length(content, '$.carriedOver') as carried_over,
                   (select count(*) from variant v where v.issue_id = issue.id) as variants,
                   send_after, approvers,
                   (select json_group_array(a.approver) from approval a
                    where a.issue_id = issue.id and a.withdrawn_at is null) as approved_by
            from issue where name = :name
            """;

    /** What was with a relay when the last process ended may have arrived. */
    private static final String CANCEL = """
            update delivery
            set state = case state when 'SENDING' then 'IN_DOUBT' else 'CANCELLED' end,
                in_doubt = in_doubt + case state when 'SENDING' then 1 else 0 end, due_at = null
            where issue_id = (select id from issue where name = :name) and state in ('READY', 'DEFERRED', 'SENDING')
            """;

    private static final List<String> GIVE_BACK = List.of(
            "delete from issued_section where issue_id = (select id from issue where name = :name)",
            "update edit set issue_id = null where issue_id = (select id from issue where name = :name)",
            "delete from merged_post where issue_id = (select id from issue where name = :name)",
            "delete from carried_over where times = 1 and issue_id = (select id from issue where name = :name)",
            "update carried_over set times = times - 1 where issue_id = (select id from issue where name = :name)");

    private static final String MAY_BE_READ = """
            select exists (
              select 1 from delivery
              where issue_id = (select id from issue where name = :name)
                and (state in ('ACCEPTED', 'SENDING', 'IN_DOUBT') or in_doubt > 0))
            """;

    private final JdbcClient write;
    private final JdbcClient read;
    private final TransactionTemplate transactions;
    private final TransactionTemplate reading;
    private final JdbcPlan plan;
    private final JdbcFreezing freezing;

    JdbcFrozenIssues(JdbcClient write, JdbcClient read, TransactionTemplate transactions, Database database) {
        this.write = write;
        this.read = read;
        this.transactions = transactions;
        this.plan = new JdbcPlan(write, database.dialect());
        this.reading = new TransactionTemplate(new JdbcTransactionManager(database.reader()));
        this.freezing = new JdbcFreezing(write, read, transactions, database.dialect(), plan);
    }

    @Override
    public Freezing freeze(Frozen frozen) {
        return freezing.freeze(frozen);
    }

    @Override
    public void survey(Newsletter newsletter, Editions editions) {
        // PostgreSQL gives rows by and by in a transaction only
        reading.executeWithoutResult(status -> plan.survey(read, newsletter, editions));
    }

    @Override
    public Optional<Draft> draft(IssueId id) {
        return read.sql("select draft from issue where name = :name and draft is not null")
                .param("name", id.value())
                .query((row, number) -> Json.read(row.getString("draft"), Draft.class))
                .optional();
    }

    @Override
    public void keep(List<MessageTemplate> messages) {
        // one transaction comes after the other, whichever machine's it is: what takes long is done before
        Map<String, byte[]> packed = new LinkedHashMap<>();
        messages.forEach(message -> packed.put(message.sha256(), Deflated.of(message.encoded())));
        transactions.executeWithoutResult(status -> packed.forEach(this::keep));
    }

    private void keep(String sha256, byte[] packed) {
        write.sql("insert into message (sha256, packed, bytes) values (:sha256, true, :bytes) on conflict do nothing")
                .param("sha256", sha256)
                .param("bytes", packed)
                .update();
    }

    @Override
    public Optional<FrozenIssue> find(IssueId id) {
        return read.sql("select id, state, subject, candidates, content, imprint from issue where name = :name")
                .param("name", id.value())
                .query((row, number) -> new FrozenIssue(
                        Json.read(row.getString("content"), Issue.class),
                        row.getString("subject"),
                        FrozenIssue.State.valueOf(row.getString("state")),
                        row.getLong("candidates"),
                        Json.read(row.getString("imprint"), Imprint.class),
                        variants(row.getLong("id"))))
                .optional();
    }

    @Override
    public Optional<Headline> headline(IssueId id) {
        return read.sql(HEADLINE)
                .param("name", id.value())
                .query((row, number) -> new Headline(
                        id,
                        row.getString("newsletter"),
                        Instant.parse(row.getString("date")),
                        row.getString("subject"),
                        FrozenIssue.State.valueOf(row.getString("state")),
                        row.getLong("candidates"),
                        row.getInt("items"),
                        row.getInt("carried_over"),
                        row.getInt("variants"),
                        Json.list(row.getString("unread"), Problem.class),
                        Rows.instant(row, "send_after"),
                        row.getInt("approvers"),
                        Json.strings(row.getString("approved_by"))))
                .optional();
    }

    @Override
    public Optional<FrozenIssue.State> state(IssueId id) {
        return read.sql("select state from issue where name = :name")
                .param("name", id.value())
                .query((row, number) -> FrozenIssue.State.valueOf(row.getString("state")))
                .optional();
    }

    @Override
    public Map<String, Long> readers(IssueId id) {
        Map<String, Long> readers = new HashMap<>();
        read.sql("""
                        select v.name, count(*) as readers
                        from issue i join delivery d on d.issue_id = i.id
                          join variant v on v.issue_id = d.issue_id and v.number = d.variant
                        where i.name = :name group by v.name
                        """).param("name", id.value()).query(row -> {
            readers.put(row.getString("name"), row.getLong("readers"));
        });
        return readers;
    }

    private List<Variant> variants(long issue) {
        return read.sql("select name, edition, sha256 from variant where issue_id = :issue order by number")
                .param("issue", issue)
                .query((row, number) -> {
                    String edition = row.getString("edition");
                    String sha256 = row.getString("sha256");
                    return new Variant(
                            row.getString("name"),
                            edition == null ? null : Json.read(edition, Edition.class),
                            () -> message(sha256));
                })
                .list();
    }

    private MessageTemplate message(String sha256) {
        return read.sql("select packed, bytes from message where sha256 = :sha256")
                .param("sha256", sha256)
                .query((row, number) -> message(row))
                .single();
    }

    static MessageTemplate message(ResultSet row) throws SQLException {
        byte[] bytes = row.getBytes("bytes");
        return MessageTemplate.decode(row.getBoolean("packed") ? Deflated.undo(bytes) : bytes);
    }

    @Override
    public List<Issue> issuedSince(String newsletter, Instant since) {
        return published(
                        newsletter,
                        " and frozen_at > " + since.toEpochMilli()
                                + " and exists (select 1 from issued_section x where x.issue_id = issue.id)")
                .stream()
                .flatMap(id -> issue(id).stream())
                .toList();
    }

    @Override
    public Optional<Issue> issue(IssueId id) {
        return read.sql("select content from issue where name = :name")
                .param("name", id.value())
                .query((row, number) -> Json.read(row.getString("content"), Issue.class))
                .optional();
    }

    @Override
    public Optional<Headline> latest(String newsletter) {
        return list(newsletter).stream().findFirst().flatMap(this::headline);
    }

    @Override
    public List<IssueId> unfinished(String newsletter) {
        return ids("where newsletter = :newsletter and state not in ('FINISHED', 'CANCELLED') order by id", newsletter);
    }

    @Override
    public List<IssueId> list(String newsletter) {
        return ids("where newsletter = :newsletter order by id desc", newsletter);
    }

    private List<IssueId> ids(String condition, String newsletter) {
        return read.sql("select name from issue " + condition)
                .param("newsletter", newsletter)
                .query((row, number) -> new IssueId(row.getString("name")))
                .list();
    }

    @Override
    public List<IssueId> published(String newsletter) {
        return published(newsletter, " and exists (select 1 from issued_section x where x.issue_id = issue.id)");
    }

    private List<IssueId> published(String newsletter, String condition) {
        return ids("""
                where newsletter = :newsletter
                  and (state in ('APPROVED', 'PAUSED', 'STOPPED')
                       or (state in ('FINISHED', 'CANCELLED')
                           and exists (select 1 from delivery d
                                       where d.issue_id = issue.id
                                         and (d.state in ('ACCEPTED', 'SENDING', 'IN_DOUBT') or d.in_doubt > 0))))
                """ + condition + " order by id desc", newsletter);
    }

    @Override
    public List<String> newsletters() {
        return read.sql("select distinct newsletter from issue order by newsletter")
                .query(String.class)
                .list();
    }

    @Override
    public void pause(IssueId id) {
        move(id, FrozenIssue.State.PAUSED, FrozenIssue.State.APPROVED);
    }

    @Override
    public void stop(IssueId id) {
        move(id, FrozenIssue.State.STOPPED, FrozenIssue.State.APPROVED, FrozenIssue.State.PAUSED);
    }

    @Override
    public void resume(IssueId id) {
        move(id, FrozenIssue.State.APPROVED, FrozenIssue.State.PAUSED, FrozenIssue.State.STOPPED);
    }

    private void move(IssueId id, FrozenIssue.State to, FrozenIssue.State... from) {
        write.sql("update issue set state = :to where name = :name and state in (:from)")
                .param("to", to.name())
                .param("name", id.value())
                .param("from", Stream.of(from).map(Enum::name).toList())
                .update();
    }

    @Override
    public void finish(IssueId id, Instant at) {
        transactions.executeWithoutResult(status -> {
            if (end(id, at, FrozenIssue.State.FINISHED, "'APPROVED', 'PAUSED', 'STOPPED'")) {
                giveBack(id);
            }
        });
    }

    @Override
    public void cancel(IssueId id, Instant at) {
        transactions.executeWithoutResult(status -> {
            if (end(id, at, FrozenIssue.State.CANCELLED, "'AWAITING_APPROVAL', 'APPROVED', 'PAUSED', 'STOPPED'")) {
                write.sql(CANCEL).param("name", id.value()).update();
                giveBack(id);
            }
        });
    }

    private boolean end(IssueId id, Instant at, FrozenIssue.State state, String from) {
        return write.sql("update issue set state = :state, finished_at = :at where name = :name and state in (" + from
                                + ")")
                        .param("state", state.name())
                        .param("at", at.toEpochMilli())
                        .param("name", id.value())
                        .update()
                > 0;
    }

    /** Makes the items of an issue new again, unless somebody got it or may have got it. */
    private void giveBack(IssueId id) {
        JdbcPlan.UNREACHED.forEach(
                statement -> write.sql(statement).param("name", id.value()).update());
        boolean mayBeRead = write.sql(MAY_BE_READ)
                .param("name", id.value())
                .query(Boolean.class)
                .single();
        if (!mayBeRead) {
            Stream.concat(GIVE_BACK.stream(), JdbcPlan.UNCOVER.stream())
                    .forEach(statement ->
                            write.sql(statement).param("name", id.value()).update());
        }
    }
}
