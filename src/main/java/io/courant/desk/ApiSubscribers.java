package io.courant.desk;

import io.courant.audience.EmailAddress;
import io.courant.audience.Erasures;
import io.courant.audience.Readers;
import io.courant.audience.Subscriber;
import io.courant.audience.Subscribers;
import io.courant.audience.Subscribers.NewSubscriber;
import io.courant.audience.Subscribers.Proof;
import io.courant.audience.Subscribers.Wishes;
import io.courant.job.Eraser;
import io.courant.job.JobFolder;
import io.courant.report.SubscriberView;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The subscribers for programs. Addresses stand in bodies and queries only as far as they must. */
@RestController
@RequestMapping(ApiRights.ROOT + "/subscribers")
final class ApiSubscribers {
    private final Subscribers subscribers;
    private final Readers readers;
    private final Erasures erasures;
    private final Eraser eraser;
    private final JobFolder jobs;
    private final Api.Notes notes;
    private final InstantSource clock;

    ApiSubscribers(
            Subscribers subscribers,
            Readers readers,
            Erasures erasures,
            Eraser eraser,
            JobFolder jobs,
            Api.Notes notes,
            InstantSource clock) {
        this.subscribers = subscribers;
        this.readers = readers;
        this.erasures = erasures;
        this.eraser = eraser;
        this.jobs = jobs;
        this.notes = notes;
        this.clock = clock;
    }

    /**
     * Somebody to add.
     *
     * @param tags null: none
     * @param newsletters those that they asked for; null or empty: those whose segments they belong to
     * @param wording what they agreed to, which is kept as the proof
     */
    record Newcomer(
            @Nullable String address,
            @Nullable String name,
            @Nullable List<String> tags,
            @Nullable List<String> newsletters,
            @Nullable String wording) {}

    /**
     * Whom it is about.
     *
     * @param reason why; null: an editor asked for it
     */
    record About(@Nullable String address, @Nullable String reason) {}

    /**
     * What came of it.
     *
     * @param was why it was suppressed before; null: it was not
     */
    record Standing(
            String address, boolean suppressed, @Nullable String was) {}

    @GetMapping
    SubscriberView find(@RequestParam("address") String address) {
        return view(new EmailAddress(address));
    }

    private SubscriberView view(EmailAddress address) {
        Subscriber found = subscribers
                .find(address)
                .orElseThrow(() -> new NoSuchElementException("nobody subscribes with this address"));
        return SubscriberView.of(found, jobs.names(), readers, subscribers, clock.instant());
    }

    /** Adds or updates; who has left or was erased stays so, whatever is said here. */
    @PostMapping
    SubscriberView add(HttpServletRequest request, @RequestBody Newcomer newcomer) {
        EmailAddress address = address(newcomer.address());
        if (erasures.isErased(address)) {
            throw new Problems.Conflict("this address was erased; 'courant subscribers allow' lifts that");
        }
        Set<String> newsletters = Set.copyOf(Objects.requireNonNullElse(newcomer.newsletters(), List.of()));
        for (String name : newsletters) {
            if (!jobs.names().contains(name)) {
                throw new IllegalArgumentException("newsletters: no newsletter '" + name + "'");
            }
        }
        Instant now = clock.instant();
        subscribers.merge(List.of(new NewSubscriber(
                address,
                Objects.requireNonNullElse(newcomer.name(), ""),
                newsletters.isEmpty() ? Subscriber.State.ACTIVE : Subscriber.State.SIGNED_UP,
                newcomer.tags(),
                now,
                null,
                new Wishes(null, null, null, newsletters, Set.of()),
                null,
                new Proof(
                        "HTTP API, token " + ApiGate.required(request).token().id(),
                        Objects.requireNonNullElse(newcomer.wording(), ""),
                        null,
                        null,
                        null,
                        null))));
        notes.gate().note(request, "subscribers add", number(address), "");
        return view(address);
    }

    @PostMapping("/suppress")
    Standing suppress(HttpServletRequest request, @RequestBody About about) {
        EmailAddress address = address(about.address());
        String was = subscribers.suppression(address).orElse(null);
        subscribers.suppress(
                address, Objects.requireNonNullElse(about.reason(), "asked for by an editor"), clock.instant());
        notes.gate().note(request, "subscribers suppress", number(address), "");
        return new Standing(address.value(), true, was);
    }

    @PostMapping("/allow")
    Standing allow(HttpServletRequest request, @RequestBody About about) {
        EmailAddress address = address(about.address());
        if (erasures.isErased(address)) {
            throw new Problems.Conflict(
                    "this address was erased; only a person may lift that: 'courant subscribers allow'");
        }
        boolean former = erasures.liftFormer(address);
        Subscribers.Suppression was = subscribers.allow(address).orElse(null);
        if (was == null && !former) {
            throw new Problems.Conflict("this address is not suppressed");
        }
        notes.gate().note(request, "subscribers allow", number(address), "");
        return new Standing(address.value(), false, was == null ? null : was.reason());
    }

    /**
     * Deletes all that is kept of somebody, for good.
     *
     * @return also where the address stands all the same
     */
    @PostMapping("/erase")
    Eraser.Erased erase(HttpServletRequest request, @RequestBody About about) {
        EmailAddress whose = address(about.address());
        String number = number(whose); // once erased, they are not found
        return eraser.erase(whose, () -> notes.gate().note(request, "subscribers erase", number, ""));
    }

    private static EmailAddress address(@Nullable String text) {
        if (text == null) {
            throw new IllegalArgumentException("address: is missing");
        }
        return new EmailAddress(text);
    }

    /** A subscriber as the log may name them: by number, or not at all. */
    private String number(EmailAddress address) {
        return subscribers
                .find(address)
                .map(found -> "subscriber " + found.id())
                .orElse("");
    }
}
