package io.courant.delivery;

import io.courant.audience.EmailAddress;
import io.courant.issue.IssueId;
import io.courant.issue.Newsletter;
import io.courant.render.Hole;
import java.util.Map;

/**
 * Works out what is personal in an issue's message. The same subscriber gets the same values each time, so a message
 * sent again bears the same Message-ID and the same bytes. Safe for use by several threads.
 */
public final class Personalizer {
    private final Imprint imprint;
    private final IssueId issue;
    private final TokenSigner signer;
    private final String home;

    public Personalizer(Imprint imprint, IssueId issue, TokenSigner signer) {
        this.imprint = imprint;
        this.issue = issue;
        this.signer = signer;
        this.home = imprint.home().toASCIIString().replaceFirst("/+$", "");
    }

    /** For an issue that is not frozen yet. */
    public Personalizer(Newsletter newsletter, IssueId issue, TokenSigner signer) {
        this(Imprint.of(newsletter), issue, signer);
    }

    public Personal personal(Deliveries.Claim claim) {
        String unsubscribe = signer.sign(Token.unsubscribe(imprint.newsletter(), claim.subscriber()));
        String bounce = signer.sign(Token.bounce(imprint.newsletter(), claim.subscriber(), issue));
        String url = home + "/u/" + unsubscribe;
        return new Personal(
                // VERP: a bounce names its recipient even when its text does not
                new Envelope(new EmailAddress("bounce+" + bounce + "@" + imprint.domain()), claim.address()),
                imprint.messageId(issue, claim.subscriber()),
                url,
                new EmailAddress("unsubscribe+" + unsubscribe + "@" + imprint.domain()),
                Map.of(
                        Hole.ADDRESS,
                        claim.address().value(),
                        Hole.SINCE,
                        claim.joined().atZone(imprint.zone()).toLocalDate().toString(),
                        Hole.UNSUBSCRIBE_URL,
                        url));
    }
}
