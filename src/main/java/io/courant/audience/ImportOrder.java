package io.courant.audience;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a file is to be imported.
 *
 * @param columns names of columns by what they hold, where the header does not say; an empty name: no column does
 * @param wording what the people in the file agreed to; empty: not known
 * @param dryRun report what would happen and change nothing
 * @param now the joining date of rows without one
 */
public record ImportOrder(Map<String, String> columns, String wording, boolean dryRun, Instant now) {
    private static final int MAX_WORDING = 500; // it is kept with each of them

    public ImportOrder {
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
        if (wording.length() > MAX_WORDING) {
            throw new IllegalArgumentException("--consent is longer than " + MAX_WORDING + " characters ("
                    + wording.length() + "); say in short what they agreed to, and where the rest can be read");
        }
    }

    /** As the header says. */
    public static ImportOrder asIs(boolean dryRun, Instant now) {
        return new ImportOrder(Map.of(), "", dryRun, now);
    }
}
