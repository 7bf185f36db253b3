package io.courant.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.audience.EmailAddress;
import io.courant.lab.FakeRelay;
import io.courant.lab.Manner;
import io.courant.lab.Step;
import io.courant.lab.Taken;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is special when commands do not wait for each other's answers, RFC 2920. */
@Timeout(30)
class FlightsTest {
    private static final byte[] MESSAGE = "Subject: x\r\n\r\nHello\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Watchdog watchdog = new Watchdog();
    private FakeRelay server = new FakeRelay().manner(Manner.PIPELINED).start();

    @AfterEach
    void tearDown() {
        server.close();
        watchdog.close();
    }

    private void relay(Manner manner) {
        server.close();
        server = new FakeRelay().manner(manner).start();
    }

    private RelayConnection open() {
        return new RelayConnector(Samples.relay(server), watchdog, (SSLSocketFactory) SSLSocketFactory.getDefault())
                .open();
    }

    private static Mail mail(String name) {
        return new Mail(
                new Envelope(new EmailAddress("bounce@news.example.org"), new EmailAddress(name + "@example.org")),
                Samples.message(MESSAGE));
    }

    /** Hands all over on one connection, each known while the one before it is sent, until it cannot be used. */
    private static List<Outcome> send(RelayConnection connection, String... names) {
        Deque<Mail> mails = new ArrayDeque<>();
        for (String name : names) {
            mails.add(mail(name));
        }
        List<Outcome> outcomes = new ArrayList<>();
        while (!mails.isEmpty() && connection.isUsable()) {
            Mail mail = mails.remove();
            outcomes.add(connection.transact(mail, () -> Optional.ofNullable(mails.peek()), () -> true));
        }
        return outcomes;
    }

    private List<String> recipients() {
        return server.taken().stream().map(Taken::rcpt).toList();
    }

    private static String rcpt(String name) {
        return "RCPT TO:<" + name + "@example.org>";
    }

    @Test
    void theRelayThatRefusesAnyoneButAsksForTheContentGetsTheDotAlone() {
        server.on(Step.RCPT, "550 5.1.1 no such user", "450 4.2.0 later").on(Step.DATA, "354 go on", "354 go on");
        RelayConnection connection = open();
        assertThat(send(connection, "ada", "bob", "cy"))
                .containsExactly(
                        new Outcome.Rejected(Phase.RCPT, new Reply(550, "5.1.1 no such user")),
                        new Outcome.Deferred(Phase.RCPT, new Reply(450, "4.2.0 later")),
                        new Outcome.Accepted(new Reply(250, "2.0.0 queued as 0")));
        connection.end();
        assertThat(recipients()).containsExactly(rcpt("cy"));
        assertThat(server.commands()).doesNotContain("RSET");
    }

    @Test
    void whateverTheRelaySaysToTheLoneDotTheRefusalStands() {
        Outcome refusal = new Outcome.Rejected(Phase.RCPT, new Reply(550, "5.1.1 no such user"));
        for (String answer : List.of("250 2.0.0 queued", "451 4.3.0 later", "554 5.5.1 nobody")) {
            server.on(Step.RCPT, "550 5.1.1 no such user")
                    .on(Step.DATA, "354 go on")
                    .on(Step.DOT, answer);
            RelayConnection connection = open();
            assertThat(send(connection, "ada", "bob")).hasSize(2).startsWith(refusal);
            assertThat(connection.isUsable()).as(answer).isTrue();
            connection.end();
        }
        for (String fault : List.of("421 4.3.2 bye", "drop", "take-and-drop")) {
            server.on(Step.RCPT, "550 5.1.1 no such user")
                    .on(Step.DATA, "354 go on")
                    .on(Step.DOT, fault);
            RelayConnection connection = open();
            assertThat(send(connection, "ada", "bob")).containsExactly(refusal);
            connection.end();
        }
        assertThat(recipients()).containsOnly(rcpt("bob")).hasSize(3);
    }

    @Test
    void theRelayThatRefusesTheSenderButTakesTheRecipientGetsNoDot() {
        server.on(Step.MAIL, "450 4.1.8 sender unknown");
        server.lenient();
        RelayConnection connection = open();
        assertThat(send(connection, "ada"))
                .containsExactly(new Outcome.Deferred(Phase.MAIL, new Reply(450, "4.1.8 sender unknown")));
        assertThat(connection.isUsable()).isFalse();
        connection.end();
        assertThat(server.taken()).isEmpty();
    }

