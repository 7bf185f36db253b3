package io.courant.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.delivery.DeliveryState;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AccountTest {
    @Test
    void everyStateHasACountAndTheyAddUpToTheCandidates() {
        Account account = new Account(
                10, Map.of(DeliveryState.ACCEPTED, 6L, DeliveryState.SUPPRESSED, 1L, DeliveryState.IN_DOUBT, 3L));
        assertThat(account.byState()).containsOnlyKeys(DeliveryState.values());
        assertThat(account.of(DeliveryState.ACCEPTED)).isEqualTo(6);
        assertThat(account.of(DeliveryState.EXPIRED)).isZero();
        assertThat(account.isBalanced()).isTrue();
        assertThat(account.open()).isEqualTo(3);
    }

    @Test
    void aCandidateInNoStateOrInTwoIsNoticed() {
        assertThat(new Account(3, Map.of(DeliveryState.ACCEPTED, 2L)).isBalanced())
                .isFalse();
        assertThat(new Account(1, Map.of(DeliveryState.ACCEPTED, 1L, DeliveryState.DEFERRED, 1L)).isBalanced())
                .isFalse();
        assertThat(new Account(0, Map.of()).isBalanced()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(DeliveryState.class)
    void aDeliveryIsOpenUntilItsStateIsFinal(DeliveryState state) {
        assertThat(new Account(1, Map.of(state, 1L)).open()).isEqualTo(state.isFinal() ? 0 : 1);
    }

    @Test
    void statesAreNamedInWords() {
        assertThat(Account.words(DeliveryState.IN_DOUBT)).isEqualTo("in doubt");
    }
}
