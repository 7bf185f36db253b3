package io.courant.store;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;

final class PostgresDialect implements Dialect {
    /** Null where pages have no checksums. */
    private static final String WRONG_CHECKSUMS = """
            select 'PostgreSQL met ' || checksum_failures || ' pages with a wrong checksum, last at '
                     || checksum_last_failure
            from pg_stat_database where datname = current_database() and checksum_failures > 0
            """;

    private static final String UNUSABLE_INDEXES = """
            select 'index ' || relname || ' is not usable; reindex it'
            from pg_index join pg_class on oid = indexrelid
            where relnamespace = cast(current_schema() as regnamespace) and not (indisvalid and indisready and indislive)
            order by relname
            """;
    private static final String UNCHECKED_CONSTRAINTS = """
            select cast(conrelid as regclass) || ': constraint ' || conname || ' was never checked; validate it'
            from pg_constraint
            where connamespace = cast(current_schema() as regnamespace) and not convalidated order by conname
            """;
    private static final String DISABLED_TRIGGERS = """
            select relname || ': ' || count(*) || ' triggers are disabled, which keep rows right; enable them'
            from pg_trigger join pg_class on pg_class.oid = tgrelid
            where relnamespace = cast(current_schema() as regnamespace) and tgenabled not in ('O', 'A')
            group by relname order by relname
            """;

    private static final String ORPHANS = """
            select 'delivery: ' || count(*) || ' rows without their %1$s'
            from delivery d where not exists (select 1 from %1$s where id = d.%1$s_id) having count(*) > 0
            """;

    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public long partSize() {
        return 10_000; // what was claimed and is not yet cleared away is passed over, again and again
    }

    @Override
    public String clock() {
        return "cast(extract(epoch from clock_timestamp()) * 1000 as bigint)";
    }

    @Override
    public String claimOrder() {
        return "subscriber_id"; // all that is due of a part is claimed soon
    }

    /**
     * It sees by itself that the state is an open one. More states would be more places in the index to look at, and the
     * primary key would seem the shorter way, past all that is settled.
     */
    @Override
    public String isOpen() {
        return "true";
    }

    @Override
    public String forUpdateSkipLocked() {
        return " for update skip locked";
    }

    /** How many a function gives it cannot estimate; it would rather read the whole table. */
    @Override
    public String isAmong(String column, String list) {
        return column + " = any(cast(translate(" + list + ", '[]', '{}') as bigint[]))";
    }

    @Override
    public JdbcTransactionManager transactions(DataSource writer) {
        return new PostgresTransactions(writer);
    }

    @Override
    public JdbcTransactionManager overlapping(DataSource writer) {
        return new JdbcTransactionManager(writer);
    }

    @Override
    public void prepareForMany(JdbcTemplate write) {
        // the server has its memory
    }

    @Override
    public String newSubscriberIds() {
        return "select nextval(pg_get_serial_sequence('subscriber', 'id')) from generate_series(1, ?)";
    }

    @Override
    public String textColumns() {
        return """
                select c.table_name as "table", c.column_name as name
                from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
                where c.table_schema = current_schema() and t.table_type = 'BASE TABLE'
                  and c.data_type in ('text', 'character varying', 'character')
                order by c.table_name, c.ordinal_position
                """;
    }

    @Override
    public List<String> quickChecks() {
        return List.of(WRONG_CHECKSUMS, UNUSABLE_INDEXES, UNCHECKED_CONSTRAINTS, DISABLED_TRIGGERS);
    }

    @Override
    public List<String> wholeChecks() {
        // the server keeps its pages, and what refers to what, in order itself, but for what is too many to be looked
        // up
        return Stream.concat(
                        quickChecks().stream(), Stream.of("issue", "subscriber").map(ORPHANS::formatted))
                .toList();
    }

    @Override
    public int snapshot() {
        return TransactionDefinition.ISOLATION_REPEATABLE_READ;
    }

    @Override
    public Optional<String> version() {
        return Optional.empty();
    }

    /** How many subscribers want nothing special it cannot estimate; it takes them for one, and reads tables for each. */
    @Override
    public Optional<String> joining(boolean all) {
        return Optional.of("set local enable_nestloop = " + (all ? "off" : "on"));
    }

    /** It would find out by itself within minutes; until then it claims at half the pace. */
    @Override
    public Optional<String> afterPlanning() {
        return Optional.of("analyze delivery");
    }
}
