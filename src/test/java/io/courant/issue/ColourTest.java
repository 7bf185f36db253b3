package io.courant.issue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ColourTest {
    private static final Colour BLACK = new Colour("#000000");
    private static final Colour WHITE = new Colour("#FFFFFF");

    @Test
    void contrastIsThatOfWcag() {
        assertThat(BLACK.contrast(WHITE)).isCloseTo(21, within(1e-9));
        assertThat(new Colour("#777777").contrast(WHITE)).isCloseTo(4.478, within(0.001));
        assertThat(new Colour("#767676").contrast(WHITE)).isCloseTo(4.542, within(0.001));
    }

    @Test
    void theNearestReadableColourKeepsItsHueAndIsHardlyDarkerThanItMust() {
        Colour readable = new Colour("#f29b84").readableOn(WHITE);
        assertThat(readable.contrast(WHITE)).isBetween(4.5, 4.6);
        assertThat(readable.hex()).matches("#[9a].[56].[45].");
        assertThat(BLACK.readableOn(WHITE)).isEqualTo(BLACK);
    }

    @Test
    void onEveryGroundSomethingCanBeRead() {
        Random random = new Random(42);
        for (int i = 0; i < 500; i++) {
            Colour ground = any(random);
            assertThat(any(random).readableOn(ground).isReadableOn(ground))
                    .as(ground.hex())
                    .isTrue();
        }
    }

    private static Colour any(Random random) {
        return new Colour(String.format("#%06x", random.nextInt(0x1000000)));
    }
}
