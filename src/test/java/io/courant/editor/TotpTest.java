package io.courant.editor;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.delivery.Base32;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {
    /** The secret of RFC 6238, appendix B. */
    private static final String SECRET = Base32.encode("12345678901234567890".getBytes(StandardCharsets.US_ASCII));

    /** Its last six digits of eight. */
    @ParameterizedTest
    @CsvSource({
        "59,287082",
        "1111111109,081804",
        "1111111111,050471",
        "1234567890,005924",
        "2000000000,279037",
        "20000000000,353130"
    })
    void codesAreThoseOfTheRfc(long second, String code) {
        assertThat(Totp.step(SECRET, code, Instant.ofEpochSecond(second))).hasValue(second / 30);
    }

    @Test
    void aClockMayBeOneStepOffAndNotTwo() {
        assertThat(Totp.step(SECRET, "287082", Instant.ofEpochSecond(29))).hasValue(1);
        assertThat(Totp.step(SECRET, "287082", Instant.ofEpochSecond(89))).hasValue(1);
        assertThat(Totp.step(SECRET, "287082", Instant.ofEpochSecond(90))).isEmpty();
    }

    @Test
    void whatIsNoCodeIsNone() {
        for (String typed : new String[] {"", "28708", "2870820", "２８７０８２", "-87082", "287 08x"}) {
            assertThat(Totp.step(SECRET, typed, Instant.ofEpochSecond(59)))
                    .as(typed)
                    .isEmpty();
        }
    }

    @Test
    void aSecretIsLongAndAnAppCanReadIt() {
        assertThat(Totp.secret()).matches("[A-Z2-7]{32}").isNotEqualTo(Totp.secret());
    }
}
