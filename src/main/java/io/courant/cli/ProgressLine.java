package io.courant.cli;

import io.courant.delivery.Progress;

/** The last line of a terminal, written over as a send goes on; what there is to say meanwhile stands above it. */
final class ProgressLine implements AutoCloseable {
    private static final int WIDTH = 20;
    private static final String AFRESH = "\r\u001b[K";
    // A line that is too long is cut off at the margin: wrapped, it could not be written over.
    private static final String CUT_OFF = "\u001b[?7l";
    private static final String WRAP = "\u001b[?7h";

    private final Console console;
    private String shown = "";

    ProgressLine(Console console) {
        this.console = console;
    }

    synchronized void show(Progress progress) {
        shown = bar(progress) + " " + ProgressWords.line(progress);
        draw();
    }

    synchronized void say(String line) {
        console.draw(AFRESH);
        console.problem(line);
        draw();
    }

    private void draw() {
        console.draw(AFRESH + CUT_OFF + shown + WRAP);
    }

    private static String bar(Progress progress) {
        int done = progress.total() == 0 ? WIDTH : (int) (WIDTH * progress.done() / progress.total());
        return "[" + "#".repeat(done) + "-".repeat(WIDTH - done) + "]";
    }

    @Override
    public synchronized void close() {
        if (!shown.isEmpty()) {
            console.draw(System.lineSeparator());
        }
    }
}
