package io.courant.job;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.courant.TestHome;
import io.courant.audience.EmailAddress;
import io.courant.audience.Subscribers;
import io.courant.cli.Program;
import io.courant.delivery.Approvals;
import io.courant.delivery.Deliveries;
import io.courant.delivery.DeliveryState;
import io.courant.delivery.Demand;
import io.courant.delivery.FrozenIssue;
import io.courant.delivery.FrozenIssues;
import io.courant.delivery.Progress;
import io.courant.delivery.RelayException;
import io.courant.issue.IssueId;
import io.courant.lab.FakeRelay;
import io.courant.lab.Step;
import io.courant.lab.Taken;
import io.courant.report.Account;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.repository.JobRepository;

class SendJobTest {
    private static final IssueId ISSUE = new IssueId("weekly-2026-11-23");

    @TempDir
    private Path folder;

    private TestHome home;

    @BeforeEach
    void open() {
        home = new TestHome(folder);
        home.subscribe("ada@example.org", "bob@example.org", "eve@example.org");
        home.post("one.md", "One");
    }

    @AfterEach
    void close() {
        home.close();
    }

    private void compose() {
        Optional<IssueId> composed = home.in(session -> {
            session.get(Runs.class).collect(TestHome.WEEKLY);
            return session.get(Runs.class).compose(TestHome.WEEKLY).issue();
        });
        assertThat(composed).contains(ISSUE);
    }

    private Account send() {
        return home.in(session -> {
            session.get(Runs.class).send(ISSUE);
            return TestHome.account(session, ISSUE);
        });
    }

    private Account account() {
        return home.in(session -> TestHome.account(session, ISSUE));
    }

    private FrozenIssue.State state() {
        return home.in(session ->
                session.get(FrozenIssues.class).find(ISSUE).orElseThrow().state());
    }

    private static BatchStatus last(Program.Session session) {
        JobRepository repository = session.get(JobRepository.class);
        JobInstance instance = repository.getJobInstance(
                SendJob.NAME,
                new JobParametersBuilder().addString(Run.ISSUE, ISSUE.value()).toJobParameters());
        if (instance == null) {
            throw new IllegalStateException("the issue was never sent");
        }
        JobExecution execution = repository.getLastJobExecution(instance);
        if (execution == null) {
            throw new IllegalStateException("the send was never run");
        }
        return execution.getStatus();
    }

    private BatchStatus last() {
        return home.in(SendJobTest::last);
    }

    @Test
    void everySubscriberGetsOneMessageWithItsOwnHeaders() {
        compose();
        Account account = send();
        assertThat(account.of(DeliveryState.ACCEPTED)).isEqualTo(3);
        assertThat(account.isBalanced()).isTrue();
        assertThat(home.relay().copies())
                .isEqualTo(Map.of("ada@example.org", 1, "bob@example.org", 1, "eve@example.org", 1));
        assertThat(home.relay().taken())
                .allSatisfy(mail -> assertThat(mail.content())
                        .contains("List-Unsubscribe: ", "List-Unsubscribe-Post: ", "List-Id", "One"))
                .extracting(SendJobTest::messageId)
                .doesNotHaveDuplicates();
        assertThat(state()).isEqualTo(FrozenIssue.State.FINISHED);
        assertThat(last()).isEqualTo(BatchStatus.COMPLETED);
    }

