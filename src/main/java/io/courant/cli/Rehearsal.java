package io.courant.cli;

import io.courant.delivery.Deliveries;
import io.courant.delivery.Deliveries.Claim;
import io.courant.delivery.Demand;
import io.courant.delivery.FrozenIssue;
import io.courant.delivery.Personalizer;
import io.courant.delivery.TokenSigner;
import io.courant.delivery.Variants;
import io.courant.issue.IssueId;
import java.time.InstantSource;
import java.util.List;

/** Fills the message of everybody who would get one, on a copy of the ledger, and talks to nobody. */
final class Rehearsal {
    private static final int GROUP = 1_000;

    private final Deliveries deliveries;
    private final TokenSigner signer;
    private final InstantSource clock;

    Rehearsal(Program.Session session, InstantSource clock) {
        this.deliveries = session.get(Deliveries.class);
        this.signer = session.get(TokenSigner.class);
        this.clock = clock;
    }

    /** What would be sent. */
    record Rehearsed(String issue, long messages, long bytes) {}

    /** Fills everybody's message once. */
    Rehearsed rehearse(FrozenIssue frozen) {
        IssueId issue = frozen.issue().id();
        Personalizer personalizer = new Personalizer(frozen.imprint(), issue, signer);
        Variants variants = new Variants(frozen.variants());
        deliveries.resend(issue, clock.instant(), 0);
        long messages = 0;
        long bytes = 0;
        List<Claim> claims = deliveries.claim(issue, Demand.of(GROUP), clock.instant());
        while (!claims.isEmpty()) {
            for (Claim claim : claims) {
                bytes += variants.message(claim.variant())
                        .fill(personalizer.personal(claim))
                        .size();
                messages++;
            }
            claims = deliveries.claim(issue, Demand.of(GROUP), clock.instant());
        }
        return new Rehearsed(issue.value(), messages, bytes);
    }
}
