package io.courant.store;

import io.courant.store.Table.Column;
import io.courant.store.Table.Kind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A SQLite file, as a side of a {@link Transfer}. */
final class SqliteSide implements Side {
    private static final int BATCH = 1_000;
    private static final String COLUMNS = """
            select lower(found.name) as "table", lower(part.name) as "column"
            from sqlite_master found, pragma_table_info(found.name) part
            where found.type = 'table' and found.name not like 'sqlite~_%' escape '~'
            """;
    private static final String COUNTERS = "select lower(name) as name, seq from sqlite_sequence";
    private static final String COUNT = """
            insert into sqlite_sequence (name, seq)
            select name, ? from sqlite_master
            where type = 'table' and lower(name) = ? and lower(sql) like '%autoincrement%'
            """;
    private static final String FORGET = "delete from sqlite_sequence where lower(name) = ?";
    private static final String IN_THE_WAY = """
            select type, name, sql from sqlite_master where type in ('trigger', 'index') and sql is not null
            """;

    private final Connection connection;
    private final List<String> taken = new ArrayList<>();

    SqliteSide(Connection connection) {
        this.connection = connection;
    }

    /** The names of all tables, with those of their columns; in small letters, for PostgreSQL knows no others. */
    Map<String, Set<String>> columns() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(COLUMNS)) {
            Map<String, Set<String>> columns = new TreeMap<>();
            while (found.next()) {
                columns.computeIfAbsent(found.getString("table"), name -> new TreeSet<>())
                        .add(found.getString("column"));
            }
            return columns;
        }
    }

    @Override
    public void read(Table table, Taker taker) throws SQLException {
        Kind[] kinds = table.columns().stream().map(Column::kind).toArray(Kind[]::new);
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("select " + table.list() + " from " + table.quoted())) {
            while (found.next()) {
                @Nullable Object[] row = new Object[kinds.length];
                for (int i = 0; i < kinds.length; i++) {
                    row[i] = value(found, i + 1, kinds[i]);
                }
                taker.take(row);
            }
        }
    }

    private static @Nullable Object value(ResultSet found, int place, Kind kind) throws SQLException {
        return switch (kind) {
            case TEXT -> found.getString(place);
            case BYTES -> found.getBytes(place);
            case FLAG, NUMBER, REAL -> number(found, place, kind);
            case TIME -> {
                Timestamp time = found.getTimestamp(place);
                yield time == null ? null : time.getTime();
            }
        };
    }

    /** SQLite keeps anything in any column, and would read a word as 0. */
    private static @Nullable Object number(ResultSet found, int place, Kind kind) throws SQLException {
        Object value = found.getObject(place);
        if (value == null) {
            return null;
        }
        if (value instanceof Number number) {
            if (kind == Kind.REAL) {
                return number.doubleValue();
            }
            if (number instanceof Integer || number instanceof Long) {
                return number.longValue();
            }
        }
        throw new SQLException("column " + found.getMetaData().getColumnName(place) + " of "
                + found.getMetaData().getTableName(place) + " cannot hold '" + value + "'");
    }

    @Override
    public void prepare(List<Table> tables) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            List<String> drops = new ArrayList<>();
            try (ResultSet found = statement.executeQuery(IN_THE_WAY)) {
                while (found.next()) {
                    drops.add("drop " + found.getString("type") + " " + Table.quoted(found.getString("name")));
                    taken.add(found.getString("sql"));
                }
            }
            for (String drop : drops) {
                statement.execute(drop);
            }
        }
    }

    @Override
    public Writer writer(Table table) throws SQLException {
        PreparedStatement insert = connection.prepareStatement("insert into " + table.quoted() + " (" + table.list()
                + ") values ("
                + table.columns().stream().map(column -> "?").collect(Collectors.joining(", ")) + ")");
        return new Writer() {
            private int waiting;

            @Override
            public void write(@Nullable Object[] row, RowText text) throws SQLException {
                for (int i = 0; i < row.length; i++) {
                    insert.setObject(i + 1, row[i]);
                }
                insert.addBatch();
                waiting++;
                if (waiting == BATCH) {
                    finish();
                }
            }

            @Override
            public void finish() throws SQLException {
                insert.executeBatch();
                waiting = 0;
            }

            @Override
            public void close() throws SQLException {
                insert.close();
            }
        };
    }

    @Override
    public Map<String, Long> counters() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(COUNTERS)) {
            Map<String, Long> counters = new LinkedHashMap<>();
            while (found.next()) {
                counters.put(found.getString("name"), found.getLong("seq"));
            }
            return counters;
        }
    }

    @Override
    public void goOnAfter(Map<String, Long> counters) throws SQLException {
        try (PreparedStatement forget = connection.prepareStatement(FORGET);
                PreparedStatement count = connection.prepareStatement(COUNT)) {
            for (Map.Entry<String, Long> counter : counters.entrySet()) {
                forget.setString(1, counter.getKey());
                forget.executeUpdate();
                if (counter.getValue() > 0) {
                    count.setLong(1, counter.getValue());
                    count.setString(2, counter.getKey());
                    count.executeUpdate();
                }
            }
        }
    }

    @Override
    public void restore(List<Table> tables) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : taken) {
                statement.execute(sql);
            }
        }
    }
}
