package io.courant.store;

import io.courant.bounce.BounceEvent;
import io.courant.bounce.BounceEvent.Consequence;
import io.courant.bounce.BounceEvent.Trust;
import io.courant.bounce.BounceRules;
import io.courant.bounce.Bounces;
import io.courant.bounce.Report;
import io.courant.issue.IssueId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

class JdbcBounces implements Bounces {
    /** An address that failed years ago may have been mended and broken again since. */
    private static final Duration MEMORY = Duration.ofDays(365);

    private static final String KNOWN = """
            select exists (select 1 from bounce
                           where newsletter = :newsletter and message = :message and position = :position)
            """;
    private static final String BEFORE = """
            select count(distinct b.issue_id) from bounce b join issue i on i.id = b.issue_id
            where b.subscriber_id = :subscriber and i.name <> :issue and b.kind = 'HARD' and b.trust in ('SIGNED', 'SMTP')
              and b.consequence <> 'NONE' and b.at > :since
            """;
    private static final String INSERT = """
            insert into bounce (newsletter, message, position, subscriber_id, issue_id, at, kind, status, reply, feedback,
                                evidence, trust, consequence)
            values (:newsletter, :message, :position, :subscriber, (select id from issue where name = :issue), :at, :kind,
                    :status, :reply, :feedback, :evidence, :trust, :consequence)
            """;

    /** Before RCPT nothing was said about the recipient. */
    private static final String REFUSALS = """
            select i.name, a.subscriber_id, a.attempt, a.at, a.reply
            from issue i join delivery_attempt a on a.issue_id = i.id
            where i.newsletter = :newsletter and a.outcome = 'REJECTED' and a.phase in ('RCPT', 'DATA', 'DOT')
              and not exists (
                select 1 from bounce b
                where b.newsletter = i.newsletter and b.position = 0
                  and b.message = 'smtp:' || i.name || ':' || a.subscriber_id || ':' || a.attempt)
            order by i.id, a.subscriber_id, a.attempt limit :most
            """;

    private static final String CHOSEN =
            " (cast(:newsletter as text) is null or b.newsletter = :newsletter) and b.at >= :since ";
    private static final String COUNTS = "select b.kind, b.trust, b.consequence, count(*) as events from bounce b where"
            + CHOSEN + "group by b.kind, b.trust, b.consequence order by events desc, b.kind, b.trust, b.consequence";
    private static final String LATEST = """
            select b.*, i.name as issue, nullif(s.address, '') as address
            from bounce b left join issue i on i.id = b.issue_id left join subscriber s on s.id = b.subscriber_id
            where""" + CHOSEN + "order by b.at desc, b.id desc limit :most";

    private final JdbcClient write;
    private final JdbcClient read;
    private final TransactionTemplate transactions;

    JdbcBounces(JdbcClient write, JdbcClient read, TransactionTemplate transactions) {
        this.write = write;
        this.read = read;
        this.transactions = transactions;
    }

    @Override
    public List<Kept> keep(List<BounceEvent> bounces) {
        List<Kept> kept = transactions.execute(status ->
                bounces.stream().flatMap(bounce -> keep(bounce).stream()).toList());
        return kept == null ? List.of() : kept;
    }

    private Optional<Kept> keep(BounceEvent told) {
        BounceEvent bounce = isErased(told.subscriber()) ? anonymous(told) : told;
        boolean known = write.sql(KNOWN)
                .param("newsletter", bounce.newsletter())
                .param("message", bounce.message())
                .param("position", bounce.position())
                .query(Boolean.class)
                .single();
        if (known) {
            return Optional.empty();
        }
        Address address = address(bounce.subscriber());
        Consequence consequence =
                address == null ? Consequence.NONE : BounceRules.of(bounce, before(bounce), address.value());
        if (address != null && consequence == Consequence.SUPPRESSED) {
            boolean fresh = JdbcSubscribers.suppress(write, address.key(), BounceRules.reason(bounce), bounce.at());
            consequence = fresh ? Consequence.SUPPRESSED : Consequence.ALREADY;
        }
        insert(bounce, consequence);
        return Optional.of(new Kept(bounce, address == null ? null : address.value(), consequence));
    }

    private record Address(String value, String key) {}

    private @Nullable Address address(@Nullable Long subscriber) {
        return write.sql("select address, address_key from subscriber where id = :id and state <> 'ERASED'")
                .param("id", subscriber)
                .query((row, number) -> new Address(row.getString("address"), row.getString("address_key")))
                .optional()
                .orElse(null);
    }

