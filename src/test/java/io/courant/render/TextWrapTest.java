package io.courant.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TextWrapTest {
    private final TextWrap wrap = new TextWrap("n0nce");

    @Test
    void aContinuedLineHangsUnderItsText() {
        String words = "word ".repeat(20).strip();
        assertThat(wrap.wrap("* " + words).lines().toList())
                .containsExactly(
                        "* " + "word ".repeat(15).strip(),
                        "  " + "word ".repeat(5).strip());
        assertThat(wrap.wrap("x\n    " + words).lines().skip(2).findFirst().orElseThrow())
                .startsWith("    word");
    }

    @Test
    void anAddressIsNeverBroken() {
        String url = "https://example.org/" + "a-b/".repeat(40);
        assertThat(wrap.wrap("see " + url + " there")).isEqualTo("see\n" + url + "\nthere\n");
    }

    @Test
    void aHoleIsNeverBrokenAndItsNonceChangesNoLine() {
        String longNonce = "f".repeat(80);
        for (Hole hole : Hole.values()) {
            String one = wrap.wrap("word ".repeat(12) + hole.marker("n0nce") + " word".repeat(9));
            String other =
                    new TextWrap(longNonce).wrap("word ".repeat(12) + hole.marker(longNonce) + " word".repeat(9));
            assertThat(other.replace(longNonce, "n0nce")).isEqualTo(one).contains(hole.marker("n0nce"));
        }
    }

    @Test
    void chineseFillsTheLineAndAFullStopStaysWithItsWord() {
        String text = "联邦学习让医院在不共享数据的情况下共同训练模型。".repeat(6);
        String wrapped = wrap.wrap(text);
        assertThat(wrapped.lines()).allSatisfy(line -> {
            assertThat(TextWrap.columns(line)).isLessThanOrEqualTo(TextWrap.COLUMNS);
            assertThat(line).doesNotStartWith("。");
        });
        assertThat(wrapped.lines().findFirst().map(TextWrap::columns).orElseThrow())
                .isGreaterThan(70);
        assertThat(wrapped.replace("\n", "")).isEqualTo(text);
    }

    @Test
    void noTextIsLostAndNoLineIsTooLong() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String alphabet = "ab cd é 联邦，。한글 🙂e\u0301 \n-*";
        int[] symbols = alphabet.codePoints().toArray();
        for (int round = 0; round < 300; round++) {
            StringBuilder text = new StringBuilder("x");
            for (int i = 0; i < 400; i++) {
                text.appendCodePoint(symbols[random.nextInt(symbols.length)]);
            }
            String wrapped = wrap.wrap(text.toString());
            assertThat(wrapped.replaceAll("\\s", ""))
                    .as("seed %d", seed)
                    .isEqualTo(text.toString().replaceAll("\\s", ""));
            assertThat(wrapped.lines())
                    .as("seed %d", seed)
                    .allMatch(line -> TextWrap.columns(line) <= TextWrap.COLUMNS);
        }
    }
}
