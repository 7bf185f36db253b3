package io.courant.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.courant.delivery.Token.Purpose;
import io.courant.issue.IssueId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenSignerTest {
    private static final IssueId ISSUE = new IssueId("deep-learning-2026-11-23-2");

    @TempDir
    Path home;

    private TokenSigner signer() {
        return new TokenSigner(TokenKeys.in(home.resolve("keys")));
    }

    @Test
    void aTokenSaysWhatWasSigned() {
        Token unsubscribe = Token.unsubscribe("deep-learning", 42);
        Token bounce = Token.bounce("deep-learning", Long.MAX_VALUE, ISSUE);
        String unsubscribeText = signer().sign(unsubscribe);
        String bounceText = signer().sign(bounce);
        assertThat(signer().verify(unsubscribeText, Purpose.UNSUBSCRIBE, "deep-learning"))
                .contains(unsubscribe);
        assertThat(signer().verify(bounceText, Purpose.BOUNCE, "deep-learning")).contains(bounce);
        assertThat(signer().sign(unsubscribe)).isEqualTo(unsubscribeText);
    }

    @Test
    void aTokenFitsIntoALocalPartAndSurvivesAChangeOfCase() {
        String text = signer().sign(Token.bounce("deep-learning", 7, ISSUE));
        assertThat("bounce+" + text).hasSizeLessThanOrEqualTo(64);
        assertThat("unsubscribe+" + text).hasSizeLessThanOrEqualTo(64);
        assertThat(text).matches("[a-z2-7]+");
        assertThat(signer().verify(text.toUpperCase(Locale.ROOT), Purpose.BOUNCE, "deep-learning"))
                .isPresent();
    }

    @Test
    void aTokenIsGoodForItsPurposeAndNewsletterOnly() {
        String text = signer().sign(Token.unsubscribe("deep-learning", 42));
        assertThat(signer().verify(text, Purpose.BOUNCE, "deep-learning")).isEmpty();
        assertThat(signer().verify(text, Purpose.UNSUBSCRIBE, "hardware")).isEmpty();
    }

    @Test
    void aForgedTokenIsRefused() {
        String text = signer().sign(Token.unsubscribe("deep-learning", 42));
        for (int i = 0; i < text.length(); i++) {
            char other = text.charAt(i) == 'a' ? 'b' : 'a';
            String forged = text.substring(0, i) + other + text.substring(i + 1);
            assertThat(signer().verify(forged, Purpose.UNSUBSCRIBE, "deep-learning"))
                    .as(forged)
                    .isEmpty();
        }
        for (String junk : new String[] {"", "a", "../../etc/passwd", text + "a", text.substring(1), "\0", "ſ"}) {
            assertThat(signer().verify(junk, Purpose.UNSUBSCRIBE, "deep-learning"))
                    .isEmpty();
        }
    }

    @Test
    void anIssueOfAnotherNewsletterIsRefused() {
        assertThatThrownBy(() -> signer().sign(Token.bounce("hardware", 1, ISSUE)))
                .hasMessage("issue deep-learning-2026-11-23-2 is not one of newsletter hardware");
    }

    @Test
    void theNewestKeySignsAndTheOldOneStillVerifies() throws IOException {
        String old = signer().sign(Token.unsubscribe("deep-learning", 42));
        Files.write(home.resolve("keys/2.key"), new byte[32]);
        TokenSigner signer = signer();
        assertThat(signer.sign(Token.unsubscribe("deep-learning", 42))).isNotEqualTo(old);
        assertThat(signer.verify(old, Purpose.UNSUBSCRIBE, "deep-learning")).isPresent();
        Files.delete(home.resolve("keys/1.key"));
        assertThat(signer().verify(old, Purpose.UNSUBSCRIBE, "deep-learning")).isEmpty();
    }

    @Test
    void theFirstKeyIsMadeForItsOwnerOnlyAndKept() throws IOException {
        TokenKeys.in(home.resolve("keys"));
        Path key = home.resolve("keys/1.key");
        byte[] bytes = Files.readAllBytes(key);
        assertThat(bytes).hasSize(32);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        TokenKeys.in(home.resolve("keys"));
        assertThat(Files.readAllBytes(key)).isEqualTo(bytes);
        assertThat(home.resolve("keys").toFile().list()).containsExactly("1.key");
    }

    @Test
    void aDamagedKeyIsRefusedByName() throws IOException {
        Files.write(Files.createDirectories(home.resolve("keys")).resolve("3.key"), new byte[31]);
        assertThatThrownBy(this::signer).hasMessageContaining("3.key: a secret has 32 bytes, this file has 31");
        Files.move(home.resolve("keys/3.key"), home.resolve("keys/old.key"));
        assertThatThrownBy(this::signer).hasMessageContaining("old.key: a key is named 1.key to 255.key");
    }

    @Test
    void base32GivesBackAnyBytes() {
        long seed = new Random().nextLong();
        System.out.println("TokenSignerTest.base32GivesBackAnyBytes seed " + seed);
        Random random = new Random(seed);
        for (int length = 0; length < 64; length++) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            assertThat(Base32.decode(Base32.encode(bytes)))
                    .hasValueSatisfying(decoded -> assertThat(decoded).isEqualTo(bytes));
        }
    }
}
