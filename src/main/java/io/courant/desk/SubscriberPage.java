package io.courant.desk;

import io.courant.audience.EmailAddress;
import io.courant.audience.Form;
import io.courant.audience.Preferences;
import io.courant.audience.Profile;
import io.courant.audience.Readers;
import io.courant.audience.Subscriber;
import io.courant.audience.Subscribers;
import io.courant.job.Eraser;
import io.courant.job.HomeLock;
import io.courant.job.JobFolder;
import io.courant.report.Person;
import io.courant.report.PersonalData;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** One subscriber: how they stand, what they agreed to, and how the mail to them fared. */
@RestController
final class SubscriberPage {
    private static final int NEWEST = 20;

    private final Sheets sheets;
    private final Gate gate;
    private final Subscribers subscribers;
    private final Readers readers;
    private final PersonalData data;
    private final Eraser eraser;
    private final JobFolder jobs;
    private final Zones zones;
    private final InstantSource clock;

    SubscriberPage(
            Sheets sheets,
            Gate gate,
            Subscribers subscribers,
            Readers readers,
            PersonalData data,
            Eraser eraser,
            JobFolder jobs,
            Zones zones,
            InstantSource clock) {
        this.sheets = sheets;
        this.gate = gate;
        this.subscribers = subscribers;
        this.readers = readers;
        this.data = data;
        this.eraser = eraser;
        this.jobs = jobs;
        this.zones = zones;
        this.clock = clock;
    }

    /**
     * A subscriber.
     *
     * @param suppressed why nothing is sent to them; empty: nothing forbids it
     * @param deliveries the newest first
     * @param cameBack the newest first
     */
    private record One(
            String id,
            String address,
            String name,
            Shown state,
            String joined,
            String tags,
            String language,
            String zone,
            String form,
            String suppressed,
            List<Standing> newsletters,
            List<Delivery> deliveries,
            List<CameBack> cameBack,
            List<Consent> consents) {}

    private record Standing(String newsletter, String standing, String wanted) {}

    private record Delivery(String issue, Shown state, int tries, String reason) {}

    private record CameBack(String at, String kind, String reply, String consequence) {}

    private record Consent(String to, String source, String wording, String confirmed) {}

    @GetMapping("/subscribers/{id}")
    ResponseEntity<String> one(HttpServletRequest request, @PathVariable("id") long id) {
        Subscriber subscriber = subscribers.find(id).orElseThrow();
        Profile profile = Profile.of(subscriber, jobs.names(), readers, subscribers);
        Person person = data.of(subscriber.address()).orElseThrow();
        ZoneId zone = zones.common();
        ZoneId theirs = subscriber.zone();
        Locale language = subscriber.language();
        return sheets.page(
                request,
                "subscriber",
                new One(
                        String.valueOf(id),
                        subscriber.address().value(),
                        subscriber.name(),
                        state(profile.state()),
                        Times.words(subscriber.joined(), zone),
                        String.join(", ", subscriber.tags().stream().sorted().toList()),
                        language == null ? "" : language.getDisplayLanguage(Locale.ENGLISH),
                        theirs == null ? "" : theirs.getId(),
                        subscriber.form() == Form.TEXT ? "as text" : "as HTML",
                        profile.suppression() == null ? "" : profile.suppression(),
                        profile.newsletters().entrySet().stream()
                                .map(one -> standing(one.getKey(), one.getValue()))
                                .toList(),
                        deliveries(person.deliveries()),
                        newest(person.cameBack()).stream()
                                .map(one -> cameBack(one, zone))
                                .toList(),
                        person.consents().stream()
                                .map(one -> consent(one, zone))
                                .toList()));
    }

    private static Shown state(Subscriber.State state) {
        return switch (state) {
            case ACTIVE -> new Shown("active", "good");
            case SIGNED_UP -> new Shown("signed up", "good");
            case UNSUBSCRIBED -> new Shown("unsubscribed", "");
        };
    }

    private Standing standing(String newsletter, Readers.Reader reader) {
        return new Standing(
                newsletter,
                switch (reader.standing()) {
                    case JOINED -> "signed up";
                    case BY_SEGMENT -> "if they belong to its segment";
                    case STRANGER -> "did not ask for it";
                    case LEFT -> "left";
                },
                wanted(reader, zones.of(newsletter)));
    }

