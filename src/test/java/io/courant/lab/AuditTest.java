package io.courant.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.audience.EmailAddress;
import io.courant.audience.Subscriber;
import io.courant.audience.Subscribers.NewSubscriber;
import io.courant.delivery.Deliveries.Claim;
import io.courant.delivery.Demand;
import io.courant.delivery.FrozenIssue;
import io.courant.delivery.InMemoryLedger;
import io.courant.delivery.Outcome;
import io.courant.delivery.Phase;
import io.courant.delivery.Reply;
import io.courant.delivery.Samples;
import io.courant.issue.IssueId;
import io.courant.lab.Audit.Findings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Small ledgers and logs with one defect each, and those that only look like it. */
@Timeout(60)
class AuditTest {
    private static final Instant NOW = Instant.parse("2026-11-23T07:00:00Z");
    private static final IssueId ISSUE = new IssueId("deep-learning-2026-11-23");
    private static final Outcome ACCEPTED = new Outcome.Accepted(new Reply(250, "ok"));
    private static final Outcome REJECTED = new Outcome.Rejected(Phase.RCPT, new Reply(550, "no"));
    private static final Outcome DEFERRED = new Outcome.Deferred(Phase.RCPT, new Reply(450, "later"));
    private static final Outcome IN_DOUBT = new Outcome.InDoubt("connection closed by the relay");

    @TempDir
    private Path folder;

    private final InMemoryLedger ledger = new InMemoryLedger();
    private RelayLog log;

    @BeforeEach
    void open() throws IOException {
        log = RelayLog.open(folder.resolve("relay.log"), () -> NOW);
    }

    @AfterEach
    void close() throws IOException {
        log.close();
    }

    private void subscribe(String... names) {
        for (String name : names) {
            ledger.subscribers()
                    .merge(List.of(new NewSubscriber(
                            new EmailAddress(name + "@example.org"), "", Subscriber.State.ACTIVE, List.of(), NOW)));
        }
    }

    private void freeze(String... names) {
        subscribe(names);
        Samples.freeze(ledger, Samples.issue(ISSUE.value(), 1));
    }

    /** Claims the next deliveries, and settles each with what came of it. */
    private void settle(Outcome... outcomes) {
        List<Claim> claims = ledger.claim(ISSUE, Demand.of(outcomes.length), NOW);
        ledger.settle(
                ISSUE,
                IntStream.range(0, outcomes.length)
                        .mapToObj(i -> claims.get(i).settled(outcomes[i], NOW, NOW))
                        .toList());
    }

    /** A subscriber's message arrives at the relay. */
    private void arrives(String name) throws IOException {
        arrives(ISSUE, name, name + "@example.org", "Hello");
    }

    private void arrives(IssueId issue, String name, String recipient, String text) throws IOException {
        long subscriber = ledger.subscribers()
                .find(new EmailAddress(name + "@example.org"))
                .orElseThrow()
                .id();
        arrives(frozen().imprint().messageId(issue, subscriber), recipient, text);
    }

    private void arrives(String messageId, String recipient, String text) throws IOException {
        String content = "Message-ID: <" + messageId + ">\r\n\r\n" + text + "\r\n";
        log.taken(List.of(new Taken("MAIL FROM:<>", "RCPT TO:<" + recipient + ">", content)), "250 ok");
    }

    private FrozenIssue frozen() {
        return ledger.find(ISSUE).orElseThrow();
    }

    private Findings audit(boolean open, String... problems) throws IOException {
        return new Audit(ledger, ledger, () -> List.of(problems)).audit(frozen(), folder.resolve("relay.log"), open);
    }

    private static Findings clean(long candidates, long inTheLog, long copies, long explained) {
        return new Findings(ISSUE, candidates, inTheLog, copies, 0, explained, 0, List.of());
    }

    @Test
    void whenEverybodyGotOneCopyAllIsWell() throws IOException {
        freeze("ada", "bob", "cy");
        settle(ACCEPTED, REJECTED, ACCEPTED);
        arrives("ada");
        arrives("cy");
        assertThat(audit(false)).isEqualTo(clean(3, 2, 2, 0));
    }

