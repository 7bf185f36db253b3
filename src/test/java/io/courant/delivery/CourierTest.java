package io.courant.delivery;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.courant.audience.EmailAddress;
import io.courant.audience.Segment;
import io.courant.audience.Subscriber;
import io.courant.audience.Subscribers.NewSubscriber;
import io.courant.delivery.DeliveryPolicy.Doubt;
import io.courant.delivery.DeliveryPolicy.Groups;
import io.courant.delivery.DeliveryPolicy.Refusals;
import io.courant.delivery.Ledger.Entry;
import io.courant.issue.Issue;
import io.courant.issue.IssueId;
import io.courant.lab.FakeRelay;
import io.courant.lab.Manner;
import io.courant.lab.Step;
import io.courant.lab.Taken;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
@ParameterizedClass
@EnumSource(names = {"IN_TURN", "PIPELINED"})
class CourierTest {
    private static final Instant START = Instant.parse("2026-11-23T07:00:00Z");

    @TempDir
    Path keys;

    private final FakeRelay server;
    private final InMemoryLedger ledger = new InMemoryLedger();
    private final InMemoryFlows flows = new InMemoryFlows();
    private final InMemoryJournal journal = new InMemoryJournal();
    private final List<Progress> progress = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private final Issue issue = Samples.issue(1);
    private final IssueId id = issue.id();
    private Instant now = START;
    private Pace pace = new Pace(4, 0);
    private DeliveryPolicy policy = impatient(DeliveryPolicy.DEFAULT);

    CourierTest(Manner manner) {
        server = new FakeRelay().manner(manner).start();
    }

    @AfterEach
    void nothingIsLeftInFlight() {
        server.close();
        assertThat(ledger.counts(id)).doesNotContainKey(DeliveryState.SENDING);
    }

    private void freeze(int readers) {
        subscribe(readers);
        Samples.freeze(ledger, issue);
    }

    private void subscribe(int readers) {
        for (int i = 0; i < readers; i++) {
            ledger.subscribers()
                    .merge(List.of(new NewSubscriber(
                            new EmailAddress(reader(i)), "", Subscriber.State.ACTIVE, List.of(), START)));
        }
    }

    private static String reader(int i) {
        return "reader" + i + "@example.org";
    }

    private Courier courier() {
        return courier(Samples.relay(server));
    }

