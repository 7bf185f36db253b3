package io.courant.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.courant.audience.EmailAddress;
import io.courant.lab.FakeRelay;
import io.courant.lab.Manner;
import io.courant.lab.Step;
import io.courant.lab.Taken;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import javax.net.ssl.SSLSocketFactory;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(30)
@ParameterizedClass
@EnumSource
class RelayConnectionTest {
    private static final byte[] MESSAGE = "Subject: x\r\n\r\nHello\r\n".getBytes(StandardCharsets.US_ASCII);

    private final FakeRelay server;
    private final Watchdog watchdog = new Watchdog();

    RelayConnectionTest(Manner manner) {
        server = new FakeRelay().manner(manner).start();
    }

    @AfterEach
    void tearDown() {
        server.close();
        watchdog.close();
    }

    private RelayConnection open() {
        return open(Samples.relay(server));
    }

    private RelayConnection open(Relay relay) {
        return new RelayConnector(relay, watchdog, (SSLSocketFactory) SSLSocketFactory.getDefault()).open();
    }

    private static Mail mail(String address) {
        return mail(address, MESSAGE);
    }

    private static Mail mail(String address, byte[] message) {
        return new Mail(
                new Envelope(new EmailAddress("bounce+token@news.example.org"), new EmailAddress(address)),
                Samples.message(message));
    }

    private static Outcome send(RelayConnection connection) {
        return connection.transact(mail("ada@example.org"));
    }

    private Outcome sendOnce() {
        RelayConnection connection = open();
        try {
            return send(connection);
        } finally {
            connection.end();
        }
    }

    @Test
    void theRelayGetsTheEnvelopeAndTheVeryBytes() {
        assertThat(sendOnce()).isEqualTo(new Outcome.Accepted(new Reply(250, "2.0.0 queued as 0")));
        assertThat(server.taken())
                .containsExactly(new Taken(
                        "MAIL FROM:<bounce+token@news.example.org> SIZE=21",
                        "RCPT TO:<ada@example.org>",
                        new String(MESSAGE, StandardCharsets.US_ASCII)));
    }

