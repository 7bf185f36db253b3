package io.courant.web;

import io.courant.audience.EmailAddress;
import io.courant.audience.Readers;
import io.courant.consent.DoubleOptIn;
import io.courant.delivery.Token.Purpose;
import io.courant.render.ReaderPage;
import io.courant.render.ReaderPage.Flaw;
import io.courant.web.Bearers.Bearer;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What a subscriber wants, to see and to change; and what else they may do with what is kept of them. */
@Controller
@RequestMapping("/p/{token}")
final class PreferencePages {
    private final Bearers bearers;
    private final Readers readers;
    private final DoubleOptIn consent;
    private final PreferenceForm form;
    private final Answers answers;
    private final InstantSource clock;

    PreferencePages(
            Bearers bearers,
            Readers readers,
            DoubleOptIn consent,
            PreferenceForm form,
            Answers answers,
            InstantSource clock) {
        this.bearers = bearers;
        this.readers = readers;
        this.consent = consent;
        this.form = form;
        this.answers = answers;
        this.clock = clock;
    }

    @GetMapping
    ResponseEntity<String> show(@RequestAttribute Home home, @PathVariable String token) {
        return answer(home, token, bearer -> kept(home, token, bearer, false));
    }

    @PostMapping
    ResponseEntity<String> save(
            @RequestAttribute Home home,
            @PathVariable String token,
            @RequestParam MultiValueMap<String, String> entered) {
        return answer(home, token, bearer -> {
            Wishes wishes = Wishes.of(entered);
            List<Flaw> flaws = wishes.flaws(bearer.newsletter(), form.languages(), clock.instant());
            if (!flaws.isEmpty()) {
                return form.page(home, path(home, token), bearer, wishes, flaws, false);
            }
            readers.choose(bearer.name(), bearer.id(), wishes.preferences(bearer.newsletter()), clock.instant());
            return kept(home, token, again(bearer), true);
        });
    }

    @GetMapping("/address")
    ResponseEntity<String> address(@RequestAttribute Home home, @PathVariable String token) {
        return answer(home, token, bearer -> addressPage(home, token, bearer, "", List.of()));
    }

    @PostMapping("/address")
    ResponseEntity<String> move(
            @RequestAttribute Home home,
            @PathVariable String token,
            @RequestParam(defaultValue = "") String address,
            HttpServletRequest request) {
        return answer(home, token, bearer -> {
            try {
                if (new EmailAddress(address.strip()).key().equals(bearer.reader().address().key())) {
                    return addressPage(home, token, bearer, address, List.of(new Flaw("address", "same-address")));
                }
                consent.requestChange(
                        bearer.newsletter(),
                        bearer.id(),
                        address.strip(),
                        bearer.reader().preferences().language(),
                        Caller.of(request));
                return new ReaderPage.Notice("sent-address");
            } catch (IllegalArgumentException noAddress) {
                return addressPage(home, token, bearer, address, List.of(new Flaw("address", "address")));
            }
        });
    }

    private ReaderPage addressPage(Home home, String token, Bearer bearer, String entered, List<Flaw> flaws) {
        return new ReaderPage.Address(
                path(home, token) + "/address",
                path(home, token),
                bearer.reader().address().value(),
                entered,
                consent.changeWording(
                        bearer.newsletter(), bearer.reader().preferences().language()),
                flaws);
    }

    private ReaderPage kept(Home home, String token, Bearer bearer, boolean saved) {
        Wishes wishes = Wishes.of(bearer.reader().preferences(), bearer.newsletter(), clock.instant());
        return form.page(home, path(home, token), bearer, wishes, List.of(), saved);
    }

    /** What a bearer sees is in the language that they chose, be it in this very request. */
    private ResponseEntity<String> answer(Home home, String token, Function<Bearer, ReaderPage> page) {
        return bearers.find(home, token, Purpose.PREFERENCES)
                .map(bearer -> {
                    ReaderPage shown = page.apply(bearer);
                    return answers.personal(
                            home,
                            bearer.newsletter(),
                            again(bearer).reader().preferences().language(),
                            shown);
                })
                .orElseGet(() -> answers.gone(home));
    }

    private Bearer again(Bearer bearer) {
        return readers.find(bearer.name(), bearer.id())
                .map(reader -> new Bearer(bearer.newsletter(), reader))
                .orElse(bearer);
    }

    private static String path(Home home, String token) {
        return home.path() + "/p/" + token;
    }
}
