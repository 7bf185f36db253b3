package io.courant.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.cli.Shell;
import io.courant.delivery.DeliveryState;
import io.courant.lab.KeyStores;
import io.courant.lab.Manner;
import io.courant.lab.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/** What a relay may do, each by name: what becomes of the delivery, and of all the others. */
class RelayFaultsTest {
    private static final int READERS = 30;
    private static final String[] IMPATIENT = {
        "--set", "relay.timeouts.connect=1s",
        "--set", "relay.timeouts.reply=1s",
        "--set", "relay.timeouts.dot=1s",
        "--set", "delivery.rests=1s"
    };

    @TempDir
    private Path folder;

    private Trial trial;

    @BeforeEach
    void open() throws IOException {
        trial = new Trial(folder, READERS);
    }

    @AfterEach
    void close() {
        trial.close();
    }

    /**
     * Something that the relay does once.
     *
     * @param ends as what the delivery ends that it is done to
     * @param first what the first run leaves it as
     */
    record Fault(Step step, String answer, DeliveryState first, DeliveryState ends) {
        @Override
        public String toString() {
            return step + " " + answer;
        }
    }

    private static Fault passes(Step step, String answer) {
        return new Fault(step, answer, DeliveryState.ACCEPTED, DeliveryState.ACCEPTED);
    }

    private static Fault defers(Step step, String answer) {
        return new Fault(step, answer, DeliveryState.DEFERRED, DeliveryState.ACCEPTED);
    }

    private static Fault rejects(Step step, String answer) {
        return new Fault(step, answer, DeliveryState.REJECTED, DeliveryState.REJECTED);
    }

    private static Fault doubts(Step step, String answer) {
        return new Fault(step, answer, DeliveryState.IN_DOUBT, DeliveryState.ACCEPTED);
    }

    /** What goes wrong with one message that follows another. */
    static final List<Fault> FAULTS = List.of(
            defers(Step.RCPT, "421 4.3.2 closing"),
            defers(Step.DATA, "421 4.3.2 closing"),
            defers(Step.DOT, "421 4.3.2 closing"),
            defers(Step.RCPT, "450 4.2.0 later"),
            defers(Step.RCPT, "451 4.3.0 trouble"),
            rejects(Step.RCPT, "550 5.1.1 nobody here"),
            rejects(Step.RCPT, "552 5.2.2 mailbox full"),
            rejects(Step.RCPT, "554 5.7.1 no"),
            defers(Step.DATA, "451 4.3.0 trouble"),
            rejects(Step.DATA, "554 5.5.1 no valid recipients"),
            defers(Step.DOT, "450 4.2.0 later"),
            defers(Step.DOT, "451 4.3.0 trouble"),
            rejects(Step.DOT, "550 5.7.1 spam"),
            rejects(Step.DOT, "552 5.3.4 too large"),
            rejects(Step.DOT, "554 5.6.0 no"),
            passes(Step.MAIL, "drop"),
            passes(Step.RCPT, "drop"),
            passes(Step.DATA, "drop"),
            passes(Step.DATA, "garbage"),
            doubts(Step.CONTENT, "drop"), // a small message leaves with its dot, all at once
            doubts(Step.DOT, "drop"),
            doubts(Step.DOT, "take-and-drop"),
            doubts(Step.DOT, "stall"),
            doubts(Step.DOT, "drip"),
            passes(Step.QUIT, "stall"));

    @ParameterizedTest
    @FieldSource("FAULTS")
    void oneFaultConcernsOneDelivery(Fault fault) {
        // As most relays are, so that the next envelope has often left when the fault comes.
        trial.relay().manner(Manner.PIPELINED_TOGETHER);
        trial.relay().always(Step.DOT, "delay 1ms");
        if (fault.step() == Step.QUIT) {
            trial.relay().on(Step.QUIT, fault.answer());
        } else {
            trial.relay().on(fault.step(), "delay 1ms", fault.answer());
        }
        Shell.Said first = trial.run(IMPATIENT);
        assertThat(first.err()).doesNotContain("Exception", "\tat ");
        if (fault.first() == DeliveryState.ACCEPTED) {
            first.ending(Trial.DONE);
            assertThat(trial.count(DeliveryState.ACCEPTED)).isEqualTo(READERS);
        } else {
            boolean open = !fault.first().isFinal();
            first.ending(open ? Trial.PARTLY_SENT : Trial.DONE);
            assertThat(trial.count(fault.first())).isEqualTo(1);
            assertThat(trial.count(DeliveryState.ACCEPTED)).isEqualTo(READERS - 1);
        }
        if (first.exitCode() != Trial.DONE) {
            trial.runToTheEnd(IMPATIENT);
        }
        trial.audit();
        assertThat(trial.count(fault.ends())).isEqualTo(fault.ends() == DeliveryState.ACCEPTED ? READERS : 1);
    }

