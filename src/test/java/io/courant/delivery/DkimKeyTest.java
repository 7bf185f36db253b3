package io.courant.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DkimKeyTest {
    private static final PrivateKey ED25519 = DkimKeys.brisbane();

    @Test
    void ed25519SignsTheMessageOfTheStandardAsItSays() { // RFC 8463 appendix A
        String header = """
                From: Joe SixPack <joe@football.example.com>
                To: Suzie Q <suzie@shopping.example.net>
                Subject: Is dinner ready?
                Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)
                Message-ID: <20030712040037.46341.5F8J@football.example.com>
                DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;
                 d=football.example.com; i=@football.example.com;
                 q=dns/txt; s=brisbane; t=1528637909; h=from : to :
                 subject : date : message-id : from : subject : date;
                 bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
                 b=""";
        String signed = Stream.of(header.replace("\n", "\r\n").split("\r\n(?! )", -1))
                .map(Relaxed::field)
                .collect(Collectors.joining("\r\n"));
        byte[] signature = new DkimKey("football.example.com", "brisbane", ED25519)
                .sign(signed.getBytes(StandardCharsets.US_ASCII));
        assertThat(Base64.getEncoder().encodeToString(signature))
                .isEqualTo("/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus"
                        + "Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==");
    }

    @Test
    void namesAreThoseOfDns() {
        DkimKey key = new DkimKey(" News.Example.ORG ", "2026a.Courant", ED25519);
        assertThat(key.domain()).isEqualTo("news.example.org");
        assertThat(key.selector()).isEqualTo("2026a.courant");
        for (String bad :
                List.of("", "org", "bücher.example", "a..example", "-a.example", "a;b.example", "a.example.")) {
            assertThatThrownBy(() -> new DkimKey(bad, "s", ED25519))
                    .as(bad)
                    .hasMessageContaining("expected a domain such as news.example.org");
        }
        for (String bad : List.of("", "a b", "a;", "a\r\nb", "_a", "x".repeat(64), "s.")) {
            assertThatThrownBy(() -> new DkimKey("example.org", bad, ED25519))
                    .as(bad)
                    .hasMessageContaining("expected the selector under which DNS has the public key");
        }
        String label = "x".repeat(63);
        assertThatThrownBy(() -> new DkimKey(label + "." + label + "." + label, label, ED25519))
                .hasMessageContaining("longer than the 253 characters");
    }

    @Test
    void keysThatReceiversDoNotTakeAreRefused() {
        assertThatThrownBy(
                        () -> new DkimKey("example.org", "s", DkimKeys.rsa(1023).getPrivate()))
                .hasMessage("the RSA key has 1023 bits; receivers take 1024 to 4096 (RFC 8301), and 2048 is usual");
        assertThatCode(() -> new DkimKey("example.org", "s", DkimKeys.rsa(1024).getPrivate()))
                .doesNotThrowAnyException();
        for (String other : List.of("EC", "Ed448", "DSA")) {
            KeyPair pair = DkimKeys.generated(other);
            assertThatThrownBy(() -> new DkimKey("example.org", "s", pair.getPrivate()))
                    .hasMessageMatching("the key is (EC|EdDSA|DSA); DKIM has RSA and Ed25519");
        }
    }
}
