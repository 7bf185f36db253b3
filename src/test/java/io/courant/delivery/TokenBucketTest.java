package io.courant.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private static boolean take(TokenBucket bucket, long now) {
        boolean there = bucket.available(now) > 0;
        if (there) {
            bucket.take(1);
        }
        return there;
    }

    @Test
    void withoutAPaceThereIsAlwaysAToken() {
        TokenBucket bucket = new TokenBucket(Double.POSITIVE_INFINITY, 0, 0);
        bucket.take(1000);
        assertThat(bucket.available(0)).isEqualTo(Integer.MAX_VALUE);
        assertThat(bucket.untilNext(0)).isZero();
    }

    @Test
    void tokensComeEvenly() {
        TokenBucket bucket = new TokenBucket(60, 1, 0);
        assertThat(take(bucket, 0)).isTrue();
        assertThat(take(bucket, 0)).isFalse();
        assertThat(bucket.untilNext(0)).isEqualTo(Duration.ofSeconds(1));
        assertThat(take(bucket, MINUTE / 60)).isTrue();
        assertThat(take(bucket, MINUTE / 60)).isFalse();
    }

    @Test
    void aPauseSavesUpNoMoreThanASecond() {
        TokenBucket bucket = new TokenBucket(600, 1, 0);
        assertThat(bucket.available(10 * MINUTE)).isEqualTo(10);
    }

    @Test
    void aMinuteBringsThePaceWhereverItsZeroLies() {
        for (long begin : new long[] {Long.MAX_VALUE - MINUTE / 2, -MINUTE / 2, 0}) {
            TokenBucket bucket = new TokenBucket(1000, 1, begin);
            int taken = 0;
            for (long t = 0; t < MINUTE; t += MINUTE / 60_000) {
                if (take(bucket, begin + t)) {
                    taken++;
                }
            }
            assertThat(taken).isBetween(999, 1001);
        }
    }

    @Test
    void aPaceThatChangesHoldsFromThenOn() {
        TokenBucket bucket = new TokenBucket(Double.POSITIVE_INFINITY, 0, 0);
        bucket.change(60, 0);
        assertThat(bucket.available(0)).isZero();
        assertThat(bucket.available(MINUTE / 60)).isEqualTo(1);
        bucket.change(6000, MINUTE / 60);
        assertThat(bucket.available(MINUTE / 30)).isEqualTo(100);
    }
}
