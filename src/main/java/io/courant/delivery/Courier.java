package io.courant.delivery;

import io.courant.delivery.Deliveries.Claim;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import javax.net.ssl.SSLSocketFactory;

/**
 * Delivers frozen issues through a relay. The ledger decides who gets mail, so a run that was stopped, killed or cut
 * off goes on where it was, and a second run finds nothing to do. The caller holds the process lock: whatever the
 * ledger shows in flight at the start was left by a crash.
 */
public final class Courier {
    private final Deliveries deliveries;
    private final Ledger ledger;
    private final Relay relay;
    private final Pace pace;
    private final DeliveryPolicy policy;
    private final InstantSource clock;
    private final DoubleSupplier random;
    private final SSLSocketFactory tls;

    public Courier(
            Deliveries deliveries, Ledger ledger, Relay relay, Pace pace, DeliveryPolicy policy, InstantSource clock) {
        this(
                deliveries,
                ledger,
                relay,
                pace,
                policy,
                clock,
                RandomGenerator.getDefault()::nextDouble,
                (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    Courier(
            Deliveries deliveries,
            Ledger ledger,
            Relay relay,
            Pace pace,
            DeliveryPolicy policy,
            InstantSource clock,
            DoubleSupplier random,
            SSLSocketFactory tls) {
        this.deliveries = deliveries;
        this.ledger = ledger;
        this.relay = relay;
        this.pace = pace;
        this.policy = policy;
        this.clock = clock;
        this.random = random;
        this.tls = tls;
    }

    /**
     * Sends all of the issue that is due now. The calling thread is the only one that touches the ledger.
     *
     * @param stop asked often; once true, nothing new is begun, and what is in flight is finished and written down
     * @param progress told after each commit
     * @throws RelayException when the relay cannot be used; what was not sent is ready for another run
     * @throws TooManyRefusals when the first answers show that something is wrong
     */
    public Summary deliver(
            FrozenIssue issue, Personalizer personalizer, BooleanSupplier stop, Consumer<Progress> progress) {
        if (issue.state() == FrozenIssue.State.AWAITING_APPROVAL) {
            throw new IllegalStateException(
                    "issue " + issue.issue().id() + " awaits approval; approve it, then send it");
        }
        Map<String, MessageTemplate> variants =
                issue.variants().stream().collect(Collectors.toMap(Variant::name, Variant::message));
        try (Watchdog watchdog = new Watchdog()) {
            RelayConnector connector = new RelayConnector(relay, watchdog, tls);
            try (Senders senders = new Senders(connector::open, claim -> write(claim, personalizer, variants))) {
                Round round = new Round(
                        issue.issue().id(),
                        deliveries,
                        ledger,
                        senders,
                        new PoolSize(pace.connections(), connector::isFar, System.nanoTime()),
                        new Judge(issue.issue().id(), relay, policy, random),
                        pace,
                        policy,
                        clock,
                        progress);
                return round.go(stop);
            }
        }
    }

    private static Mail write(Claim claim, Personalizer personalizer, Map<String, MessageTemplate> variants) {
        MessageTemplate variant = variants.get(claim.variant());
        if (variant == null) {
            throw new IllegalStateException("the issue has no variant '" + claim.variant() + "'");
        }
        Personal personal = personalizer.personal(claim);
        return new Mail(personal.envelope(), variant.fill(personal));
    }
}