    /** How they want it; of what they left, only since when they do not. */
    private String wanted(Readers.Reader reader, ZoneId zone) {
        if (reader.standing() == Readers.Standing.LEFT) {
            return reader.left() == null ? "" : "since " + Times.words(reader.left(), zone);
        }
        Preferences preferences = reader.preferences();
        List<String> wanted = new ArrayList<>();
        wanted.add(
                switch (preferences.frequency()) {
                    case EACH -> "each issue";
                    case DAILY -> "daily";
                    case WEEKLY -> "weekly";
                    case MONTHLY -> "monthly";
                });
        wanted.add(
                preferences.topics().isEmpty()
                        ? "all topics"
                        : "topics "
                                + String.join(
                                        ", ",
                                        preferences.topics().stream().sorted().toList()));
        if (preferences.hour() != null) {
            wanted.add("not before %02d:00".formatted(preferences.hour()));
        }
        Instant paused = preferences.pausedUntil();
        if (paused != null && paused.isAfter(clock.instant())) {
            wanted.add("paused until " + Times.words(paused, zone));
        }
        return String.join("; ", wanted);
    }

    private static List<Delivery> deliveries(List<Person.Delivery> all) {
        return newest(all).stream()
                .map(one -> {
                    Person.@Nullable Attempt last = one.attempts().isEmpty()
                            ? null
                            : one.attempts().get(one.attempts().size() - 1);
                    return new Delivery(
                            one.issue(),
                            new Shown(
                                    spaced(one.state()),
                                    switch (one.state()) {
                                        case "accepted" -> "good";
                                        case "rejected", "expired" -> "bad";
                                        case "deferred", "inDoubt" -> "warn";
                                        default -> "";
                                    }),
                            one.attempts().size(),
                            last == null ? "" : last.reply());
                })
                .toList();
    }

    private static CameBack cameBack(Person.CameBack one, ZoneId zone) {
        return new CameBack(
                Times.words(one.at(), zone), one.kind(), (one.status() + " " + one.reply()).strip(), one.consequence());
    }

    private static Consent consent(Person.Consent one, ZoneId zone) {
        return new Consent(
                one.newsletter() == null ? "mail of this list" : one.newsletter(),
                one.source(),
                one.wording(),
                Times.wordsOr(one.confirmed(), zone, "not by mail"));
    }

    private static <T> List<T> newest(List<T> oldestFirst) {
        List<T> newest = new ArrayList<>(oldestFirst);
        Collections.reverse(newest);
        return newest.subList(0, Math.min(NEWEST, newest.size()));
    }

    private static String spaced(String name) {
        return name.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
    }

    @PostMapping("/subscribers/{id}/erase")
    ResponseEntity<Void> erase(
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable("id") long id,
            @RequestParam("typed") String typed) {
        EmailAddress whose = subscribers.find(id).orElseThrow().address();
        if (!typed.strip().equalsIgnoreCase(whose.value())) {
            return sheets.go(
                    request,
                    response,
                    SubscriberPages.HERE + "/" + id,
                    "Nothing was erased: what you typed is not their address.",
                    true);
        }
        try {
            Eraser.Erased erased =
                    eraser.erase(whose, () -> gate.note(request, "subscribers erase", "subscriber " + id, ""));
            return sheets.go(
                    request,
                    response,
                    SubscriberPages.HERE,
                    told(erased),
                    !erased.clean() || !erased.left().isEmpty());
        } catch (HomeLock.HeldException e) {
            return sheets.go(
                    request,
                    response,
                    SubscriberPages.HERE + "/" + id,
                    "Nothing was erased yet: " + e.getMessage(),
                    true);
        }
    }

    private static String told(Eraser.Erased erased) {
        List<String> told = new ArrayList<>();
        told.add("Erased; no import brings the address back.");
        if (!erased.deletedCopies().isEmpty()) {
            told.add("Deleted, since the address stood there, too: " + String.join(", ", erased.deletedCopies()) + ".");
        }
        if (!erased.clean()) {
            told.add("Somebody reads the database, so old bytes may stand in it still: the next run overwrites them.");
        }
        if (!erased.left().isEmpty()) {
            told.add("It stands all the same in what is not Courant’s to change: " + String.join("; ", erased.left())
                    + ".");
        }
        told.add("Not looked into: job files and posts, mailboxes, and backups.");
        return String.join(" ", told);
    }
}