    @Test
    void manyMessagesGoOverOneConnection() {
        RelayConnection connection = open();
        for (int i = 0; i < 200; i++) {
            assertThat(send(connection)).isInstanceOf(Outcome.Accepted.class);
        }
        connection.end();
        assertThat(server.taken()).hasSize(200);
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void aTemporaryRefusalAtEachStepDefersAndTheConnectionStays() {
        Map<Step, Phase> steps =
                Map.of(Step.MAIL, Phase.MAIL, Step.RCPT, Phase.RCPT, Step.DATA, Phase.DATA, Step.DOT, Phase.DOT);
        steps.forEach((step, phase) -> {
            server.on(step, "450 4.2.0 greylisted", "451-4.3.0 first line\r\n451 4.3.0 second line");
            RelayConnection connection = open();
            assertThat(send(connection)).isEqualTo(new Outcome.Deferred(phase, new Reply(450, "4.2.0 greylisted")));
            assertThat(send(connection))
                    .isEqualTo(new Outcome.Deferred(phase, new Reply(451, "4.3.0 first line 4.3.0 second line")));
            assertThat(connection.isUsable()).isTrue();
            assertThat(send(connection)).isInstanceOf(Outcome.Accepted.class);
            connection.end();
        });
        assertThat(server.taken()).hasSize(4);
    }

    @Test
    void aPermanentRefusalAtEachStepRejectsAndTheConnectionStays() {
        Map<Step, Phase> steps =
                Map.of(Step.MAIL, Phase.MAIL, Step.RCPT, Phase.RCPT, Step.DATA, Phase.DATA, Step.DOT, Phase.DOT);
        steps.forEach((step, phase) -> {
            server.on(step, "550 5.1.1 no such user", "552 5.2.2 full", "554 5.7.1 spam");
            RelayConnection connection = open();
            assertThat(send(connection)).isEqualTo(new Outcome.Rejected(phase, new Reply(550, "5.1.1 no such user")));
            assertThat(send(connection)).isEqualTo(new Outcome.Rejected(phase, new Reply(552, "5.2.2 full")));
            assertThat(send(connection)).isEqualTo(new Outcome.Rejected(phase, new Reply(554, "5.7.1 spam")));
            assertThat(send(connection)).isInstanceOf(Outcome.Accepted.class);
            connection.end();
        });
        assertThat(server.commands()).contains("RSET");
    }

    @Test
    void a421AtEachStepDefersAndEndsTheConnection() {
        Map<Step, Phase> steps =
                Map.of(Step.MAIL, Phase.MAIL, Step.RCPT, Phase.RCPT, Step.DATA, Phase.DATA, Step.DOT, Phase.DOT);
        steps.forEach((step, phase) -> {
            server.on(step, "421 4.3.2 shutting down");
            RelayConnection connection = open();
            assertThat(send(connection)).isEqualTo(new Outcome.Deferred(phase, new Reply(421, "4.3.2 shutting down")));
            assertThat(connection.isUsable()).isFalse();
            connection.end();
        });
    }

    @Test
    void aConnectionThatBreaksBeforeTheDotSentNothing() {
        Map<Step, Phase> steps = Map.of(Step.MAIL, Phase.MAIL, Step.RCPT, Phase.RCPT, Step.DATA, Phase.DATA);
        steps.forEach((step, phase) -> {
            server.on(step, "drop");
            assertThat(sendOnce()).isEqualTo(new Outcome.NotSent(phase, "connection closed by the relay"));
        });
        assertThat(server.taken()).isEmpty();
    }

    @Test
    void aConnectionThatBreaksInTheContentSentNothing() {
        server.on(Step.CONTENT, "drop");
        RelayConnection connection = open();
        // More than the buffers between us hold, so that the break is felt while writing.
        byte[] large = ("x".repeat(70) + "\r\n").repeat(140_000).getBytes(StandardCharsets.US_ASCII);
        Outcome outcome = connection.transact(mail("ada@example.org", large));
        assertThat(outcome)
                .asInstanceOf(InstanceOfAssertFactories.type(Outcome.NotSent.class))
                .satisfies(notSent -> assertThat(notSent.phase()).isEqualTo(Phase.DATA));
        assertThat(connection.isUsable()).isFalse();
        connection.end();
    }

    @Test
    void aConnectionThatBreaksInAShortContentLeavesADoubt() {
        // It leaves in one write with the final dot, and nobody can tell how much of it arrived.
        server.on(Step.CONTENT, "drop");
        assertThat(sendOnce()).isInstanceOf(Outcome.InDoubt.class);
        assertThat(server.taken()).isEmpty();
    }

    @Test
    void aConnectionThatBreaksAtTheDotLeavesADoubt() {
        server.on(Step.DOT, "take-and-drop", "drop");
        assertThat(sendOnce()).isEqualTo(new Outcome.InDoubt("connection closed by the relay"));
        assertThat(sendOnce()).isEqualTo(new Outcome.InDoubt("connection closed by the relay"));
        assertThat(server.taken()).hasSize(1);
    }

    @Test
    void aRelayThatStallsIsGivenUpInTime() {
        server.on(Step.RCPT, "stall");
        assertThat(sendOnce()).isEqualTo(new Outcome.NotSent(Phase.RCPT, "no answer in time"));
        server.on(Step.DOT, "stall");
        assertThat(sendOnce()).isEqualTo(new Outcome.InDoubt("no answer in time"));
    }

    @Test
    void aRelayThatDripsIsGivenUpInTime() {
        server.on(Step.MAIL, "drip");
        assertThat(sendOnce()).isEqualTo(new Outcome.NotSent(Phase.MAIL, "no answer in time"));
        server.on(Step.DOT, "drip");
        assertThat(sendOnce()).isEqualTo(new Outcome.InDoubt("no answer in time"));
    }

    @Test
    void nonsenseIsNoAnswer() {
        server.on(Step.RCPT, "say hello there");
        assertThat(sendOnce()).isInstanceOf(Outcome.NotSent.class);
        server.on(Step.DOT, "say hello there");
        assertThat(sendOnce()).isInstanceOf(Outcome.InDoubt.class);
        server.on(Step.DOT, "354 go on");
        assertThat(sendOnce()).isInstanceOf(Outcome.InDoubt.class);
        server.on(Step.DATA, "250 fine");
        assertThat(sendOnce()).isInstanceOf(Outcome.NotSent.class);
    }

    @Test
    void aQuitThatIsIgnoredChangesNothing() {
        server.always(Step.QUIT, "stall");
        assertThat(sendOnce()).isInstanceOf(Outcome.Accepted.class);
        server.always(Step.QUIT, "drop");
        assertThat(sendOnce()).isInstanceOf(Outcome.Accepted.class);
        assertThat(server.taken()).hasSize(2);
    }

    @Test
    void aRefusedResetEndsTheConnection() {
        server.on(Step.RCPT, "550 5.1.1 no").on(Step.RSET, "421 4.3.2 enough");
        RelayConnection connection = open();
        assertThat(send(connection)).isInstanceOf(Outcome.Rejected.class);
        assertThat(connection.isUsable()).isFalse();
        connection.end();
    }

    @Test
    void aMessageOverTheRelaysSizeIsRejectedUnsent() {
        server.offer("SIZE 20");
        assertThat(sendOnce())
                .isEqualTo(new Outcome.Rejected(
                        Phase.RCPT, new Reply(552, "5.3.4 not sent: the message has 21 bytes, the relay takes 20")));
        server.offer("SIZE");
        assertThat(sendOnce()).isInstanceOf(Outcome.Accepted.class);
        server.offer();
        assertThat(sendOnce()).isInstanceOf(Outcome.Accepted.class);
        assertThat(server.taken()).extracting(Taken::mail).last().asString().doesNotContain("SIZE");
    }

    @Test
    void anAddressThatNeedsSmtputf8IsRejectedUnlessOffered() {
        RelayConnection connection = open();
        assertThat(connection.transact(mail("jürgen@example.org")))
                .isEqualTo(new Outcome.Rejected(
                        Phase.RCPT,
                        new Reply(
                                553,
                                "5.6.7 not sent: the address is not ASCII before the @ and relay offers no SMTPUTF8")));
        assertThat(send(connection)).isInstanceOf(Outcome.Accepted.class);
        connection.end();
        server.offer("SMTPUTF8");
        RelayConnection modern = open();
        assertThat(modern.transact(mail("jürgen@bücher.example"))).isInstanceOf(Outcome.Accepted.class);
        modern.end();
        assertThat(server.commands())
                .contains(
                        "MAIL FROM:<bounce+token@news.example.org> SMTPUTF8", "RCPT TO:<jürgen@xn--bcher-kva.example>");
    }

    @Test
    void ourNameIsAFullNameOrAnAddress() {
        open().end();
        assertThat(server.commands().get(0)).matches("EHLO (\\[[0-9A-Fa-f.:IPv]+]|[^ ]+\\.[^ ]+)");
    }

    private static Predicate<Throwable> temporary(boolean temporary) {
        return e -> e instanceof RelayException relay && relay.isTemporary() == temporary;
    }

    @Test
    void aRelayThatIsDownIsNamed() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Relay down = new Relay("127.0.0.1", port, Relay.Tls.NONE, null, null, Samples.SHORT);
        assertThatThrownBy(() -> open(down))
                .matches(temporary(true))
                .hasMessage("relay 127.0.0.1:" + port
                        + " refuses connections; check that it runs, and relay.host and relay.port");
    }