    @Test
    void aSecondCopyWithARecordedReasonIsExplained() throws IOException {
        freeze("ada", "bob");
        settle(IN_DOUBT, ACCEPTED);
        ledger.resend(ISSUE, NOW, 0);
        settle(ACCEPTED);
        arrives("ada");
        arrives("bob");
        arrives("ada");
        assertThat(audit(false)).isEqualTo(clean(2, 2, 3, 1));
    }

    @Test
    void aDoubtThatCameToNothingIsNoReasonForAComplaint() throws IOException {
        freeze("ada", "bob");
        settle(IN_DOUBT, IN_DOUBT);
        ledger.resend(ISSUE, NOW, 0);
        settle(ACCEPTED, REJECTED);
        arrives("ada"); // the first did not get through
        arrives("bob"); // the first did, and then the mailbox was closed
        assertThat(audit(false)).isEqualTo(clean(2, 2, 2, 0));
    }

    @Test
    void whoIsAcceptedAndHasNoCopyIsLost() throws IOException {
        freeze("ada", "bob");
        settle(ACCEPTED, IN_DOUBT);
        ledger.assumeSent(ISSUE);
        assertThat(audit(false))
                .isEqualTo(new Findings(
                        ISSUE,
                        2,
                        0,
                        0,
                        2,
                        0,
                        0,
                        List.of(
                                "ada@example.org: ACCEPTED and never in doubt, but the relay's log has no copy",
                                "bob@example.org: ACCEPTED and in doubt once, but the relay's log has no copy")));
    }

    @Test
    void aSecondCopyWithoutAReasonIsFound() throws IOException {
        freeze("ada", "bob");
        settle(ACCEPTED, IN_DOUBT);
        ledger.resend(ISSUE, NOW, 0);
        settle(ACCEPTED);
        for (String name : List.of("ada", "ada", "bob", "bob", "bob", "bob")) {
            arrives(name);
        }
        assertThat(audit(false))
                .isEqualTo(new Findings(
                        ISSUE,
                        2,
                        2,
                        6,
                        0,
                        1,
                        3,
                        List.of(
                                "ada@example.org: ACCEPTED and never in doubt, but the relay took 2 copies",
                                "bob@example.org: ACCEPTED and in doubt once, but the relay took 4 copies")));
    }

    @Test
    void whoShouldHaveNoCopyAndHasOneIsFound() throws IOException {
        subscribe("sue");
        ledger.subscribers().suppress(new EmailAddress("sue@example.org"), "complaint", NOW);
        freeze("rex", "dee", "una", "red");
        settle(REJECTED, DEFERRED);
        ledger.expire(ISSUE, NOW.plus(Duration.ofDays(3)));
        long una = ledger.subscribers()
                .find(new EmailAddress("una@example.org"))
                .orElseThrow()
                .id();
        ledger.subscribers().unsubscribe(una, NOW);
        ledger.claim(ISSUE, Demand.of(1), NOW); // cancels una, and claims red
        for (String name : List.of("sue", "rex", "dee", "una", "red")) {
            arrives(name);
        }
        Findings findings = audit(true);
        assertThat(findings.violations())
                .containsExactlyInAnyOrder(
                        "sue@example.org: SUPPRESSED and never in doubt, but the relay took 1 copy",
                        "rex@example.org: REJECTED and never in doubt, but the relay took 1 copy",
                        "dee@example.org: EXPIRED and never in doubt, but the relay took 1 copy",
                        "una@example.org: CANCELLED and never in doubt, but the relay took 1 copy");
        assertThat(findings.unexplained()).isEqualTo(4);
    }

    @Test
    void copiesThatDifferAreFound() throws IOException {
        freeze("ada");
        settle(IN_DOUBT);
        ledger.resend(ISSUE, NOW, 0);
        settle(ACCEPTED);
        arrives("ada");
        arrives(ISSUE, "ada", "ada@example.org", "Hello again");
        assertThat(audit(false).violations())
                .containsExactly("ada@example.org: the 2 copies are not the same to the byte");
    }

