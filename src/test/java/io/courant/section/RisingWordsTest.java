package io.courant.section;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RisingWordsTest {
    private static final Map<String, Integer> BEFORE =
            Map.of("the", 60_000, "model", 900, "agent", 40, "summit", 0, "chips", 300, "tea", 38_760);

    @Test
    void aNewWordComesBeforeACommonOneThatIsUsedALittleMore() {
        Map<String, Integer> window =
                Map.of("the", 620, "model", 9, "agent", 30, "summit", 12, "chips", 3, "oddity", 1, "tea", 325);
        assertThat(RisingWords.of(window, BEFORE, 10))
                .extracting(Rising::words)
                .startsWith("agent", "summit")
                .doesNotContain("model", "tea");
        assertThat(RisingWords.of(window, BEFORE, 1)).hasSize(1);
    }

    @Test
    void zIsTheLogOddsRatioInStandardDeviations() {
        // ten words in the window and ten before: the prior is a text of all twenty
        Rising rising = RisingWords.of(Map.of("a", 6, "b", 4), Map.of("a", 2, "b", 8), 5)
                .get(0);
        double ratio = Math.log(14.0 / 16) - Math.log(10.0 / 20);
        assertThat(rising.words()).isEqualTo("a");
        assertThat(rising.count()).isEqualTo(6);
        assertThat(rising.before()).isEqualTo(2);
        assertThat(rising.z()).isCloseTo(ratio / Math.sqrt(1.0 / 14 + 1.0 / 10), within(1e-12));
    }

    @Test
    void tiesAreOrderedByTheWordItself() {
        assertThat(RisingWords.of(Map.of("c", 3, "a", 3, "b", 3), Map.of("the", 900), 3))
                .extracting(Rising::words)
                .containsExactly("a", "b", "c");
    }

    @Test
    void withNothingToCompareWithNothingRises() {
        assertThat(RisingWords.of(Map.of("a", 3), Map.of(), 3)).isEmpty();
        assertThat(RisingWords.of(Map.of(), Map.of("a", 3), 3)).isEmpty();
        assertThat(RisingWords.of(Map.of("a", 3), Map.of("a", 3), 3)).isEmpty();
    }
}
