package io.courant.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.audience.Subscriber;
import io.courant.bounce.BounceEvent;
import io.courant.bounce.BounceEvent.Trust;
import io.courant.bounce.BounceRecorder;
import io.courant.bounce.Bounces.Choice;
import io.courant.bounce.Bounces.Kept;
import io.courant.bounce.RawMails;
import io.courant.bounce.Report;
import io.courant.bounce.ReturnedMail;
import io.courant.delivery.Deliveries.Claim;
import io.courant.delivery.Deliveries.Settlement;
import io.courant.delivery.Demand;
import io.courant.delivery.Ledger;
import io.courant.delivery.LedgerFixture;
import io.courant.delivery.Outcome;
import io.courant.delivery.Phase;
import io.courant.delivery.Reply;
import io.courant.delivery.Samples;
import io.courant.delivery.Token;
import io.courant.delivery.TokenKeys;
import io.courant.delivery.TokenSigner;
import io.courant.issue.Issue;
import io.courant.issue.IssueId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whom a mail is believed to be about, over the real ledger. */
@EachDatabase
class BounceRecorderTest extends JdbcLedgerFixture {
    private static final String NEWSLETTER = "deep-learning";

    private TokenSigner signer;
    private Subscriber ada;
    private IssueId issue;

    @BeforeEach
    void begin() {
        signer = new TokenSigner(TokenKeys.in(home.resolve("keys")));
        ada = subscriber("ada@example.org");
        issue = freeze(NEWSLETTER + "-2026-11-23");
    }

    private IssueId freeze(String id) {
        Issue frozen = Samples.issue(id, section("Section of " + id));
        Samples.freeze(issues(), frozen);
        return frozen.id();
    }

    private BounceRecorder recorder(BounceRecorder.MailReader reader) {
        return new BounceRecorder(
                store.bounces(), ledger(), issues(), subscribers(), store.readers(), store.erasures(), signer, reader);
    }

    private static Report report(@Nullable String recipient) {
        return new Report(recipient, Report.Kind.HARD, "5.1.1", "550", "", "550 5.1.1 no such user");
    }

    private BounceEvent record(String newsletter, String addressee, Report report) {
        ReturnedMail mail = returned("1@mx", List.of("postmaster@example.org", addressee), List.of(report));
        return recorder(in -> mail)
                .mail(newsletter, RawMails.of("x"))
                .events()
                .get(0)
                .bounce();
    }

    private static ReturnedMail returned(String messageId, List<String> addressees, List<Report> reports) {
        return new ReturnedMail(messageId, addressees, addressees, false, reports);
    }

    private static String sender(String token) {
        return "bounce+" + token + "@news.example.org";
    }

    @Test
    void aTokenNamesSubscriberAndIssueWhateverAddressTheReportNames() {
        String token = signer.sign(Token.bounce(NEWSLETTER, ada.id(), issue));
        BounceEvent bounce = record(NEWSLETTER, sender(token), report("someone@elsewhere.example"));
        assertThat(bounce.trust()).isEqualTo(Trust.SIGNED);
        assertThat(bounce.subscriber()).isEqualTo(ada.id());
        assertThat(bounce.issue()).isEqualTo(issue);
        assertThat(subscribers().suppression(ada.address()))
                .as("one of many behind the address may be gone")
                .isEmpty();
    }

    @Test
    void aTokenOfANewsletterThatSharesTheMailboxIsThatNewslettersOwn() {
        IssueId other = freeze("garden-2026-11-23");
        String token = signer.sign(Token.bounce("garden", ada.id(), other));
        BounceEvent bounce = record(NEWSLETTER, sender(token), report(null));
        assertThat(bounce.trust()).isEqualTo(Trust.SIGNED);
        assertThat(bounce.newsletter()).isEqualTo("garden");
        assertThat(bounce.issue()).isEqualTo(other);
    }

    @Test
    void aTokenWithAnyBitChangedIsForgedAndSuppressesNobody() {
        String token = signer.sign(Token.bounce(NEWSLETTER, ada.id(), issue));
        String digits = "abcdefghijklmnopqrstuvwxyz234567";
        for (int i = 0; i < token.length(); i++) {
            for (int bit = 1; bit < 32; bit <<= 1) {
                char changed = digits.charAt(digits.indexOf(token.charAt(i)) ^ bit);
                String forged = token.substring(0, i) + changed + token.substring(i + 1);
                ReturnedMail mail =
                        returned(i + "-" + bit + "@mx", List.of(sender(forged)), List.of(report("ada@example.org")));
                Kept kept = recorder(in -> mail)
                        .mail(NEWSLETTER, RawMails.of("x"))
                        .events()
                        .get(0);
                assertThat(kept.bounce().trust()).as(forged).isEqualTo(Trust.FORGED);
                assertThat(kept.bounce().issue()).isNull();
            }
        }
        assertThat(subscribers().suppression(ada.address())).isEmpty();
    }

    @Test
    void aTokenForAnotherPurposeOrADeliveryThatNeverWasProvesNothing() {
        assertThat(record(NEWSLETTER, sender(signer.sign(Token.unsubscribe(NEWSLETTER, ada.id()))), report(null))
                        .trust())
                .isEqualTo(Trust.FORGED);
        Subscriber late = subscriber("late@example.org");
        ReturnedMail mail = returned(
                "2@mx",
                List.of(sender(signer.sign(Token.bounce(NEWSLETTER, late.id(), issue)))),
                List.of(report(null)));
        BounceEvent bounce = recorder(in -> mail)
                .mail(NEWSLETTER, RawMails.of("x"))
                .events()
                .get(0)
                .bounce();
        assertThat(bounce.trust()).isEqualTo(Trust.FORGED);
        assertThat(bounce.subscriber()).isNull();
        assertThat(subscribers().suppression(late.address())).isEmpty();
    }

