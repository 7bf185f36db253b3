package io.courant.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.Courant;
import io.courant.ProcessHome;
import io.courant.TestHome;
import io.courant.delivery.DeliveryState;
import io.courant.delivery.Ledger;
import io.courant.issue.IssueId;
import io.courant.job.Runs;
import io.courant.lab.Audit;
import io.courant.lab.FakeRelay;
import io.courant.lab.Step;
import io.courant.lab.Taken;
import io.courant.report.Account;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * The process ends, without a chance to do anything about it, at each point on the way of the first message. Everybody
 * has a message of their own by then or after the next runs, and the ledger says exactly what was uncertain.
 */
@Tag("faults")
class HaltPointsTest {
    private static final int SUBSCRIBERS = 12;

    @TempDir
    private Path folder;

    private ProcessHome home;

    /** Where the process ends, in the order of the way: at a step of the relay, or at a commit of the ledger. */
    private enum Point {
        BEFORE_CLAIM(0, 0, 0),
        AFTER_CLAIM(0, 0, 0),
        MAIL(0, 0, 0),
        RCPT(0, 0, 0),
        DATA(0, 0, 0),
        CONTENT(0, 0, 0),
        BEFORE_MARK(0, 0, 0),
        AFTER_MARK(0, 0, 1),
        DOT(1, 0, 1),
        BEFORE_OUTCOME(1, 0, 1),
        AFTER_OUTCOME(1, 1, 0);

        /** Messages that the relay has by then. */
        private final int taken;
        /** Deliveries of which that is written down. */
        private final int accepted;
        /** Deliveries that are marked to be at their dot, where dots are marked. */
        private final int atDot;

        Point(int taken, int accepted, int atDot) {
            this.taken = taken;
            this.accepted = accepted;
            this.atDot = atDot;
        }

        boolean isAtRelay() {
            return Stream.of(Step.values()).anyMatch(step -> step.name().equals(name()));
        }
    }

    @BeforeEach
    void open() throws IOException {
        home = new ProcessHome(folder, SUBSCRIBERS);
    }

    @AfterEach
    void close() {
        home.close();
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"BEFORE_MARK", "AFTER_MARK"})
    void whatWasClaimedIsInDoubtAndIsSentAgain(Point point) throws IOException, InterruptedException {
        runAndHalt(point, "resend");
        Account left = home.account();
        long inFlight = left.of(DeliveryState.SENDING);
        assertThat(relay().taken()).hasSize(point.taken);
        assertThat(left.of(DeliveryState.ACCEPTED)).isEqualTo(point.accepted);
        assertThat(inFlight > 0).isEqualTo(point != Point.BEFORE_CLAIM);
        assertThat(left.of(DeliveryState.READY)).isEqualTo(SUBSCRIBERS - point.accepted - inFlight);

        sendAgain();
        assertThat(home.account().of(DeliveryState.IN_DOUBT)).isEqualTo(inFlight);
        assertThat(home.account().of(DeliveryState.ACCEPTED)).isEqualTo(SUBSCRIBERS - inFlight);

        if (inFlight > 0) {
            program().advance(Duration.ofHours(1));
            sendAgain();
        }
        Audit.Findings findings = home.everybodyGotItAndEverySecondCopyIsExplained();
        assertThat(findings.explained()).as("second copies").isEqualTo(point.taken - point.accepted);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "CONTENT") // how far the marking is by then is a matter of chance
    void whereDotsAreMarkedOnlyWhatWasAtItsDotIsInDoubtAndNobodyGetsItTwice(Point point)
            throws IOException, InterruptedException {
        runAndHalt(point, "hold");
        List<String> taken = recipients();
        assertThat(taken).hasSize(point.taken);
        assertThat(home.account().of(DeliveryState.ACCEPTED)).isEqualTo(point.accepted);

        sendAgain();
        List<String> inDoubt = inDoubt();
        assertThat(inDoubt).hasSize(point.atDot);
        if (point.taken > point.accepted) {
            assertThat(inDoubt).isEqualTo(taken);
        }
        assertThat(home.account().of(DeliveryState.ACCEPTED)).isEqualTo(SUBSCRIBERS - point.atDot);
        assertThat(recipients()).as("nobody got it twice").doesNotHaveDuplicates();
        Audit.Findings findings = home.audit(true);
        assertThat(findings.violations()).isEmpty();
        assertThat(findings.inTheLog()).isEqualTo(SUBSCRIBERS - point.atDot + point.taken - point.accepted);
    }

    private TestHome program() {
        return home.home();
    }

    private FakeRelay relay() {
        return program().relay();
    }

    /** Runs the program until it ends there; nothing of a second message is on its way. */
    private void runAndHalt(Point point, String inDoubt) throws IOException, InterruptedException {
        CompletableFuture<Process> started = new CompletableFuture<>();
        relay().listener(listener(point, started));
        if (point == Point.CONTENT) {
            relay().on(Step.CONTENT, "drop"); // what is in the network already does not arrive
        }
        List<String> run = new ArrayList<>(List.of("run", "weekly", "--set", "delivery.in-doubt=" + inDoubt));
        if (!point.isAtRelay()) {
            run.add(0, point.name());
        }
        Process process =
                home.start(point.isAtRelay() ? Courant.class : HaltingCourant.class, run.toArray(String[]::new));
        started.complete(process);
        assertThat(ProcessHome.ended(process)).as(home.said("err")).isEqualTo(HaltingCourant.HALTED);
        relay().listener(new FakeRelay.Listener() {});
        program().set("delivery.in-doubt", inDoubt);
        program().setClock(Instant.now());
    }

    private static FakeRelay.Listener listener(Point point, CompletableFuture<Process> started) {
        AtomicInteger mails = new AtomicInteger();
        return new FakeRelay.Listener() {
            @Override
            public void reached(Step step, String recipient) {
                try {
                    if (step.name().equals(point.name())) {
                        ProcessHome.kill(started.join());
                    } else if (step == Step.MAIL && mails.incrementAndGet() > 1) {
                        ProcessHome.ended(started.join());
                    }
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        };
    }

    /** As the next call of the program would: first sees to what the last one left. */
    private void sendAgain() {
        IssueId issue = home.onlyIssue();
        program().with(session -> session.get(Runs.class).send(issue));
    }

    private List<String> recipients() {
        return relay().taken().stream().map(Taken::recipient).toList();
    }

    private List<String> inDoubt() {
        IssueId issue = home.onlyIssue();
        List<String> inDoubt = new ArrayList<>();
        program()
                .with(session -> session.get(Ledger.class)
                        .forEach(issue, DeliveryState.IN_DOUBT, entry -> inDoubt.add(entry.address())));
        return inDoubt;
    }
}