    @Test
    void aRelayWithoutANameIsNamed() {
        Relay unknown = new Relay("relay.invalid", 25, Relay.Tls.NONE, null, null, Samples.SHORT);
        assertThatThrownBy(() -> open(unknown))
                .matches(temporary(true))
                .hasMessage("relay relay.invalid:25 is unknown: its name does not resolve; check relay.host");
    }

    @Test
    void aRelayThatGreetsWithARefusalIsQuoted() {
        server.on(Step.BANNER, "554 5.7.1 no service for you", "421 4.7.0 too busy", "drop");
        assertThatThrownBy(this::open)
                .matches(temporary(false))
                .hasMessageContaining("does not serve us (554 5.7.1 no service for you)");
        assertThatThrownBy(this::open)
                .matches(temporary(true))
                .hasMessageContaining("is not ready (421 4.7.0 too busy)");
        assertThatThrownBy(this::open).matches(temporary(true)).hasMessageContaining("closed the connection");
    }

    @Test
    void aRelayThatNeverGreetsIsGivenUp() {
        server.on(Step.BANNER, "stall");
        Relay relay = Samples.relay(server);
        Relay impatient = new Relay(
                relay.host(),
                relay.port(),
                relay.tls(),
                null,
                null,
                new Relay.Timeouts(
                        Duration.ofMillis(300),
                        Duration.ofSeconds(1),
                        Duration.ofMillis(300),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5)));
        assertThatThrownBy(() -> open(impatient)).matches(temporary(true)).hasMessageContaining("does not answer");
    }

    @Test
    void aRelayThatRefusesEhloAndHeloIsQuoted() {
        server.always(Step.EHLO, "550 5.7.1 you are on a list");
        assertThatThrownBy(this::open).isInstanceOf(RelayException.class);
    }

    @Test
    void aRelayWithoutStarttlsIsRefused() {
        Relay plain = Samples.relay(server);
        Relay relay = new Relay(plain.host(), plain.port(), Relay.Tls.STARTTLS, null, null, Samples.SHORT);
        assertThatThrownBy(() -> open(relay))
                .matches(temporary(false))
                .hasMessageContaining("offers no STARTTLS; set relay.tls to tls");
        assertThat(server.commands()).noneMatch(command -> command.startsWith("MAIL"));
    }

    @Test
    void aRelayThatDoesNotSpeakTlsFromTheStartIsNamed() {
        Relay plain = Samples.relay(server);
        Relay relay = new Relay(plain.host(), plain.port(), Relay.Tls.TLS, null, null, Samples.SHORT);
        assertThatThrownBy(() -> open(relay))
                .matches(temporary(false))
                .hasMessageContaining("does not speak TLS as expected")
                .hasMessageContaining("check relay.port and relay.tls");
    }
}
