package io.courant.web;

import io.courant.audience.Readers;
import io.courant.audience.Readers.Standing;
import io.courant.audience.Subscribers;
import io.courant.delivery.Token.Purpose;
import io.courant.render.ReaderPage;
import io.courant.web.Bearers.Bearer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;

/**
 * Leaving. Looking shows a button; the POST of RFC 8058 does at once what the button does, whatever its body says, since
 * the address is all that it is judged by. The page does not say whose subscription it is: mails are passed on.
 */
@Controller
@RequestMapping("/u/{token}")
final class UnsubscribePages {
    /** Whoever finds an old mail later must not bring its reader back. */
    private static final Duration UNDO = Duration.ofDays(7);

    private final Bearers bearers;
    private final Readers readers;
    private final Subscribers subscribers;
    private final Answers answers;
    private final InstantSource clock;

    UnsubscribePages(
            Bearers bearers, Readers readers, Subscribers subscribers, Answers answers, InstantSource clock) {
        this.bearers = bearers;
        this.readers = readers;
        this.subscribers = subscribers;
        this.answers = answers;
        this.clock = clock;
    }

    @GetMapping
    ResponseEntity<String> ask(@RequestAttribute Home home, @PathVariable String token) {
        return answer(
                home,
                token,
                bearer -> bearer.reader().standing() == Standing.LEFT
                        ? left(home, token, bearer)
                        : new ReaderPage.Unsubscribe(path(home, token)));
    }

    @PostMapping
    ResponseEntity<String> leave(@RequestAttribute Home home, @PathVariable String token) {
        return answer(home, token, bearer -> {
            readers.leave(bearer.name(), bearer.id(), clock.instant());
            return left(home, token, again(bearer));
        });
    }

    @PostMapping("/undo")
    ResponseEntity<String> undo(@RequestAttribute Home home, @PathVariable String token) {
        return answer(home, token, bearer -> {
            if (mayUndo(bearer)) {
                readers.join(bearer.name(), bearer.id(), clock.instant());
            }
            return again(bearer).reader().standing() == Standing.LEFT
                    ? left(home, token, bearer)
                    : new ReaderPage.Notice("back");
        });
    }

    @PostMapping("/all")
    ResponseEntity<String> leaveAll(@RequestAttribute Home home, @PathVariable String token) {
        return answer(home, token, bearer -> {
            subscribers.unsubscribe(bearer.id(), clock.instant());
            return new ReaderPage.Notice("left-all");
        });
    }

    private ResponseEntity<String> answer(Home home, String token, Function<Bearer, ReaderPage> page) {
        return bearers.find(home, token, Purpose.UNSUBSCRIBE)
                .map(bearer -> answers.personal(
                        home,
                        bearer.newsletter(),
                        bearer.reader().preferences().language(),
                        page.apply(bearer)))
                .orElseGet(() -> answers.gone(home));
    }

    private Bearer again(Bearer bearer) {
        return readers.find(bearer.name(), bearer.id())
                .map(reader -> new Bearer(bearer.newsletter(), reader))
                .orElse(bearer);
    }

    private ReaderPage left(Home home, String token, Bearer bearer) {
        String path = path(home, token);
        return new ReaderPage.Unsubscribed(mayUndo(bearer) ? path + "/undo" : null, path + "/all");
    }

    private boolean mayUndo(Bearer bearer) {
        @Nullable Instant left = bearer.reader().left();
        return left != null && clock.instant().isBefore(left.plus(UNDO));
    }

    private static String path(Home home, String token) {
        return home.path() + "/u/" + token;
    }
}
