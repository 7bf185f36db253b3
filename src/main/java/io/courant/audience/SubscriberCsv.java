package io.courant.audience;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Subscribers as comma-separated values (RFC 4180): what other programs hand over, with a reason for every row that
 * is refused, and an export that can be imported again. Spreadsheets' habits are understood: semicolons or tabs for
 * commas, windows-1252 for UTF-8.
 */
public final class SubscriberCsv {
    private static final int MAX_FIELD = 1 << 20; // an open quote would take the rest of the file into memory

    private SubscriberCsv() {}

    /**
     * Imports a file, UTF-8, UTF-16 with a byte order mark, or else windows-1252. Good rows are merged in groups, each
     * group whole or not at all; importing the same file again changes nothing more.
     *
     * @param dryRun report what would happen and change nothing
     * @param now the joining date of rows without one
     * @throws IllegalArgumentException when the header names no column with the address
     * @throws IllegalStateException when it stopped half-way; the message names the last line that is done
     */
    public static ImportReport read(Path file, Subscribers subscribers, boolean dryRun, Instant now)
            throws IOException {
        try (BufferedReader reader = CsvText.open(file)) {
            return read(reader, file.toString(), subscribers, dryRun, now);
        }
    }

    /** The same for text from elsewhere; {@code name} is what error messages call it. */
    public static ImportReport read(Reader text, String name, Subscribers subscribers, boolean dryRun, Instant now)
            throws IOException {
        BufferedReader buffered = new BufferedReader(text);
        CsvReader<CsvRecord> rows = CsvReader.builder()
                .fieldSeparator(CsvText.separator(buffered))
                .skipEmptyLines(true)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE) // these two are refused by line, with the reason
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .maxBufferSize(MAX_FIELD)
                .ofCsvRecord(buffered);
        Iterator<CsvRecord> records = rows.iterator();
        CsvImport running = null;
        try {
            if (!records.hasNext()) {
                throw new IllegalArgumentException(name + " is empty (expected a header such as "
                        + String.join(",", CsvColumns.header()) + " and a row for each subscriber)");
            }
            CsvColumns columns = CsvColumns.of(name, records.next().getFields());
            running = new CsvImport(name, columns, subscribers, dryRun, now);
            while (records.hasNext()) {
                running.take(records.next());
            }
        } catch (CsvParseException e) {
            if (running == null) {
                throw new IllegalArgumentException(name + ":1: the header has a quote that is never closed", e);
            }
            running.refuseUnreadable();
        } catch (UncheckedIOException e) {
            if (running == null) {
                throw e.getCause();
            }
            throw running.stopped(e);
        }
        return running.finish();
    }

    /**
     * Exports everybody in the order of ids. A field that a spreadsheet would run as a formula is preceded by
     * {@code '}, which an import takes off again.
     *
     * @return how many
     */
    public static long write(Subscribers subscribers, Writer out) throws IOException {
        AtomicLong count = new AtomicLong();
        CsvWriter csv = CsvWriter.builder().build(out);
        try {
            csv.writeRecord(CsvColumns.header());
            subscribers.forEach(subscriber -> {
                csv.writeRecord(CsvColumns.row(subscriber));
                count.incrementAndGet();
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        csv.flush();
        return count.get();
    }
}
