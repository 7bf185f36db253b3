package io.courant.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.courant.delivery.Token.Purpose;
import io.courant.issue.IssueId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
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

    /** One for each purpose, all else alike. */
    private static List<Token> tokens(String newsletter) {
        IssueId issue = new IssueId(newsletter + "-2026-11-23");
        return List.of(
                Token.unsubscribe(newsletter, 42),
                Token.preferences(newsletter, 42),
                Token.confirm(newsletter, 42),
                Token.bounce(newsletter, 42, issue),
                Token.click(newsletter, issue, 42));
    }

    @Test
    void noTokenIsGoodForAnotherPurposeOrNewsletterNorWithAnyBitOfAnyByteChanged() {
        TokenSigner signer = signer();
        signer.sign(Token.unsubscribe("garden", 1)); // so that what is begun for others is at hand
        for (Token token : tokens("weekly")) {
            String text = signer.sign(token);
            for (Purpose purpose : Purpose.values()) {
                for (String newsletter : List.of("weekly", "garden", "weekl", "weekly\0", "")) {
                    boolean own = purpose == token.purpose() && newsletter.equals("weekly");
                    assertThat(signer.verify(text, purpose, newsletter).isPresent())
                            .as(purpose + " " + newsletter)
                            .isEqualTo(own);
                }
            }
            byte[] bytes = Base32.decode(text).orElseThrow();
            for (int i = 0; i < bytes.length; i++) {
                for (int bit = 1; bit < 256; bit <<= 1) {
                    byte[] changed = bytes.clone();
                    changed[i] ^= (byte) bit;
                    assertThat(signer.verify(Base32.encode(changed), token.purpose(), "weekly"))
                            .isEmpty();
                }
            }
        }
    }

    @Test
    void rotatingKeepsOldTokensGoodAlsoForThoseWhoBeganBefore() {
        TokenSigner running = signer();
        List<String> old = tokens("weekly").stream().map(running::sign).toList();

        assertThat(TokenKeys.in(home.resolve("keys")).rotate()).isEqualTo(2);

        TokenSigner fresh = signer();
        assertThat(fresh.newestKey()).isEqualTo(2);
        List<Token> tokens = tokens("weekly");
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            String renewed = fresh.sign(token);
            assertThat(renewed).isNotEqualTo(old.get(i));
            assertThat(fresh.sign(token, 1)).isEqualTo(old.get(i));
            assertThat(fresh.verify(old.get(i), token.purpose(), "weekly")).contains(token);
            assertThat(running.verify(renewed, token.purpose(), "weekly")).contains(token);
        }
    }

    @Test
    void afterTheLastKeyThereIsNoOther() throws IOException {
        TokenKeys keys = TokenKeys.in(home.resolve("keys"));
        Files.copy(home.resolve("keys/1.key"), home.resolve("keys/255.key"));
        assertThat(keys.listed()).extracting(TokenKeys.Listed::number).containsExactly(1, 255);
        assertThatThrownBy(keys::rotate).hasMessageContaining("255.key is the last");
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
