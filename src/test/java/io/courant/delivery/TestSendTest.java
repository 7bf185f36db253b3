package io.courant.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.courant.audience.EmailAddress;
import io.courant.issue.Issue;
import io.courant.lab.FakeRelay;
import io.courant.lab.Step;
import io.courant.lab.Taken;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestSendTest {
    private static final Issue ISSUE = Samples.issue(1);
    private static final EmailAddress SENDER = new EmailAddress("digest@news.example.org");
    private static final EmailAddress EDITOR = new EmailAddress("editor@example.org");

    @TempDir
    private Path keys;

    private final FakeRelay first = new FakeRelay().start();
    private final FakeRelay second = new FakeRelay().start();

    @AfterEach
    void close() {
        first.close();
        second.close();
    }

    private Personal personal() {
        return new Personalizer(Samples.newsletter(), ISSUE.id(), new TokenSigner(TokenKeys.in(keys)))
                .test(SENDER, EDITOR, Instant.parse("2026-11-23T07:00:00Z"));
    }

    private TestSend.Answer send() {
        List<Route> routes = Stream.of(first, second)
                .map(relay -> new Route(Samples.relay(relay), 1, new Pace(1, 0)))
                .toList();
        return new TestSend(new Transport(routes, DomainGroups.DEFAULT, DeliveryPolicy.DEFAULT))
                .send(Samples.message(ISSUE).asTest(), personal());
    }

    @Test
    void theMailIsTheIssuesAndBelongsToNobody() {
        TestSend.Answer answer = send();
        assertThat(answer.relay()).isEqualTo(Samples.relay(first).name());
        assertThat(answer.outcome()).isInstanceOf(Outcome.Accepted.class);
        Taken mail = first.taken().get(0);
        assertThat(mail.mail()).startsWith("MAIL FROM:<digest@news.example.org>");
        assertThat(mail.recipient()).isEqualTo("editor@example.org");
        assertThat(mail.content())
                .contains("X-Courant-Test: yes", "Subject: [Test]", "To: <editor@example.org>")
                .containsPattern("Message-ID: <deep-learning-2026-11-23\\.test-[0-9a-f-]{36}@news\\.example\\.org>");
        assertThat(second.connections()).isZero();
    }

    @Test
    void noTwoTestsHaveTheSameMessageId() {
        assertThat(personal().messageId()).isNotEqualTo(personal().messageId());
    }

    @Test
    void theFirstRelayThatTakesItGetsIt() {
        first.always(Step.RCPT, "450 4.2.0 greylisted");
        assertThat(send().relay()).isEqualTo(Samples.relay(second).name());
        first.close();
        assertThat(send().relay()).isEqualTo(Samples.relay(second).name());
        assertThat(second.copies()).isEqualTo(Map.of("editor@example.org", 2));
    }

    @Test
    void aRefusalIsAnAnswerAndRelaysThatAreAllDownAreNot() {
        first.always(Step.RCPT, "550 5.1.1 no such mailbox");
        second.always(Step.RCPT, "550 5.7.1 not here");
        assertThat(send().outcome()).isInstanceOf(Outcome.Rejected.class);
        first.close();
        second.close();
        assertThatThrownBy(this::send)
                .isInstanceOfSatisfying(
                        RelayException.class,
                        down -> assertThat(down.isTemporary()).isTrue());
    }

    @Test
    void whatMayHaveBeenTakenIsNotGivenToAnotherRelay() {
        first.on(Step.DOT, "take-and-drop");
        assertThat(send().outcome()).isInstanceOf(Outcome.InDoubt.class);
        assertThat(second.connections()).isZero();
    }
}