    private Courier courier(Relay relay) {
        return new Courier(
                ledger,
                ledger,
                flows,
                journal,
                new Transport(List.of(new Route(relay, 1, pace)), DomainGroups.DEFAULT, policy),
                () -> now,
                () -> 0.5,
                (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    private Summary deliver() {
        return deliver(() -> false);
    }

    private Summary deliver(BooleanSupplier stop) {
        return WholeRun.deliver(
                courier(),
                ledger.find(id).orElseThrow(),
                new Personalizer(Samples.newsletter(), id, new TokenSigner(TokenKeys.in(keys))),
                Scope.ALL_DUE,
                watching(stop, progress::add));
    }

    private Conductor watching(BooleanSupplier stop, Consumer<Progress> watcher) {
        return new Conductor() {
            @Override
            public Order order() {
                return stop.getAsBoolean() ? Order.STOP : Order.GO;
            }

            @Override
            public void progressed(Progress one) {
                watcher.accept(one);
            }

            @Override
            public void remarked(String remark) {
                remarks.add(remark);
            }
        };
    }

    private long count(DeliveryState state) {
        return ledger.counts(id).getOrDefault(state, 0L);
    }

    private List<Entry> entries(DeliveryState state) {
        List<Entry> entries = new ArrayList<>();
        ledger.forEach(id, state, entries::add);
        return entries;
    }

    /** A relay that fails ends the run. */
    private static DeliveryPolicy impatient(DeliveryPolicy policy) {
        return outage(policy, Duration.ofSeconds(30), Duration.ZERO);
    }

    private static DeliveryPolicy outage(DeliveryPolicy policy, Duration rest, Duration patience) {
        return new DeliveryPolicy(
                policy.retry(),
                policy.doubt(),
                policy.refusals(),
                policy.groups(),
                new DeliveryPolicy.Outage(List.of(rest), patience));
    }

    private static DeliveryPolicy withDoubt(InDoubtPolicy policy) {
        return new DeliveryPolicy(
                RetryPolicy.DEFAULT,
                new Doubt(policy, Duration.ofMinutes(15), 2, policy != InDoubtPolicy.RESEND),
                DeliveryPolicy.DEFAULT.refusals(),
                DeliveryPolicy.DEFAULT.groups(),
                DeliveryPolicy.DEFAULT.outage());
    }

    @Test
    void everybodyGetsOneCopy() {
        freeze(1000);
        Summary summary = deliver();
        assertThat(summary.counts()).isEqualTo(Map.of(DeliveryState.ACCEPTED, 1000L));
        assertThat(summary.run()).isEqualTo(new Summary.Tally(1000, 0, 0, 0, 0, 0, 0));
        assertThat(summary.isFinished()).isTrue();
        assertThat(summary.stopped()).isFalse();
        assertThat(summary.nextDue()).isNull();
        assertThat(server.copies())
                .hasSize(1000)
                .allSatisfy((address, copies) -> assertThat(copies).isEqualTo(1));
        assertThat(server.connections()).isLessThanOrEqualTo(4);
        assertThat(ledger.mostInFlight).isLessThanOrEqualTo(400);
        Progress last = progress.get(progress.size() - 1);
        assertThat(last.of(DeliveryState.ACCEPTED)).isEqualTo(1000);
        assertThat(last.total()).isEqualTo(1000);
        assertThat(last.perSecond()).isPositive();
    }

    @Test
    void aSecondRunFindsNothingToDo() {
        freeze(10);
        deliver();
        Summary again = deliver();
        assertThat(again.run().accepted()).isZero();
        assertThat(server.taken()).hasSize(10);
    }

    @Test
    void anIssueThatAwaitsApprovalIsNotSent() {
        subscribe(1);
        Samples.freeze(ledger, issue, Segment.ALL, true);
        assertThatThrownBy(this::deliver)
                .hasMessage("issue deep-learning-2026-11-23 awaits approval; approve it, then send it");
    }

    @Test
    void deferredMailIsTriedAgainWhenDueUntilItExpires() {
        freeze(2);
        server.always(Step.RCPT, "450 4.2.0 try later");
        List<Duration> waits = new ArrayList<>();
        Summary summary = deliver();
        while (summary.nextDue() != null) {
            waits.add(Duration.between(now, summary.nextDue()));
            now = requireNonNull(summary.nextDue());
            summary = deliver();
        }
        assertThat(waits.stream().map(Duration::toMinutes).toList())
                .startsWith(5L, 15L, 30L, 60L, 120L, 240L, 240L)
                .hasSize(23);
        assertThat(Duration.between(START, now)).isBetween(Duration.ofHours(72), Duration.ofHours(76));
        assertThat(summary.counts()).isEqualTo(Map.of(DeliveryState.EXPIRED, 2L));
        assertThat(summary.run().expired()).isEqualTo(2);
        assertThat(entries(DeliveryState.EXPIRED).get(0).attempts()).hasSize(24);
    }

    @Test
    void deferredMailArrivesOnceTheRelayTakesIt() {
        freeze(3);
        server.onRecipient(reader(1), "450 4.2.0 greylisted");
        Summary first = deliver();
        assertThat(first.counts()).isEqualTo(Map.of(DeliveryState.ACCEPTED, 2L, DeliveryState.DEFERRED, 1L));
        assertThat(first.nextDue()).isEqualTo(START.plus(Duration.ofMinutes(5)));
        assertThat(first.isFinished()).isFalse();
        now = START.plus(Duration.ofMinutes(5));
        assertThat(deliver().counts()).isEqualTo(Map.of(DeliveryState.ACCEPTED, 3L));
    }

    @Test
    void aRefusedRecipientIsNotTriedAgain() {
        freeze(20);
        server.onRecipient(reader(7), "550 5.1.1 no such user");
        assertThat(deliver().counts()).isEqualTo(Map.of(DeliveryState.ACCEPTED, 19L, DeliveryState.REJECTED, 1L));
        now = now.plus(Duration.ofDays(10));
        deliver();
        assertThat(server.copies()).doesNotContainKey(reader(7));
        assertThat(entries(DeliveryState.REJECTED).get(0).attempts().get(0).reply())
                .isEqualTo("550 5.1.1 no such user");
    }

    @Test
    void whoUnsubscribesBetweenFreezeAndSendGetsNothing() {
        freeze(3);
        ledger.subscribers().unsubscribe(2, START);
        assertThat(deliver().counts()).isEqualTo(Map.of(DeliveryState.ACCEPTED, 2L, DeliveryState.CANCELLED, 1L));
        assertThat(server.copies()).doesNotContainKey(reader(1));
    }

    @Test
    void aLost250IsInDoubtAndSentAgainWithTheSameBytes() {
        freeze(1);
        server.on(Step.DOT, "take-and-drop");
        Summary first = deliver();
        assertThat(first.counts()).isEqualTo(Map.of(DeliveryState.IN_DOUBT, 1L));
        assertThat(first.nextDue()).isEqualTo(START.plus(Duration.ofMinutes(15)));
        assertThat(deliver().run().resent()).isZero();
        now = START.plus(Duration.ofMinutes(15));
        Summary second = deliver();
        assertThat(second.counts()).isEqualTo(Map.of(DeliveryState.ACCEPTED, 1L));
        assertThat(second.run().resent()).isEqualTo(1);
        assertThat(server.taken()).hasSize(2);
        assertThat(server.taken().get(1)).isEqualTo(server.taken().get(0));
        assertThat(entries(DeliveryState.ACCEPTED).get(0).inDoubt()).isEqualTo(1);
    }

    @Test
    void afterTwoResendsADoubtIsLeftToAPerson() {
        freeze(1);
        server.always(Step.DOT, "take-and-drop");
        for (int i = 0; i < 5; i++) {
            deliver();
            now = now.plus(Duration.ofHours(1));
        }
        assertThat(ledger.counts(id)).isEqualTo(Map.of(DeliveryState.IN_DOUBT, 1L));
        assertThat(server.taken()).hasSize(3);
        assertThat(ledger.nextDue(id)).isEmpty();
    }

    @Test
    void underHoldADoubtIsLeftToAPersonAtOnce() {
        policy = withDoubt(InDoubtPolicy.HOLD);
        freeze(1);
        server.on(Step.DOT, "take-and-drop");
        assertThat(deliver().nextDue()).isNull();
        now = now.plus(Duration.ofDays(30));
        assertThat(deliver().counts()).isEqualTo(Map.of(DeliveryState.IN_DOUBT, 1L));
        assertThat(server.taken()).hasSize(1);
    }

    @Test
    void underAssumeSentADoubtCountsAsAccepted() {
        policy = withDoubt(InDoubtPolicy.ASSUME_SENT);
        freeze(1);
        server.on(Step.DOT, "take-and-drop");
        assertThat(deliver().counts()).isEqualTo(Map.of(DeliveryState.ACCEPTED, 1L));
        assertThat(entries(DeliveryState.ACCEPTED).get(0).inDoubt()).isEqualTo(1);
    }

    @Test
    void afterACrashWhatWasInFlightIsInDoubtAndTheRestIsSent() {
        freeze(10);
        ledger.claim(id, Demand.of(4), START);
        Summary summary = deliver();
        assertThat(summary.run().recovered()).isEqualTo(4);
        assertThat(summary.counts()).isEqualTo(Map.of(DeliveryState.ACCEPTED, 6L, DeliveryState.IN_DOUBT, 4L));
        now = requireNonNull(summary.nextDue());
        assertThat(deliver().counts()).isEqualTo(Map.of(DeliveryState.ACCEPTED, 10L));
        assertThat(server.copies()).hasSize(10);
    }

    @Test
    void aRelayThatIsDownLosesNothing() {
        freeze(250);
        Relay relay = Samples.relay(server);
        server.close();
        assertThatThrownBy(this::deliver)
                .isInstanceOfSatisfying(
                        RelayException.class, e -> assertThat(e.isTemporary()).isTrue())
                .hasMessageContaining("relay " + relay.name() + " refuses connections");
        assertThat(ledger.counts(id)).isEqualTo(Map.of(DeliveryState.READY, 250L));
    }

    @Test
    void aRelayThatGoesDownInTheMiddleLosesNothing() {
        freeze(300);
        assertThatThrownBy(() -> deliver(() -> {
                    if (server.taken().size() >= 30) {
                        server.close();
                    }
                    return false;
                }))
                .isInstanceOf(RelayException.class);
        long accepted = count(DeliveryState.ACCEPTED);
        assertThat(accepted
                        + count(DeliveryState.READY)
                        + count(DeliveryState.IN_DOUBT)
                        + count(DeliveryState.DEFERRED))
                .isEqualTo(300);
        assertThat(accepted).isBetween(1L, 299L);
        assertThat(server.taken().size()).isBetween((int) accepted, (int) (accepted + count(DeliveryState.IN_DOUBT)));
    }

    @Test
    void aRelayThatIsGoneForAWhileIsWaitedFor() {
        policy = outage(policy, Duration.ofMillis(100), Duration.ofSeconds(5));
        freeze(100);
        server.on(Step.BANNER, "220 one", "421 4.3.2 restarting", "421 4.3.2 restarting", "220 back");
        server.on(Step.MAIL, "250 ok", "250 ok", "250 ok", "drop");
        pace = new Pace(1, 0);
        assertThat(deliver().counts()).isEqualTo(Map.of(DeliveryState.ACCEPTED, 100L));
        assertThat(remarks)
                .hasSize(2)
                .allSatisfy(remark ->
                        assertThat(remark).contains("421 4.3.2 restarting").endsWith("; asked again after 0 s"));
        assertThat(entries(DeliveryState.ACCEPTED))
                .as("nobody is charged with it")
                .allSatisfy(entry -> assertThat(entry.attempts()).isEmpty());
        assertThat(flows.failures()).isEmpty();
    }

    @Test
    void aRelayThatAllowsFewerConnectionsIsServedWithThose() {
        freeze(200);
        server.on(Step.BANNER, "220 one", "220 two", "421 4.7.0 too many", "421 4.7.0 too many");
        assertThat(deliver().counts()).isEqualTo(Map.of(DeliveryState.ACCEPTED, 200L));
    }

    @Test
    void aRelayThatClosesNewConnectionsIsServedWithFewerAtNoCost() {
        freeze(400);
        pace = new Pace(8, 0);
        server.connectionLimit(2);
        assertThat(deliver().counts()).isEqualTo(Map.of(DeliveryState.ACCEPTED, 400L));
        assertThat(entries(DeliveryState.ACCEPTED))
                .allSatisfy(entry -> assertThat(entry.attempts()).isEmpty());
    }

    @Test
    void aHandfulOfMessagesOpensNoMoreConnectionsThanThereAreMessages() {
        freeze(2);
        pace = new Pace(8, 0);
        deliver();
        assertThat(server.connections()).isLessThanOrEqualTo(2);
    }

    @Test
    void aConnectionThatTheRelayHasTiredOfIsReplacedAtNoCost() {
        pace = new Pace(1, 0);
        freeze(30);
        String ok = "250 2.1.0 ok";
        server.on(Step.MAIL, ok, ok, "421 4.7.0 too many messages", ok, ok, "drop", ok, ok);
        assertThat(deliver().counts()).isEqualTo(Map.of(DeliveryState.ACCEPTED, 30L));
        assertThat(server.connections()).isEqualTo(3);
        assertThat(entries(DeliveryState.ACCEPTED))
                .allSatisfy(entry -> assertThat(entry.attempts()).isEmpty());
    }

    @Test
    void oneRecipientThatBreaksEveryConnectionHoldsNobodyUp() {
        freeze(30);
        server.onRecipient(reader(5), "drop", "drop", "drop", "drop");
        assertThat(deliver().counts()).isEqualTo(Map.of(DeliveryState.ACCEPTED, 29L, DeliveryState.DEFERRED, 1L));
    }

    @Test
    void aRelayThatDropsEveryMessageStopsTheRun() {
        freeze(100);
        server.always(Step.MAIL, "drop");
        assertThatThrownBy(this::deliver)
                .isInstanceOf(RelayException.class)
                .hasMessageContaining("has not served 10 messages in a row (the last: ");
        assertThat(count(DeliveryState.READY) + count(DeliveryState.DEFERRED)).isEqualTo(100);
    }

    @Test
    void aRelayThatRefusesTheSenderStopsTheRunAndNobodyIsMarkedDead() {
        freeze(100);
        server.always(Step.MAIL, "550 5.7.1 not your domain");
        assertThatThrownBy(this::deliver)
                .isInstanceOfSatisfying(
                        RelayException.class, e -> assertThat(e.isTemporary()).isFalse())
                .hasMessageContaining("refuses the sender, not the recipient (550 5.7.1 not your domain)");
        assertThat(ledger.counts(id)).isEqualTo(Map.of(DeliveryState.READY, 100L));
    }

    @Test
    void unalignedMailStopsTheRunAndNobodyIsMarkedDead() {
        freeze(100);
        server.always(Step.DOT, "550 5.7.26 unauthenticated");
        assertThatThrownBy(this::deliver).isInstanceOf(RelayException.class);
        assertThat(ledger.counts(id)).isEqualTo(Map.of(DeliveryState.READY, 100L));
    }

    @Test
    void manyRefusalsAtTheBeginningStopTheRun() {
        pace = new Pace(1, 0);
        freeze(1000);
        server.always(Step.RCPT, "550 5.1.1 no such user");
        assertThatThrownBy(this::deliver)
                .isInstanceOf(TooManyRefusals.class)
                .hasMessageContaining("issue deep-learning-2026-11-23 stopped: 11 of the first 11 answers")
                .hasMessageContaining("550 5.1.1 no such user");
        assertThat(ledger.counts(id)).isEqualTo(Map.of(DeliveryState.READY, 1000L));
        assertThat(progress.get(progress.size() - 1).of(DeliveryState.READY)).isEqualTo(1000);
        server.always(Step.RCPT, "250 2.1.5 ok");
        assertThat(deliver().counts()).isEqualTo(Map.of(DeliveryState.ACCEPTED, 1000L));
    }

    @Test
    void aFewRefusalsAtTheBeginningStand() {
        freeze(150);
        for (int i = 0; i < 10; i++) {
            server.onRecipient(reader(i), "550 5.1.1 no such user");
        }
        assertThat(deliver().counts()).isEqualTo(Map.of(DeliveryState.REJECTED, 10L, DeliveryState.ACCEPTED, 140L));
    }

    @Test
    void refusalsStandWhenTheRunIsOverBeforeThereAreManyAnswers() {
        freeze(20);
        server.onRecipient(reader(0), "550 5.1.1 no such user");
        Summary stopped = deliver(() -> server.taken().size() >= 2);
        assertThat(stopped.counts()).containsEntry(DeliveryState.REJECTED, 1L);
    }

    @Test
    void aRelayThatBreaksAtEveryDotIsNotGivenTheWholeList() {
        freeze(200);
        server.always(Step.DOT, "drop");
        assertThatThrownBy(this::deliver)
                .isInstanceOf(RelayException.class)
                .hasMessageContaining("has not served 10 messages in a row");
        assertThat(count(DeliveryState.IN_DOUBT)).isBetween(10L, 20L);
        assertThat(count(DeliveryState.READY)).isBetween(180L, 190L);
    }

    @Test
    void aRelayThatPutsEverySenderOffRests() {
        freeze(200);
        server.always(Step.MAIL, "452 4.3.1 insufficient system storage");
        assertThatThrownBy(this::deliver)
                .isInstanceOf(RelayException.class)
                .hasMessageContaining("452 4.3.1 insufficient system storage");
        assertThat(count(DeliveryState.DEFERRED)).isBetween(10L, 20L);
    }

    @Test
    void whatAnEditorHeldIsSentAgainOnceThePolicySaysSo() {
        policy = withDoubt(InDoubtPolicy.HOLD);
        freeze(3);
        server.on(Step.DOT, "take-and-drop");
        assertThat(deliver().counts()).containsEntry(DeliveryState.IN_DOUBT, 1L);
        now = now.plus(Duration.ofDays(1));
        assertThat(deliver().counts()).containsEntry(DeliveryState.IN_DOUBT, 1L);
        policy = withDoubt(InDoubtPolicy.RESEND);
        assertThat(deliver().counts()).isEqualTo(Map.of(DeliveryState.ACCEPTED, 3L));
    }

    @Test
    void theShareOfRefusalsThatStopsIsASetting() {
        policy = new DeliveryPolicy(
                RetryPolicy.DEFAULT,
                DeliveryPolicy.DEFAULT.doubt(),
                new Refusals(100, 1),
                DeliveryPolicy.DEFAULT.groups(),
                DeliveryPolicy.DEFAULT.outage());
        freeze(150);
        server.always(Step.RCPT, "550 5.1.1 no such user");
        assertThat(deliver().counts()).isEqualTo(Map.of(DeliveryState.REJECTED, 150L));
    }

    @Test
    void aStopFinishesWhatIsInFlightAndKeepsTheRestReady() {
        freeze(1000);
        Summary summary = deliver(() -> server.taken().size() >= 50);
        assertThat(summary.stopped()).isTrue();
        long accepted = summary.counts().getOrDefault(DeliveryState.ACCEPTED, 0L);
        assertThat(accepted).isBetween(50L, 999L).isEqualTo(server.taken().size());
        assertThat(summary.counts().get(DeliveryState.READY)).isEqualTo(1000 - accepted);
        assertThat(deliver().counts()).isEqualTo(Map.of(DeliveryState.ACCEPTED, 1000L));
        assertThat(server.copies())
                .hasSize(1000)
                .allSatisfy((address, copies) -> assertThat(copies).isEqualTo(1));
    }

    @Test
    void anInterruptIsAStop() {
        freeze(1000);
        Summary summary = deliver(() -> {
            if (server.taken().size() > 20) {
                Thread.currentThread().interrupt();
            }
            return false;
        });
        assertThat(summary.stopped()).isTrue();
        assertThat(summary.run().accepted()).isEqualTo(server.taken().size()).isLessThan(1000);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void theGroupBoundsWhatACrashLeavesInDoubt() {
        policy = new DeliveryPolicy(
                RetryPolicy.DEFAULT,
                DeliveryPolicy.DEFAULT.doubt(),
                DeliveryPolicy.DEFAULT.refusals(),
                new Groups(7, 3, Duration.ofMillis(5)),
                DeliveryPolicy.DEFAULT.outage());
        freeze(100);
        deliver();
        assertThat(ledger.mostInFlight).isLessThanOrEqualTo(7);
        assertThat(server.taken()).hasSize(100);
    }

    @Test
    void aRunThatBreaksEarlyLeavesFewInDoubt() {
        freeze(1000);
        ledger.settlesLeft = 0;
        assertThatThrownBy(this::deliver).hasMessage("disk full");
        assertThat(ledger.mostInFlight).isBetween(1L, 25L);
        ledger.settlesLeft = Integer.MAX_VALUE;
        assertThat(deliver().counts()).isEqualTo(Map.of(DeliveryState.ACCEPTED, 1000L));
    }

    @Test
    void anAccidentInTheMiddleLosesNoAnswer() {
        freeze(100);
        RuntimeException accident = new IllegalStateException("the screen is gone");
        assertThatThrownBy(() -> WholeRun.deliver(
                        courier(),
                        ledger.find(id).orElseThrow(),
                        new Personalizer(Samples.newsletter(), id, new TokenSigner(TokenKeys.in(keys))),
                        Scope.ALL_DUE,
                        watching(() -> false, shown -> {
                            throw accident;
                        })))
                .isSameAs(accident);
        assertThat(count(DeliveryState.ACCEPTED)).isEqualTo(server.taken().size());
        assertThat(count(DeliveryState.ACCEPTED) + count(DeliveryState.READY)).isEqualTo(100);
    }

    @Test
    void whatALedgerThatStaysBrokenDoesNotTakeIsKeptAsideAndWrittenByTheNextRun() {
        freeze(100);
        ledger.settlesLeft = 1;
        assertThatThrownBy(this::deliver).hasMessage("disk full");
        assertThat(count(DeliveryState.SENDING)).isBetween(1L, 100L);
        assertThat(journal.kept().get(id)).hasSize((int) count(DeliveryState.SENDING));
        ledger.settlesLeft = Integer.MAX_VALUE;
        Summary summary = deliver();
        assertThat(summary.run().recovered()).isZero();
        assertThat(summary.counts()).isEqualTo(Map.of(DeliveryState.ACCEPTED, 100L));
        assertThat(journal.kept()).isEmpty();
        assertThat(server.copies())
                .hasSize(100)
                .allSatisfy((address, copies) -> assertThat(copies).isEqualTo(1));
    }

    @Test
    void thePaceIsKept() {
        pace = new Pace(4, 1200);
        freeze(12);
        long begin = System.nanoTime();
        deliver();
        // one at once, then one every 50 ms
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(500));
        assertThat(server.taken()).hasSize(12);
    }

    @Test
    void throughAnyMixOfFaultsNobodyIsLostAndEveryExtraCopyIsExplained() {
        long seed = new Random().nextLong();
        System.out.println("CourierTest.throughAnyMixOfFaults seed " + seed);
        Random random = new Random(seed);
        freeze(400);
        Map<Step, List<String>> faults = Map.of(
                Step.BANNER, List.of("421 4.3.2 busy"),
                Step.MAIL, List.of("421 4.7.0 enough", "451 4.3.0 later", "drop"),
                Step.RCPT, List.of("450 4.2.0 greylisted", "421 4.3.2 busy", "drop"),
                Step.DATA, List.of("451 4.3.0 later", "drop"),
                Step.CONTENT, List.of("drop"),
                Step.DOT, List.of("drop", "take-and-drop", "451 4.3.0 later", "552 5.2.2 full"));
        Map<Step, String> usual = Map.of(
                Step.BANNER,
                "220 hi",
                Step.MAIL,
                "250 ok",
                Step.RCPT,
                "250 ok",
                Step.DATA,
                "354 go",
                Step.CONTENT,
                "delay 0s",
                Step.DOT,
                "250 ok");
        faults.forEach((step, kinds) -> {
            for (int i = 0; i < 600; i++) {
                boolean fault = random.nextInt(100) < 6;
                server.on(step, fault ? kinds.get(random.nextInt(kinds.size())) : requireNonNull(usual.get(step)));
            }
        });
        for (int run = 0; run < 60 && !ledger.counts(id).keySet().stream().allMatch(DeliveryState::isFinal); run++) {
            try {
                int most = 1 + random.nextInt(200);
                int before = server.taken().size();
                deliver(() -> server.taken().size() > before + most);
            } catch (RelayException e) {
                assertThat(e.isTemporary()).as("seed %d: %s", seed, e).isTrue();
            }
            now = ledger.nextDue(id).filter(due -> due.isAfter(now)).orElse(now);
        }
        Map<String, Integer> copies = server.copies();
        Map<String, Entry> accepted = new HashMap<>();
        entries(DeliveryState.ACCEPTED).forEach(entry -> accepted.put(entry.address(), entry));
        long all =
                ledger.counts(id).values().stream().mapToLong(Long::longValue).sum();
        assertThat(all).as("seed %d", seed).isEqualTo(400);
        accepted.forEach((address, entry) -> assertThat(copies.getOrDefault(address, 0))
                .as("seed %d: %s %s", seed, address, entry)
                .isBetween(1, 1 + entry.inDoubt()));
        List<Entry> others = new ArrayList<>();
        for (DeliveryState state : DeliveryState.values()) {
            if (state != DeliveryState.ACCEPTED) {
                ledger.forEach(id, state, others::add);
            }
        }
        assertThat(others)
                .as("seed %d", seed)
                .allSatisfy(entry ->
                        assertThat(copies.getOrDefault(entry.address(), 0)).isLessThanOrEqualTo(entry.inDoubt()));
        server.taken().stream()
                .collect(Collectors.groupingBy(Taken::rcpt))
                .forEach((rcpt, same) ->
                        assertThat(same.stream().map(Taken::content).distinct()).hasSize(1));
        System.out.println("CourierTest.throughAnyMixOfFaults " + ledger.counts(id) + ", copies "
                + server.taken().size());
    }
}
