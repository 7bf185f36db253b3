package io.courant.editor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PasswordsTest {
    private final Passwords passwords = new Passwords(4);

    @Test
    void aPasswordIsKeptAsItsBcryptHash() {
        String hash = passwords.hash("correct horse battery");
        assertThat(hash).startsWith("$2").doesNotContain("horse").isNotEqualTo(passwords.hash("correct horse battery"));
        assertThat(passwords.matches("correct horse battery", hash)).isTrue();
        assertThat(passwords.matches("correct horse batterz", hash)).isFalse();
        assertThat(passwords.matches("correct horse battery", null)).isFalse();
    }

    @Test
    void tooShortAndTooLongAreRefusedWithTheirLength() {
        assertThat(passwords.hash("x".repeat(12))).isNotEmpty();
        assertThat(passwords.hash("é".repeat(36))).isNotEmpty();
        assertThatThrownBy(() -> passwords.hash("x".repeat(11)))
                .hasMessageContaining("11 characters; take at least 12");
        assertThatThrownBy(() -> passwords.hash("é".repeat(37))).hasMessageContaining("74 bytes; take at most 72");
        assertThatThrownBy(() -> passwords.hash("🐎".repeat(11)))
                .as("a horse is one character")
                .hasMessageContaining("11 characters");
    }

    @Test
    void whatBcryptWouldNotSeeIsNotTaken() {
        String hash = passwords.hash("x".repeat(72));
        assertThat(passwords.matches("x".repeat(73), hash)).isFalse();
    }

    @Test
    void nobodysPasswordTakesAsLongAsSomebodys() {
        Passwords real = new Passwords();
        String hash = real.hash("correct horse battery");
        Duration known = time(() -> real.matches("a wrong password", hash));
        Duration unknown = time(() -> real.matches("a wrong password", null));
        assertThat(unknown).isBetween(known.dividedBy(3), known.multipliedBy(3));
        assertThat(known).isGreaterThan(Duration.ofMillis(20));
    }

    private static Duration time(Runnable work) {
        Duration best = Duration.ofDays(1);
        for (int i = 0; i < 3; i++) {
            long begin = System.nanoTime();
            work.run();
            Duration took = Duration.ofNanos(System.nanoTime() - begin);
            best = took.compareTo(best) < 0 ? took : best;
        }
        return best;
    }
}
