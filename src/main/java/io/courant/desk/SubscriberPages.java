package io.courant.desk;

import io.courant.audience.EmailAddress;
import io.courant.audience.Erasures;
import io.courant.audience.Subscriber;
import io.courant.audience.Subscribers;
import io.courant.audience.Subscribers.Census;
import io.courant.audience.Subscribers.Merged;
import io.courant.audience.Subscribers.NewSubscriber;
import io.courant.audience.Subscribers.Proof;
import io.courant.audience.Subscribers.Suppression;
import io.courant.audience.Subscribers.Wishes;
import io.courant.job.JobFolder;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The subscribers as a whole: how many, who, and one more by hand. Somebody is looked for by a POST, since what stands in
 * an address on the web stands in logs and histories, too.
 */
@RestController
final class SubscriberPages {
    static final String HERE = "/subscribers";

    private static final int FOUND = 50;
    private static final int LONGEST_WORDING = 500;
    private static final Pattern COMMA = Pattern.compile(",");

    private final Sheets sheets;
    private final Gate gate;
    private final Subscribers subscribers;
    private final Erasures erasures;
    private final JobFolder jobs;
    private final Zones zones;
    private final InstantSource clock;

    SubscriberPages(
            Sheets sheets,
            Gate gate,
            Subscribers subscribers,
            Erasures erasures,
            JobFolder jobs,
            Zones zones,
            InstantSource clock) {
        this.sheets = sheets;
        this.gate = gate;
        this.subscribers = subscribers;
        this.erasures = erasures;
        this.jobs = jobs;
        this.zones = zones;
        this.clock = clock;
    }

    /**
     * What the page shows.
     *
     * @param sought empty: nobody was looked for
     * @param more whether there are more than are shown
     * @param stranger how an address stands that is nobody's; empty: it is somebody's, or none
     */
    private record Readership(
            long active,
            long signedUp,
            long unsubscribed,
            long suppressed,
            String sought,
            List<Found> found,
            boolean more,
            String stranger,
            List<String> newsletters) {}

    private record Found(String id, String address, String name, String state, String joined) {}

    @GetMapping(HERE)
    ResponseEntity<String> all(HttpServletRequest request) {
        return sheets.page(request, "subscribers", page("", List.of(), ""));
    }

    @PostMapping("/subscribers/search")
    ResponseEntity<String> search(HttpServletRequest request, @RequestParam("address") String part) {
        String sought = part.strip();
        List<Subscriber> found = sought.isEmpty() ? List.of() : subscribers.search(sought, FOUND + 1);
        return sheets.page(request, "subscribers", page(sought, found, found.isEmpty() ? stranger(sought) : ""));
    }

    private Readership page(String sought, List<Subscriber> found, String stranger) {
        Census census = subscribers.census();
        return new Readership(
                census.active(),
                census.signedUp(),
                census.unsubscribed(),
                census.suppressed(),
                sought,
                found.stream().limit(FOUND).map(this::found).toList(),
                found.size() > FOUND,
                stranger,
                jobs.names());
    }

    private Found found(Subscriber subscriber) {
        return new Found(
                String.valueOf(subscriber.id()),
                subscriber.address().value(),
                subscriber.name(),
                Shown.words(subscriber.state()),
                Times.words(subscriber.joined(), zones.common()));
    }

    /** How an address stands that is no subscriber's. */
    private String stranger(String typed) {
        try {
            EmailAddress address = new EmailAddress(typed);
            if (erasures.isErased(address)) {
                return "Whose it was had their data erased. No import brings it back; they can sign up themselves.";
            }
            return subscribers
                    .suppression(address)
                    .map(reason -> "Nobody’s here, and suppressed: " + reason + ".")
                    .orElse("");
        } catch (IllegalArgumentException e) {
            return ""; // a part of one
        }
    }