    private static String messageId(Taken mail) {
        return mail.content()
                .lines()
                .filter(line -> line.startsWith("Message-ID: "))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aFinishedIssueIsNotSentAgain() {
        compose();
        send();
        assertThatThrownBy(this::send)
                .isInstanceOf(Runs.AlreadySentException.class)
                .hasMessage("issue weekly-2026-11-23 was sent before; nothing is left to send");
        assertThat(home.relay().taken()).hasSize(3);
    }

    @Test
    void anIssueThatNeedsApprovalIsRefusedUntilItHasIt() {
        home.changeJob(TestHome.WEEKLY, "template: digest", "template: digest\napproval: true");
        compose();
        assertThatThrownBy(this::send)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("issue weekly-2026-11-23 awaits approval; approve it, then send it");
        assertThat(home.relay().connections()).isZero();
        assertThat(account().of(DeliveryState.READY)).isEqualTo(3);
        home.with(session -> {
            session.get(Approvals.class).approve(ISSUE, new Approvals.Assent("ada", home.now(), null, null));
        });
        assertThat(send().of(DeliveryState.ACCEPTED)).isEqualTo(3);
        assertThat(state()).isEqualTo(FrozenIssue.State.FINISHED);
    }

    @Test
    void aDeferredDeliveryLeavesTheSendStoppedAndTheNextGoesOn() {
        home.relay().onRecipient("bob@example.org", "450 4.2.1 mailbox busy");
        compose();
        Account first = send();
        assertThat(first.of(DeliveryState.ACCEPTED)).isEqualTo(2);
        assertThat(first.of(DeliveryState.DEFERRED)).isEqualTo(1);
        assertThat(first.isBalanced()).isTrue();
        assertThat(last()).isEqualTo(BatchStatus.STOPPED);
        assertThat(state()).isEqualTo(FrozenIssue.State.APPROVED);

        home.advance(Duration.ofMinutes(3));
        assertThat(send().of(DeliveryState.DEFERRED)).as("not due yet").isEqualTo(1);
        home.advance(Duration.ofMinutes(4));
        Account last = send();
        assertThat(last.of(DeliveryState.ACCEPTED)).isEqualTo(3);
        assertThat(last()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(state()).isEqualTo(FrozenIssue.State.FINISHED);
        assertThat(home.relay().copies().values()).containsOnly(1);
    }

    @Test
    void aDeliveryThatIsDeferredForTooLongExpires() {
        home.relay().always(Step.RCPT, "450 4.2.1 mailbox busy");
        compose();
        send();
        home.advance(Duration.ofDays(3).plusMinutes(1));
        Account account = send();
        assertThat(account.of(DeliveryState.EXPIRED)).isEqualTo(3);
        assertThat(account.isBalanced()).isTrue();
        assertThat(state()).isEqualTo(FrozenIssue.State.FINISHED);
    }

    @Test
    void aRejectedDeliveryIsFinal() {
        home.relay().onRecipient("bob@example.org", "550 5.1.1 no such mailbox");
        compose();
        Account account = send();
        assertThat(account.of(DeliveryState.ACCEPTED)).isEqualTo(2);
        assertThat(account.of(DeliveryState.REJECTED)).isEqualTo(1);
        assertThat(account.isBalanced()).isTrue();
        assertThat(state()).isEqualTo(FrozenIssue.State.FINISHED);
    }

    @Test
    void aDeliveryInDoubtIsSentAgainWithTheSameBytesWhenItIsDue() {
        home.relay().on(Step.DOT, "take-and-drop");
        home.changeJob(TestHome.WEEKLY, "template: digest", "template: digest\npace: {connections: 1}");
        compose();
        Account first = send();
        assertThat(first.of(DeliveryState.IN_DOUBT)).isEqualTo(1);
        assertThat(first.isBalanced()).isTrue();
        assertThat(last()).isEqualTo(BatchStatus.STOPPED);
        home.advance(Duration.ofMinutes(16));
        assertThat(send().of(DeliveryState.ACCEPTED)).isEqualTo(3);
        Map<String, List<String>> contents =
                home.relay().taken().stream().collect(groupingBy(Taken::recipient, mapping(Taken::content, toList())));
        assertThat(contents).hasSize(3);
        assertThat(contents.values())
                .filteredOn(copies -> copies.size() > 1)
                .singleElement()
                .satisfies(copies -> assertThat(copies).hasSize(2).containsOnly(copies.get(0)));
    }

    @Test
    void aSendThatWasKilledIsRecoveredAndWhatWasInFlightIsInDoubt() {
        compose();
        Account account = home.in(session -> {
            Killed.run(session.get(JobRepository.class), SendJob.NAME, Run.ISSUE, ISSUE.value());
            // claimed by the process that was killed, its outcome never written down
            session.get(Deliveries.class).claim(ISSUE, Demand.of(1), home.now());
            session.get(Runs.class).send(ISSUE);
            assertThat(last(session)).isEqualTo(BatchStatus.STOPPED);
            return TestHome.account(session, ISSUE);
        });
        assertThat(account.of(DeliveryState.ACCEPTED)).isEqualTo(2);
        assertThat(account.of(DeliveryState.IN_DOUBT)).isEqualTo(1);
        home.advance(Duration.ofMinutes(16));
        assertThat(send().of(DeliveryState.ACCEPTED)).isEqualTo(3);
        assertThat(last()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(home.relay().copies().values()).containsOnly(1);
    }

    @Test
    void aRelayThatIsDownChargesNoDelivery() {
        compose();
        home.relay().close();
        assertThatThrownBy(this::send)
                .isInstanceOfSatisfying(
                        RelayException.class,
                        down -> assertThat(down.isTemporary()).isTrue())
                .hasMessageContaining("127.0.0.1:" + home.relay().port());
        assertThat(account().of(DeliveryState.READY)).isEqualTo(3);
        assertThat(last()).isEqualTo(BatchStatus.FAILED);

        try (FakeRelay other = new FakeRelay().start()) {
            home.set("relay.port", String.valueOf(other.port()));
            assertThat(send().of(DeliveryState.ACCEPTED)).isEqualTo(3);
            assertThat(other.copies().values()).containsOnly(1);
        }
        assertThat(last()).isEqualTo(BatchStatus.COMPLETED);
    }

    @Test
    void whoIsSuppressedOrLeavesAfterTheIssueWasFrozenGetsNothing() {
        compose();
        home.with(session -> {
            Subscribers subscribers = session.get(Subscribers.class);
            subscribers.suppress(new EmailAddress("ada@example.org"), "complaint", home.now());
            subscribers.unsubscribe(
                    subscribers
                            .find(new EmailAddress("bob@example.org"))
                            .orElseThrow()
                            .id(),
                    home.now());
        });
        Account account = send();
        assertThat(account.of(DeliveryState.CANCELLED)).isEqualTo(2);
        assertThat(account.of(DeliveryState.ACCEPTED)).isEqualTo(1);
        assertThat(account.isBalanced()).isTrue();
        assertThat(home.relay().copies()).isEqualTo(Map.of("eve@example.org", 1));
    }

    @Test
    void askingForAStopLeavesTheRestReady() {
        compose();
        Account stopped = home.in(session -> {
            session.get(Onlooker.class).requestStop();
            session.get(Runs.class).send(ISSUE);
            return TestHome.account(session, ISSUE);
        });
        assertThat(stopped.of(DeliveryState.READY)).isEqualTo(3);
        assertThat(last()).isEqualTo(BatchStatus.STOPPED);
        assertThat(send().of(DeliveryState.ACCEPTED)).isEqualTo(3);
    }

    @Test
    void anIssueThatDoesNotExistIsNamed() {
        assertThatThrownBy(() -> home.with(session -> session.get(Runs.class).send(new IssueId("weekly-1999-01-01"))))
                .hasMessage("no issue 'weekly-1999-01-01'");
    }

    @Test
    void inPartsAndThreadsEverybodyGetsItOnce() {
        home.subscribe(IntStream.range(0, 400)
                .mapToObj(i -> "reader%03d@example.org".formatted(i))
                .toArray(String[]::new));
        home.changeJob(TestHome.WEEKLY, "template: digest", "template: digest\nparts: {size: 50, threads: 4}");
        compose();
        List<Progress> seen = new CopyOnWriteArrayList<>();
        Account account = home.in(session -> {
            session.get(Onlooker.class).watch(seen::add);
            session.get(Runs.class).send(ISSUE);
            return TestHome.account(session, ISSUE);
        });
        assertThat(account.of(DeliveryState.ACCEPTED)).isEqualTo(403);
        assertThat(home.relay().tally().copies()).isEqualTo(403);
        assertThat(home.relay().copies().values()).containsOnly(1);
        assertThat(seen).isNotEmpty().allMatch(progress -> progress.total() == 403);
        assertThat(state()).isEqualTo(FrozenIssue.State.FINISHED);
    }
}
