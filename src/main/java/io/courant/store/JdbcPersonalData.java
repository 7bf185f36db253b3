package io.courant.store;

import io.courant.audience.EmailAddress;
import io.courant.delivery.Imprint;
import io.courant.issue.IssueId;
import io.courant.report.Person;
import io.courant.report.PersonalData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

class JdbcPersonalData implements PersonalData {
    private static final long NOBODY = 0; // subscribers are counted from 1
    private static final Pattern WORD_BREAK = Pattern.compile("_(.)");

    private static final String SUBSCRIBER = "select * from subscriber where address_key = ? and state <> 'ERASED'";
    private static final String TAGS = "select tag from subscriber_tag where subscriber_id = ? order by tag";
    private static final String NEWSLETTERS = """
            select n.newsletter, r.joined_at, r.left_at, coalesce(r.topics, '[]') as topics,
                   coalesce(r.frequency, 'EACH') as frequency, r.hour, r.paused_until, c.until, c.due_at
            from (select newsletter, subscriber_id from reader union select newsletter, subscriber_id from coverage) n
              left join reader r using (newsletter, subscriber_id)
              left join coverage c using (newsletter, subscriber_id)
            where n.subscriber_id = ? order by n.newsletter
            """;
    private static final String CONSENTS = "select * from consent where subscriber_id = ? order by id";
    private static final String REQUESTS =
            "select * from request where subscriber_id = ? or address_key = ? order by requested_at, id";
    private static final String SUPPRESSION = "select * from suppression where address_key = ?";
    private static final String DELIVERIES = """
            select d.issue_id, i.name, i.imprint, d.subscriber_id, d.state, d.in_doubt
            from issue i join delivery d on d.issue_id = i.id and d.subscriber_id = ? order by i.id
            """;
    private static final String ATTEMPTS =
            "select * from delivery_attempt where issue_id = ? and subscriber_id = ? order by attempt";
    private static final String CAME_BACK = """
            select b.*, i.name as issue from bounce b left join issue i on i.id = b.issue_id
            where b.subscriber_id = ? order by b.at, b.id
            """;

    private final JdbcClient read;

    JdbcPersonalData(JdbcClient read) {
        this.read = read;
    }

    @Override
    public Optional<Person> of(EmailAddress address) {
        String key = address.key();
        Found found = one(SUBSCRIBER, this::found, key).orElse(new Found(NOBODY, address.value(), null));
        Person.Suppression suppression =
                one(SUPPRESSION, JdbcPersonalData::suppression, key).orElse(null);
        List<Person.Request> requests = all(REQUESTS, JdbcPersonalData::request, found.id(), key);
        if (found.subscriber() == null && suppression == null && requests.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Person(
                found.address(),
                found.subscriber(),
                suppression,
                all(NEWSLETTERS, JdbcPersonalData::newsletter, found.id()),
                all(CONSENTS, JdbcPersonalData::consent, found.id()),
                requests,
                all(DELIVERIES, this::delivery, found.id()),
                all(CAME_BACK, JdbcPersonalData::cameBack, found.id())));
    }

    private record Found(long id, String address, Person.@Nullable Subscriber subscriber) {}

    private <T> Optional<T> one(String statement, RowMapper<T> row, Object... parameters) {
        return all(statement, row, parameters).stream().findFirst();
    }

    private <T> List<T> all(String statement, RowMapper<T> row, Object... parameters) {
        return read.sql(statement).params(List.of(parameters)).query(row).list();
    }

    private Found found(ResultSet row, int number) throws SQLException {
        long id = row.getLong("id");
        return new Found(
                id,
                row.getString("address"),
                new Person.Subscriber(
                        row.getString("name"),
                        word(row.getString("state")),
                        all(TAGS, (tag, at) -> tag.getString("tag"), id),
                        Instant.ofEpochMilli(row.getLong("joined")),
                        Rows.instant(row, "left_at"),
                        row.getString("language"),
                        row.getString("zone"),
                        word(row.getString("form"))));
    }

    private static Person.Suppression suppression(ResultSet row, int number) throws SQLException {
        return new Person.Suppression(row.getString("reason"), Instant.ofEpochMilli(row.getLong("suppressed_at")));
    }

    private static Person.Newsletter newsletter(ResultSet row, int number) throws SQLException {
        int hour = row.getInt("hour");
        return new Person.Newsletter(
                row.getString("newsletter"),
                Rows.instant(row, "joined_at"),
                Rows.instant(row, "left_at"),
                Json.strings(row.getString("topics")),
                word(row.getString("frequency")),
                row.getObject("hour") == null ? null : hour,
                Rows.instant(row, "paused_until"),
                Rows.instant(row, "until"),
                Rows.instant(row, "due_at"));
    }

    private static Person.Consent consent(ResultSet row, int number) throws SQLException {
        return new Person.Consent(
                row.getString("newsletter"),
                row.getString("source"),
                row.getString("wording"),
                Rows.instant(row, "requested_at"),
                row.getString("requested_from"),
                Rows.instant(row, "confirmed_at"),
                row.getString("confirmed_from"));
    }

    private static Person.Request request(ResultSet row, int number) throws SQLException {
        return new Person.Request(
                word(row.getString("kind")),
                row.getString("newsletter"),
                row.getString("address"),
                row.getString("language"),
                Instant.ofEpochMilli(row.getLong("requested_at")),
                row.getString("requested_from"),
                row.getString("wording"),
                word(row.getString("mail")),
                Rows.instant(row, "mailed_at"),
                Rows.instant(row, "answered_at"));
    }

    private Person.Delivery delivery(ResultSet row, int number) throws SQLException {
        IssueId issue = new IssueId(row.getString("name"));
        long subscriber = row.getLong("subscriber_id");
        return new Person.Delivery(
                issue.value(),
                Json.read(row.getString("imprint"), Imprint.class).messageId(issue, subscriber),
                word(row.getString("state")),
                row.getInt("in_doubt"),
                all(ATTEMPTS, JdbcPersonalData::attempt, row.getLong("issue_id"), subscriber));
    }

    private static Person.Attempt attempt(ResultSet row, int number) throws SQLException {
        return new Person.Attempt(
                Instant.ofEpochMilli(row.getLong("at")),
                word(row.getString("phase")),
                row.getString("reply"),
                word(row.getString("outcome")));
    }

    private static Person.CameBack cameBack(ResultSet row, int number) throws SQLException {
        return new Person.CameBack(
                Instant.ofEpochMilli(row.getLong("at")),
                row.getString("newsletter"),
                row.getString("issue"),
                word(row.getString("kind")),
                row.getString("status"),
                row.getString("reply"),
                row.getString("feedback"),
                row.getString("evidence"),
                word(row.getString("trust")),
                word(row.getString("consequence")),
                row.getString("message"));
    }

    /** A constant as JSON writes it: {@code inDoubt}. */
    private static String word(String constant) {
        return WORD_BREAK
                .matcher(constant.toLowerCase(Locale.ROOT))
                .replaceAll(start -> start.group(1).toUpperCase(Locale.ROOT));
    }
}
