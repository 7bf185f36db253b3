package io.courant.editor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import io.courant.consent.Origin;
import io.courant.delivery.Base32;
import io.courant.editor.SignIn.Answer;
import io.courant.store.EachDatabase;
import io.courant.store.TestStore;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@EachDatabase
class SignInTest {
    private static final String PASSWORD = "correct horse battery";
    private static final Origin HERE = new Origin("192.0.2.7");
    private static final Origin ELSEWHERE = new Origin("198.51.100.7");
    private static final int CHEAP = 4;

    @TempDir
    private Path home;

    private TestStore store;
    private Instant now = Instant.parse("2026-11-20T06:00:00Z");
    private final InstantSource clock = () -> now;
    private final Passwords passwords = new Passwords(CHEAP);
    private Editor ada;

    @BeforeEach
    void open() {
        store = new TestStore(home);
        Editor added = store.editors().add(new EditorName("ada"), Role.OWNER, now);
        store.credentials().changePassword(added.id(), passwords.hash(PASSWORD));
        ada = store.editors().find("ada").orElseThrow();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private OneTimeCodes codes() {
        return new OneTimeCodes(store.credentials(), clock);
    }

    private SignIn signIn() {
        return new SignIn(store.editors(), store.credentials(), store.attempts(), passwords, codes(), clock);
    }

    private void wrong(int times, String name, Origin origin) {
        for (int i = 0; i < times; i++) {
            assertThat(signIn().withPassword(name, "a wrong password", origin)).isEqualTo(new Answer.Refused());
        }
    }

    @Test
    void whoKnowsThePasswordComesIn() {
        assertThat(signIn().withPassword(" Ada", PASSWORD, HERE)).isInstanceOf(Answer.Admitted.class);
        assertThat(store.editors().find("ada").orElseThrow().seen()).isEqualTo(now);
    }

    @Test
    void whoeverElseIsRefusedInTheSameWords() {
        Answer refused = new Answer.Refused();
        assertThat(signIn().withPassword("ada", "a wrong password", HERE)).isEqualTo(refused);
        assertThat(signIn().withPassword("bob", PASSWORD, HERE)).isEqualTo(refused);
        assertThat(signIn().withPassword("", "", HERE)).isEqualTo(refused);
        assertThat(signIn().withPassword("ada", PASSWORD + "x".repeat(80), HERE))
                .isEqualTo(refused);
        store.editors().add(new EditorName("eve"), Role.READER, now);
        assertThat(signIn().withPassword("eve", PASSWORD, HERE))
                .as("has no password yet")
                .isEqualTo(refused);
        store.editors().changeRole(store.editors().find("eve").orElseThrow(), Role.OWNER);
        store.editors().disable(ada);
        assertThat(signIn().withPassword("ada", PASSWORD, HERE)).as("disabled").isEqualTo(refused);
    }

    @Test
    void whoGuessesWaitsForAName() {
        wrong(5, "ada", HERE);
        wrong(1, "ada", ELSEWHERE);
        assertThat(signIn().withPassword("ada", PASSWORD, HERE)).isEqualTo(new Answer.Wait(Duration.ofSeconds(2)));
        assertThat(signIn().withPassword("ADA", PASSWORD, ELSEWHERE)).isInstanceOf(Answer.Wait.class);
        now = now.plusSeconds(2);
        wrong(1, "ada", HERE);
        assertThat(signIn().withPassword("ada", PASSWORD, HERE)).isEqualTo(new Answer.Wait(Duration.ofSeconds(4)));
    }

    @Test
    void anUnknownNameWaitsLikeAKnownOne() {
        wrong(6, "nobody", HERE);
        assertThat(signIn().withPassword("nobody", PASSWORD, HERE)).isEqualTo(new Answer.Wait(Duration.ofSeconds(2)));
    }

    @Test
    void restartingDoesNotShortenTheWait() {
        wrong(6, "ada", HERE);
        store.close();
        store = new TestStore(home);
        assertThat(signIn().withPassword("ada", PASSWORD, HERE)).isInstanceOf(Answer.Wait.class);
    }

    @Test
    void whoTriesManyNamesWaitsForTheirNetwork() {
        for (int i = 0; i < 21; i++) {
            wrong(1, "name" + i, new Origin("192.0.2." + i));
        }
        assertThat(signIn().withPassword("ada", PASSWORD, HERE)).isInstanceOf(Answer.Wait.class);
        assertThat(signIn().withPassword("ada", PASSWORD, ELSEWHERE)).isInstanceOf(Answer.Admitted.class);
    }

    @Test
    void successClearsTheNameButNotTheNetwork() {
        for (int i = 0; i < 20; i++) {
            wrong(1, "name" + i, HERE);
            assertThat(signIn().withPassword("ada", PASSWORD, HERE)).isInstanceOf(Answer.Admitted.class);
        }
        wrong(1, "another", HERE);
        assertThat(signIn().withPassword("ada", PASSWORD, HERE)).isInstanceOf(Answer.Wait.class);
    }

    @Test
    void whoForgotTheirFingersForADayStartsAnew() {
        wrong(6, "ada", HERE);
        now = now.plus(Duration.ofDays(1));
        wrong(5, "ada", HERE);
    }

    @Test
    void noneOfManyAtOnceGetsMoreTriesThanOneAfterTheOther() {
        SignIn door = signIn();
        List<Answer> answers = IntStream.range(0, 40)
                .parallel()
                .mapToObj(i -> door.withPassword("ada", "a wrong password", HERE))
                .toList();
        assertThat(answers)
                .filteredOn(answer -> answer instanceof Answer.Refused)
                .hasSize(6);
    }

    private String code(String secret, Instant at) {
        try {
            return new TimeBasedOneTimePasswordGenerator()
                    .generateOneTimePasswordString(
                            new SecretKeySpec(Base32.decode(secret).orElseThrow(), "RAW"), at, Locale.ROOT);
        } catch (InvalidKeyException e) {
            throw new AssertionError(e);
        }
    }

    private Editor right() {
        Answer answer = signIn().withPassword("ada", PASSWORD, HERE);
        assertThat(answer).isInstanceOf(Answer.CodeWanted.class);
        return ((Answer.CodeWanted) answer).editor();
    }

    @Test
    void aSecretCountsOnceACodeOfItWasRight() {
        OneTimeCodes.Offer offer = codes().offer(ada);
        assertThat(offer.uri().toString())
                .isEqualTo("otpauth://totp/Courant:ada?secret=" + offer.secret() + "&issuer=Courant");
        assertThat(codes().confirm(ada, "000 00")).isEmpty();
        assertThat(signIn().withPassword("ada", PASSWORD, HERE)).isInstanceOf(Answer.Admitted.class);
        assertThat(codes().confirm(ada, code(offer.secret(), now)).orElseThrow())
                .hasSize(10)
                .allMatch(recovery -> recovery.matches("([a-z2-7]{4}-){3}[a-z2-7]{4}"))
                .doesNotHaveDuplicates();
        assertThat(codes().offered(ada)).isEmpty();
        right();
    }

    @Test
    void aCodeOpensOnceAStepEarlyOrLateAndNeverTwice() {
        String secret = codes().offer(ada).secret();
        codes().confirm(ada, code(secret, now));
        Editor right = right();
        assertThat(signIn().withCode(right, code(secret, now), HERE))
                .as("it confirmed")
                .isEqualTo(new Answer.Refused());
        String early = code(secret, now.plusSeconds(30));
        assertThat(signIn().withCode(right, early.substring(0, 3) + " " + early.substring(3), HERE))
                .isInstanceOf(Answer.Admitted.class);
        assertThat(signIn().withCode(right, early, HERE)).isEqualTo(new Answer.Refused());
        now = now.plusSeconds(120);
        assertThat(signIn().withCode(right, code(secret, now.minusSeconds(60)), HERE))
                .isEqualTo(new Answer.Refused());
        assertThat(signIn().withCode(right, code(secret, now.plusSeconds(60)), HERE))
                .isEqualTo(new Answer.Refused());
        assertThat(signIn().withCode(right, code(secret, now.minusSeconds(30)), HERE))
                .isInstanceOf(Answer.Admitted.class);
    }

    @Test
    void aRecoveryCodeOpensOnceHoweverItIsTyped() {
        List<String> recovery =
                codes().confirm(ada, code(codes().offer(ada).secret(), now)).orElseThrow();
        String typed = recovery.get(3).replace("-", " ").toUpperCase(Locale.ROOT);
        assertThat(signIn().withCode(right(), typed, HERE)).isInstanceOf(Answer.Admitted.class);
        assertThat(signIn().withCode(right(), typed, HERE)).isEqualTo(new Answer.Refused());
        assertThat(store.credentials().recoveryLeft(ada.id())).isEqualTo(9);
    }

    @Test
    void whoGuessesCodesWaitsEvenIfThePasswordIsRightEachTime() {
        codes().confirm(ada, code(codes().offer(ada).secret(), now));
        for (int i = 0; i < 6; i++) {
            assertThat(signIn().withCode(right(), "12345", HERE)).isEqualTo(new Answer.Refused());
        }
        assertThat(signIn().withCode(right(), "12345", HERE)).isEqualTo(new Answer.Wait(Duration.ofSeconds(2)));
    }

    @Test
    void aRightPasswordIsWorthNothingOnceItWasChanged() {
        String secret = codes().offer(ada).secret();
        codes().confirm(ada, code(secret, now));
        Editor right = right();
        store.credentials().changePassword(ada.id(), passwords.hash("another " + PASSWORD));
        assertThat(signIn().withCode(right, code(secret, now.plusSeconds(30)), HERE))
                .isEqualTo(new Answer.Refused());
    }

    @Test
    void aLinkSetsAPasswordOnce() {
        Invitations invitations = new Invitations(store.editors(), store.credentials(), passwords, clock);
        Invitations.Invitation link = invitations.invite(ada, Invitations.LASTS);
        assertThat(invitations.guest(link.token())).contains(ada);
        assertThatThrownBy(() -> invitations.accept(link.token(), "too short"))
                .hasMessageContaining("has 9 characters; take at least 12");
        assertThat(invitations.accept(link.token(), "the new password")).isPresent();
        assertThat(invitations.accept(link.token(), "a password of mine")).isEmpty();
        assertThat(signIn().withPassword("ada", "the new password", HERE)).isInstanceOf(Answer.Admitted.class);
        assertThat(signIn().withPassword("ada", PASSWORD, HERE)).isEqualTo(new Answer.Refused());
        assertThat(store.isKept(link.token())).as("only its hash is kept").isFalse();
    }

    @Test
    void theFirstStartInvitesAnOwnerAndOnlyWhileNobodyIsExpected(@TempDir Path fresh) {
        try (TestStore empty = new TestStore(fresh)) {
            Invitations invitations = new Invitations(empty.editors(), empty.credentials(), passwords, clock);
            Invitations.Invitation first = invitations.first().orElseThrow();
            assertThat(first.editor().role()).isEqualTo(Role.OWNER);
            assertThat(first.until()).isEqualTo(now.plus(Duration.ofHours(24)));
            assertThat(invitations.first()).isEmpty();
            now = now.plus(Duration.ofHours(24));
            Invitations.Invitation second = invitations.first().orElseThrow();
            assertThat(second.editor().id()).isEqualTo(first.editor().id());
            invitations.accept(second.token(), PASSWORD);
            now = now.plus(Duration.ofDays(30));
            assertThat(invitations.first()).isEmpty();
        }
    }
}
