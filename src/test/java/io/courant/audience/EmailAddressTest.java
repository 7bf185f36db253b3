package io.courant.audience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sanctionco.jmail.EmailValidator;
import com.sanctionco.jmail.JMail;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ada@example.org",
                "ada.lovelace+news@mail.example.co.uk",
                "o'brien@example.org",
                "a_b-c@x1.example",
                "ada@bücher.example",
                "ada@xn--bcher-kva.example",
                "ada@例え.jp"
            })
    void anOrdinaryAddressIsTakenAsItIs(String address) {
        assertThat(new EmailAddress(address).value()).isEqualTo(address);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "ada@example.org\\nBcc: eve@example.org | line break",
                "ada@example.org\\r | line break",
                "ada@example.org\\u2028 | line break",
                "ada@example.org,bob@example.org | two addresses, expected one",
                "ada@example.org bob@example.org | two addresses, expected one",
                "ada@@example.org | two addresses, expected one",
                "ada @example.org | white space",
                "ada\\t@example.org | white space or a control character",
                "ada\\u00a0@example.org | white space",
                "ada\\u200b@example.org | white space or a control character",
                "ada\\u0000@example.org | control character",
                "ada@exa\\u202emple.org | control character",
                "ada.example.org | no @",
                "\"ada\"@example.org | quote",
                "ada(home)@example.org | bracket",
                "<ada@example.org> | bracket",
                "ada@[192.0.2.1] | bracket",
                "ada@straße.example | ß",
                "ada@βόλος.example | ς",
                "ada@ex\\u200dample.org | joiner",
                "ada@localhost | malformed",
                "ada@example..org | no valid domain",
                "ada@-example.org | no valid domain",
                "ada@exa_mple.org | no valid domain",
                "ada..l@example.org | malformed",
                "@example.org | malformed",
                "ada@ | malformed"
            })
    void aBadAddressIsRefusedWithItsReason(String address, String reason) {
        String raw = unicode(address).translateEscapes();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EmailAddress(raw))
                .withMessageContaining(reason)
                .withMessageStartingWith("not an email address: '");
    }

    @Test
    void anEmptyAddressIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EmailAddress(""))
                .withMessageContaining("no @");
    }

    @Test
    void lengthIsMeasuredInBytesAsTheRelaySeesThem() {
        String label = "x".repeat(60);
        String fits = "a@" + label + "." + label + "." + label + "." + "y".repeat(60) + ".example";
        assertThat(fits.length()).isLessThanOrEqualTo(254);
        assertThat(new EmailAddress(fits).value()).isEqualTo(fits);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EmailAddress("abcdefgh" + fits))
                .withMessageContaining("longer than 254 bytes")
                .withMessageContaining("…");
        // 32 letters of Cyrillic fit a label; as xn-- they take more room than as UTF-8 bytes of four labels
        String cyrillic = "ж".repeat(20) + "я".repeat(10);
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new EmailAddress("a@" + String.join(".", cyrillic, cyrillic, cyrillic, cyrillic, cyrillic)))
                .withMessageContaining("longer than 254 bytes");
    }

    @Test
    void theMessageShowsNoControlCharacter() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EmailAddress("ada@example.org\r\nBcc: x\u202e"))
                .withMessageNotContainingAny("\r", "\n", "\u202e");
    }

    @Test
    void spellingsOfOneMailboxShareTheKey() {
        assertThat(new EmailAddress("Ada@Example.ORG").key()).isEqualTo("ada@example.org");
        assertThat(new EmailAddress("ada@BÜCHER.example").key())
                .isEqualTo(new EmailAddress("ADA@xn--bcher-kva.example").key());
    }

    @Test
    void aRelayGetsAnInternationalDomainInAscii() {
        EmailAddress address = new EmailAddress("Ada@Bücher.example");
        assertThat(address.ascii()).isEqualTo("Ada@xn--bcher-kva.example");
        assertThat(address.domain()).isEqualTo("xn--bcher-kva.example");
        assertThat(address).hasToString("Ada@Bücher.example");
    }

    private static String unicode(String text) {
        return Pattern.compile("\\\\u([0-9a-f]{4})")
                .matcher(text)
                .replaceAll(m -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(m.group(1), 16))));
    }

    /** Nearly all addresses take a short way past the full rules; it must never let through what they would not. */
    @Test
    void whatIsPlainIsWhatTheFullRulesTake() {
        EmailValidator rules = JMail.strictValidator()
                .disallowQuotedIdentifiers()
                .disallowExplicitSourceRouting()
                .disallowIpDomain()
                .disallowObsoleteWhitespace();
        Random random = new Random(7);
        int taken = 0;
        for (int i = 0; i < 50_000; i++) {
            String address = scramble(random) + "@" + scramble(random) + "." + scramble(random);
            if (isTaken(address)) {
                assertThat(rules.isValid(address)).as(address).isTrue();
                taken++;
            }
        }
        assertThat(taken).isGreaterThan(250);
    }

    private static String scramble(Random random) {
        String signs = "aZ09_+-..x";
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(50) == 0 ? 60 + random.nextInt(10) : random.nextInt(6);
        while (text.length() < length) {
            text.append(signs.charAt(random.nextInt(signs.length())));
        }
        return text.toString();
    }

    private static boolean isTaken(String address) {
        try {
            return new EmailAddress(address).value().equals(address);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
