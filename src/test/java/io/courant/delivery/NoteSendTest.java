package io.courant.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.audience.EmailAddress;
import io.courant.lab.FakeRelay;
import io.courant.lab.Step;
import io.courant.lab.Taken;
import io.courant.render.Rendering;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NoteSendTest {
    private static final Note NOTE = new Note(
            Samples.newsletter(),
            new EmailAddress("ada@example.org"),
            "request 17",
            Instant.parse("2026-11-23T07:00:00Z"),
            new Rendering("Please confirm: Mädchen", "<p>Ja, möchte ich</p>", ".\nJa.\n", List.of(), ""));

    private final FakeRelay first = new FakeRelay().start();
    private final FakeRelay second = new FakeRelay().start();
    private final List<String> asked = new ArrayList<>();

    @AfterEach
    void close() {
        first.close();
        second.close();
    }

    private Outcome send(boolean open, List<DkimKey> keys) {
        List<Route> routes = Stream.of(first, second)
                .map(relay -> new Route(Samples.relay(relay), 1, new Pace(1, 0)))
                .toList();
        return new NoteSend(new Transport(routes, DomainGroups.DEFAULT, DeliveryPolicy.DEFAULT), keys)
                .send(NOTE, () -> {
                    asked.add("gate");
                    return open;
                });
    }

    @Test
    void aNoteIsAWholeMailFromTheNewsletterThatIsNoMailOfAList() {
        assertThat(send(true, List.of())).isInstanceOf(Outcome.Accepted.class);

        Taken mail = first.taken().get(0);
        assertThat(mail.sender()).isEqualTo("bounce@news.example.org");
        assertThat(mail.recipient()).isEqualTo("ada@example.org");
        assertThat(mail.messageId()).matches("note\\.[a-z2-7]{16}@news\\.example\\.org");
        assertThat(mail.content())
                .contains(
                        "From: Deep Learning Weekly <digest@news.example.org>\r\n",
                        "Reply-To: editors@example.org\r\n",
                        "To: <ada@example.org>\r\n",
                        "Date: Mon, 23 Nov 2026 08:00:00 +0100\r\n",
                        "Auto-Submitted: auto-generated\r\n",
                        "Content-Type: multipart/alternative;",
                        "Content-Type: text/plain; charset=UTF-8",
                        "<p>Ja, m=C3=B6chte ich</p>")
                .doesNotContain("List-");
    }

    @Test
    void aNoteThatIsTriedAgainHasTheSameMessageId() {
        send(true, List.of());
        send(true, List.of());
        assertThat(first.taken())
                .extracting(Taken::messageId)
                .hasSize(2)
                .containsOnly(NOTE.name() + "@news.example.org");
    }

    @Test
    void aNoteIsSigned() {
        send(
                true,
                List.of(new DkimKey(
                        "news.example.org", "2026a", DkimKeys.rsa(2048).getPrivate())));
        assertThat(first.taken().get(0).content()).startsWith("DKIM-Signature: v=1; a=rsa-sha256;");
    }

    @Test
    void whereTheGateStaysShutNothingIsTaken() {
        assertThat(send(false, List.of())).isInstanceOf(Outcome.NotSent.class);
        assertThat(first.taken()).isEmpty();
        assertThat(second.taken()).isEmpty();
    }

    @Test
    void theGateIsAskedBeforeEachFinalDotOnly() {
        first.always(Step.DOT, "451 4.3.0 later");
        assertThat(send(true, List.of())).isInstanceOf(Outcome.Accepted.class);
        assertThat(asked).hasSize(2);

        first.always(Step.RCPT, "450 4.2.0 greylisted");
        second.always(Step.RCPT, "550 5.1.1 nobody");
        assertThat(send(true, List.of())).isInstanceOf(Outcome.Rejected.class);
        assertThat(asked).as("no dot was near").hasSize(2);
    }
}
