package io.courant.issue;

import java.time.Duration;
import java.util.concurrent.atomic.DoubleAdder;

/** How long a text takes to read. */
final class ReadingTime {
    private static final double WORDS_PER_MINUTE = 230;
    private static final double IDEOGRAPHS_PER_MINUTE = 500;

    private ReadingTime() {}

    static Duration of(String text) {
        DoubleAdder minutes = new DoubleAdder();
        Words.forEach(
                text,
                word -> minutes.add(
                        1 / (Words.isIdeographic(word.codePointAt(0)) ? IDEOGRAPHS_PER_MINUTE : WORDS_PER_MINUTE)));
        return Duration.ofSeconds(Math.round(60 * minutes.sum()));
    }
}
