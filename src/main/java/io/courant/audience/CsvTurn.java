package io.courant.audience;

import io.courant.audience.Subscribers.NewSubscriber;
import java.util.List;
import java.util.function.IntConsumer;

/** One reading of a file. The first deals with all that comes once, and refuses what cannot be read at all. */
final class CsvTurn implements CsvFile.Rows {
    private static final int TOLD = 20_000;

    private final CsvImport imported;
    private final Repeats repeats;
    private final int turn;
    private final IntConsumer progress;
    private int lines;

    CsvTurn(CsvImport imported, Repeats repeats, int turn, IntConsumer progress) {
        this.imported = imported;
        this.repeats = repeats;
        this.turn = turn;
        this.progress = progress;
    }

    /** How many rows it read. */
    int lines() {
        return lines;
    }

    @Override
    public void row(CsvSubscribers reading, List<String> row, long line) {
        lines++;
        if (lines % TOLD == 0) {
            progress.accept(lines);
        }
        EmailAddress address;
        try {
            address = reading.address(row);
        } catch (IllegalArgumentException e) {
            if (turn == 0) {
                imported.refuse(line, String.valueOf(e.getMessage()));
            }
            return;
        }
        int due = repeats.turn(address.key());
        if (due == turn || (due == Repeats.NONE && turn == 0)) {
            take(reading, address, row, line, due);
        }
    }

    private void take(CsvSubscribers reading, EmailAddress address, List<String> row, long line, int due) {
        NewSubscriber subscriber;
        try {
            subscriber = reading.subscriber(address, row);
        } catch (IllegalArgumentException e) {
            imported.refuse(line, String.valueOf(e.getMessage()));
            return;
        }
        if (due == Repeats.NONE) {
            imported.add(subscriber, line);
        } else {
            imported.hold(subscriber, line);
        }
    }

    @Override
    public void unreadable(long line) {
        if (turn == 0) {
            lines++;
            imported.refuse(
                    line,
                    "a quote is opened and never closed, so nothing from here on was read; close it or remove it");
        }
    }
}
