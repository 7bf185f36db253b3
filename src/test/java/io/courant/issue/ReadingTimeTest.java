package io.courant.issue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReadingTimeTest {
    @Test
    void aMinuteIsTwoHundredAndThirtyWords() {
        assertThat(ReadingTime.of("state-of-the-art don't ".repeat(115))).isEqualTo(Duration.ofMinutes(1));
        assertThat(ReadingTime.of("слово ".repeat(460))).isEqualTo(Duration.ofMinutes(2));
        assertThat(ReadingTime.of("한국어 ".repeat(230))).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void aMinuteIsFiveHundredIdeographs() {
        assertThat(ReadingTime.of("量子化、データ。".repeat(500 / 6) + "ーー")).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void aMixedTextTakesTheTimeOfBoth() {
        assertThat(ReadingTime.of("word ".repeat(230) + "字".repeat(500))).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void nothingTakesNoTime() {
        assertThat(ReadingTime.of("")).isZero();
        assertThat(ReadingTime.of(" — … \n")).isZero();
    }
}
