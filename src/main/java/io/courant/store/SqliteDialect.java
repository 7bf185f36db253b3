package io.courant.store;

import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;

/** One process at a time sends from a file, and one connection writes to it: nothing needs to be locked. */
final class SqliteDialect implements Dialect {
    private static final int CACHE_KIBIBYTES = -32_768; // the sign makes it no number of pages
    private static final int CHECKPOINT_PAGES = 16_384;

    @Override
    public boolean isShared() {
        return false;
    }

    @Override
    public long partSize() {
        return Long.MAX_VALUE; // an index has them in the order of claims
    }

    @Override
    public String clock() {
        return "cast(unixepoch('subsec') * 1000 as integer)";
    }

    @Override
    public String claimOrder() {
        return "domain_group, due_at, subscriber_id";
    }

    /** It uses a partial index only where it finds its condition word by word. */
    @Override
    public String isOpen() {
        return "state in ('READY', 'SENDING', 'DEFERRED', 'IN_DOUBT')";
    }

    @Override
    public String forUpdateSkipLocked() {
        return "";
    }

    @Override
    public String isAmong(String column, String list) {
        return column + " in (select cast(value as bigint) from json_each(" + list + "))";
    }

    @Override
    public JdbcTransactionManager transactions(DataSource writer) {
        return new SqliteTransactions(writer);
    }

    @Override
    public JdbcTransactionManager overlapping(DataSource writer) {
        return transactions(writer); // there is one connection
    }

    /**
     * Lets the connection keep the pages of the indexes at hand, into which addresses go in no order, and write a page
     * back to the file when it has changed many times. Otherwise a long list is written some twenty times over.
     */
    @Override
    public void prepareForMany(JdbcTemplate write) {
        write.execute("pragma cache_size = " + CACHE_KIBIBYTES);
        write.execute("pragma wal_autocheckpoint = " + CHECKPOINT_PAGES);
    }

    @Override
    public String newSubscriberIds() {
        return """
                with recursive n (i) as (select 1 union all select i + 1 from n where i < ?)
                select coalesce((select max(seq) from sqlite_sequence where name = 'subscriber'), 0) + i from n
                """;
    }

    @Override
    public String textColumns() {
        return """
                select t.name as "table", c.name from sqlite_master t, pragma_table_info(t.name) c
                where t.type = 'table' and t.name not like 'sqlite_%'
                  and upper(c.type) not in ('INTEGER', 'REAL', 'BLOB')
                order by t.name, c.cid
                """;
    }

    @Override
    public List<String> quickChecks() {
        return List.of("pragma quick_check");
    }

    @Override
    public List<String> wholeChecks() {
        return List.of(
                "pragma integrity_check",
                // row ids would mean nothing to anybody
                """
                select "table" || ': ' || count(*) || ' rows without their ' || parent
                from pragma_foreign_key_check group by "table", parent
                """);
    }

    @Override
    public int snapshot() {
        return TransactionDefinition.ISOLATION_DEFAULT; // nobody else writes meanwhile
    }

    /** Written by another connection, or by this one, which all of a process share. */
    @Override
    public Optional<String> version() {
        return Optional.of("select data_version || ' ' || total_changes() from pragma_data_version");
    }

    @Override
    public Optional<String> joining(boolean all) {
        return Optional.empty();
    }

    @Override
    public Optional<String> afterPlanning() {
        return Optional.empty();
    }
}
