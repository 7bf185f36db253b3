package io.courant.report;

import io.courant.audience.Preferences;
import io.courant.audience.Profile;
import io.courant.audience.Readers;
import io.courant.audience.Subscriber;
import io.courant.audience.Subscribers;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A subscriber, as {@code --json} shows it; scripts rely on these names. Language, zone and form are the same for all
 * newsletters.
 *
 * @param state active, signedUp or unsubscribed; signedUp, too, of who left all and came back to a newsletter
 * @param language {@code null}: each newsletter's
 * @param zone {@code null}: each newsletter's
 * @param form html or text
 * @param suppressed the reason why nothing may be sent to them
 */
public record SubscriberView(
        String address,
        String name,
        String state,
        List<String> tags,
        @Nullable String language,
        @Nullable String zone,
        String form,
        @Nullable String suppressed,
        List<Standing> newsletters) {
    public SubscriberView {
        tags = List.copyOf(tags);
        newsletters = List.copyOf(newsletters);
    }

    /** A subscriber with what they are to some newsletters. */
    public static SubscriberView of(
            Subscriber subscriber, List<String> names, Readers readers, Subscribers subscribers, Instant now) {
        Profile profile = Profile.of(subscriber, names, readers, subscribers);
        return new SubscriberView(
                subscriber.address().value(),
                subscriber.name(),
                IssueView.name(profile.state()),
                subscriber.tags().stream().sorted().toList(),
                subscriber.language() == null ? null : subscriber.language().toLanguageTag(),
                subscriber.zone() == null ? null : subscriber.zone().getId(),
                IssueView.name(subscriber.form()),
                profile.suppression(),
                profile.newsletters().entrySet().stream()
                        .map(one -> Standing.of(one.getKey(), one.getValue(), now))
                        .toList());
    }

    /**
     * What they are to a newsletter, and how they want it.
     *
     * @param standing joined, bySegment, stranger or left
     * @param joined when they asked for it, or for mail at all
     * @param left when they left it; {@code null}: they did not leave it by itself
     * @param topics ids; empty: all
     * @param frequency each, daily, weekly or monthly
     * @param hour of the day before which no mail comes
     * @param pausedUntil {@code null}: not paused
     */
    public record Standing(
            String newsletter,
            String standing,
            Instant joined,
            @Nullable Instant left,
            List<String> topics,
            String frequency,
            @Nullable Integer hour,
            @Nullable Instant pausedUntil) {
        public static Standing of(String newsletter, Readers.Reader reader, Instant now) {
            Preferences wanted = reader.preferences();
            Instant paused = wanted.pausedUntil();
            return new Standing(
                    newsletter,
                    IssueView.name(reader.standing()),
                    reader.joined(),
                    reader.left(),
                    wanted.topics().stream().sorted().toList(),
                    IssueView.name(wanted.frequency()),
                    wanted.hour(),
                    paused == null || paused.isAfter(now) ? paused : null);
        }

        public boolean hasLeft() {
            return standing.equals(IssueView.name(Readers.Standing.LEFT));
        }
    }
}