    @PostMapping(HERE)
    ResponseEntity<Void> add(
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam("email") String email,
            @RequestParam("name") String name,
            @RequestParam("tags") String tags,
            @RequestParam(name = "newsletter", required = false) @Nullable List<String> newsletters,
            @RequestParam("consent") String consent) {
        Set<String> chosen = newsletters == null ? Set.of() : Set.copyOf(newsletters);
        try {
            EmailAddress address = new EmailAddress(email.strip());
            refuseWhoIsGone(address);
            Merged merged = subscribers.merge(List.of(newcomer(
                    address,
                    name.strip(),
                    words(tags),
                    chosen,
                    new Proof("added by " + gate.required(request).name(), agreed(consent), null, null, null, null))));
            long id = subscribers.find(address).orElseThrow().id();
            gate.note(request, "subscribers add", "subscriber " + id, merged.added() > 0 ? "" : "was there already");
            return sheets.go(request, response, HERE + "/" + id, outcome(merged), merged.added() == 0);
        } catch (IllegalArgumentException e) {
            return sheets.go(request, response, HERE, "Nobody was added: " + e.getMessage(), true);
        }
    }

    private void refuseWhoIsGone(EmailAddress address) {
        if (erasures.isErased(address)) {
            throw new IllegalArgumentException(
                    "this person had their data erased, and comes back by signing up themselves only");
        }
        if (!erasures.formerAmong(List.of(address)).isEmpty()) {
            throw new IllegalArgumentException("a subscriber changed from this address to another; if it is somebody"
                    + " else’s now, allow it first");
        }
    }

    private static String agreed(String consent) {
        String wording = consent.strip();
        if (wording.isEmpty() || wording.length() > LONGEST_WORDING) {
            throw new IllegalArgumentException("say what they agreed to, and how, in up to " + LONGEST_WORDING
                    + " characters: it is kept as the proof");
        }
        return wording;
    }

    /** Who chose newsletters gets those; who did not, gets all whose segments they belong to. */
    private NewSubscriber newcomer(
            EmailAddress address, String name, List<String> tags, Set<String> newsletters, Proof proof) {
        return new NewSubscriber(
                address,
                name,
                newsletters.isEmpty() ? Subscriber.State.ACTIVE : Subscriber.State.SIGNED_UP,
                tags.isEmpty() ? null : tags,
                clock.instant(),
                null,
                new Wishes(null, null, null, newsletters, Set.of()),
                null,
                proof);
    }

    private static List<String> words(String tags) {
        List<String> words = new ArrayList<>();
        COMMA.splitAsStream(tags)
                .map(String::strip)
                .filter(tag -> !tag.isEmpty())
                .forEach(words::add);
        return words;
    }

    private static String outcome(Merged merged) {
        String who = merged.added() > 0 ? "Added." : "They were here already.";
        if (merged.unsubscribed() > 0) {
            return who + " They left before, and stay so: only they themselves can come back.";
        }
        return merged.suppressed() > 0 ? who + " The address is suppressed, so nothing is sent to it." : who;
    }

    @PostMapping("/subscribers/suppress")
    ResponseEntity<Void> suppress(
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam("whom") String typed,
            @RequestParam("reason") String reason) {
        return sheets.after(request, response, HERE, () -> {
            EmailAddress address = new EmailAddress(typed.strip());
            Instant now = clock.instant();
            subscribers.suppress(address, reason.isBlank() ? "asked for by an editor" : reason.strip(), now);
            gate.note(request, "subscribers suppress", number(address), "");
            return "Suppressed: nothing is sent to it any more, also of issues that are being sent."
                    + (subscribers.find(address).isEmpty() ? " It is no subscriber’s; check the spelling." : "");
        });
    }

    @PostMapping("/subscribers/allow")
    ResponseEntity<Void> allow(
            HttpServletRequest request, HttpServletResponse response, @RequestParam("whom") String typed) {
        return sheets.after(request, response, HERE, () -> {
            EmailAddress address = new EmailAddress(typed.strip());
            if (erasures.isErased(address)) {
                throw new IllegalArgumentException(
                        "Whose it was had their data erased. To write to them again takes their"
                                + " own wish, which you must be able to prove: 'courant subscribers allow' does it.");
            }
            boolean former = erasures.liftFormer(address);
            Optional<Suppression> was = subscribers.allow(address);
            if (was.isEmpty() && !former) {
                throw new IllegalArgumentException("It is not suppressed; nothing was changed.");
            }
            gate.note(request, "subscribers allow", number(address), "");
            return was.map(one -> "Allowed; it was suppressed since " + Times.words(one.since(), zones.common()) + ": "
                            + one.reason() + ".")
                    .orElse("A subscriber had it before they changed to another; it can be added again.");
        });
    }

    /** How the log names whose address it is. */
    private String number(EmailAddress address) {
        return subscribers
                .find(address)
                .map(found -> "subscriber " + found.id())
                .orElse("");
    }
}
