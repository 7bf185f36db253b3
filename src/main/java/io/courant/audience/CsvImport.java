package io.courant.audience;

import de.siegmar.fastcsv.reader.CsvRecord;
import io.courant.audience.ImportReport.Refused;
import io.courant.audience.Subscribers.Merged;
import io.courant.audience.Subscribers.NewSubscriber;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One run through the rows of a file: good ones are merged in groups, bad ones noted. */
final class CsvImport {
    private static final int GROUP = 1_000;

    private final String file;
    private final CsvColumns columns;
    private final Subscribers subscribers;
    private final boolean dryRun;
    private final Instant now;
    private final Map<String, Long> lineByKey = new HashMap<>();
    private final List<NewSubscriber> group = new ArrayList<>(GROUP);
    private final List<Refused> refused = new ArrayList<>();
    private Merged merged = new Merged(0, 0, 0);
    private int lines;
    private int refusedRows;
    private long line = 1;
    private long nextLine = 2;
    private long done = 1;

    CsvImport(String file, CsvColumns columns, Subscribers subscribers, boolean dryRun, Instant now) {
        this.file = file;
        this.columns = columns;
        this.subscribers = subscribers;
        this.dryRun = dryRun;
        this.now = now;
    }

    void take(CsvRecord row) {
        line = row.getStartingLineNumber();
        nextLine = line
                + 1
                + row.getFields().stream()
                        .flatMapToInt(String::chars)
                        .filter(c -> c == '\n')
                        .count();
        if (row.getFields().stream().allMatch(String::isBlank)) {
            return;
        }
        lines++;
        NewSubscriber subscriber;
        try {
            subscriber = columns.subscriber(row.getFields(), now);
        } catch (IllegalArgumentException e) {
            refuse(line, String.valueOf(e.getMessage()));
            return;
        }
        Long first = lineByKey.putIfAbsent(subscriber.address().key(), line);
        if (first != null) {
            refuse(line, "same address as line " + first + "; keep the line that is right");
            return;
        }
        group.add(subscriber);
        if (group.size() == GROUP) {
            merge();
        }
    }

    /** The reader gave up behind the last row: a quote is never closed, and nobody knows where rows end. */
    void refuseUnreadable() {
        lines++;
        refuse(nextLine, "a quote is opened and never closed, so nothing from here on was read; close it or remove it");
    }

    ImportReport finish() {
        merge();
        return new ImportReport(lines, merged, refusedRows, refused, columns.ignored());
    }

    /** What to say when the import ends before the file does. */
    IllegalStateException stopped(RuntimeException accident) {
        Throwable cause = accident;
        while (cause.getCause() != null) {
            cause = cause.getCause(); // the wrappings say less
        }
        String imported = dryRun || done == 1 ? "nothing was imported" : "lines 2 to " + done + " are imported";
        return new IllegalStateException(
                file + ": import stopped at line " + line + ", " + imported + "; put right the cause ("
                        + cause.getMessage() + ") and import the same file again",
                accident);
    }

    private void merge() {
        if (group.isEmpty()) {
            return;
        }
        try {
            merged = merged.plus(dryRun ? subscribers.tryMerge(group) : subscribers.merge(group));
        } catch (RuntimeException e) {
            throw stopped(e);
        }
        group.clear();
        done = line;
    }

    private void refuse(long where, String reason) {
        refusedRows++;
        if (refused.size() < ImportReport.KEPT) {
            refused.add(new Refused(where, reason));
        }
    }
}
