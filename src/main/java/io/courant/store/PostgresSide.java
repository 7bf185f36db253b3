package io.courant.store;

import io.courant.store.Table.Column;
import io.courant.store.Table.Kind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.copy.CopyOut;

/** A PostgreSQL database, as a side of a {@link Transfer}. */
final class PostgresSide implements Side {
    private static final int CHUNK = 1 << 16;
    private static final String COLUMNS = """
            select found.relname as "table", part.attname as "column", kind.typname as type
            from pg_class found
            join pg_attribute part on part.attrelid = found.oid and part.attnum > 0 and not part.attisdropped
            join pg_type kind on kind.oid = part.atttypid
            where found.relnamespace = cast(current_schema() as regnamespace) and found.relkind in ('r', 'p')
            order by found.relname, part.attnum
            """;

    /** What counts, and for which column of which table, if it is for one. */
    private static final String COUNTERS = """
            select counter.relname as counter, found.relname as "table", part.attname as "column"
            from pg_class counter
            left join pg_depend depends on depends.objid = counter.oid and depends.deptype in ('i', 'a')
              and depends.classid = cast('pg_class' as regclass) and depends.refobjsubid > 0
            left join pg_class found on found.oid = depends.refobjid
            left join pg_attribute part on part.attrelid = found.oid and part.attnum = depends.refobjsubid
            where counter.relnamespace = cast(current_schema() as regnamespace) and counter.relkind = 'S'
            """;

    private static final String REFERENCES = """
            select format('alter table %s drop constraint %I', cast(conrelid as regclass), conname) as drop,
              format('alter table %s add constraint %I %s', cast(conrelid as regclass), conname,
                pg_get_constraintdef(oid)) as add
            from pg_constraint
            where contype = 'f' and connamespace = cast(current_schema() as regnamespace)
            """;

    private final Connection connection;
    private final CopyManager copying;
    private final List<String> taken = new ArrayList<>();

    PostgresSide(Connection connection) throws SQLException {
        this.connection = connection;
        this.copying = connection.unwrap(PGConnection.class).getCopyAPI();
        try (Statement statement = connection.createStatement()) {
            statement.execute("set bytea_output = 'hex'");
        }
    }

    /** @param table that it counts for, unless it stands alone */
    private record Counter(
            String name, @Nullable String table, @Nullable String column) {
        /** By what SQLite knows it: there, a table counts for itself. */
        String key() {
            return table == null ? name : table;
        }
    }

    /** All tables, by name. */
    Map<String, Table> tables() throws SQLException {
        Map<String, List<Column>> columns = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(COLUMNS)) {
            while (found.next()) {
                columns.computeIfAbsent(found.getString("table"), name -> new ArrayList<>())
                        .add(new Column(found.getString("column"), Kind.of(found.getString("type"))));
            }
        }
        Map<String, Table> tables = new TreeMap<>();
        columns.forEach((name, all) -> tables.put(name, new Table(name, all)));
        return tables;
    }

    @Override
    public void read(Table table, Taker taker) throws SQLException {
        RowText text = new RowText();
        CopyOut out = copying.copyOut("copy " + table.quoted() + " (" + table.list() + ") to stdout");
        try {
            for (byte[] line = out.readFromCopy(); line != null; line = out.readFromCopy()) {
                taker.take(text.read(table, line));
            }
        } finally {
            if (out.isActive()) {
                out.cancelCopy();
            }
        }
    }

    @Override
    public void prepare(List<Table> tables) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // one check of all rows at the end is several times as fast as one for each row
            List<String> drops = new ArrayList<>();
            try (ResultSet found = statement.executeQuery(REFERENCES)) {
                while (found.next()) {
                    drops.add(found.getString("drop"));
                    taken.add(found.getString("add"));
                }
            }
            for (String drop : drops) {
                statement.execute(drop);
            }
            for (Table table : tables) {
                statement.execute("alter table " + table.quoted() + " disable trigger user");
            }
        }
    }

    /** Keeps everybody else out until the transaction ends; the names of tables with rows in them. */
    List<String> filled(List<Table> tables) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set local lock_timeout = '10s'");
            statement.execute("lock table " + tables.stream().map(Table::quoted).collect(Collectors.joining(", "))
                    + " in access exclusive mode");
            List<String> filled = new ArrayList<>();
            for (Table table : tables) {
                try (ResultSet found = statement.executeQuery("select exists (select 1 from " + table.quoted() + ")")) {
                    if (found.next() && found.getBoolean(1)) {
                        filled.add(table.name());
                    }
                }
            }
            return filled;
        }
    }

    @Override
    public Writer writer(Table table) throws SQLException {
        CopyIn in = copying.copyIn("copy " + table.quoted() + " (" + table.list() + ") from stdin");
        return new Writer() {
            private final byte[] chunk = new byte[CHUNK];
            private int filled;

            @Override
            public void write(@Nullable Object[] row, RowText text) throws SQLException {
                if (filled + text.length() > CHUNK) {
                    flush();
                }
                if (text.length() > CHUNK) {
                    in.writeToCopy(text.bytes(), 0, text.length());
                    return;
                }
                System.arraycopy(text.bytes(), 0, chunk, filled, text.length());
                filled += text.length();
            }

            private void flush() throws SQLException {
                in.writeToCopy(chunk, 0, filled);
                filled = 0;
            }

            @Override
            public void finish() throws SQLException {
                flush();
                in.endCopy();
            }

            @Override
            public void close() throws SQLException {
                if (in.isActive()) {
                    in.cancelCopy();
                }
            }
        };
    }

    private List<Counter> all() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(COUNTERS)) {
            List<Counter> all = new ArrayList<>();
            while (found.next()) {
                all.add(new Counter(found.getString("counter"), found.getString("table"), found.getString("column")));
            }
            return all;
        }
    }

    @Override
    public Map<String, Long> counters() throws SQLException {
        Map<String, Long> counters = new LinkedHashMap<>();
        for (Counter counter : all()) {
            long last = number(
                    "select last_value - case when is_called then 0 else 1 end from " + Table.quoted(counter.name()));
            counters.put(counter.key(), Math.max(last, highest(counter)));
        }
        return counters;
    }

    @Override
    public void goOnAfter(Map<String, Long> counters) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (Counter counter : all()) {
                long last = Math.max(counters.getOrDefault(counter.key(), 0L), highest(counter));
                // not setval, which no rollback takes back
                statement.execute("alter sequence " + Table.quoted(counter.name()) + " restart with " + (last + 1));
            }
        }
    }

    private long highest(Counter counter) throws SQLException {
        return counter.table() == null || counter.column() == null
                ? 0
                : number("select coalesce(max(" + Table.quoted(counter.column()) + "), 0) from "
                        + Table.quoted(counter.table()));
    }

    private long number(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(query)) {
            found.next();
            return found.getLong(1);
        }
    }

    @Override
    public void restore(List<Table> tables) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (Table table : tables) {
                statement.execute("alter table " + table.quoted() + " enable trigger user");
            }
            for (String add : taken) {
                statement.execute(add);
            }
            statement.execute("analyze " + tables.stream().map(Table::quoted).collect(Collectors.joining(", ")));
        }
    }
}
