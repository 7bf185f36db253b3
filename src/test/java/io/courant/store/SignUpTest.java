package io.courant.store;

import static io.courant.store.SignUpDesk.CLIENT;
import static io.courant.store.SignUpDesk.MONTHLY;
import static io.courant.store.SignUpDesk.WEEKLY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.courant.audience.EmailAddress;
import io.courant.audience.ImportOrder;
import io.courant.audience.ImportReport;
import io.courant.audience.Readers.Standing;
import io.courant.audience.SubscriberCsv;
import io.courant.audience.Subscribers.Merged;
import io.courant.consent.Confirmation;
import io.courant.consent.DoubleOptIn;
import io.courant.consent.Limits;
import io.courant.consent.Origin;
import io.courant.delivery.Token.Purpose;
import io.courant.lab.Step;
import io.courant.lab.Taken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From the form to the confirmed reader, over the wire. */
@EachDatabase
class SignUpTest {
    private static final String ADA = "ada@example.org";
    private static final String BOB = "bob@example.org";
    private static final String CYD = "cyd@example.org";

    @TempDir
    private Path home;

    private SignUpDesk desk;

    @BeforeEach
    void open() {
        desk = new SignUpDesk(home, Limits.DEFAULT);
    }

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void whoSignsUpReadsItOnceTheMailboxHasConfirmed() {
        desk.optIn().request(WEEKLY, " " + ADA + " ", Locale.forLanguageTag("de-AT"), CLIENT);
        assertThat(desk.outbox().sendDue()).isEqualTo(1);
        Taken mail = desk.last();
        assertThat(mail.recipient()).isEqualTo(ADA);
        long request = desk.request(mail);
        assertThat(desk.optIn().pending("weekly", request).orElseThrow().address())
                .isEqualTo(new EmailAddress(ADA));
        assertThat(desk.count("subscriber")).as("looking changes nothing").isZero();

        desk.pass(Duration.ofDays(6));
        Confirmation first = desk.optIn().confirm("weekly", request, new Origin("2001:db8::1"));
        Confirmation second = desk.optIn().confirm("weekly", request, new Origin("2001:db8::2"));

        long ada = desk.subscriber(ADA);
        assertThat(first).isEqualTo(second).isEqualTo(new Confirmation.Joined(ada));
        assertThat(desk.store.readers().find("weekly", ada).orElseThrow().standing())
                .isEqualTo(Standing.JOINED);
        assertThat(desk.value("select language from subscriber")).isEqualTo("de");
        assertThat(desk.value("select wording from consent"))
                .isEqualTo(desk.optIn().signUpWording(WEEKLY, Locale.GERMAN))
                .asString()
                .startsWith("Ich möchte Deep Learning per E-Mail erhalten.");
        assertThat(desk.value("select requested_from || ' ' || confirmed_from from consent"))
                .isEqualTo("192.0.2.7 2001:db8::1");
    }

    @Test
    void aRequestIsForgottenAfterSevenDaysAndTheAddressWithIt() {
        desk.signUp(ADA);
        desk.outbox().sendDue();
        long request = desk.request(desk.last());
        desk.pass(DoubleOptIn.VALID);

        assertThat(desk.optIn().pending("weekly", request)).isEmpty();
        assertThat(desk.optIn().confirm("weekly", request, CLIENT)).isEqualTo(new Confirmation.Nothing());
        desk.outbox().sendDue();

        assertThat(desk.count("request")).isZero();
        assertThat(desk.count("subscriber")).isZero();
    }

    @Test
    void whoReadsItAlreadyIsShownTheirSettings() {
        long ada = desk.join(ADA);
        desk.pass(Duration.ofDays(1));

        desk.signUp("ADA@example.org");
        desk.outbox().sendDue();

        Taken mail = desk.last();
        assertThat(mail.content()).contains("Subject: You get Deep Learning already");
        assertThat(desk.signer.verify(SignUpDesk.token(mail, "p"), Purpose.PREFERENCES, "weekly"))
                .hasValueSatisfying(token -> assertThat(token.subject()).isEqualTo(ada));
    }

