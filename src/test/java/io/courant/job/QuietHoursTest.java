package io.courant.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    /** Somebody looks at the wall clock each minute of those days on which clocks change, backwards from the last. */
    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin, 2026-03-28T12:00:00Z", "Europe/Berlin, 2026-10-24T12:00:00Z",
        "America/Sao_Paulo, 2017-10-14T12:00:00Z", "America/Sao_Paulo, 2018-02-17T12:00:00Z",
        "America/St_Johns, 2010-11-06T12:00:00Z", "Australia/Lord_Howe, 2026-04-04T00:00:00Z",
        "Pacific/Apia, 2011-12-29T12:00:00Z"
    })
    void theyEndWhenTheWallClockSaysSo(ZoneId zone, Instant begin) {
        List<String> hours = List.of(
                "22:00-07:00",
                "22:00-02:30",
                "01:30-02:15",
                "22:00-00:00",
                "23:00-23:30",
                "02:45-02:30",
                "23:15-00:15");
        for (String span : hours) {
            QuietHours quiet = QuietHours.parse(span, zone);
            Instant end = begin.plus(Duration.ofDays(4));
            while (isQuiet(span, end.atZone(zone).toLocalTime())) {
                end = end.plusSeconds(60);
            }
            Instant over = end;
            for (Instant moment = end; !moment.isBefore(begin); moment = moment.minusSeconds(60)) {
                boolean isQuiet = isQuiet(span, moment.atZone(zone).toLocalTime());
                over = isQuiet ? over : moment;
                assertThat(quiet.until(moment))
                        .as("%s at %s", span, moment.atZone(zone))
                        .isEqualTo(isQuiet ? Optional.of(over) : Optional.empty());
            }
        }
    }

    private static boolean isQuiet(String span, LocalTime time) {
        String shown = time.toString().substring(0, 5);
        String from = span.substring(0, 5);
        String to = span.substring(6);
        boolean begun = from.compareTo(shown) <= 0;
        boolean over = to.compareTo(shown) <= 0;
        return from.compareTo(to) < 0 ? begun && !over : begun || !over;
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
