package io.courant.delivery;

import io.courant.delivery.Deliveries.Claim;
import io.courant.issue.IssueId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLSocketFactory;

/**
 * Delivers frozen issues through relays. The ledger decides who gets mail, so a run that was stopped, killed or cut
 * off goes on where it was, and a second run finds nothing to do. A run is opened, delivers its parts, and is closed.
 * Whatever is in flight under no lease when it is opened was left by a crash.
 */
public final class Courier {
    /** Longer than any lease. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    private final Deliveries deliveries;
    private final Ledger ledger;
    private final Flows flows;
    private final Journal journal;
    private final Transport transport;
    private final InstantSource clock;
    private final DoubleSupplier random;
    private final SSLSocketFactory tls;

    public Courier(
            Deliveries deliveries,
            Ledger ledger,
            Flows flows,
            Journal journal,
            Transport transport,
            InstantSource clock) {
        this(
                deliveries,
                ledger,
                flows,
                journal,
                transport,
                clock,
                RandomGenerator.getDefault()::nextDouble,
                (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    Courier(
            Deliveries deliveries,
            Ledger ledger,
            Flows flows,
            Journal journal,
            Transport transport,
            InstantSource clock,
            DoubleSupplier random,
            SSLSocketFactory tls) {
        this.deliveries = deliveries;
        this.ledger = ledger;
        this.flows = flows;
        this.journal = journal;
        this.transport = transport;
        this.clock = clock;
        this.random = random;
        this.tls = tls;
    }

    /**
     * Begins a run over an issue, before any part of it is delivered: sees to what an earlier run left in flight, and to
     * what is in doubt.
     */
    public Opening open(IssueId id) {
        journal.settleInto(deliveries);
        DeliveryPolicy.Doubt doubt = transport.policy().doubt();
        Instant now = clock.instant();
        Instant resendAt = now.plus(doubt.after());
        deliveries.clamp(id, now.plus(transport.policy().retry().longest()), resendAt);
        int recovered = deliveries.recover(id, now, resendAt, doubt.resends());
        assumeSent(id);
        int resent = doubt.policy() == InDoubtPolicy.RESEND ? deliveries.resend(id, now, doubt.resends()) : 0;
        return new Opening(recovered, resent);
    }

    /**
     * What the beginning of a run changed.
     *
     * @param recovered found in flight after a crash, and in doubt since
     * @param resent went from in doubt back to ready
     */
    public record Opening(int recovered, int resent) {}

    /**
     * Sends what is due now of a part of the issue. The calling thread is the only one that touches the ledger; other
     * threads and other machines may deliver other parts, or the same, at the same time.
     *
     * @param holder who does it, for people to read
     * @throws RelayException when no relay can be used; what was not sent is ready for another run
     * @throws TooManyRefusals when the first answers show that something is wrong
     * @throws LeaseLost when this machine was cut off for too long; others go on
     */
    public Part deliver(
            FrozenIssue issue,
            Personalizer personalizer,
            Scope scope,
            SubscriberRange range,
            String holder,
            Conductor conductor) {
        if (issue.state() == FrozenIssue.State.AWAITING_APPROVAL) {
            throw new IllegalStateException(
                    "issue " + issue.issue().id() + " awaits approval; approve it, then send it");
        }
        if (issue.state() == FrozenIssue.State.CANCELLED) {
            throw new IllegalStateException(
                    "issue " + issue.issue().id() + " was cancelled; nothing more of it is sent");
        }
        if (issue.state().isHeld()) {
            throw new IllegalStateException("issue " + issue.issue().id() + " is held; resume it, then send it");
        }
        IssueId id = issue.issue().id();
        DeliveryPolicy policy = transport.policy();
        Book book = new Book(id, range, holder, deliveries, flows, journal, clock);
        book.open(policy.groups().claims());
        Reporting reporting = new Reporting(conductor, ledger.counts(id, range));
        GroupPaces paces = new GroupPaces(
                transport.groups(), ledger.openGroups(id, range), book.paces(), clock.instant(), System.nanoTime());
        BlockingQueue<Round.Heard> words = new LinkedBlockingQueue<>();
        boolean complete;
        boolean yielding;
        try (Watchdog watchdog = new Watchdog();
                Lanes lanes = lanes(book, watchdog, writer(issue, personalizer), words)) {
            Round round = new Round(
                    book,
                    lanes,
                    words,
                    paces,
                    new Judge(id, policy, random),
                    policy,
                    scope,
                    conductor,
                    clock,
                    reporting);
            complete = round.go();
            yielding = !complete && round.isYielding();
        } catch (RuntimeException | Error e) {
            assumeSentAfter(e, id);
            throw e;
        }
        assumeSent(id);
        return new Part(
                reporting.done(DeliveryState.ACCEPTED),
                reporting.done(DeliveryState.DEFERRED),
                reporting.done(DeliveryState.REJECTED),
                reporting.done(DeliveryState.IN_DOUBT),
                complete,
                yielding);
    }

    /** Ends a run, after every part of it: gives up what has been deferred for too long, and says how the issue stands. */
    public Summary close(IssueId id, Opening opening, Part all) {
        int orphaned = awaitOthers(id);
        assumeSent(id);
        int expired = all.isComplete()
                ? deliveries.expire(
                        id, clock.instant().minus(transport.policy().retry().expiry()))
                : 0;
        return new Summary(
                id,
                ledger.counts(id),
                new Summary.Tally(
                        all.accepted(),
                        all.deferred(),
                        all.rejected(),
                        all.inDoubt(),
                        opening.recovered() + orphaned,
                        opening.resent(),
                        expired),
                !all.isComplete(),
                ledger.nextDue(id).orElse(null));
    }

    /** What a machine had in flight that died, or froze, is nobody's once its lease has ended. */
    private int awaitOthers(IssueId id) {
        DeliveryPolicy.Doubt doubt = transport.policy().doubt();
        long begun = System.nanoTime();
        int orphaned = 0;
        while (ledger.inFlight(id) > 0 && System.nanoTime() - begun < LONGEST_WAIT.toNanos()) {
            Instant now = clock.instant();
            orphaned += deliveries.recover(id, now, now.plus(doubt.after()), doubt.resends());
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
        return orphaned;
    }

    /** Must not hide what went wrong before. */
    private void assumeSentAfter(Throwable failure, IssueId id) {
        try {
            assumeSent(id);
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private void assumeSent(IssueId id) {
        if (transport.policy().doubt().policy() == InDoubtPolicy.ASSUME_SENT) {
            deliveries.assumeSent(id);
        }
    }

    private Lanes lanes(Book book, Watchdog watchdog, Function<Claim, Mail> writer, BlockingQueue<Round.Heard> words) {
        List<Lane> lanes = new ArrayList<>();
        for (Route route : transport.routes()) {
            lanes.add(new Lane(
                    route,
                    new RelayConnector(route.relay(), watchdog, tls),
                    new Breaker(transport.policy().outage().rests(), book.failures(route)),
                    Optional.ofNullable(book.paces().get(route.key())),
                    writer,
                    transport.policy().doubt().marksDots(),
                    (lane, word) -> words.add(new Round.Heard(lane, word)),
                    clock.instant(),
                    System.nanoTime()));
        }
        return new Lanes(lanes);
    }

    private static Function<Claim, Mail> writer(FrozenIssue issue, Personalizer personalizer) {
        Variants variants = new Variants(issue.variants());
        return claim -> {
            Personal personal = personalizer.personal(claim);
            return new Mail(
                    personal.envelope(), variants.message(claim.variant()).fill(personal));
        };
    }
}
