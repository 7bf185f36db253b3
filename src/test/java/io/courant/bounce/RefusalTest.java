package io.courant.bounce;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "550 5.1.1 no such user          | hard    | 5.1.1   | 550",
                "550 5.1.10 null MX              | hard    | 5.1.10  | 550",
                "553 5.1.2 no such host          | hard    | 5.1.2   | 553",
                "550-5.1.1 The account you tried | hard    | 5.1.1   | 550",
                "550 no such user                | hard    | 5.0.911 | 550",
                "550 5.1.8 bad sender            | policy  | 5.1.8   | 550",
                "550 5.1.1 rejected as spam      | policy  | 5.1.1   | 550",
                "550 5.7.1 not from you          | policy  | 5.7.1   | 550",
                "552 5.2.2 mailbox full          | soft    | 5.2.2   | 552",
                "554 5.7.1 Relay access denied   | relay   | 5.7.1   | 554",
                "550                             | unknown | 5.0.901 | 550"
            })
    void aRelaysReplyIsUnderstoodLikeOneThatAReportQuotes(String reply, String kind, String status, String code) {
        Report report = BounceRecorder.understood(reply);
        assertThat(report.kind().word()).isEqualTo(kind);
        assertThat(report.status()).isEqualTo(status);
        assertThat(report.reply()).isEqualTo(code);
        assertThat(report.evidence()).isEqualTo(reply);
    }
}
