package io.courant.audience;

import io.courant.audience.Subscribers.Merged;
import java.util.List;

/**
 * What an import did or, as a rehearsal, would do.
 *
 * @param lines rows below the header, blank ones left out
 * @param merged what became of the good rows
 * @param refusedRows how many rows were refused
 * @param refused the first of them, at most {@value #KEPT}
 * @param ignoredColumns columns of the file that Courant has no use for, as the header names them
 */
public record ImportReport(
        int lines, Merged merged, int refusedRows, List<Refused> refused, List<String> ignoredColumns) {
    static final int KEPT = 1_000;

    public ImportReport {
        refused = List.copyOf(refused);
        ignoredColumns = List.copyOf(ignoredColumns);
    }

    /** Whether every row was taken. */
    public boolean isComplete() {
        return refusedRows == 0;
    }

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
