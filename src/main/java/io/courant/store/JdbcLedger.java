package io.courant.store;

import io.courant.audience.EmailAddress;
import io.courant.delivery.DeliveryState;
import io.courant.delivery.Ledger;
import io.courant.delivery.Phase;
import io.courant.delivery.SubscriberRange;
import io.courant.issue.IssueId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

class JdbcLedger implements Ledger {
    private static final long NO_ISSUE = -1;
    private static final String OPEN = "state in ('READY', 'SENDING', 'DEFERRED', 'IN_DOUBT')";

    private static final String ENTRIES = """
            select d.subscriber_id, s.address, d.state, d.in_doubt, d.due_at,
                   a.attempt, a.at, a.phase, a.reply, a.outcome
            from delivery d
              join subscriber s on s.id = d.subscriber_id
              left join delivery_attempt a on a.issue_id = d.issue_id and a.subscriber_id = d.subscriber_id
            where d.issue_id = :issue and %s
            order by d.subscriber_id, a.attempt
            """;

    private final JdbcClient read;
    private final Dialect dialect;

    JdbcLedger(JdbcClient read, Dialect dialect) {
        this.read = read;
        this.dialect = dialect;
    }

    @Override
    public Map<DeliveryState, Long> counts(IssueId issue) {
        return counts(issue, SubscriberRange.ALL);
    }

    @Override
    public Map<DeliveryState, Long> counts(IssueId issue, SubscriberRange range) {
        Map<DeliveryState, Long> counts = new EnumMap<>(DeliveryState.class);
        of(issue, range, "select state, count(*) as deliveries from delivery where %s group by state")
                .query(row -> {
                    counts.put(DeliveryState.valueOf(row.getString("state")), row.getLong("deliveries"));
                });
        return counts;
    }

    @Override
    public List<String> openGroups(IssueId issue, SubscriberRange range) {
        return of(issue, range, "select distinct domain_group from delivery where %s and " + OPEN)
                .query((row, number) -> Rows.group(row.getString("domain_group")))
                .list();
    }

    /** A query with a condition for the deliveries of a range. */
    private JdbcClient.StatementSpec of(IssueId issue, SubscriberRange range, String query) {
        return range.equals(SubscriberRange.ALL)
                ? read.sql(query.formatted("issue_id = :issue")).param("issue", id(issue))
                : read.sql(query.formatted("issue_id = :issue and subscriber_id between :first and :last"))
                        .param("issue", id(issue))
                        .param("first", range.first())
                        .param("last", range.last());
    }

    @Override
    public List<Running> running() {
        return read.sql("""
                        select l.number, i.name as issue, l.first_subscriber, l.last_subscriber, l.holder, l.began_at,
                               l.until, l.settled, l.until > %s as lasts
                        from lease l join issue i on i.id = l.issue_id order by l.number
                        """.formatted(dialect.clock()))
                .query((row, number) -> new Running(
                        row.getLong("number"),
                        new IssueId(row.getString("issue")),
                        new SubscriberRange(row.getLong("first_subscriber"), row.getLong("last_subscriber")),
                        row.getString("holder"),
                        Instant.ofEpochMilli(row.getLong("began_at")),
                        Instant.ofEpochMilli(row.getLong("until")),
                        row.getLong("settled"),
                        row.getBoolean("lasts")))
                .list();
    }

    @Override
    public List<SubscriberRange> parts(IssueId issue, int size) {
        long most = size == 0 ? dialect.partSize() : size;
        if (most == Long.MAX_VALUE) {
            return List.of(SubscriberRange.ALL);
        }
        return read.sql("""
                        select min(subscriber_id) as first, max(subscriber_id) as last
                        from (
                          select subscriber_id, (row_number() over (order by subscriber_id) - 1) / :size as part
                          from delivery
                          where issue_id = :issue and %s) o
                        group by part order by part
                        """.formatted(OPEN))
                .param("issue", id(issue))
                .param("size", most)
                .query((row, number) -> new SubscriberRange(row.getLong("first"), row.getLong("last")))
                .list();
    }

