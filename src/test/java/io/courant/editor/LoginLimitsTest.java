package io.courant.editor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoginLimitsTest {
    private static final Instant LAST = Instant.parse("2026-11-20T06:00:00Z");
    private static final LoginLimits LIMITS =
            new LoginLimits(3, Duration.ofSeconds(1), Duration.ofSeconds(60), Duration.ofDays(1));

    @ParameterizedTest
    @CsvSource({"0,0", "3,0", "4,1", "5,2", "6,4", "9,32", "10,60", "11,60", "1000000,60"})
    void theWaitDoublesUpToTheLongest(int failures, int seconds) {
        assertThat(LIMITS.remaining(failures, LAST, LAST)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void theWaitPasses() {
        assertThat(LIMITS.remaining(6, LAST, LAST.plusSeconds(3))).isEqualTo(Duration.ofSeconds(1));
        assertThat(LIMITS.remaining(6, LAST, LAST.plusSeconds(4))).isZero();
        assertThat(LIMITS.remaining(6, LAST, LAST.plusSeconds(400))).isZero();
    }

    @Test
    void aClockThatWasSetBackKeepsNobodyOutLonger() {
        assertThat(LIMITS.remaining(6, LAST, LAST.minus(Duration.ofDays(300)))).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void theRealLimitsLeaveAGuesserFewTries() {
        assertThat(Duration.ofDays(1).dividedBy(LoginLimits.OF_NAME.longest())).isLessThan(300);
        assertThat(LoginLimits.OF_NAME.remaining(5, LAST, LAST)).isZero();
        assertThat(LoginLimits.OF_BLOCK.remaining(20, LAST, LAST)).isZero();
        assertThat(LoginLimits.OF_BLOCK.remaining(99, LAST, LAST)).isEqualTo(Duration.ofHours(1));
    }
}
