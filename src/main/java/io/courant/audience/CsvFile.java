package io.courant.audience;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;

/** A file of subscribers that is read row by row, more than once. */
final class CsvFile {
    private static final int MAX_FIELD = 1 << 20; // an open quote would take the rest of the file into memory

    private final SubscriberCsv.Text text;
    private final String name;
    private final ImportOrder order;

    /** {@code name} is what error messages call it. */
    CsvFile(SubscriberCsv.Text text, String name, ImportOrder order) {
        this.text = text;
        this.name = name;
        this.order = order;
    }

    /** Is handed what stands below the header. */
    interface Rows {
        /** A row that is not blank, and the line on which it begins, the first being 1. */
        void row(CsvSubscribers reading, List<String> row, long line);

        /** From this line on nobody knows where rows end. */
        void unreadable(long line);
    }

    /**
     * Reads the file from its start.
     *
     * @throws IllegalArgumentException when there is no header, or none that names the address
     */
    CsvColumns read(Rows rows) throws IOException {
        try (BufferedReader reader = text.open()) {
            Iterator<CsvRecord> records = CsvReader.builder()
                    .fieldSeparator(CsvText.separator(reader))
                    .skipEmptyLines(true)
                    .extraFieldStrategy(FieldMismatchStrategy.IGNORE) // these two are refused by line, with the reason
                    .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .allowUnclosedQuote(false)
                    .maxBufferSize(MAX_FIELD)
                    .ofCsvRecord(reader)
                    .iterator();
            CsvColumns columns = CsvColumns.of(name, header(records), order.columns());
            below(records, new CsvSubscribers(name, columns, order), rows);
            return columns;
        }
    }

    private List<String> header(Iterator<CsvRecord> records) {
        try {
            if (!records.hasNext()) {
                throw new IllegalArgumentException(name + " is empty (expected a header such as "
                        + String.join(",", CsvColumns.usual()) + " and a row for each subscriber)");
            }
            return records.next().getFields();
        } catch (CsvParseException e) {
            throw new IllegalArgumentException(name + ":1: the header has a quote that is never closed", e);
        }
    }

    private static void below(Iterator<CsvRecord> records, CsvSubscribers reading, Rows rows) {
        List<String> row = List.of();
        long line = 1;
        try {
            while (records.hasNext()) {
                CsvRecord record = records.next();
                row = record.getFields();
                line = record.getStartingLineNumber();
                if (!isBlank(row)) {
                    rows.row(reading, row, line);
                }
            }
        } catch (CsvParseException e) {
            long breaks = String.join("", row).chars().filter(c -> c == '\n').count();
            rows.unreadable(line + 1 + breaks);
        }
    }

    private static boolean isBlank(List<String> row) {
        for (String field : row) {
            if (!field.isBlank()) {
                return false;
            }
        }
        return true;
    }
}
