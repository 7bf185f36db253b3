package io.courant.editor;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.editor.Credentials.Kept;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every store of credentials keeps to. */
public interface CredentialsContract {
    Instant NOW = Instant.parse("2026-11-20T06:00:00Z");
    Instant LATER = NOW.plusSeconds(60);
    Digest LINK = Digest.of("a link");
    Digest CODE = Digest.of("a recovery code");

    Editors editors();

    Credentials credentials();

    private Editor ada() {
        return editors().find("ada").orElseGet(() -> editors().add(new EditorName("ada"), Role.OWNER, NOW));
    }

    @Test
    default void nobodyIsExpectedWithoutPasswordAndLink() {
        assertThat(credentials().isAnyoneExpected(NOW)).isFalse();
        long ada = ada().id();
        assertThat(credentials().isAnyoneExpected(NOW)).isFalse();
        credentials().link(ada, LINK, LATER);
        assertThat(credentials().isAnyoneExpected(NOW)).isTrue();
        assertThat(credentials().isAnyoneExpected(LATER)).as("the link is void").isFalse();
        credentials().changePassword(ada, "hash");
        assertThat(credentials().isAnyoneExpected(LATER)).isTrue();
    }

    @Test
    default void aLinkIsGoodOnce() {
        Editor ada = ada();
        credentials().link(ada.id(), LINK, LATER);
        assertThat(credentials().linked(LINK, NOW)).contains(ada);
        Editor redeemed = credentials().redeem(LINK, "hash", NOW).orElseThrow();
        assertThat(redeemed.hasPassword()).isTrue();
        assertThat(redeemed.epoch()).as("sessions end").isGreaterThan(ada.epoch());
        assertThat(credentials().of(ada.id())).isEqualTo(new Kept("hash", null, null));
        assertThat(credentials().redeem(LINK, "another", NOW)).isEmpty();
        assertThat(credentials().linked(LINK, NOW)).isEmpty();
        assertThat(credentials().of(ada.id()).password()).isEqualTo("hash");
    }

    @Test
    default void aLinkIsVoidAfterItsTimeOrWhenThereIsALaterOneOrWhenItsOwnerIsDisabled() {
        Editor ada = ada();
        credentials().link(ada.id(), LINK, LATER);
        assertThat(credentials().redeem(LINK, "hash", LATER)).isEmpty();
        credentials().link(ada.id(), Digest.of("a later link"), LATER);
        assertThat(credentials().redeem(LINK, "hash", NOW)).isEmpty();
        editors().add(new EditorName("bob"), Role.OWNER, NOW);
        editors().disable(ada);
        editors().enable(ada);
        assertThat(credentials().redeem(Digest.of("a later link"), "hash", NOW)).isEmpty();
    }

    @Test
    default void aNewPasswordVoidsALinkThatIsOut() {
        credentials().link(ada().id(), LINK, LATER);
        credentials().changePassword(ada().id(), "hash");
        assertThat(credentials().linked(LINK, NOW)).isEmpty();
    }

    @Test
    default void codesAreAskedForOnceOneIsConfirmed() {
        long ada = ada().id();
        assertThat(credentials().confirmCodes(ada, 5, List.of(CODE))).isFalse();
        credentials().offerCodes(ada, "secret");
        assertThat(ada().hasCodes()).isFalse();
        assertThat(credentials().use(ada, 5)).isFalse();
        assertThat(credentials().of(ada)).isEqualTo(new Kept(null, null, "secret"));
        assertThat(credentials().confirmCodes(ada, 5, List.of(CODE))).isTrue();
        assertThat(ada().hasCodes()).isTrue();
        assertThat(credentials().of(ada)).isEqualTo(new Kept(null, "secret", null));
    }

    @Test
    default void aCodeIsUsedOnceAndNoneThatIsOlder() {
        long ada = ada().id();
        credentials().offerCodes(ada, "secret");
        credentials().confirmCodes(ada, 5, List.of(CODE));
        assertThat(credentials().use(ada, 5)).as("it confirmed").isFalse();
        assertThat(credentials().use(ada, 7)).isTrue();
        assertThat(credentials().use(ada, 7)).isFalse();
        assertThat(credentials().use(ada, 6)).isFalse();
        assertThat(credentials().use(ada, 8)).isTrue();
    }

    @Test
    default void aRecoveryCodeIsUsedOnce() {
        long ada = ada().id();
        credentials().offerCodes(ada, "secret");
        credentials().confirmCodes(ada, 5, List.of(CODE, Digest.of("another")));
        assertThat(credentials().recoveryLeft(ada)).isEqualTo(2);
        assertThat(credentials().useRecovery(ada, Digest.of("wrong"), NOW)).isFalse();
        assertThat(credentials().useRecovery(ada, CODE, NOW)).isTrue();
        assertThat(credentials().useRecovery(ada, CODE, NOW)).isFalse();
        assertThat(credentials().recoveryLeft(ada)).isEqualTo(1);
    }

    @Test
    default void codesThatAreDroppedLeaveNothing() {
        long ada = ada().id();
        credentials().offerCodes(ada, "secret");
        credentials().confirmCodes(ada, 5, List.of(CODE));
        long epoch = ada().epoch();
        credentials().dropCodes(ada);
        assertThat(ada().hasCodes()).isFalse();
        assertThat(ada().epoch()).isGreaterThan(epoch);
        assertThat(credentials().recoveryLeft(ada)).isZero();
        assertThat(credentials().use(ada, 9)).isFalse();
    }
}
