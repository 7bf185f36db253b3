package io.courant.delivery;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.courant.audience.EmailAddress;
import io.courant.audience.Subscriber;
import io.courant.audience.Subscribers.NewSubscriber;
import io.courant.delivery.DomainGroups.DomainGroup;
import io.courant.issue.Issue;
import io.courant.issue.IssueId;
import io.courant.lab.FakeRelay;
import io.courant.lab.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several relays, several domain groups, and runs that are about a part of an issue. */
@Timeout(60)
class RoutesTest {
    private static final Instant START = Instant.parse("2026-11-23T07:00:00Z");

    @TempDir
    Path keys;

    private final FakeRelay first = new FakeRelay().start();
    private final FakeRelay second = new FakeRelay().start();
    private final InMemoryLedger ledger = new InMemoryLedger();
    private final InMemoryFlows flows = new InMemoryFlows();
    private final List<String> remarks = new ArrayList<>();
    private final Issue issue = Samples.issue(1);
    private final IssueId id = issue.id();
    private DomainGroups groups = DomainGroups.DEFAULT;
    private DeliveryPolicy policy = outage(Duration.ofSeconds(30), Duration.ZERO);
    private Instant now = START;

    @AfterEach
    void close() {
        first.close();
        second.close();
        assertThat(ledger.counts(id)).doesNotContainKey(DeliveryState.SENDING);
    }

    private static DeliveryPolicy outage(Duration rest, Duration patience) {
        DeliveryPolicy standard = DeliveryPolicy.DEFAULT;
        return new DeliveryPolicy(
                standard.retry(),
                standard.doubt(),
                standard.refusals(),
                standard.groups(),
                new DeliveryPolicy.Outage(List.of(rest), patience));
    }

    private void freeze(int readers, String domain) {
        for (int i = 0; i < readers; i++) {
            ledger.subscribers()
                    .merge(List.of(new NewSubscriber(
                            new EmailAddress("reader" + i + "@" + domain),
                            "",
                            Subscriber.State.ACTIVE,
                            List.of(),
                            START)));
        }
    }

    private static Route route(FakeRelay relay, int weight) {
        return new Route(Samples.relay(relay), weight, new Pace(2, 0));
    }

    private Summary deliver(Scope scope, Conductor conductor, Route... routes) {
        return WholeRun.deliver(
                new Courier(
                        ledger,
                        ledger,
                        flows,
                        new InMemoryJournal(),
                        new Transport(List.of(routes), groups, policy),
                        () -> now,
                        () -> 0.5,
                        (SSLSocketFactory) SSLSocketFactory.getDefault()),
                ledger.find(id).orElseThrow(),
                new Personalizer(Samples.newsletter(), id, new TokenSigner(TokenKeys.in(keys))),
                scope,
                conductor);
    }

    private Summary deliver(Route... routes) {
        return deliver(Scope.ALL_DUE, going(), routes);
    }

    private Conductor going() {
        return new Conductor() {
            @Override
            public Order order() {
                return Order.GO;
            }

            @Override
            public void progressed(Progress progress) {}

            @Override
            public void remarked(String remark) {
                remarks.add(remark);
            }
        };
    }

    private static long at(FakeRelay relay, String domain) {
        return relay.copies().keySet().stream()
                .filter(address -> address.endsWith("@" + domain))
                .count();
    }

    @Test
    void relaysThatKeepUpGetMailByTheirWeight() {
        groups = DomainGroups.DEFAULT.with(List.of(new DomainGroup(DomainGroups.OTHERS, List.of(), 6_000)));
        freeze(200, "example.org");
        Samples.freeze(ledger, issue);
        assertThat(deliver(route(first, 3), route(second, 1)).counts()).isEqualTo(Map.of(DeliveryState.ACCEPTED, 200L));
        assertThat(first.taken().size()).isBetween(120, 180);
        assertThat(first.taken().size() + second.taken().size()).isEqualTo(200);
    }

