package io.courant.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.audience.EmailAddress;
import io.courant.audience.InMemorySubscribers;
import io.courant.delivery.DeliveryState;
import io.courant.delivery.Ledger.Attempt;
import io.courant.delivery.Ledger.Entry;
import io.courant.delivery.Phase;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReasonsTest {
    private static final Instant AT = Instant.parse("2026-11-23T07:00:00Z");
    private static final EmailAddress ADA = new EmailAddress("ada@example.org");
    private static final Attempt BUSY = new Attempt(AT, Phase.RCPT, "450 4.2.1 busy", DeliveryState.DEFERRED);
    private static final Attempt LOST =
            new Attempt(AT, Phase.DOT, "connection closed by the relay", DeliveryState.IN_DOUBT);
    private static final Attempt TAKEN = new Attempt(AT, Phase.DOT, "250 2.0.0 Ok", DeliveryState.ACCEPTED);

    private final InMemorySubscribers subscribers = new InMemorySubscribers();

    private String reason(DeliveryState state, Attempt... attempts) {
        return reason(state, null, attempts);
    }

    private String reason(DeliveryState state, @Nullable Instant due, Attempt... attempts) {
        int inDoubt = (int) List.of(attempts).stream()
                .filter(attempt -> attempt.outcome() == DeliveryState.IN_DOUBT)
                .count();
        return new Reasons(subscribers, AT, ZoneId.of("Europe/Berlin"))
                .of(new Entry(1, ADA.value(), state, inDoubt, due, List.of(attempts)))
                .orElse("none");
    }

    @Test
    void whatWentWellNeedsNoReason() {
        assertThat(reason(DeliveryState.ACCEPTED)).isEqualTo("none");
    }

    @Test
    void theLastReplyThatSaidSomethingIsTheReason() {
        assertThat(reason(DeliveryState.DEFERRED, BUSY)).isEqualTo("deferred once: 450 4.2.1 busy");
        assertThat(reason(DeliveryState.EXPIRED, BUSY, BUSY, BUSY))
                .isEqualTo("deferred 3 times: 450 4.2.1 busy; given up");
        assertThat(reason(
                        DeliveryState.REJECTED,
                        new Attempt(AT, Phase.RCPT, "550 5.1.1 no such user", DeliveryState.REJECTED)))
                .isEqualTo("refused: 550 5.1.1 no such user");
        assertThat(reason(DeliveryState.ACCEPTED, BUSY, TAKEN))
                .isEqualTo("deferred once: 450 4.2.1 busy; taken at a later attempt");
        assertThat(reason(
                        DeliveryState.READY,
                        new Attempt(AT, Phase.DATA, "connection closed by the relay", DeliveryState.READY)))
                .isEqualTo("not sent once: connection closed by the relay; to be tried again");
    }

    @Test
    void aSecondCopyThatIsPossibleIsNamed() {
        assertThat(reason(DeliveryState.IN_DOUBT, LOST))
                .isEqualTo("in doubt once: connection closed by the relay; the relay may have taken it");
        assertThat(reason(DeliveryState.ACCEPTED, LOST, LOST, TAKEN))
                .isEqualTo("in doubt twice: connection closed by the relay;"
                        + " taken at a later attempt, so a second copy is possible");
        assertThat(reason(DeliveryState.ACCEPTED, LOST))
                .isEqualTo("in doubt once: connection closed by the relay; taken as sent");
        assertThat(reason(DeliveryState.DEFERRED, LOST, BUSY))
                .isEqualTo("in doubt once: connection closed by the relay; deferred since: 450 4.2.1 busy");
    }

    @Test
    void whoeverLeftOrIsSuppressedIsToldApart() {
        assertThat(reason(DeliveryState.CANCELLED)).isEqualTo("unsubscribed after the issue was frozen");
        subscribers.suppress(ADA, "hard bounce", AT);
        assertThat(reason(DeliveryState.CANCELLED)).isEqualTo("suppressed (hard bounce) after the issue was frozen");
        assertThat(reason(DeliveryState.SUPPRESSED)).isEqualTo("suppressed (hard bounce) before the issue was frozen");
    }

    @Test
    void whatWaitsForItsReadersHourSaysUntilWhenInTheNewslettersZone() {
        assertThat(reason(DeliveryState.READY, AT.plusSeconds(7200)))
                .isEqualTo("waits for the hour that its reader chose, until 2026-11-23 10:00 (Europe/Berlin)");
        assertThat(reason(DeliveryState.READY, AT)).isEqualTo("not tried yet");
    }

    @Test
    void whatWasNotTriedYetSaysSo() {
        assertThat(reason(DeliveryState.READY)).isEqualTo("not tried yet");
        assertThat(reason(DeliveryState.SENDING)).isEqualTo("with a relay, or about to be");
    }
}
