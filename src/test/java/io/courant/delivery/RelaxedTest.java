package io.courant.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class RelaxedTest {
    private static String body(String body) {
        return new String(Relaxed.body(body.getBytes(StandardCharsets.US_ASCII)), StandardCharsets.US_ASCII);
    }

    private static String hash(String body) {
        byte[] relaxed = Relaxed.body(body.getBytes(StandardCharsets.US_ASCII));
        return Base64.getEncoder().encodeToString(DkimKey.sha256().digest(relaxed));
    }

    @Test
    void theExampleOfTheStandardComesOutAsItSays() { // RFC 6376 §3.4.5
        assertThat(Relaxed.field("A: X")).isEqualTo("a:X");
        assertThat(Relaxed.field("B : Y\t\r\n\tZ  ")).isEqualTo("b:Y Z");
        assertThat(body(" C \r\nD \t E\r\n\r\n\r\n")).isEqualTo(" C\r\nD E\r\n");
    }

    @Test
    void theBodiesOfTheStandardsHashAsTheySay() {
        assertThat(hash("")).isEqualTo("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="); // RFC 6376 §3.4.4
        assertThat(hash("\r\n \r\n\t\r\n")).isEqualTo("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
        assertThat(hash("Hi.\r\n\r\nWe lost the game.  Are you hungry yet?\r\n\r\nJoe.\r\n")) // RFC 8463 appendix A
                .isEqualTo("2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=");
    }

    @Test
    void aBodyEndsWithOneLineEnd() {
        assertThat(body("a")).isEqualTo("a\r\n");
        assertThat(body("a \t")).isEqualTo("a\r\n");
        assertThat(body("a\r\n")).isEqualTo("a\r\n");
        assertThat(body("a\r\n \r\n")).isEqualTo("a\r\n");
    }

    @Test
    void valuesKeepOneSpaceAtTheirEnds() {
        byte[] value = "\t a  b \t".getBytes(StandardCharsets.US_ASCII);
        assertThat(new String(Relaxed.lines(value), StandardCharsets.US_ASCII)).isEqualTo(" a b ");
    }
}
