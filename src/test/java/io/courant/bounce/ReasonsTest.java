package io.courant.bounce;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.bounce.Reasons.Match;
import io.courant.bounce.Reasons.Words;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ReasonsTest {
    private final Reasons reasons = Reasons.shipped();

    @Test
    void thePhraseThatStandsFirstDecides() {
        assertThat(reasons.said(Words.of("Sender address rejected: Domain not found")))
                .contains(new Match(Reason.REJECTED, true));
        assertThat(reasons.said(Words.of("Recipient: Domain not found")))
                .contains(new Match(Reason.HOST_UNKNOWN, true));
        assertThat(reasons.said(Words.of("user UNKNOWN"))).contains(new Match(Reason.USER_UNKNOWN, false));
        assertThat(reasons.said(Words.of("nothing of the kind"))).isEmpty();
    }

    @Test
    void aPhraseMayRunOverLinesAndLeaveWordsOut() {
        assertThat(reasons.said(Words.of("The account of this\n   reader is disabled")))
                .contains(new Match(Reason.SUSPENDED, true));
        assertThat(reasons.said(Words.of("account" + " and so on".repeat(20) + " disabled")))
                .isEmpty();
    }

    @Test
    void whatIsVagueIsAskedLast() {
        assertThat(reasons.said(Words.of("550 denied"))).isEmpty();
        assertThat(reasons.hinted(Words.of("550 denied"))).contains(new Match(Reason.BLOCKED, true));
    }

    @Test
    void aStatusMeansTheSameInEveryClass() {
        assertThat(reasons.meantBy("5.2.2")).contains(Reason.MAILBOX_FULL);
        assertThat(reasons.meantBy("4.2.2")).contains(Reason.MAILBOX_FULL);
        assertThat(reasons.meantBy("5.0.0")).isEmpty();
        assertThat(reasons.meantBy("")).isEmpty();
    }

    @Test
    void ourOwnCodesTellTheReasonsApart() {
        assertThat(Reason.USER_UNKNOWN.status(false)).isEqualTo("5.0.911");
        assertThat(Reason.EXPIRED.status(true)).isEqualTo("4.0.947");
        assertThat(Arrays.stream(Reason.values())
                        .filter(reason -> reason.kind() != Report.Kind.UNKNOWN && reason != Reason.ON_HOLD)
                        .map(reason -> reason.status(false)))
                .doesNotHaveDuplicates();
    }
}
