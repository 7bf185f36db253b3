package io.courant.store;

import io.courant.upkeep.BadBackup;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * What a copy of a database holds, found by opening it, which changes nothing.
 *
 * @param schema the number of the newest script that made its tables
 * @param scripts how many there were
 * @param rows how many there are, by table
 */
record Copy(int schema, int scripts, Map<String, Long> rows) {
    private static final List<String> COUNTED =
            List.of("subscriber", "suppression", "erasure", "issue", "delivery", "post");

    /** @throws BadBackup when it is damaged, or no database of Courant */
    static Copy open(Path database, Path calledBy) {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + database);
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            List<String> damage = texts(statement, "pragma integrity_check");
            if (!damage.equals(List.of("ok"))) {
                throw new BadBackup(calledBy + ": the database in it is damaged (" + damage.get(0)
                        + "); take an older backup, and look into the disk that this one stands on");
            }
            List<String> schema = texts(
                    statement,
                    "select max(cast(version as integer)) || '/' || count(*) from flyway_schema_history where success");
            String found = schema.get(0);
            int slash = found.indexOf('/');
            List<String> tables = texts(statement, "select name from sqlite_master where type = 'table'");
            Map<String, Long> rows = new LinkedHashMap<>();
            for (String table : COUNTED) {
                if (tables.contains(table)) {
                    rows.put(
                            table,
                            Long.valueOf(texts(statement, "select count(*) from " + table)
                                    .get(0)));
                }
            }
            return new Copy(
                    Integer.parseInt(found.substring(0, slash)), Integer.parseInt(found.substring(slash + 1)), rows);
        } catch (SQLException e) {
            throw new BadBackup(
                    calledBy + ": holds no whole database of Courant (" + e.getMessage() + "); take another backup", e);
        }
    }

    private static List<String> texts(Statement statement, String query) throws SQLException {
        try (ResultSet found = statement.executeQuery(query)) {
            List<String> texts = new ArrayList<>();
            while (found.next()) {
                texts.add(String.valueOf(found.getString(1)));
            }
            return texts;
        }
    }
}