    @Test
    void aSlowRelayHoldsNobodyUp() {
        freeze(400, "example.org");
        Samples.freeze(ledger, issue);
        first.always(Step.DOT, "delay 100ms");
        long begin = System.nanoTime();
        deliver(route(first, 1), route(second, 1));
        // half of them through two connections of the slow one alone would take ten seconds
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(8));
        assertThat(second.taken().size()).isGreaterThan(first.taken().size());
    }

    @Test
    void whatOneRelayCannotTakeGoesByTheOther() {
        freeze(200, "example.org");
        Samples.freeze(ledger, issue);
        Route gone = route(first, 5);
        first.close();
        assertThat(deliver(gone, route(second, 1)).counts()).isEqualTo(Map.of(DeliveryState.ACCEPTED, 200L));
        assertThat(second.taken()).hasSize(200);
        assertThat(remarks).singleElement().asString().contains("refuses connections", "; asked again after 30 s");
        assertThat(flows.failures()).isEqualTo(Map.of(gone.key(), 1));
        assertThat(ledger.attempts(id)).as("nobody is charged with it").isZero();
    }

    @Test
    void aRelayThatRefusesUsForGoodIsNotAskedAgainInTheRun() {
        freeze(100, "example.org");
        Samples.freeze(ledger, issue);
        first.always(Step.BANNER, "554 5.7.1 not you");
        assertThat(deliver(route(first, 1), route(second, 1)).counts()).isEqualTo(Map.of(DeliveryState.ACCEPTED, 100L));
        assertThat(first.connections()).isEqualTo(1);
        assertThat(remarks).singleElement().asString().endsWith("; not asked again in this run");
    }

    @Test
    void whenNoRelayCanBeAskedTheRunEndsAndLosesNothing() {
        freeze(50, "example.org");
        Samples.freeze(ledger, issue);
        Route[] routes = {route(first, 1), route(second, 1)};
        first.close();
        second.always(Step.BANNER, "421 4.3.2 not now");
        assertThatThrownBy(() -> deliver(routes))
                .isInstanceOfSatisfying(
                        RelayException.class, e -> assertThat(e.isTemporary()).isTrue());
        assertThat(ledger.counts(id)).isEqualTo(Map.of(DeliveryState.READY, 50L));
        assertThat(flows.failures().keySet()).isEqualTo(Set.of(routes[0].key(), routes[1].key()));
    }

    @Test
    void aSlowGroupHoldsNoOtherUp() {
        groups = DomainGroups.DEFAULT.with(List.of(new DomainGroup("google", List.of("gmail.com"), 60)));
        freeze(3, "gmail.com");
        freeze(300, "example.org");
        Samples.freeze(ledger, issue);
        List<Long> others = new ArrayList<>();
        List<Long> google = new ArrayList<>();
        Conductor watching = new Conductor() {
            @Override
            public Order order() {
                others.add(at(first, "example.org"));
                google.add(at(first, "gmail.com"));
                return google.get(google.size() - 1) >= 2 ? Order.STOP : Order.GO;
            }

            @Override
            public void progressed(Progress progress) {}

            @Override
            public void remarked(String remark) {}
        };
        deliver(Scope.ALL_DUE, watching, route(first, 1));
        int secondOfGoogle = google.indexOf(2L);
        assertThat(others.get(secondOfGoogle))
                .as("all others are through before the slow group's second")
                .isEqualTo(300);
    }

    @Test
    void whatHasToWaitForAPaceAloneLeavesItsPlaceToOthers() {
        groups = DomainGroups.DEFAULT.with(List.of(new DomainGroup("google", List.of("gmail.com"), 60)));
        freeze(30, "gmail.com");
        freeze(300, "example.org");
        Samples.freeze(ledger, issue);
        Summary summary = deliver(Scope.allDue(Duration.ofMillis(200)), going(), route(first, 1));
        assertThat(at(first, "example.org")).isEqualTo(300);
        assertThat(at(first, "gmail.com")).isBetween(1L, 10L);
        assertThat(summary.stopped()).isTrue();
        assertThat(summary.counts().keySet()).containsOnly(DeliveryState.ACCEPTED, DeliveryState.READY);
    }

    @Test
    void receiversThatThrottleSlowTheirGroupDownAndTheNextRunKnows() throws IOException {
        freeze(300, "yahoo.co.uk");
        freeze(100, "example.org");
        Samples.freeze(ledger, issue);
        first.script(Files.writeString(keys.resolve("script"), "rcpt for yahoo.co.uk 421 4.7.0 slow down\n"));
        int[] looks = {0};
        Conductor brief = new Conductor() {
            @Override
            public Order order() {
                boolean othersDone = first.taken().size() == 100;
                return othersDone && looks[0]++ > 3 ? Order.STOP : Order.GO;
            }

            @Override
            public void progressed(Progress progress) {}

            @Override
            public void remarked(String remark) {}
        };
        deliver(Scope.ALL_DUE, brief, route(first, 1));
        assertThat(requireNonNull(flows.paces().get("group yahoo")).perMinute()).isPositive();
        assertThat(flows.paces()).doesNotContainKey("group others");
        assertThat(at(first, "example.org")).isEqualTo(100);
    }

    @Test
    void aLimitEndsTheRunWhenSoManyAreSent() {
        freeze(100, "example.org");
        Samples.freeze(ledger, issue);
        Summary summary = deliver(new Scope(30, Set.of()), going(), route(first, 1));
        assertThat(summary.counts()).isEqualTo(Map.of(DeliveryState.ACCEPTED, 30L, DeliveryState.READY, 70L));
        assertThat(summary.stopped()).isTrue();
        assertThat(deliver(new Scope(1000, Set.of()), going(), route(first, 1)).counts())
                .isEqualTo(Map.of(DeliveryState.ACCEPTED, 100L));
    }

    @Test
    void onlyThoseWhoAreNamedAreSentToWhetherDueOrNot() {
        freeze(20, "example.org");
        Samples.freeze(ledger, issue);
        first.onRecipient("reader7@example.org", "450 4.2.0 greylisted");
        Scope only = new Scope(Long.MAX_VALUE, Set.of(new EmailAddress("reader7@example.org")));
        assertThat(deliver(only, going(), route(first, 1)).counts())
                .isEqualTo(Map.of(DeliveryState.DEFERRED, 1L, DeliveryState.READY, 19L));
        assertThat(deliver(only, going(), route(first, 1)).counts())
                .isEqualTo(Map.of(DeliveryState.ACCEPTED, 1L, DeliveryState.READY, 19L));
        assertThat(first.copies()).containsOnlyKeys("reader7@example.org");
    }

    @Test
    void aPausedRunBeginsNothingNewAndGoesOnWhenTold() {
        freeze(200, "example.org");
        Samples.freeze(ledger, issue);
        first.always(Step.DOT, "delay 2ms");
        List<Integer> whilePaused = new ArrayList<>();
        Conductor pausing = new Conductor() {
            private int paused;

            @Override
            public Order order() {
                boolean pause = first.taken().size() >= 50 && paused < 20;
                if (pause) {
                    paused++;
                    whilePaused.add(first.taken().size());
                }
                return pause ? Order.PAUSE : Order.GO;
            }

            @Override
            public void progressed(Progress progress) {}

            @Override
            public void remarked(String remark) {}
        };
        assertThat(deliver(Scope.ALL_DUE, pausing, route(first, 1)).counts())
                .isEqualTo(Map.of(DeliveryState.ACCEPTED, 200L));
        assertThat(whilePaused.get(19))
                .as("nothing new was begun")
                .isEqualTo(whilePaused.get(5))
                .isLessThan(200);
    }

    @Test
    void whereDotsAreMarkedACrashLeavesOnlyThoseInDoubtThatWereAtTheirDot() {
        policy = new DeliveryPolicy(
                policy.retry(),
                new DeliveryPolicy.Doubt(InDoubtPolicy.HOLD, Duration.ofMinutes(15), 2, true),
                policy.refusals(),
                policy.groups(),
                policy.outage());
        freeze(10, "example.org");
        Samples.freeze(ledger, issue);
        var claims = ledger.claim(id, new Demand(Lease.OF_PROCESS, Map.of(Demand.ANY_GROUP, 6), Set.of(), true), START);
        ledger.markDots(id, claims.subList(0, 2));
        Summary summary = deliver(route(first, 1));
        assertThat(summary.run().recovered()).isEqualTo(2);
        assertThat(summary.counts()).isEqualTo(Map.of(DeliveryState.ACCEPTED, 8L, DeliveryState.IN_DOUBT, 2L));
        assertThat(ledger.unmarkedDots)
                .as("every dot was marked before it left")
                .isZero();
    }
}