    @Test
    void withoutATokenTheReportsRecipientIsLookedUpAndNothingFollows() {
        BounceEvent bounce = record(NEWSLETTER, "bounce@news.example.org", report("Ada@Example.org"));
        assertThat(bounce.trust()).isEqualTo(Trust.UNSIGNED);
        assertThat(bounce.subscriber()).isEqualTo(ada.id());
        assertThat(subscribers().suppression(ada.address())).isEmpty();
        ReturnedMail odd = returned(
                "2@mx", List.of(), List.of(report("not an address"), report("nobody@example.org"), report(null)));
        assertThat(recorder(in -> odd).mail(NEWSLETTER, RawMails.of("x")).events())
                .hasSize(3)
                .allSatisfy(kept -> assertThat(kept.bounce().subscriber()).isNull());
    }

    @Test
    void whatIsSaidLaterOfSomebodyErasedIsKeptWithoutItsWords() {
        store.erasures().erase(ada.address(), LedgerFixture.JOINED);
        String token = signer.sign(Token.bounce(NEWSLETTER, ada.id(), issue));
        BounceEvent signed = record(NEWSLETTER, sender(token), report("ada@example.org"));
        assertThat(signed.subscriber()).isEqualTo(ada.id());
        assertThat(signed.message()).matches("erased:[0-9a-f]{64}");
        ReturnedMail again =
                returned("1@mx", List.of("postmaster@example.org", sender(token)), List.of(report("Ada@Example.org")));
        assertThat(recorder(in -> again).mail(NEWSLETTER, RawMails.of("x")).events())
                .as("the same mail is known again")
                .isEmpty();
        ReturnedMail unsigned = returned("2@mx", List.of(), List.of(report("Ada@Example.org")));
        recorder(in -> unsigned).mail(NEWSLETTER, RawMails.of("x"));
        assertThat(store.bounces().latest(new Choice(null, null), 9)).hasSize(2).allSatisfy(kept -> {
            assertThat(kept.bounce().report().evidence()).isEmpty();
            assertThat(kept.bounce().report().status()).isEqualTo("5.1.1");
            assertThat(kept.address()).isNull();
            assertThat(kept.consequence()).isEqualTo(BounceEvent.Consequence.NONE);
        });
    }

    @Test
    void whatTheRelaySaysOfSomebodyErasedMeanwhileIsNotKept() {
        approve(issue, LedgerFixture.JOINED);
        Claim claim =
                deliveries().claim(issue, Demand.of(1), LedgerFixture.JOINED).get(0);
        store.erasures().erase(ada.address(), LedgerFixture.JOINED);
        deliveries()
                .settle(
                        issue,
                        List.of(new Settlement(
                                claim.subscriber(),
                                1,
                                0,
                                new Outcome.Rejected(Phase.RCPT, new Reply(550, "<ada@example.org> unknown")),
                                LedgerFixture.JOINED,
                                null)));
        List<Ledger.Entry> entries = new ArrayList<>();
        ledger().forEach(issue, entries::add);
        assertThat(entries).singleElement().satisfies(entry -> {
            assertThat(entry.isErased()).isTrue();
            assertThat(entry.attempts()).extracting(Ledger.Attempt::reply).containsExactly("(erased)");
        });
    }

    @Test
    void aMailThatTheReaderStumblesOverIsAFactLikeAnyOther() {
        RuntimeException stumble = new IllegalStateException("no such part");
        BounceRecorder recorder = recorder(in -> {
            throw stumble;
        });
        assertThat(recorder.mail(NEWSLETTER, RawMails.of("Subject: x\n\nbody")).reports())
                .isEqualTo(1);
        assertThat(recorder(in -> {
                            throw new IOException("cut off");
                        })
                        .mail(NEWSLETTER, RawMails.of("Subject: y\n\nbody"))
                        .events())
                .singleElement()
                .satisfies(kept -> assertThat(kept.bounce().report().evidence())
                        .isEqualTo("cannot be read: java.io.IOException: cut off"));
        assertThat(recorder(in -> {
                            throw new StackOverflowError();
                        })
                        .mail(NEWSLETTER, RawMails.of("Subject: z\n\nbody"))
                        .events())
                .singleElement()
                .satisfies(kept -> assertThat(kept.bounce().report().evidence())
                        .isEqualTo("cannot be read: java.lang.StackOverflowError"));
        assertThat(store.bounces().latest(new Choice(null, null), 9))
                .extracting(kept -> kept.bounce().message())
                .allMatch(message -> message.matches("sha256:[0-9a-f]{64}"));
    }

    @Test
    void foreignWordsAreKeptOnOneLineAndNotTooLong() {
        Report hostile = new Report(
                null,
                Report.Kind.UNKNOWN,
                "5.1.1\u001b[2J",
                "550\n",
                "",
                "\u001b]0;title\u0007 line\r\nline\u202e" + "x".repeat(5000));
        BounceEvent bounce = record(NEWSLETTER, "a@example.org", hostile);
        assertThat(bounce.report().status()).isEqualTo("5.1.1 [2J");
        assertThat(bounce.report().reply()).isEqualTo("550");
        assertThat(bounce.report().evidence())
                .startsWith("]0;title line line xxx")
                .hasSize(301);
        ReturnedMail mail = returned("i".repeat(100_000), List.of(), List.of(report(null)));
        assertThat(recorder(in -> mail)
                        .mail(NEWSLETTER, RawMails.of("x"))
                        .events()
                        .get(0)
                        .bounce()
                        .message())
                .startsWith("sha256:");
    }
}
