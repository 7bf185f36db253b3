package io.courant.report;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is kept of somebody, in words that they and their programs can read (the right of access and to data
 * portability, GDPR articles 15 and 20). Its names stay as they are; new ones may be added.
 *
 * @param subscriber null: they are none, there is but a request or a suppression
 * @param newsletters of which something is kept for them
 * @param consents what they agreed to
 * @param requests what somebody asked for in their name and was not forgotten yet
 * @param deliveries what was sent, or was to be
 * @param cameBack what their mail system, or they themselves, reported of it
 */
public record Person(
        String address,
        @Nullable Subscriber subscriber,
        @Nullable Suppression suppression,
        List<Newsletter> newsletters,
        List<Consent> consents,
        List<Request> requests,
        List<Delivery> deliveries,
        List<CameBack> cameBack) {
    public Person {
        newsletters = List.copyOf(newsletters);
        consents = List.copyOf(consents);
        requests = List.copyOf(requests);
        deliveries = List.copyOf(deliveries);
        cameBack = List.copyOf(cameBack);
    }

    /**
     * Who they are.
     *
     * @param state active, signedUp or unsubscribed
     * @param joined when they asked for mail
     * @param left when they left all
     * @param language what they read, a tag of BCP 47
     * @param zone where they live
     * @param form in which they want mail: html or text
     */
    public record Subscriber(
            String name,
            String state,
            List<String> tags,
            Instant joined,
            @Nullable Instant left,
            @Nullable String language,
            @Nullable String zone,
            String form) {
        public Subscriber {
            tags = List.copyOf(tags);
        }
    }

    /** Why nothing is sent to the address. */
    public record Suppression(String reason, Instant since) {}

    /**
     * What they want of a newsletter.
     *
     * @param joined when they asked for it by themselves
     * @param topics empty: all
     * @param frequency each, daily, weekly or monthly
     * @param hour of the day before which no mail comes
     * @param readUntil up to when they have been written to, where they do not get each issue
     * @param nextDue when the next mail is due to them, where they do not get each issue
     */
    public record Newsletter(
            String newsletter,
            @Nullable Instant joined,
            @Nullable Instant left,
            List<String> topics,
            String frequency,
            @Nullable Integer hour,
            @Nullable Instant pausedUntil,
            @Nullable Instant readUntil,
            @Nullable Instant nextDue) {
        public Newsletter {
            topics = List.copyOf(topics);
        }
    }

    /**
     * The proof that they agreed.
     *
     * @param newsletter null: whatever the list was for
     * @param wording what they agreed to
     * @param requestedFrom the network address that asked
     * @param confirmedFrom the network address that confirmed
     */
    public record Consent(
            @Nullable String newsletter,
            String source,
            String wording,
            @Nullable Instant requested,
            @Nullable String requestedFrom,
            @Nullable Instant confirmed,
            @Nullable String confirmedFrom) {}

    /**
     * Something that was asked for.
     *
     * @param address that is to confirm it
     * @param mail what became of the mail that asks
     */
    public record Request(
            String kind,
            String newsletter,
            String address,
            @Nullable String language,
            Instant requested,
            String requestedFrom,
            String wording,
            String mail,
            @Nullable Instant mailed,
            @Nullable Instant answered) {}

    /**
     * An issue's mail to them.
     *
     * @param messageId without angle brackets
     * @param attempts those that said something: a first one that was accepted did not
     */
    public record Delivery(String issue, String messageId, String state, int inDoubt, List<Attempt> attempts) {
        public Delivery {
            attempts = List.copyOf(attempts);
        }
    }

    /** A try to hand the mail to a relay, and the state that it led to. */
    public record Attempt(Instant at, String phase, String reply, String outcome) {}

    /**
     * A report about their mail.
     *
     * @param kind hard, soft, policy, relay, complaint, vacation or unknown
     * @param message identifies the mail that reported it
     */
    public record CameBack(
            Instant at,
            String newsletter,
            @Nullable String issue,
            String kind,
            String status,
            String reply,
            String feedback,
            String evidence,
            String trust,
            String consequence,
            String message) {}
}
