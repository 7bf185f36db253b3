package io.courant.audience;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Subscribers as comma-separated values (RFC 4180): what other programs hand over, with a reason for every row that
 * is refused, and an export that can be imported again. Spreadsheets' habits are understood: semicolons or tabs for
 * commas, windows-1252 for UTF-8.
 */
public final class SubscriberCsv {
    private static final int WAITING = 50_000;

    private SubscriberCsv() {}

    /** A text that can be read from its start more than once. */
    interface Text {
        BufferedReader open() throws IOException;
    }

    /** Is told now and then how far an import has got. */
    public interface Progress {
        /** Of so many rows, which may be a few more than there are. */
        void reached(int row, int rows);
    }

    /**
     * Imports a file, UTF-8, UTF-16 with a byte order mark, or else windows-1252. Good rows are merged in groups, each
     * group whole or not at all; importing the same file again changes nothing more. Rows about one mailbox become one
     * subscriber. Memory is the same for a long file, but for eight bytes a row.
     *
     * @throws IllegalArgumentException when the header names no column with the address
     * @throws IllegalStateException when it stopped half-way; the message says how much is done
     */
    public static ImportReport read(
            Path file, Subscribers subscribers, Erasures erasures, ImportOrder order, Progress progress)
            throws IOException {
        return read(file, file.toString(), subscribers, erasures, order, progress);
    }

    /** The same for a file that people know by another name. */
    public static ImportReport read(
            Path file, String name, Subscribers subscribers, Erasures erasures, ImportOrder order, Progress progress)
            throws IOException {
        return read(() -> CsvText.open(file), name, subscribers, erasures, order, progress);
    }

    /** The same for text from elsewhere; {@code name} is what error messages call it. */
    static ImportReport read(
            Text text, String name, Subscribers subscribers, Erasures erasures, ImportOrder order, Progress progress)
            throws IOException {
        CsvFile file = new CsvFile(text, name, order);
        Repeats repeats = new Repeats(WAITING);
        int rows = survey(file, repeats);
        CsvImport imported = new CsvImport(subscribers, erasures, order.dryRun());
        try {
            CsvTurn first = new CsvTurn(imported, repeats, 0, row -> progress.reached(row, rows));
            CsvColumns columns = file.read(first);
            imported.release();
            for (int turn = 1; turn < repeats.turns(); turn++) {
                file.read(new CsvTurn(imported, repeats, turn, row -> {}));
                imported.release();
            }
            return imported.finish(columns, first.lines());
        } catch (RuntimeException e) {
            imported.end(); // what is under way still counts
            throw stopped(name, imported, order.dryRun(), e);
        } finally {
            imported.end();
        }
    }

    /** Notes which mailboxes there are; how many rows. */
    private static int survey(CsvFile file, Repeats repeats) throws IOException {
        AtomicInteger rows = new AtomicInteger();
        try {
            file.read(new CsvFile.Rows() {
                @Override
                public void row(CsvSubscribers reading, List<String> row, long line) {
                    rows.incrementAndGet();
                    try {
                        repeats.add(reading.key(row));
                    } catch (IllegalArgumentException e) {
                        return; // it is refused for that when its turn comes
                    }
                }

                @Override
                public void unreadable(long line) {
                    rows.incrementAndGet();
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        repeats.close();
        return rows.get();
    }

    private static IllegalStateException stopped(
            String name, CsvImport imported, boolean dryRun, RuntimeException accident) {
        Throwable cause = accident;
        while (cause.getCause() != null) {
            cause = cause.getCause(); // the wrappings say less
        }
        String done = dryRun || imported.done() == 0 ? "nothing was imported" : imported.done() + " were imported";
        return new IllegalStateException(
                name + ": import stopped half-way, " + done + "; put right the cause (" + cause.getMessage()
                        + ") and import the same file again, which goes on where this one stopped",
                accident);
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
            csv.writeRecord(CsvColumns.exported());
            subscribers.forEach(entry -> {
                csv.writeRecord(CsvSubscribers.row(entry));
                count.incrementAndGet();
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        csv.flush();
        return count.get();
    }
}