    @Override
    public Optional<Instant> nextDue(IssueId issue) {
        return read.sql("""
                        select min(due_at) as due_at from delivery
                        where issue_id = :issue and state in ('READY', 'DEFERRED', 'IN_DOUBT') and due_at is not null
                          and %s
                        """.formatted(dialect.isOpen()))
                .param("issue", id(issue))
                .query((row, number) -> Optional.ofNullable(Rows.instant(row, "due_at")))
                .single();
    }

    @Override
    public long scheduled(IssueId issue, Instant now) {
        return read.sql("select count(*) from delivery where issue_id = :issue and state = 'READY'"
                        + " and due_at > :now and " + dialect.isOpen())
                .param("issue", id(issue))
                .param("now", now.toEpochMilli())
                .query(Long.class)
                .single();
    }

    @Override
    public long inFlight(IssueId issue) {
        return read.sql("select count(*) from delivery where issue_id = :issue and state = 'SENDING' and "
                        + dialect.isOpen())
                .param("issue", id(issue))
                .query(Long.class)
                .single();
    }

    @Override
    public Optional<Entry> find(IssueId issue, EmailAddress address) {
        List<Entry> found = new ArrayList<>(1);
        each(
                issue,
                "d.subscriber_id = (select id from subscriber where address_key = :value)",
                address.key(),
                found::add);
        return found.stream().findFirst();
    }

    @Override
    public boolean isRecipient(IssueId issue, long subscriber) {
        return read.sql("select count(*) from delivery where issue_id = :issue and subscriber_id = :subscriber")
                        .param("issue", id(issue))
                        .param("subscriber", subscriber)
                        .query(Long.class)
                        .single()
                > 0;
    }

    @Override
    public void forEach(IssueId issue, Consumer<Entry> reader) {
        each(issue, "true", "", reader);
    }

    @Override
    public void forEach(IssueId issue, DeliveryState state, Consumer<Entry> reader) {
        each(issue, "d.state = :value", state.name(), reader);
    }

    @Override
    public void forEachInDoubt(IssueId issue, Consumer<Entry> reader) {
        each(issue, "d.in_doubt > 0", "", reader);
    }

    @Override
    public List<Entry> page(IssueId issue, @Nullable DeliveryState state, long after, int most) {
        List<Entry> page = new ArrayList<>();
        String some = "d.subscriber_id in (select subscriber_id from delivery where issue_id = :issue"
                + " and subscriber_id > %d and (:value = '' or state = :value) order by subscriber_id limit %d)";
        each(issue, some.formatted(after, most), state == null ? "" : state.name(), page::add);
        return page;
    }

    private void each(IssueId issue, String condition, String value, Consumer<Entry> reader) {
        Entries entries = new Entries(reader);
        read.sql(ENTRIES.formatted(condition))
                .param("issue", id(issue))
                .param("value", value)
                .query(entries::add);
        entries.flush();
    }

    /** Gathers the rows of one subscriber, which stand together, into one entry. */
    private static final class Entries {
        private final Consumer<Entry> reader;
        private final List<Attempt> attempts = new ArrayList<>();
        private @Nullable Entry current;

        Entries(Consumer<Entry> reader) {
            this.reader = reader;
        }

        void add(ResultSet row) throws SQLException {
            long subscriber = row.getLong("subscriber_id");
            if (current == null || current.subscriber() != subscriber) {
                flush();
                current = new Entry(
                        subscriber,
                        row.getString("address"),
                        DeliveryState.valueOf(row.getString("state")),
                        row.getInt("in_doubt"),
                        Rows.instant(row, "due_at"),
                        List.of());
            }
            Instant at = Rows.instant(row, "at");
            if (at != null) {
                attempts.add(new Attempt(
                        at,
                        Phase.valueOf(row.getString("phase")),
                        row.getString("reply"),
                        DeliveryState.valueOf(row.getString("outcome"))));
            }
        }

        void flush() {
            if (current != null) {
                reader.accept(new Entry(
                        current.subscriber(),
                        current.address(),
                        current.state(),
                        current.inDoubt(),
                        current.dueAt(),
                        attempts));
                attempts.clear();
                current = null;
            }
        }
    }

    /** An issue that is not there has no deliveries either. */
    private long id(IssueId issue) {
        return Rows.issueId(read, issue).orElse(NO_ISSUE);
    }
}
