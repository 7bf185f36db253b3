package io.courant.store;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A table that both databases have, with its columns as PostgreSQL orders them. */
record Table(String name, List<Column> columns) {
    Table {
        columns = List.copyOf(columns);
    }

    /** Its columns, for a statement. */
    String list() {
        return columns.stream().map(column -> quoted(column.name())).collect(Collectors.joining(", "));
    }

    String quoted() {
        return quoted(name);
    }

    static String quoted(String name) {
        return '"' + name + '"';
    }

    record Column(String name, Kind kind) {}

    /** What a column holds: PostgreSQL says so, and SQLite has a way of its own to write it. */
    enum Kind {
        /** 0 or 1 in SQLite. */
        FLAG,
        NUMBER,
        REAL,
        TEXT,
        BYTES,
        /** By the local clock, as Spring Batch has it; epoch milliseconds in SQLite. */
        TIME;

        /** @param type as PostgreSQL calls it */
        static Kind of(String type) {
            return switch (type) {
                case "bool" -> FLAG;
                case "int2", "int4", "int8" -> NUMBER;
                case "float8" -> REAL;
                case "text", "varchar", "bpchar" -> TEXT;
                case "bytea" -> BYTES;
                case "timestamp" -> TIME;
                default ->
                    throw new IllegalArgumentException(
                            "no way to copy a column of type " + type.toLowerCase(Locale.ROOT));
            };
        }
    }
}
