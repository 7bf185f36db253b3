package io.courant.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PoolSizeTest {
    private boolean far;
    private long now;

    private PoolSize pool(int allowed) {
        return new PoolSize(allowed, () -> far, now);
    }

    /** A second in which so many answers come. */
    private int after(PoolSize pool, int answers) {
        for (int i = 0; i < answers; i++) {
            pool.answered();
        }
        now += Duration.ofSeconds(1).toNanos();
        return pool.size(now);
    }

    @Test
    void itDoublesUnlessMailGoesSlower() {
        PoolSize pool = pool(10);
        assertThat(pool.size(now)).isEqualTo(1);
        assertThat(after(pool, 100)).isEqualTo(2);
        assertThat(after(pool, 180)).isEqualTo(4);
        assertThat(after(pool, 180)).isEqualTo(8);
        assertThat(after(pool, 170)).isEqualTo(10);
        assertThat(after(pool, 100)).isEqualTo(10);
    }

    @Test
    void itStaysWhereMoreDoesHarm() {
        PoolSize pool = pool(16);
        assertThat(after(pool, 100)).isEqualTo(2);
        assertThat(after(pool, 80)).isEqualTo(2);
        assertThat(after(pool, 60)).isEqualTo(2);
        assertThat(after(pool, 85)).isEqualTo(2);
        assertThat(after(pool, 500)).as("the verdict is final").isEqualTo(2);
    }

    @Test
    void aSlowMomentIsNoVerdict() {
        PoolSize pool = pool(16);
        assertThat(after(pool, 100)).isEqualTo(2);
        assertThat(after(pool, 50)).isEqualTo(2);
        assertThat(after(pool, 190)).isEqualTo(4);
    }

    @Test
    void aFewAnswersAreNoMeasure() {
        PoolSize pool = pool(16);
        assertThat(after(pool, 2)).isEqualTo(1);
        assertThat(after(pool, 8)).isEqualTo(2);
    }

    @Test
    void aRelayFarAwayGetsAllAtOnce() {
        PoolSize pool = pool(16);
        far = true;
        assertThat(pool.size(now)).isEqualTo(16);
    }

    @Test
    void aRelayThatTurnsConnectionsAwayIsAskedAgainOneByOneEachMinute() {
        far = true;
        PoolSize pool = pool(4);
        assertThat(pool.size(now)).isEqualTo(4);
        pool.turnedAway(now);
        pool.turnedAway(now);
        assertThat(pool.size(now)).isEqualTo(2);
        now += Duration.ofSeconds(59).toNanos();
        assertThat(pool.size(now)).isEqualTo(2);
        now += Duration.ofSeconds(1).toNanos();
        assertThat(pool.size(now)).isEqualTo(3);
        pool.turnedAway(now);
        assertThat(pool.size(now)).isEqualTo(2);
    }

    @Test
    void oneIsTheLeast() {
        PoolSize pool = pool(4);
        pool.turnedAway(now);
        assertThat(pool.size(now)).isEqualTo(1);
    }
}
