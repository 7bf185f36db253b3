package io.courant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.delivery.Conductor.Order;
import io.courant.delivery.DeliveryState;
import io.courant.delivery.Progress;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressWordsTest {
    private static Progress progress(double perSecond, Order order) {
        return new Progress(
                Map.of(
                        DeliveryState.READY, 9_000L,
                        DeliveryState.SENDING, 400L,
                        DeliveryState.ACCEPTED, 5_000L,
                        DeliveryState.DEFERRED, 550L,
                        DeliveryState.IN_DOUBT, 2L,
                        DeliveryState.CANCELLED, 48L,
                        DeliveryState.SUPPRESSED, 7L),
                perSecond,
                order);
    }

    @Test
    void aLineHasPercentDoneRateTimeLeftAndWhereTheyAre() {
        assertThat(ProgressWords.line(progress(1_234.4, Order.GO)))
                .isEqualTo("37 %, 5,600 of 15,000, 1,234 a second, 0:00:07 left:"
                        + " 5,000 accepted, 550 deferred, 2 in doubt");
    }

    @Test
    void aPauseIsShownInsteadOfARate() {
        assertThat(ProgressWords.line(progress(1_234.4, Order.PAUSE)))
                .isEqualTo("37 %, 5,600 of 15,000, paused: 5,000 accepted, 550 deferred, 2 in doubt");
    }

    @Test
    void nobodyToSendToIsAllDone() {
        assertThat(ProgressWords.line(new Progress(Map.of(), 0, Order.GO)))
                .isEqualTo("100 %, 0 of 0, 0 a second: 0 accepted");
    }
}