    @Test
    void theAnswersToWhatHadLeftAreReadAfterARefusal() {
        server.on(Step.MAIL, "451 4.3.0 later").onRecipient("bob@example.org", "550 5.1.1 no");
        RelayConnection connection = open();
        assertThat(send(connection, "ada", "bob", "cy"))
                .containsExactly(
                        new Outcome.Deferred(Phase.MAIL, new Reply(451, "4.3.0 later")),
                        new Outcome.Rejected(Phase.RCPT, new Reply(550, "5.1.1 no")),
                        new Outcome.Accepted(new Reply(250, "2.0.0 queued as 0")));
        connection.end();
        assertThat(recipients()).containsExactly(rcpt("cy"));
        assertThat(server.commands().stream().filter("RSET"::equals)).hasSize(2);
    }

    @Test
    void aRefusalStandsWhenTheConnectionBreaksAfterIt() {
        server.on(Step.MAIL, "550 5.7.1 no").on(Step.DATA, "drop", "421 4.3.2 bye", "stall");
        assertThat(send(open(), "ada")).containsExactly(new Outcome.Rejected(Phase.MAIL, new Reply(550, "5.7.1 no")));
        server.on(Step.RCPT, "450 4.2.0 later", "550 5.1.1 no");
        assertThat(send(open(), "ada"))
                .containsExactly(new Outcome.Deferred(Phase.RCPT, new Reply(450, "4.2.0 later")));
        RelayConnection connection = open();
        assertThat(send(connection, "ada"))
                .containsExactly(new Outcome.Rejected(Phase.RCPT, new Reply(550, "5.1.1 no")));
        assertThat(connection.isUsable()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"IN_TURN", "PIPELINED"})
    void onlyWithPipeliningTheNextEnvelopeIsAskedForBeforeTheAnswerToTheDot(Manner manner) {
        relay(manner);
        List<Integer> takenWhenAsked = new ArrayList<>();
        RelayConnection connection = open();
        Mail ada = mail("ada");
        Mail bob = mail("bob");
        connection.transact(
                ada,
                () -> {
                    takenWhenAsked.add(server.taken().size());
                    return Optional.of(bob);
                },
                () -> true);
        assertThat(takenWhenAsked).isEqualTo(manner == Manner.IN_TURN ? List.of() : List.of(0));
        assertThat(connection.transact(bob)).isInstanceOf(Outcome.Accepted.class);
        connection.end();
        assertThat(recipients()).containsExactly(rcpt("ada"), rcpt("bob"));
        assertThat(server.commands().stream().filter(line -> line.startsWith("MAIL")))
                .hasSize(2);
    }

    @Test
    void aRefusalConcernsOnlyWhomItIsAbout() {
        server.on(Step.DOT, "250 2.0.0 ok", "451 4.3.0 later", "552 5.3.4 too big", "250 2.0.0 ok")
                .onRecipient("dan@example.org", "550 5.1.1 no such user");
        RelayConnection connection = open();
        assertThat(send(connection, "ada", "bob", "cy", "dan", "eve"))
                .containsExactly(
                        new Outcome.Accepted(new Reply(250, "2.0.0 ok")),
                        new Outcome.Deferred(Phase.DOT, new Reply(451, "4.3.0 later")),
                        new Outcome.Rejected(Phase.DOT, new Reply(552, "5.3.4 too big")),
                        new Outcome.Rejected(Phase.RCPT, new Reply(550, "5.1.1 no such user")),
                        new Outcome.Accepted(new Reply(250, "2.0.0 ok")));
        connection.end();
        assertThat(recipients()).containsExactly(rcpt("ada"), rcpt("eve"));
    }

    @Test
    void aBreakAtTheDotLeavesOnlyOneMessageInDoubt() {
        server.on(Step.DOT, "take-and-drop");
        RelayConnection broken = open();
        assertThat(send(broken, "ada", "bob")).singleElement().isInstanceOf(Outcome.InDoubt.class);
        broken.end();
        RelayConnection next = open();
        assertThat(send(next, "bob")).singleElement().isInstanceOf(Outcome.Accepted.class);
        next.end();
        assertThat(recipients()).containsExactly(rcpt("ada"), rcpt("bob"));
    }

    @Test
    void aBreakInTheNextEnvelopeLeavesNoDoubt() {
        server.on(Step.MAIL, "250 ok", "drop");
        RelayConnection connection = open();
        assertThat(send(connection, "ada", "bob"))
                .containsExactly(
                        new Outcome.Accepted(new Reply(250, "2.0.0 queued as 0")),
                        new Outcome.NotSent(Phase.MAIL, "connection closed by the relay"));
        connection.end();
        assertThat(recipients()).containsExactly(rcpt("ada"));
    }

    @Test
    void anotherMessageThanTheOneAnnouncedIsNotSentInItsPlace() {
        RelayConnection connection = open();
        connection.transact(mail("ada"), () -> Optional.of(mail("bob")), () -> true);
        assertThat(connection.transact(mail("cy"))).isInstanceOf(Outcome.NotSent.class);
        assertThat(connection.isUsable()).isFalse();
        connection.end();
        assertThat(recipients()).containsExactly(rcpt("ada"));
    }
}
