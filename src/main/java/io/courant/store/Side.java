package io.courant.store;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A database that rows are copied from or to, all in one transaction. */
interface Side {
    /** Somebody who is given rows, in the values that SQLite has. */
    interface Taker {
        void take(@Nullable Object[] row) throws SQLException;
    }

    /** Where rows are written to a table. */
    interface Writer extends AutoCloseable {
        /**
         * Writes a row.
         *
         * @param text the same row as text
         */
        void write(@Nullable Object[] row, RowText text) throws SQLException;

        /** To be called when all are written: closing alone gives them up. */
        void finish() throws SQLException;

        @Override
        void close() throws SQLException;
    }

    /** Hands out all rows of a table, in any order. */
    void read(Table table, Taker taker) throws SQLException;

    /** Takes away what stands in the way of rows that are to be here as they were elsewhere: triggers and such. */
    void prepare(List<Table> tables) throws SQLException;

    Writer writer(Table table) throws SQLException;

    /**
     * The highest number that was ever given to a row, by the name of the table or of what counts for it. Where none was
     * given, there may be none.
     */
    Map<String, Long> counters() throws SQLException;

    /** Numbers go on after these. */
    void goOnAfter(Map<String, Long> counters) throws SQLException;

    /** Brings back what was taken away. */
    void restore(List<Table> tables) throws SQLException;
}
