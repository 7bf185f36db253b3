package io.courant.web;

import io.courant.audience.Readers;
import io.courant.delivery.Token;
import io.courant.delivery.Token.Purpose;
import io.courant.delivery.TokenSigner;
import io.courant.issue.Newsletter;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Finds out who comes with a token. */
@Component
final class Bearers {
    private final TokenSigner signer;
    private final Readers readers;

    Bearers(TokenSigner signer, Readers readers) {
        this.signer = signer;
        this.readers = readers;
    }

    /** Somebody whom we know, and the newsletter that the token was made for. */
    record Bearer(Newsletter newsletter, Readers.Reader reader) {
        long id() {
            return reader.subscriber();
        }

        String name() {
            return newsletter.name();
        }
    }

    /** What a token is about, and of which newsletter. */
    record Claim(Newsletter newsletter, long subject) {}

    Optional<Claim> claim(Home home, String token, Purpose purpose) {
        return home.newsletters().stream()
                .flatMap(newsletter -> signer.verify(token, purpose, newsletter.name()).stream()
                        .map(Token::subject)
                        .map(subject -> new Claim(newsletter, subject)))
                .findFirst();
    }

    Optional<Bearer> find(Home home, String token, Purpose purpose) {
        return claim(home, token, purpose)
                .flatMap(claim -> readers.find(claim.newsletter().name(), claim.subject())
                        .map(reader -> new Bearer(claim.newsletter(), reader)));
    }

    /** The path of the page that ends a subscription. */
    String unsubscribe(Home home, String newsletter, long subscriber) {
        return home.path() + "/u/" + signer.sign(Token.unsubscribe(newsletter, subscriber));
    }

    /** The path of the page of a subscriber's preferences. */
    String preferences(Home home, String newsletter, long subscriber) {
        return home.path() + "/p/" + signer.sign(Token.preferences(newsletter, subscriber));
    }
}
