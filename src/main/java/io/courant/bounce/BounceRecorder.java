package io.courant.bounce;

import io.courant.audience.EmailAddress;
import io.courant.audience.Erasures;
import io.courant.audience.Readers;
import io.courant.audience.Subscriber;
import io.courant.audience.Subscribers;
import io.courant.bounce.BounceEvent.Trust;
import io.courant.bounce.Bounces.Kept;
import io.courant.bounce.Bounces.Refusal;
import io.courant.delivery.FrozenIssues;
import io.courant.delivery.Ledger;
import io.courant.delivery.Token;
import io.courant.delivery.TokenSigner;
import io.courant.issue.IssueId;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what came back, and about whom: for that it believes our own tokens and the relay, nothing else. Whoever
 * writes to the address that leaves a newsletter (RFC 2369 §3.2) leaves it. Doing it again changes nothing.
 */
public final class BounceRecorder {
    private static final int GROUP = 500;
    private static final int MOST_EVIDENCE = 300;
    private static final int MOST_ID = 200;

    private final Bounces bounces;
    private final Ledger ledger;
    private final FrozenIssues issues;
    private final Subscribers subscribers;
    private final Readers readers;
    private final Erasures erasures;
    private final TokenSigner signer;
    private final MailReader reader;

    public BounceRecorder(
            Bounces bounces,
            Ledger ledger,
            FrozenIssues issues,
            Subscribers subscribers,
            Readers readers,
            Erasures erasures,
            TokenSigner signer,
            MailReader reader) {
        this.bounces = bounces;
        this.ledger = ledger;
        this.issues = issues;
        this.subscribers = subscribers;
        this.readers = readers;
        this.erasures = erasures;
        this.signer = signer;
        this.reader = reader;
    }

    /** Understands mail that came back; of a mail that is cut off, as much as can be told. */
    @FunctionalInterface
    public interface MailReader {
        ReturnedMail read(InputStream mail) throws IOException;
    }

    /** What a mail gave: how many reports, those of them that are new, and how many readers left by it. */
    public record Recorded(int reports, List<Kept> events, int left) {
        public Recorded {
            events = List.copyOf(events);
        }
    }

    /** Writes down what relays refused of a newsletter's issues and no event tells of yet. */
    public List<Kept> refusals(String newsletter) {
        List<Kept> kept = new ArrayList<>();
        for (List<Refusal> some = bounces.refusals(newsletter, GROUP);
                !some.isEmpty();
                some = bounces.refusals(newsletter, GROUP)) {
            kept.addAll(bounces.keep(
                    some.stream().map(refusal -> bounce(newsletter, refusal)).toList()));
        }
        return kept;
    }

    private static BounceEvent bounce(String newsletter, Refusal refusal) {
        return new BounceEvent(
                newsletter,
                refusal.identity(),
                0,
                refusal.subscriber(),
                refusal.issue(),
                refusal.at(),
                tidy(understood(refusal.reply())),
                Trust.SMTP);
    }

    /** What a relay said to us is understood as if it were quoted in a report. */
    static Report understood(String reply) {
        return new Finding("", "failed", "", reply, "").report();
    }

    /**
     * Writes down what a mail says.
     *
     * @param newsletter whose mailbox it lies in
     */
    public Recorded mail(String newsletter, RawMail mail) {
        ReturnedMail returned = understand(mail);
        List<Token> leaving = returned.isAutomatic()
                ? List.of()
                : verified(newsletter, BounceTokens.leaving(returned.deliveredTo()), Token.Purpose.UNSUBSCRIBE)
                        .toList();
        if (!leaving.isEmpty()) {
            return new Recorded(0, List.of(), (int) leaving.stream().filter(token -> leave(token, mail)).count());
        }
        if (returned.reports().isEmpty()) {
            return new Recorded(0, List.of(), 0);
        }
        List<String> tokens = BounceTokens.in(returned.addressees());
        Optional<Token> token = token(newsletter, tokens);
        Trust trust = token.isPresent() ? Trust.SIGNED : tokens.isEmpty() ? Trust.UNSIGNED : Trust.FORGED;
        String identity = token.map(BounceRecorder::name).orElse("") + identity(returned.messageId(), mail);
        List<BounceEvent> found = new ArrayList<>();
        for (Report report : returned.reports()) {
            found.add(new BounceEvent(
                    token.map(Token::newsletter).orElse(newsletter),
                    identity + (report.status().isEmpty() ? "" : "#" + report.status()),
                    found.size(),
                    token.map(Token::subject).orElseGet(() -> subscriber(report.recipient())),
                    token.map(Token::issue).orElse(null),
                    mail.at(),
                    isErased(report.recipient()) ? anonymous(report) : tidy(report),
                    trust));
        }
        return new Recorded(found.size(), bounces.keep(found), 0);
    }

