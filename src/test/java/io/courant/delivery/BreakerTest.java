package io.courant.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class BreakerTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final List<Duration> RESTS = DeliveryPolicy.DEFAULT.outage().rests();

    @Test
    void aRelayRestsLongerWithEachFailure() {
        Breaker breaker = new Breaker(RESTS, 0);
        long now = 0;
        for (int seconds : new int[] {30, 60, 120, 300, 600, 900, 900, 900}) {
            assertThat(breaker.trip(now)).hasSeconds(seconds);
            assertThat(breaker.isClosed(now + seconds * SECOND - 1)).isFalse();
            assertThat(breaker.remaining(now)).hasSeconds(seconds);
            now += seconds * SECOND;
            assertThat(breaker.isClosed(now)).isTrue();
            assertThat(breaker.isProven()).isFalse();
        }
    }

    @Test
    void aRelayIsProvenOnlyOnceItHasServed() {
        Breaker breaker = new Breaker(RESTS, 0);
        assertThat(breaker.isProven()).isFalse();
        breaker.close();
        assertThat(breaker.isProven()).isTrue();
        breaker.trip(0);
        assertThat(breaker.isProven()).isFalse();
    }

    @Test
    void aRelayThatServesIsAsGoodAsNew() {
        Breaker breaker = new Breaker(RESTS, 4);
        assertThat(breaker.isProven()).isFalse();
        breaker.close();
        assertThat(breaker.isProven()).isTrue();
        assertThat(breaker.trip(0)).hasSeconds(30);
    }

    @Test
    void aNewRunAsksAtOnceAndGoesOnWithTheRests() {
        Breaker breaker = new Breaker(RESTS, 3);
        assertThat(breaker.isClosed(0)).isTrue();
        assertThat(breaker.trip(0)).hasMinutes(5);
        assertThat(breaker.failures()).isEqualTo(4);
    }
}