    @Test
    void whoLeftIsAskedLikeAStranger() {
        long ada = desk.join(ADA);
        desk.store.readers().leave("weekly", ada, desk.now);
        desk.pass(Duration.ofDays(1));

        desk.join(ADA);

        assertThat(desk.last().content()).contains("Subject: Please confirm: Deep Learning");
        assertThat(desk.store.readers().find("weekly", ada).orElseThrow().standing())
                .isEqualTo(Standing.JOINED);
    }

    @Test
    void whoMustNotBeWrittenToIsNot() {
        desk.store.subscribers().suppress(new EmailAddress(ADA), "complaint", desk.now);
        desk.store.erasures().erase(new EmailAddress(BOB), desk.now);
        desk.signUp(ADA);
        desk.signUp(BOB);

        assertThat(desk.outbox().sendDue()).isZero();

        assertThat(desk.relay.taken()).isEmpty();
        assertThat(desk.value("select string_agg(address, ',') from request"))
                .as("of who was erased nothing stays")
                .isEqualTo(ADA);
    }

    /** The path of a request looks nobody up, so neither its answer nor its time can tell who is known. */
    @Test
    void takingARequestInIsTheSameWhoeverItIsFor() {
        desk.join("reader@example.org");
        desk.store.readers().leave("weekly", desk.join("left@example.org"), desk.now);
        desk.store.subscribers().suppress(new EmailAddress("suppressed@example.org"), "bounce", desk.now);
        desk.store.erasures().erase(new EmailAddress("erased@example.org"), desk.now);
        desk.store.sql().sql("delete from request").update();

        List.of("reader", "left", "suppressed", "erased", "unknown")
                .forEach(name -> desk.signUp(name + "@example.org"));

        assertThat(desk.store
                        .sql()
                        .sql("select distinct kind, newsletter, subscriber_id, language, wording, requested_at,"
                                + " requested_from, block, mail, due_at, attempts, mailed_at, answered_at from request")
                        .query()
                        .listOfRows())
                .hasSize(1);
        assertThat(desk.count("request")).isEqualTo(5);
        assertThat(plan()).isNotEmpty().allMatch(step -> !step.contains("subscriber") && !step.contains("address"));
    }

    private static final Set<String> NUMBERS = Set.of("subscriber", "at", "since", "perBlock", "inAll");

