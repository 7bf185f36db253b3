package io.courant.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Takes an address, and all that others said of its owner, out of what is kept for other reasons. */
final class Scrub {
    /** What an answer says without naming anybody: its codes (RFC 5321 §4.2, RFC 3463 §2). */
    private static final Pattern CODES = Pattern.compile("\\s*([2-5]\\d\\d)?[ -]?([245]\\.\\d{1,3}\\.\\d{1,3})?");

    /** Words of machines that may quote anybody. */
    private static final List<Column> QUOTING = List.of(
            new Column("delivery_attempt", "reply"),
            new Column("bounce", "message"),
            new Column("bounce", "reply"),
            new Column("bounce", "feedback"),
            new Column("bounce", "evidence"),
            new Column("suppression", "reason"),
            new Column("source", "problem"),
            new Column("issue", "unread"),
            new Column("batch_job_execution", "exit_message"),
            new Column("batch_job_execution_params", "parameter_value"),
            new Column("batch_job_execution_context", "short_context"),
            new Column("batch_job_execution_context", "serialized_context"),
            new Column("batch_step_execution", "exit_message"),
            new Column("batch_step_execution_context", "short_context"),
            new Column("batch_step_execution_context", "serialized_context"));

    private static final Pattern ANONYMOUS = Pattern.compile("smtp:|erased:");

    private static final String OWN_ATTEMPTS = """
            update delivery_attempt set reply = :said
            where issue_id in (select id from issue) and subscriber_id = :id and reply = :was
            """;

    private static final String OWN_BOUNCES = """
            update bounce set evidence = '', feedback = '', message = :new where subscriber_id = :id and message = :was
            """;

    private final JdbcClient write;
    private final JdbcClient read;
    private final Dialect dialect;

    Scrub(JdbcClient write, JdbcClient read, Dialect dialect) {
        this.write = write;
        this.read = read;
        this.dialect = dialect;
    }

    /** Those that hold words of machines. */
    static Set<String> tables() {
        return QUOTING.stream().map(Column::table).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private record Column(String table, String name) {}

    /** A text of a machine that holds the address. */
    record Found(String table, String column, String text) {}

    /** What relays and receivers said of a subscriber: the codes stay. */
    void ofSubscriber(long id) {
        for (String reply : write.sql("select distinct reply from delivery_attempt"
                        + " where issue_id in (select id from issue) and subscriber_id = :id")
                .param("id", id)
                .query(String.class)
                .list()) {
            write.sql(OWN_ATTEMPTS)
                    .param("said", codes(reply))
                    .param("id", id)
                    .param("was", reply)
                    .update();
        }
        for (String message : write.sql("select distinct message from bounce where subscriber_id = :id")
                .param("id", id)
                .query(String.class)
                .list()) {
            write.sql(OWN_BOUNCES)
                    .param("new", anonymous(message))
                    .param("id", id)
                    .param("was", message)
                    .update();
        }
    }

    /** What identifies a mail that came back, without its words: the same mail is known again. A refusal has none. */
    static String anonymous(String message) {
        if (ANONYMOUS.matcher(message).lookingAt()) {
            return message;
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(message.getBytes(StandardCharsets.UTF_8));
            return "erased:" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static String codes(String reply) {
        Matcher codes = CODES.matcher(reply);
        String found = codes.lookingAt() ? codes.group().strip() : "";
        return found.isEmpty() ? Traces.ERASED : found;
    }

    /** What machines said of anybody with the address in it. Nobody who writes waits for that, however much there is. */
    List<Found> everywhere(Traces traces) {
        return QUOTING.stream()
                .flatMap(column ->
                        holding(column, traces).stream().map(text -> new Found(column.table(), column.name(), text)))
                .toList();
    }

    /** Takes the address out of these texts; how many rows. */
    int remove(List<Found> found, Traces traces) {
        return found.stream()
                .mapToInt(one -> write.sql("update \"%s\" set \"%s\" = :new where \"%s\" = :was"
                                .formatted(one.table(), one.column(), one.column()))
                        .param("new", traces.removedFrom(one.text()))
                        .param("was", one.text())
                        .update())
                .sum();
    }

    private Set<String> holding(Column column, Traces traces) {
        Set<String> texts = new LinkedHashSet<>();
        for (String spelling : traces.spellings()) {
            texts.addAll(read.sql("select distinct \"%s\" from \"%s\" where instr(lower(\"%s\"), :spelling) > 0"
                            .formatted(column.name(), column.table(), column.name()))
                    .param("spelling", spelling)
                    .query(String.class)
                    .list());
        }
        texts.removeIf(text -> !traces.in(text));
        return texts;
    }

    /** Where in the database it stands all the same: what editors and other people wrote. */
    List<String> left(Traces traces) {
        List<String> left = new ArrayList<>();
        for (Column column : read.sql(dialect.textColumns())
                .query((row, number) -> new Column(row.getString("table"), row.getString("name")))
                .list()) {
            int texts = holding(column, traces).size();
            if (texts > 0) {
                left.add("database, table %s, column %s: %d %s"
                        .formatted(column.table(), column.name(), texts, texts == 1 ? "text" : "texts"));
            }
        }
        return left;
    }
}
