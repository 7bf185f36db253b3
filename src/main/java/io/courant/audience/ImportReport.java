package io.courant.audience;

import io.courant.audience.Subscribers.Merged;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an import did or, as a rehearsal, would do. Each line is counted once: it was added, updated or unchanged as a
 * subscriber, or a duplicate of another line, or refused.
 *
 * @param program what wrote the file, as far as its header tells
 * @param columns what was taken from which column
 * @param ignoredColumns columns of the file that Courant has no use for, as the header names them
 * @param lines rows below the header, blank ones left out
 * @param merged what became of the good rows
 * @param duplicates how many rows are about a mailbox that another row is about, too; they became one subscriber
 * @param refusedRows how many rows were refused
 * @param refused the first of them, at most {@value #KEPT}
 */
public record ImportReport(
        @Nullable String program,
        List<Use> columns,
        List<String> ignoredColumns,
        int lines,
        Merged merged,
        int duplicates,
        int refusedRows,
        List<Refused> refused) {
    static final int KEPT = 1_000;

    public ImportReport {
        columns = List.copyOf(columns);
        ignoredColumns = List.copyOf(ignoredColumns);
        refused = List.copyOf(refused);
    }

    /** Whether every row was taken. */
    public boolean isComplete() {
        return refusedRows == 0;
    }

    /** A column of the file, as its header names it, and what was taken from it. */
    public record Use(String column, String holds) {}

    /**
     * A row that was not taken.
     *
     * @param line line in the file on which the row begins, the first being 1
     * @param reason what is wrong and what to do
     */
    public record Refused(long line, String reason) {
        @Override
        public String toString() {
            return "line " + line + ": " + reason;
        }
    }
}
