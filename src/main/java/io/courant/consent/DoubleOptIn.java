package io.courant.consent;

import io.courant.audience.EmailAddress;
import io.courant.issue.Newsletter;
import io.courant.render.TemplateFolder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in what people ask for, and does it once it is confirmed. It sends nothing: {@link Outbox} does. Whoever calls
 * {@link #pending} and {@link #confirm} has checked the token, whose subject is the request.
 */
public final class DoubleOptIn {
    /** For so long a request can be confirmed. Then it is forgotten, and the address with it. */
    public static final Duration VALID = Duration.ofDays(7);

    private static final Logger LOG = LoggerFactory.getLogger(DoubleOptIn.class);
    private static final int LONGEST = 1_000; // far above any address; what is longer is not worth a look

    private final Requests requests;
    private final TemplateFolder words;
    private final Limits limits;
    private final InstantSource clock;

    public DoubleOptIn(Requests requests, TemplateFolder words, Limits limits, InstantSource clock) {
        this.requests = requests;
        this.words = words;
        this.limits = limits;
        this.clock = clock;
    }

    /** What a request waits for, as the page shows it that asks for the last click. */
    public record Pending(
            Request.Kind kind,
            EmailAddress address,
            @Nullable Locale language,
            Instant requested) {}

    /** What somebody agrees to who signs up, word by word; to be shown beside the button. */
    public String signUpWording(Newsletter newsletter, @Nullable Locale language) {
        return wording("consent.sign-up", newsletter, language);
    }

    /** What somebody agrees to who changes the address, word by word; to be shown beside the button. */
    public String changeWording(Newsletter newsletter, @Nullable Locale language) {
        return wording("consent.change", newsletter, language);
    }

    /**
     * Somebody asks for a newsletter. Whatever comes of it, the answer is the same: look into your mailbox.
     *
     * @param language that the form was in; it becomes the reader's, if there are words in it
     * @throws IllegalArgumentException when what was typed is no address
     */
    public void request(Newsletter newsletter, String typedAddress, @Nullable Locale language, Origin origin) {
        Locale spoken = spoken(language);
        add(new Request(
                Request.Kind.SIGN_UP,
                newsletter.name(),
                address(typedAddress),
                null,
                spoken,
                signUpWording(newsletter, spoken),
                origin,
                clock.instant()));
    }

    /**
     * A subscriber asks that mail comes to another address. Whatever comes of it, the answer is the same.
     *
     * @param language that the form was in
     * @throws IllegalArgumentException when what was typed is no address
     */
    public void requestChange(
            Newsletter newsletter, long subscriber, String typedAddress, @Nullable Locale language, Origin origin) {
        Locale spoken = spoken(language);
        add(new Request(
                Request.Kind.ADDRESS_CHANGE,
                newsletter.name(),
                address(typedAddress),
                subscriber,
                spoken,
                changeWording(newsletter, spoken),
                origin,
                clock.instant()));
    }

    /** What a request waits for; empty if it is unknown, or too old. Looking changes nothing. */
    public Optional<Pending> pending(String newsletter, long request) {
        return requests.find(newsletter, request, clock.instant().minus(VALID))
                .map(one -> new Pending(one.kind(), one.address(), one.language(), one.at()));
    }

    /** Does what was asked for. Doing it again changes nothing and gives the same. */
    public Confirmation confirm(String newsletter, long request, Origin origin) {
        Instant now = clock.instant();
        return requests.confirm(newsletter, request, origin, now, now.minus(VALID));
    }

    private void add(Request request) {
        requests.add(request, limits)
                .filter(away -> away.times() == 1) // a flood must not fill the log; 'courant status' tells the count
                .ifPresent(away -> LOG.warn(
                        "newsletter={} limit={} turns requests away, the first in this hour",
                        away.newsletter(),
                        away.limit()));
    }

    private static EmailAddress address(String typed) {
        if (typed.length() > LONGEST) {
            throw new IllegalArgumentException("not an email address: " + typed.length() + " characters");
        }
        return new EmailAddress(typed.replaceAll("^ +| +$", "")); // blanks only: a line break is refused, not removed
    }

    private String wording(String key, Newsletter newsletter, @Nullable Locale language) {
        Locale spoken = spoken(language);
        return words.say(spoken == null ? newsletter.language() : spoken, key, newsletter.title());
    }

    /** Any other language would be a text of the client's that Courant keeps, and makes editions for. */
    private @Nullable Locale spoken(@Nullable Locale language) {
        return language == null ? null : words.spoken(language).orElse(null);
    }
}
