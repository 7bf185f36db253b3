package io.courant.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.audience.EmailAddress;
import io.courant.delivery.Deliveries.Claim;
import io.courant.delivery.Token.Purpose;
import io.courant.issue.IssueId;
import io.courant.render.Hole;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PersonalizerTest {
    private static final IssueId ISSUE = new IssueId("deep-learning-2026-11-23");

    @TempDir
    Path keys;

    private TokenSigner signer;

    @BeforeEach
    void setUp() {
        signer = new TokenSigner(TokenKeys.in(keys));
    }

    private static Claim claim(long subscriber, int attempt) {
        // 23:30 UTC is the next day in the newsletter's zone
        Instant joined = Instant.parse("2026-01-15T23:30:00Z");
        return new Claim(subscriber, "ada@example.org", joined, "all", "others", DeliveryState.READY, attempt, 0, 0, 0);
    }

    private Personalizer personalizer() {
        return new Personalizer(Samples.newsletter(), ISSUE, signer);
    }

    @Test
    void everyMailTellsItsRecipientByItsReturnPath() {
        EmailAddress reversePath =
                personalizer().personal(claim(42, 1)).envelope().reversePath();
        assertThat(reversePath.value()).matches("bounce\\+[a-z2-7]+@news\\.example\\.org");
        String token = reversePath.value().replaceAll("bounce\\+|@.*", "");
        assertThat(signer.verify(token, Purpose.BOUNCE, "deep-learning"))
                .contains(Token.bounce("deep-learning", 42, ISSUE));
    }

    @Test
    void bothWaysToUnsubscribeCarryTheSameToken() {
        Personal personal = personalizer().personal(claim(42, 1));
        String token = personal.unsubscribeUrl().replace("https://news.example.org/dl/u/", "");
        assertThat(signer.verify(token, Purpose.UNSUBSCRIBE, "deep-learning"))
                .contains(Token.unsubscribe("deep-learning", 42));
        assertThat(personal.unsubscribeMailbox().value()).isEqualTo("unsubscribe+" + token + "@news.example.org");
        assertThat(personal.values())
                .containsEntry(Hole.UNSUBSCRIBE_URL, personal.unsubscribeUrl())
                .containsEntry(Hole.ADDRESS, "ada@example.org")
                .containsEntry(Hole.SINCE, "2026-01-16");
    }

    @Test
    void theMailLeadsItsReaderToTheirOwnSettings() {
        String home = "https://news.example.org/dl/p/";
        assertThat(personalizer().personal(claim(42, 1)).values())
                .hasEntrySatisfying(
                        Hole.PREFERENCES_URL,
                        url -> assertThat(signer.verify(url.replace(home, ""), Purpose.PREFERENCES, "deep-learning"))
                                .contains(Token.preferences("deep-learning", 42)));
    }

    @Test
    void aSecondAttemptIsTheSameToTheByte() {
        assertThat(personalizer().personal(claim(42, 2)))
                .isEqualTo(personalizer().personal(claim(42, 1)));
    }

    @Test
    void theMessageIdNamesTheIssueAndIsDifferentForEveryone() {
        Imprint imprint = Imprint.of(Samples.newsletter());
        assertThat(imprint.messageId(ISSUE, 42))
                .matches("deep-learning-2026-11-23\\.[a-z2-7]{16}@news\\.example\\.org")
                .isNotEqualTo(imprint.messageId(ISSUE, 43))
                .isNotEqualTo(imprint.messageId(new IssueId("deep-learning-2026-11-24"), 42));
        assertThat(personalizer().personal(claim(42, 1)).messageId()).isEqualTo(imprint.messageId(ISSUE, 42));
    }
}