    /** The token proves that it is the reader's link, whoever wrote; but a later wish to read counts more. */
    private boolean leave(Token token, RawMail mail) {
        boolean cameBack = readers.find(token.newsletter(), token.subject())
                .filter(reader -> reader.standing() == Readers.Standing.JOINED
                        && reader.joined().isAfter(mail.at()))
                .isPresent();
        return !cameBack && readers.leave(token.newsletter(), token.subject(), mail.at());
    }

    private boolean isErased(@Nullable String recipient) {
        try {
            return recipient != null && erasures.isErased(new EmailAddress(recipient));
        } catch (IllegalArgumentException e) {
            return false; // whatever it is, nobody of ours was called that
        }
    }

    /** The codes alone, for its words may name somebody who wants to be forgotten. */
    private static Report anonymous(Report report) {
        return new Report(null, report.kind(), tidy(report.status(), MOST_ID), tidy(report.reply(), MOST_ID), "", "");
    }

    /** A mail that the reader stumbles over would stop every run anew; so it is a fact like any other. */
    private ReturnedMail understand(RawMail mail) {
        try {
            return reader.read(mail.content());
        } catch (IOException | RuntimeException | StackOverflowError e) {
            // a regular expression calls itself for each repetition, and a stranger chose the text
            Report report = new Report(null, Report.Kind.UNKNOWN, "", "", "", "cannot be read: " + e);
            return new ReturnedMail("", List.of(), List.of(), false, List.of(report));
        }
    }

    /** What one of our newsletters signed; several may share a mailbox, because they share a domain. */
    private Optional<Token> token(String newsletter, List<String> tokens) {
        return verified(newsletter, tokens, Token.Purpose.BOUNCE)
                .filter(this::wasSent)
                .findFirst();
    }

    private Stream<Token> verified(String newsletter, List<String> tokens, Token.Purpose purpose) {
        if (tokens.isEmpty()) {
            return Stream.empty();
        }
        Set<String> newsletters = new LinkedHashSet<>();
        newsletters.add(newsletter);
        newsletters.addAll(issues.newsletters());
        return tokens.stream()
                .flatMap(text -> newsletters.stream().flatMap(name -> signer.verify(text, purpose, name).stream()));
    }

    private boolean wasSent(Token token) {
        IssueId issue = token.issue();
        return issue != null && ledger.isRecipient(issue, token.subject());
    }

    private @Nullable Long subscriber(@Nullable String recipient) {
        try {
            return recipient == null
                    ? null
                    : subscribers
                            .find(new EmailAddress(recipient))
                            .map(Subscriber::id)
                            .orElse(null);
        } catch (IllegalArgumentException e) {
            return null; // whatever it is, nobody of ours is called that
        }
    }

    /** A copy of a report without its token, or with another, must not take the place of the report. */
    private static String name(Token token) {
        return "signed:" + token.issue() + ":" + token.subject() + ":";
    }

    /** Told apart by its form from what a refusal is called, so that no mail can take the place of one. */
    private static String identity(String messageId, RawMail mail) {
        return messageId.isBlank() || messageId.length() > MOST_ID
                ? "sha256:" + mail.fingerprint()
                : "<" + tidy(messageId, MOST_ID) + ">";
    }

    /** Foreign words as they may be shown: on one line, without control characters, not too long. */
    private static Report tidy(Report report) {
        return new Report(
                report.recipient(),
                report.kind(),
                tidy(report.status(), MOST_ID),
                tidy(report.reply(), MOST_ID),
                tidy(report.feedback(), MOST_ID),
                tidy(report.evidence(), MOST_EVIDENCE));
    }

    private static String tidy(String text, int most) {
        String plain = text.replaceAll("[\\p{C}\\p{Z}\\s]+", " ").strip();
        return plain.codePointCount(0, plain.length()) <= most
                ? plain
                : plain.substring(0, plain.offsetByCodePoints(0, most)) + "…";
    }
}