    @Test
    void aMessageThatWentToSomebodyElseIsFound() throws IOException {
        freeze("ada", "bob");
        settle(ACCEPTED, ACCEPTED);
        arrives(ISSUE, "ada", "bob@example.org", "Hello");
        arrives(ISSUE, "bob", "Bob@example.org", "Hello");
        assertThat(audit(false).violations())
                .containsExactly("ada@example.org: the relay was told to send this message to bob@example.org");
    }

    @Test
    void mailThatNobodyKnowsOfIsFoundButNotThatOfOtherIssues() throws IOException {
        freeze("ada");
        IssueId other = new IssueId("deep-learning-2026-11-23-2");
        Samples.freeze(ledger, Samples.issue(other.value(), 2));
        settle(ACCEPTED);
        arrives("ada");
        arrives(other, "ada", "ada@example.org", "Hello");
        arrives(new IssueId("deep-learning-2026-11-30"), "ada", "ada@example.org", "Hello");
        arrives("", "eve@example.org", "Hello");
        Findings findings = audit(false);
        assertThat(findings.violations())
                .satisfiesExactlyInAnyOrder(
                        one -> assertThat(one)
                                .matches(
                                        "ada@example\\.org: the relay took 1 copy of"
                                                + " deep-learning-2026-11-30\\.\\w+@news\\.example\\.org, which is no delivery"),
                        one -> assertThat(one)
                                .isEqualTo("eve@example.org: the relay took 1 copy without a Message-ID"));
        assertThat(findings.unexplained()).isEqualTo(2);
    }

    @Test
    void whatIsNotFinalIsAViolationUnlessTheIssueIsOpen() throws IOException {
        freeze("ada", "bob", "cy");
        settle(DEFERRED, IN_DOUBT);
        arrives("bob");
        assertThat(audit(false).violations())
                .containsExactlyInAnyOrder(
                        "1 deliveries are READY, which is not final; send the issue to its end, or audit it with --open",
                        "1 deliveries are DEFERRED, which is not final; send the issue to its end, or audit it with"
                                + " --open",
                        "1 deliveries are IN_DOUBT, which is not final; send the issue to its end, or audit it with"
                                + " --open");
        assertThat(audit(true)).isEqualTo(clean(3, 1, 1, 0));
    }

    @Test
    void aTestMailIsNoDeliveryAndNoViolation() throws IOException {
        freeze("ada");
        settle(ACCEPTED);
        arrives("ada");
        arrives(ISSUE + ".test-" + UUID.randomUUID() + "@news.example.org", "me@example.org", "Hello");
        assertThat(audit(false)).isEqualTo(clean(1, 1, 1, 0));
    }

    @Test
    void aDeliveryThatIsGoneIsFound() throws IOException {
        freeze("ada", "bob");
        settle(ACCEPTED, REJECTED);
        arrives("ada");
        ledger.lose(ISSUE, 2);
        assertThat(audit(false).violations())
                .containsExactly("the account does not add up: 2 candidates, 1 deliveries");
    }

    @Test
    void anUnsoundDatabaseIsAViolation() throws IOException {
        freeze("ada");
        assertThat(audit(true, "row 7 missing from index").violations())
                .containsExactly("database: row 7 missing from index");
    }

    @Test
    void tenThousandAreAuditedInSeconds() throws IOException {
        String[] names = IntStream.range(0, 10_000).mapToObj(i -> "reader" + i).toArray(String[]::new);
        freeze(names);
        List<Claim> claims = ledger.claim(ISSUE, Demand.of(names.length), NOW);
        ledger.settle(
                ISSUE,
                claims.stream().map(claim -> claim.settled(ACCEPTED, NOW, null)).toList());
        log.taken(
                claims.stream()
                        .map(claim -> new Taken(
                                "MAIL FROM:<>",
                                "RCPT TO:<" + claim.address() + ">",
                                "Message-ID: <" + frozen().imprint().messageId(ISSUE, claim.subscriber())
                                        + ">\r\n\r\nHello\r\n"))
                        .toList(),
                "250 ok");
        long begin = System.nanoTime();
        assertThat(audit(false)).isEqualTo(clean(10_000, 10_000, 10_000, 0));
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        System.err.println("AuditTest audited 10,000 deliveries in " + took.toMillis() + " ms");
        assertThat(took).isLessThan(Duration.ofSeconds(10));
    }
}
