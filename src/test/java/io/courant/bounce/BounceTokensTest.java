package io.courant.bounce;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BounceTokensTest {
    @Test
    void aTokenIsFoundHoweverItIsSpeltAndWrapped() {
        assertThat(BounceTokens.in(List.of(
                        "weekly@news.example.org",
                        "bounce+abc234@news.example.org",
                        "BOUNCE+ABC234@News.Example.org",
                        "SRS0=x1y2=ab=news.example.org=bounce+def567@forwarder.example",
                        "prvs=4012345678=bounce+ghi@news.example.org",
                        "notbounce+x@news.example.org",
                        "bounce@news.example.org",
                        "bounce+@news.example.org",
                        "")))
                .containsExactly("abc234", "def567", "ghi");
    }

    @Test
    void whoeverLeavesWritesToAnAddressOfTheirOwn() {
        assertThat(BounceTokens.leaving(
                        List.of("Unsubscribe+ABC@news.example.org", "bounce+def@news.example.org", "unsubscribe@x.org")))
                .containsExactly("abc");
    }

    @Test
    void ofManyTheFirstAreTried() {
        List<String> many = IntStream.range(0, 10_000)
                .mapToObj(i -> "bounce+t" + i + "@news.example.org")
                .toList();
        assertThat(BounceTokens.in(many)).hasSize(20).startsWith("t0", "t1");
    }
}