    /** What reaches us first, the answer or the reset, is up to the network. */
    @Test
    void aResetRightAfterA250LosesNothing() {
        trial.relay().on(Step.DOT, "take-then-reset", "take-then-reset", "take-then-reset");
        trial.run(IMPATIENT);
        trial.runToTheEnd(IMPATIENT);
        trial.audit();
        assertThat(trial.count(DeliveryState.ACCEPTED)).isEqualTo(READERS);
    }

    /** Before there is a connection, nobody is to blame: the run says so, and the next goes on. */
    static final List<Arguments> NOT_READY = List.of(
            Arguments.of(Step.BANNER, "421 4.3.2 closing", "is not ready (421 4.3.2 closing)"),
            Arguments.of(Step.BANNER, "drop", "closed the connection before it was ready"),
            Arguments.of(Step.BANNER, "stall", "does not answer; check relay.host and relay.port"),
            Arguments.of(Step.BANNER, "drip", "does not answer; check relay.host and relay.port"),
            Arguments.of(Step.EHLO, "drop", "closed the connection before it was ready"),
            Arguments.of(Step.EHLO, "stall", "does not answer; check relay.host and relay.port"));

    @ParameterizedTest
    @FieldSource("NOT_READY")
    void aRelayThatIsNotReadyIsWorthAnotherTry(Step step, String answer, String said) {
        trial.relay().on(step, answer);
        assertThat(trial.run(IMPATIENT).ending(Trial.TRY_AGAIN).err())
                .contains("relay 127.0.0.1:" + trial.relay().port() + " " + said)
                .doesNotContain("Exception");
        assertThat(trial.count(DeliveryState.READY)).isEqualTo(READERS);
        trial.runToTheEnd();
        assertThat(trial.auditOfAll().copies()).isEqualTo(READERS);
    }

    @Test
    void aRelayThatSaysGoodbyeToEhloIsGreetedTheOldWayOrTriedAgain() {
        trial.relay().on(Step.EHLO, "421 4.3.2 closing");
        Shell.Said said = trial.run();
        assertThat(said.exitCode()).as(said.err()).isIn(Trial.DONE, Trial.TRY_AGAIN);
        if (said.exitCode() != Trial.DONE) {
            trial.runToTheEnd();
        }
        assertThat(trial.auditOfAll().copies()).isEqualTo(READERS);
    }

    @Test
    void aConnectionThatIsOneTooManyCostsNobodyHisMail() {
        trial.relay().on(Step.MAIL, "421 4.3.2 closing");
        trial.runToTheEnd();
        assertThat(trial.auditOfAll().copies()).isEqualTo(READERS);
    }

    @Test
    void aRelayThatHasLostItsStarttlsGetsNoMailInClear() {
        assertThat(trial.run("--set", "relay.tls=starttls")
                        .ending(Trial.INVALID)
                        .err())
                .contains("offers no STARTTLS; set relay.tls to tls");
        assertThat(trial.relay().commands()).noneMatch(command -> command.startsWith("MAIL"));
        assertThat(trial.count(DeliveryState.READY)).isEqualTo(READERS);
        trial.runToTheEnd();
        assertThat(trial.auditOfAll().copies()).isEqualTo(READERS);
    }

    @Test
    void aCertificateThatNobodyVouchesForStopsTheRunAtOnce() throws IOException {
        KeyStores stores = new KeyStores(folder);
        trial.relay().starttls(stores.file("good"), stores.password());
        assertThat(trial.run("--set", "relay.tls=starttls", "--set", "relay.host=localhost")
                        .ending(Trial.INVALID)
                        .err())
                .contains("shows a certificate that is not trusted for 'localhost'", "check relay.host");
        assertThat(trial.relay().commands()).noneMatch(command -> command.startsWith("MAIL"));
        assertThat(trial.count(DeliveryState.READY)).isEqualTo(READERS);
        trial.runToTheEnd();
        assertThat(trial.auditOfAll().copies()).isEqualTo(READERS);
    }
}
