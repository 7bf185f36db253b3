package io.courant.store;

import io.courant.upkeep.Migration.Progress;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Copies all rows from a SQLite file to a PostgreSQL database, or the other way, and compares them. What is to be copied
 * is read from the databases' own catalogues, so a table cannot be forgotten. Transactions are the caller's.
 */
final class Transfer {
    /** What each database keeps about itself, or in its own way. */
    private static final Set<String> OF_ITS_OWN = Set.of("flyway_schema_history", "instance", "erasure_secret");

    private final SqliteSide sqlite;
    private final PostgresSide postgres;
    private final Consumer<Progress> progress;

    Transfer(SqliteSide sqlite, PostgresSide postgres, Consumer<Progress> progress) {
        this.sqlite = sqlite;
        this.postgres = postgres;
        this.progress = progress;
    }

    /**
     * The tables that are copied.
     *
     * @throws DatabaseException when they are not the same on both sides
     */
    List<Table> tables() throws SQLException {
        Map<String, Set<String>> here = sqlite.columns();
        Map<String, Table> there = postgres.tables();
        here.keySet().removeAll(OF_ITS_OWN);
        here.keySet()
                .removeAll(postgres.counters().keySet().stream()
                        .filter(name ->
                                !there.containsKey(name)) // tables that stand for what PostgreSQL has as a sequence
                        .toList());
        there.keySet().removeAll(OF_ITS_OWN);
        if (!here.keySet().equals(there.keySet())) {
            throw new DatabaseException("the databases have different tables: "
                    + differences(here.keySet(), there.keySet()) + "; use a PostgreSQL database that holds nothing but"
                    + " Courant, and one version of Courant");
        }
        for (Table table : there.values()) {
            Set<String> columns = new TreeSet<>();
            table.columns().forEach(column -> columns.add(column.name()));
            if (!columns.equals(here.get(table.name()))) {
                throw new DatabaseException("the databases have different columns in " + table.name() + ": "
                        + differences(here.getOrDefault(table.name(), Set.of()), columns)
                        + "; use one version of Courant");
            }
        }
        return new ArrayList<>(there.values());
    }

    private static String differences(Set<String> here, Set<String> there) {
        Set<String> all = new TreeSet<>(here);
        all.addAll(there);
        Set<String> both = new HashSet<>(here);
        both.retainAll(there);
        all.removeAll(both);
        return String.join(", ", all);
    }

    /** Copies all rows of all tables: what was read of each. */
    Map<Table, RowSum> copy(Side from, Side to, List<Table> tables) throws SQLException {
        to.prepare(tables);
        Map<Table, RowSum> sums = new LinkedHashMap<>();
        for (Table table : tables) {
            RowText text = new RowText();
            RowSum sum = new RowSum();
            try (Side.Writer writer = to.writer(table)) {
                from.read(table, row -> {
                    text.set(table, row);
                    sum.add(text);
                    writer.write(row, text);
                });
                writer.finish();
            }
            sums.put(table, sum);
            progress.accept(new Progress(table.name(), sum.rows(), false));
        }
        to.goOnAfter(from.counters());
        to.restore(tables);
        return sums;
    }

    /**
     * Reads the copy, and compares.
     *
     * @throws DatabaseException when a row is missing or other than it was
     */
    void compare(Map<Table, RowSum> sums, Side to) throws SQLException {
        for (Map.Entry<Table, RowSum> read : sums.entrySet()) {
            Table table = read.getKey();
            RowText text = new RowText();
            RowSum sum = new RowSum();
            to.read(table, (@Nullable Object[] row) -> {
                text.set(table, row);
                sum.add(text);
            });
            if (!sum.isThatOf(read.getValue())) {
                throw new DatabaseException("the copy of " + table.name() + " is not what was read: "
                        + read.getValue().rows() + " rows were read, " + sum.rows()
                        + " are in the copy, and not all are alike; nothing was kept of it, try again");
            }
            progress.accept(new Progress(table.name(), sum.rows(), true));
        }
    }
}
