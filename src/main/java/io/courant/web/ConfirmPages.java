package io.courant.web;

import io.courant.consent.Confirmation;
import io.courant.consent.DoubleOptIn;
import io.courant.consent.Request;
import io.courant.delivery.Token.Purpose;
import io.courant.render.ReaderPage;
import io.courant.web.Bearers.Claim;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;

/** The last click of who asked for something: a button, since a program may have followed the link. */
@Controller
@RequestMapping("/c/{token}")
final class ConfirmPages {
    private final Bearers bearers;
    private final DoubleOptIn consent;
    private final Answers answers;

    ConfirmPages(Bearers bearers, DoubleOptIn consent, Answers answers) {
        this.bearers = bearers;
        this.consent = consent;
        this.answers = answers;
    }

    @GetMapping
    ResponseEntity<String> ask(@RequestAttribute Home home, @PathVariable String token) {
        return bearers.claim(home, token, Purpose.CONFIRM)
                .flatMap(claim -> consent.pending(claim.newsletter().name(), claim.subject())
                        .map(pending -> answers.personal(
                                home,
                                claim.newsletter(),
                                pending.language(),
                                new ReaderPage.Confirm(
                                        pending.kind() == Request.Kind.SIGN_UP ? "subscribe" : "address",
                                        pending.address().value(),
                                        home.path() + "/c/" + token))))
                .orElseGet(() -> answers.gone(home));
    }

    @PostMapping
    ResponseEntity<String> confirm(
            @RequestAttribute Home home, @PathVariable String token, HttpServletRequest request) {
        return bearers.claim(home, token, Purpose.CONFIRM)
                .flatMap(claim -> confirm(home, claim, request))
                .orElseGet(() -> answers.gone(home));
    }

    private Optional<ResponseEntity<String>> confirm(Home home, Claim claim, HttpServletRequest request) {
        String newsletter = claim.newsletter().name();
        return consent.pending(newsletter, claim.subject())
                .flatMap(pending -> page(home, newsletter, consent.confirm(newsletter, claim.subject(), Caller.of(request)))
                        .map(page -> answers.personal(home, claim.newsletter(), pending.language(), page)));
    }

    private Optional<ReaderPage> page(Home home, String newsletter, Confirmation confirmation) {
        if (confirmation instanceof Confirmation.Joined joined) {
            return Optional.of(
                    new ReaderPage.Confirmed(bearers.preferences(home, newsletter, joined.subscriber())));
        }
        return confirmation instanceof Confirmation.Moved
                ? Optional.of(new ReaderPage.Notice("address"))
                : Optional.empty();
    }
}
