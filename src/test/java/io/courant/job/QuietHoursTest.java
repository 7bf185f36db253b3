package io.courant.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class QuietHoursTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static Optional<String> until(String hours, String moment) {
        return QuietHours.parse(hours, BERLIN).until(Instant.parse(moment)).map(Instant::toString);
    }

    @Test
    void theNightIsQuietFromItsFirstMomentUpToItsLast() {
        assertThat(until("22:00-07:00", "2026-11-23T20:59:59.999Z")).isEmpty();
        assertThat(until("22:00-07:00", "2026-11-23T21:00:00Z")).contains("2026-11-24T06:00:00Z");
        assertThat(until("22:00-07:00", "2026-11-24T05:59:59Z")).contains("2026-11-24T06:00:00Z");
        assertThat(until("22:00-07:00", "2026-11-24T06:00:00Z")).isEmpty();
    }

    @Test
    void soIsAPartOfTheDay() {
        assertThat(until("12:00-13:30", "2026-11-23T11:15:00Z")).contains("2026-11-23T12:30:00Z");
        assertThat(until("12:00-13:30", "2026-11-23T12:30:00Z")).isEmpty();
        assertThat(until("12:00-13:30", "2026-11-23T09:00:00Z")).isEmpty();
    }

    @Test
    void anEndThatIsLeftOutComesAtTheChange() {
        assertThat(until("22:00-02:30", "2026-03-28T23:00:00Z")).contains("2026-03-29T01:00:00Z");
    }

    @Test
    void anEndThatComesTwiceEndsBoth() {
        assertThat(until("22:00-02:30", "2026-10-24T22:00:00Z")).contains("2026-10-25T00:30:00Z");
        assertThat(until("22:00-02:30", "2026-10-25T00:45:00Z"))
                .as("shown once")
                .isEmpty();
        assertThat(until("22:00-02:30", "2026-10-25T01:15:00Z"))
                .as("shown again")
                .contains("2026-10-25T01:30:00Z");
    }

    @Test
    void whatIsNoSpanOfTheDayIsRefused() {
        Stream.of("22:00", "22-7", "22:00-25:00", "10:00-10:00", "night")
                .forEach(text -> assertThatThrownBy(() -> QuietHours.parse(text, BERLIN))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("expected two"));
        assertThat(QuietHours.parse("22:00 - 7:00", BERLIN)).hasToString("22:00-07:00");
    }
}