    /** What the one statement of a request does, as the database tells it. */
    private List<String> plan() {
        List<String> names = List.of(
                "kind",
                "newsletter",
                "address",
                "key",
                "subscriber",
                "language",
                "wording",
                "at",
                "from",
                "block",
                "since",
                "perBlock",
                "inAll");
        var statement =
                desk.store.sql().sql((TestDatabase.isSqlite() ? "explain query plan " : "explain ") + JdbcRequests.ADD);
        for (String name : names) {
            statement = statement.param(name, NUMBERS.contains(name) ? 1 : "1");
        }
        String column = TestDatabase.isSqlite() ? "detail" : "QUERY PLAN";
        return statement.query((row, number) -> row.getString(column)).list();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ada",
                "ada@example.org\r\nBcc: bob@example.org",
                "ada@example.org\n",
                "ada@example.org\u0000",
                "ada@example.org,bob@example.org",
                "ada@example.org bob@example.org",
                "\"<script>\"@example.org",
                "Ada <ada@example.org>",
                "ada@exa\u202Emple.org",
                "ada\u200B@example.org",
                "ada@127.0.0.1",
                "ada@localhost\u2028"
            })
    void whatIsNoAddressIsRefusedAndNothingIsKept(String typed) {
        assertThatThrownBy(() -> desk.signUp(typed)).isInstanceOf(IllegalArgumentException.class);
        assertThat(desk.count("request")).isZero();
    }

    @Test
    void tenMegabytesAreRefusedBeforeAnyoneReadsThem() {
        String typed = "a".repeat(10_000_000) + "@example.org";
        assertThatThrownBy(() -> desk.signUp(typed))
                .isInstanceOfSatisfying(
                        IllegalArgumentException.class,
                        refusal -> assertThat(refusal.getMessage()).hasSizeLessThan(100));
    }

    @Test
    void nothingThatWasTypedStandsInTheMailButTheRecipient() {
        desk.optIn().request(WEEKLY, "Buy.Pills.Now@evil.example.org", Locale.forLanguageTag("x-pills"), CLIENT);
        desk.outbox().sendDue();

        String content = desk.last().content();
        assertThat(content).contains("To: <Buy.Pills.Now@evil.example.org>");
        assertThat(content.replaceFirst("To: <[^>]*>", ""))
                .doesNotContainIgnoringCase("pills")
                .doesNotContain("evil");
    }

    @Test
    void aTokenIsWorthNothingChangedOrElsewhere() {
        desk.signUp(ADA);
        desk.outbox().sendDue();
        String token = SignUpDesk.token(desk.last(), "c");

        assertThat(desk.signer.verify(token, Purpose.CONFIRM, "monthly")).isEmpty();
        for (Purpose purpose : Purpose.values()) {
            assertThat(desk.signer.verify(token, purpose, "weekly").isPresent()).isEqualTo(purpose == Purpose.CONFIRM);
        }
        for (int i = 0; i < token.length(); i++) {
            char other = token.charAt(i) == 'a' ? 'b' : 'a';
            String flipped = token.substring(0, i) + other + token.substring(i + 1);
            assertThat(desk.signer.verify(flipped, Purpose.CONFIRM, "weekly")).isEmpty();
        }
    }

    @Test
    void anAddressChangesOnceTheNewOneHasConfirmedAndTheOldOneIsTold() {
        long ada = desk.join(ADA);
        desk.optIn().requestChange(WEEKLY, ada, BOB, Locale.FRENCH, CLIENT);
        desk.outbox().sendDue();
        Taken mail = desk.last();
        assertThat(mail.recipient()).isEqualTo(BOB);
        assertThat(desk.subscriber(ADA)).isEqualTo(ada);

        assertThat(desk.optIn().confirm("weekly", desk.request(mail), CLIENT)).isEqualTo(new Confirmation.Moved(ada));
        desk.outbox().sendDue();

        assertThat(desk.subscriber(BOB)).isEqualTo(ada);
        Taken notice = desk.last();
        assertThat(notice.recipient()).isEqualTo(ADA);
        assertThat(notice.content()).contains("a chang=C3=A9").doesNotContain(BOB);
    }

    @Test
    void anOldListBringsNobodyBackUnderTheAddressThatTheyGaveUp() throws IOException {
        long ada = moved(ADA, BOB);

        ImportReport report = importOf(ADA);

        assertThat(report.merged()).isEqualTo(Merged.NOTHING);
        assertThat(report.refused())
                .singleElement()
                .satisfies(
                        refused -> assertThat(refused.reason()).startsWith("this person changed to another address;"));
        assertThat(desk.count("subscriber")).isEqualTo(1);
        desk.store.requests().forget(desk.now.plusSeconds(1));
        assertThat(desk.store.erasures().traces(new EmailAddress(ADA))).isEmpty();

        assertThat(desk.store.erasures().liftFormer(new EmailAddress(ADA))).isTrue();
        assertThat(importOf(ADA).merged().added()).isEqualTo(1);
        assertThat(desk.subscriber(BOB)).isEqualTo(ada);
    }

    @Test
    void whoTakesAnAddressUpAgainCanBeImportedUnderIt() throws IOException {
        moved(ADA, BOB);
        desk.pass(Duration.ofDays(2));
        desk.join(ADA);
        assertThat(importOf(ADA).isComplete()).isTrue();
        moved(BOB, CYD);
        moved(CYD, BOB);
        assertThat(importOf(BOB).isComplete()).isTrue();
        assertThat(importOf(CYD).isComplete()).isFalse();
    }

    private long moved(String from, String to) {
        long id = desk.store.subscribers().find(new EmailAddress(from)).isPresent()
                ? desk.subscriber(from)
                : desk.join(from);
        desk.pass(Duration.ofDays(2));
        desk.optIn().requestChange(WEEKLY, id, to, Locale.ENGLISH, CLIENT);
        desk.outbox().sendDue();
        assertThat(desk.optIn().confirm("weekly", desk.request(desk.last()), CLIENT))
                .isEqualTo(new Confirmation.Moved(id));
        desk.outbox().sendDue();
        return id;
    }

    private ImportReport importOf(String address) throws IOException {
        Path list = Files.writeString(home.resolve("list.csv"), "email\n" + address + "\n");
        ImportReport report = SubscriberCsv.read(
                list,
                desk.store.subscribers(),
                desk.store.erasures(),
                ImportOrder.asIs(false, desk.now),
                (row, rows) -> {});
        Files.delete(list);
        return report;
    }

    @Test
    void whatTheRelayPutsOffIsTriedAgain() {
        desk.relay.always(Step.RCPT, "450 4.2.0 greylisted");
        desk.signUp(ADA);
        assertThat(desk.outbox().sendDue()).isZero();
        desk.pass(Duration.ofMinutes(4));
        assertThat(desk.outbox().sendDue()).isZero();

        desk.relay.always(Step.RCPT, "250 2.1.5 ok");
        desk.pass(Duration.ofMinutes(1));

        assertThat(desk.outbox().sendDue()).isEqualTo(1);
        assertThat(desk.relay.copies()).isEqualTo(Map.of(ADA, 1));
    }

    @Test
    void whatTheRelayRefusesIsNotTriedAgain() {
        desk.relay.always(Step.RCPT, "550 5.1.1 nobody");
        desk.signUp(ADA);
        desk.outbox().sendDue();
        int commands = desk.relay.commands().size();

        desk.pass(Duration.ofHours(23));
        desk.signUp(ADA);
        desk.outbox().sendDue();

        assertThat(desk.relay.commands()).hasSize(commands);
    }

    @Test
    void whatIsWrongWithTheSenderIsHeldAgainstNobody() {
        desk.relay.always(Step.MAIL, "550 5.7.1 you may not send");
        desk.signUp(ADA);
        assertThat(desk.outbox().sendDue()).isZero();

        desk.relay.always(Step.MAIL, "250 2.1.0 ok");
        desk.pass(Duration.ofMinutes(5));

        assertThat(desk.outbox().sendDue()).isEqualTo(1);
    }

    @Test
    void mailWaitsForARelayThatIsAway() {
        desk.relay.always(Step.BANNER, "421 4.3.2 closed for lunch");
        desk.signUp(ADA);
        desk.signUp(BOB);
        assertThat(desk.outbox().sendDue()).isZero();

        desk.relay.always(Step.BANNER, "220 relay.example.org");
        desk.pass(Duration.ofMinutes(5));

        assertThat(desk.outbox().sendDue()).isEqualTo(2);
    }

    @Test
    void theLossOfTheRelaysAnswerIsNoReasonToSendTwice() {
        desk.relay.on(Step.DOT, "take-and-drop");
        desk.signUp(ADA);
        desk.outbox().sendDue();

        desk.pass(Duration.ofHours(2));
        desk.outbox().sendDue();

        assertThat(desk.relay.copies()).isEqualTo(Map.of(ADA, 1));
    }

    @Test
    void whoDiedBeforeTheFinalDotIsReplacedAfterAnHour() {
        desk.signUp(ADA);
        assertThat(desk.store.requests().claim("weekly", desk.now, desk.now, desk.now.plus(Duration.ofHours(1))))
                .isPresent();
        desk.restart();
        desk.pass(Duration.ofMinutes(59));
        assertThat(desk.outbox().sendDue()).isZero();

        desk.pass(Duration.ofMinutes(1));

        assertThat(desk.outbox().sendDue()).isEqualTo(1);
    }

    @Test
    void aNewsletterWhoseJobIsGoneHoldsUpNoOther() {
        desk.optIn().request(MONTHLY, BOB, null, CLIENT);
        desk.signUp(ADA);
        desk.store
                .sql()
                .sql("update request set newsletter = 'gone' where newsletter = 'monthly'")
                .update();

        assertThat(desk.outbox().sendDue()).isEqualTo(1);
        assertThat(desk.outbox().sendDue("monthly")).isZero();
    }
}
