package io.courant.delivery;

import io.courant.audience.EmailAddress;
import io.courant.audience.Subscriber;
import io.courant.audience.Subscribers;
import io.courant.audience.Subscribers.NewSubscriber;
import io.courant.issue.Issue;
import io.courant.issue.IssueId;
import java.time.Instant;
import java.util.List;

/** What the contracts of this package need from an implementation: empty ports over one database. */
public interface LedgerFixture {
    Instant JOINED = Instant.parse("2026-01-15T09:00:00Z");

    Deliveries deliveries();

    Ledger ledger();

    FrozenIssues issues();

    Subscribers subscribers();

    /** The id of a kept section with this heading, one for each call. */
    long section(String heading);

    /** An issue for whoever is subscribed by now. */
    default IssueId frozen() {
        Issue issue = Samples.issue("deep-learning-2026-11-23", section("Of an issue"));
        Samples.freeze(issues(), issue);
        return issue.id();
    }

    /** An active subscriber. */
    default Subscriber subscriber(String address, String... tags) {
        EmailAddress email = new EmailAddress(address);
        subscribers().merge(List.of(new NewSubscriber(email, "", Subscriber.State.ACTIVE, List.of(tags), JOINED)));
        return subscribers().find(email).orElseThrow();
    }
}