    private boolean isErased(@Nullable Long subscriber) {
        return write.sql("select exists (select 1 from subscriber where id = :id and state = 'ERASED')")
                .param("id", subscriber)
                .query(Boolean.class)
                .single();
    }

    /** What may be kept of it when its subscriber was erased: that it came, and which codes it bore. */
    private static BounceEvent anonymous(BounceEvent bounce) {
        Report report = bounce.report();
        return new BounceEvent(
                bounce.newsletter(),
                Scrub.anonymous(bounce.message()),
                bounce.position(),
                bounce.subscriber(),
                bounce.issue(),
                bounce.at(),
                new Report(null, report.kind(), report.status(), report.reply(), "", ""),
                bounce.trust());
    }

    private int before(BounceEvent bounce) {
        return write.sql(BEFORE)
                .param("subscriber", bounce.subscriber())
                .param("issue", issue(bounce))
                .param("since", bounce.at().minus(MEMORY).toEpochMilli())
                .query(Integer.class)
                .single();
    }

    private static @Nullable String issue(BounceEvent bounce) {
        return bounce.issue() == null ? null : bounce.issue().value();
    }

    private void insert(BounceEvent bounce, Consequence consequence) {
        Report report = bounce.report();
        write.sql(INSERT)
                .param("newsletter", bounce.newsletter())
                .param("message", bounce.message())
                .param("position", bounce.position())
                .param("subscriber", bounce.subscriber())
                .param("issue", issue(bounce))
                .param("at", bounce.at().toEpochMilli())
                .param("kind", report.kind().name())
                .param("status", report.status())
                .param("reply", report.reply())
                .param("feedback", report.feedback())
                .param("evidence", report.evidence())
                .param("trust", bounce.trust().name())
                .param("consequence", consequence.name())
                .update();
    }

    @Override
    public List<Refusal> refusals(String newsletter, int most) {
        return read.sql(REFUSALS)
                .param("newsletter", newsletter)
                .param("most", most)
                .query((row, number) -> new Refusal(
                        new IssueId(row.getString("name")),
                        row.getLong("subscriber_id"),
                        row.getInt("attempt"),
                        Instant.ofEpochMilli(row.getLong("at")),
                        row.getString("reply")))
                .list();
    }

    @Override
    public List<Count> counts(Choice choice) {
        return chosen(COUNTS, choice)
                .query((row, number) -> new Count(
                        Report.Kind.valueOf(row.getString("kind")),
                        Trust.valueOf(row.getString("trust")),
                        Consequence.valueOf(row.getString("consequence")),
                        row.getLong("events")))
                .list();
    }

    @Override
    public List<Kept> latest(Choice choice, int most) {
        return chosen(LATEST, choice)
                .param("most", most)
                .query((row, number) -> kept(row))
                .list();
    }

    private JdbcClient.StatementSpec chosen(String statement, Choice choice) {
        return read.sql(statement)
                .param("newsletter", choice.newsletter())
                .param(
                        "since",
                        choice.since() == null ? Long.MIN_VALUE : choice.since().toEpochMilli());
    }

    private static Kept kept(ResultSet row) throws SQLException {
        long subscriber = row.getLong("subscriber_id");
        Long known = row.wasNull() ? null : subscriber;
        String issue = row.getString("issue");
        Report report = new Report(
                null,
                Report.Kind.valueOf(row.getString("kind")),
                row.getString("status"),
                row.getString("reply"),
                row.getString("feedback"),
                row.getString("evidence"));
        BounceEvent bounce = new BounceEvent(
                row.getString("newsletter"),
                row.getString("message"),
                row.getInt("position"),
                known,
                issue == null ? null : new IssueId(issue),
                Instant.ofEpochMilli(row.getLong("at")),
                report,
                Trust.valueOf(row.getString("trust")));
        return new Kept(bounce, row.getString("address"), Consequence.valueOf(row.getString("consequence")));
    }

    @Override
    public Map<Report.Kind, Long> of(IssueId issue) {
        Map<Report.Kind, Long> kinds = new EnumMap<>(Report.Kind.class);
        read.sql("""
                        select kind, count(*) as events from bounce
                        where issue_id = (select id from issue where name = :issue) and trust = 'SIGNED' group by kind
                        """).param("issue", issue.value()).query(row -> {
            kinds.put(Report.Kind.valueOf(row.getString("kind")), row.getLong("events"));
        });
        return kinds;
    }
}
