package io.courant.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    @Test
    void withoutAPaceThereIsAlwaysAToken() {
        TokenBucket bucket = new TokenBucket(0, 0);
        for (int i = 0; i < 1000; i++) {
            assertThat(bucket.take(0)).isTrue();
        }
        assertThat(bucket.untilNext(0)).isZero();
    }

    @Test
    void tokensComeEvenly() {
        TokenBucket bucket = new TokenBucket(60, 0);
        assertThat(bucket.take(0)).isTrue();
        assertThat(bucket.take(0)).isFalse();
        assertThat(bucket.untilNext(0)).isEqualTo(Duration.ofSeconds(1));
        assertThat(bucket.take(MINUTE / 60)).isTrue();
        assertThat(bucket.take(MINUTE / 60)).isFalse();
    }

    @Test
    void aPauseSavesUpNoMoreThanASecond() {
        TokenBucket bucket = new TokenBucket(600, 0);
        int taken = 0;
        while (bucket.take(10 * MINUTE)) {
            taken++;
        }
        assertThat(taken).isEqualTo(10);
    }

    @Test
    void aMinuteBringsThePaceWhereverItsZeroLies() {
        for (long begin : new long[] {Long.MAX_VALUE - MINUTE / 2, -MINUTE / 2, 0}) {
            TokenBucket bucket = new TokenBucket(1000, begin);
            int taken = 0;
            for (long t = 0; t < MINUTE; t += MINUTE / 60_000) {
                if (bucket.take(begin + t)) {
                    taken++;
                }
            }
            assertThat(taken).isBetween(999, 1001);
        }
    }
}
