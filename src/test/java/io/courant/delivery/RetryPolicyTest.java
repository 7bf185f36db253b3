package io.courant.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
    @Test
    void delaysGrowAndThenStay() {
        assertThat(IntStream.rangeClosed(1, 8)
                        .mapToObj(attempt ->
                                RetryPolicy.DEFAULT.delay(attempt, 0.5).toMinutes()))
                .containsExactly(5L, 15L, 30L, 60L, 120L, 240L, 240L, 240L);
    }

    @Test
    void jitterMakesADelayAFifthLongerOrShorter() {
        assertThat(RetryPolicy.DEFAULT.delay(1, 0)).isEqualTo(Duration.ofMinutes(4));
        assertThat(RetryPolicy.DEFAULT.delay(1, 1)).isEqualTo(Duration.ofMinutes(6));
    }

    @Test
    void aPolicyThatMakesNoSenseIsRefused() {
        Duration hour = Duration.ofHours(1);
        assertThatThrownBy(() -> new RetryPolicy(List.of(), 0, hour)).hasMessageContaining("at least one delay");
        assertThatThrownBy(() -> new RetryPolicy(List.of(Duration.ZERO), 0, hour))
                .hasMessageContaining("longer than 0");
        assertThatThrownBy(() -> new RetryPolicy(List.of(hour), 1, hour)).hasMessageContaining("jitter");
        assertThatThrownBy(() -> new RetryPolicy(List.of(hour), Double.NaN, hour))
                .hasMessageContaining("jitter");
        assertThatThrownBy(() -> new RetryPolicy(List.of(hour), 0, Duration.ZERO))
                .hasMessageContaining("expiry");
    }
}
