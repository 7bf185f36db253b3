package io.courant.delivery;

import io.courant.audience.EmailAddress;
import io.courant.issue.IssueId;
import io.courant.issue.Newsletter;
import io.courant.render.Hole;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Works out what is personal in an issue's message. The same subscriber gets the same values each time, so a message
 * sent again bears the same Message-ID and the same bytes. Safe for use by several threads.
 */
public final class Personalizer {
    private static final long NOBODY = 0; // a store counts subscribers from 1
    private static final String SAMPLE = "sample.reader@example.org";
    private static final Pattern TEST = Pattern.compile(".*\\.test-[0-9a-f-]{36}@.*");

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

    /**
     * What an editor gets in a test mail: nothing of it belongs to a subscriber, so its links change nothing, and no
     * two have the same Message-ID, which a mailbox might take for the same mail.
     */
    public Personal test(EmailAddress sender, EmailAddress editor, Instant at) {
        Personal sample = nobody(editor.value(), at);
        return new Personal(
                new Envelope(sender, editor),
                issue + ".test-" + UUID.randomUUID() + "@" + imprint.domain(),
                sample.unsubscribeUrl(),
                sample.unsubscribeMailbox(),
                sample.values());
    }

    /** What a subscriber would get who never was, the same each time. */
    public Personal sample(Instant joined) {
        return nobody(SAMPLE, joined);
    }

    private Personal nobody(String address, Instant joined) {
        return personal(new Deliveries.Claim(
                NOBODY, address, joined, "", DomainGroups.OTHERS, DeliveryState.READY, 1, 0, 0, 0));
    }

    /** Whether a message with this id, without angle brackets or with them, went to an editor as a test. */
    public static boolean isTest(String messageId) {
        return TEST.matcher(messageId).matches();
    }

    private String sign(Token token) {
        Integer key = imprint.key();
        return key == null ? signer.sign(token) : signer.sign(token, key);
    }

    public Personal personal(Deliveries.Claim claim) {
        EmailAddress recipient = new EmailAddress(claim.address());
        String unsubscribe = sign(Token.unsubscribe(imprint.newsletter(), claim.subscriber()));
        String bounce = sign(Token.bounce(imprint.newsletter(), claim.subscriber(), issue));
        String preferences = sign(Token.preferences(imprint.newsletter(), claim.subscriber()));
        String url = home + "/u/" + unsubscribe;
        return new Personal(
                // VERP: a bounce names its recipient even when its text does not
                new Envelope(new EmailAddress("bounce+" + bounce + "@" + imprint.domain()), recipient),
                imprint.messageId(issue, claim.subscriber()),
                url,
                new EmailAddress("unsubscribe+" + unsubscribe + "@" + imprint.domain()),
                Map.of(
                        Hole.ADDRESS,
                        recipient.value(),
                        Hole.SINCE,
                        claim.joined().atZone(imprint.zone()).toLocalDate().toString(),
                        Hole.UNSUBSCRIBE_URL,
                        url,
                        Hole.PREFERENCES_URL,
                        home + "/p/" + preferences));
    }
}
