package io.courant.audience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.courant.audience.ImportReport.Refused;
import io.courant.audience.ImportReport.Use;
import io.courant.audience.Subscriber.State;
import io.courant.audience.Subscribers.Merged;
import io.courant.audience.Subscribers.NewSubscriber;
import io.courant.audience.Subscribers.Proof;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files in the shape in which other programs export them. */
class ListProgramsTest {
    private static final Instant NOW = Instant.parse("2026-11-23T06:00:00Z");

    private final List<NewSubscriber> taken = new ArrayList<>();
    private final InMemorySubscribers subscribers = new InMemorySubscribers() {
        @Override
        public Merged merge(List<NewSubscriber> group) {
            taken.addAll(group);
            return super.merge(group);
        }
    };

    @Test
    void listmonk() throws IOException {
        ImportReport report = read("subscribers.csv", """
                uuid,email,name,attributes,status,created_at,updated_at
                7c9e6679-7425-40de-944b-e07fc1f90ae7,ada@example.org,Ada,"{""city"": ""Linz"", ""language"": ""de"", ""tags"": [""ai"", ""maths""]}",enabled,2024-03-01 10:20:30.123456 +0000 UTC,2024-04-01 10:20:30 +0000 UTC
                0f8fad5b-d9cb-469f-a165-70867728950e,bob@example.org,Bob,{},disabled,2024-03-02 10:20:30 +0530 IST,2024-03-02 10:20:30 +0530 IST
                6f9619ff-8b86-d011-b42d-00cf4fc964ff,eve@example.org,Eve,{},blocklisted,2024-03-03 10:20:30 +0000 +0000,2024-03-03 10:20:30 +0000 +0000
                """);
        assertThat(report.program()).isEqualTo("listmonk");
        assertThat(report.ignoredColumns()).containsExactly("uuid", "updated_at");
        assertThat(report.columns())
                .containsExactly(
                        new Use("email", "email"),
                        new Use("name", "name"),
                        new Use("attributes", "attributes"),
                        new Use("status", "state"),
                        new Use("created_at", "joined"));
        assertThat(report.refused()).isEmpty();
        assertThat(stored("ada").tags()).isEqualTo(Set.of("ai", "maths"));
        assertThat(stored("ada").language()).isEqualTo(Locale.GERMAN);
        assertThat(stored("ada").joined()).isEqualTo(Instant.parse("2024-03-01T10:20:30.123456Z"));
        assertThat(stored("bob").state()).isEqualTo(State.UNSUBSCRIBED);
        assertThat(stored("bob").joined()).isEqualTo(Instant.parse("2024-03-02T04:50:30Z"));
        assertThat(stored("eve").state()).isEqualTo(State.UNSUBSCRIBED);
        assertThat(suppression("eve")).contains("blocklisted in listmonk");
        assertThat(suppression("bob")).isEmpty();
    }

    @Test
    void whoWantsNoMailIsTakenAtTheirWordWhateverElseIsWrong() throws IOException {
        ImportReport report = read("subscribers.csv", """
                uuid,email,name,attributes,status,created_at,updated_at
                7c9e6679-7425-40de-944b-e07fc1f90ae7,ada@example.org,Ada,{bad,blocklisted,2024-03-01 10:20:30 +0000 UTC,
                0f8fad5b-d9cb-469f-a165-70867728950e,bob@example.org,Bob,{},disabled,one day,
                6f9619ff-8b86-d011-b42d-00cf4fc964ff,eve@example.org,Eve,{bad,enabled,2024-03-03 10:20:30 +0000 UTC,
                """);
        assertThat(stored("ada").state()).isEqualTo(State.UNSUBSCRIBED);
        assertThat(suppression("ada")).contains("blocklisted in listmonk");
        assertThat(stored("bob").state()).isEqualTo(State.UNSUBSCRIBED);
        assertThat(report.refused().stream().map(Refused::line)).containsExactly(4L);
    }

    private static final String MAILCHIMP = "\"Email Address\",\"First Name\",\"Last Name\",Address,MEMBER_RATING,"
            + "OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,LATITUDE,LONGITUDE,GMTOFF,DSTOFF,TIMEZONE,CC,REGION,";

    @Test
    void mailchimpSubscribed() throws IOException {
        ImportReport report = read(
                "subscribed_email_audience_export_1a2b3c.csv",
                MAILCHIMP + "LAST_CHANGED,LEID,EUID,NOTES,TAGS\n"
                        + "ada@example.org,Ada,\"van Dam\",\"Main Street 1\",2,\"2023-06-25 17:38:27\",198.51.100.7,"
                        + "\"2023-06-25 17:40:00\",198.51.100.8,48.3,14.3,1,2,Europe/Vienna,AT,4,"
                        + "\"2024-01-01 00:00:00\",44877845,c2cb0681af,,\"\"\"VIP\"\",\"\"Blog\"\"\"\n"
                        + "bob@example.org,,,,2,,,\"2023-07-01 08:00:00\",,,,,,,,,\"2023-07-01 08:00:00\",1,2,,\n");
        assertThat(report.program()).isEqualTo("Mailchimp");
        assertThat(report.merged()).isEqualTo(new Merged(2, 0, 0, 0, 0));
        assertThat(stored("ada").name()).isEqualTo("Ada van Dam");
        assertThat(stored("ada").tags()).isEqualTo(Set.of("VIP", "Blog"));
        assertThat(stored("ada").joined()).isEqualTo(Instant.parse("2023-06-25T17:38:27Z"));
        assertThat(stored("ada").zone()).isNull();
        assertThat(taken.get(0).proof())
                .isEqualTo(new Proof(
                        "import subscribed_email_audience_export_1a2b3c.csv",
                        "the weekly news",
                        Instant.parse("2023-06-25T17:38:27Z"),
                        "198.51.100.7",
                        Instant.parse("2023-06-25T17:40:00Z"),
                        "198.51.100.8"));
        assertThat(stored("bob").joined()).isEqualTo(Instant.parse("2023-07-01T08:00:00Z"));
    }

    @Test
    void mailchimpUnsubscribedAndCleaned() throws IOException {
        String row = "%s@example.org,,,,2,,,\"2023-07-01 08:00:00\",,,,,,,,,\"2024-02-03 04:05:06\",";
        read(
                "unsubscribed_email_audience_export_1a2b3c.csv",
                MAILCHIMP + "UNSUB_TIME,UNSUB_CAMPAIGN_TITLE,UNSUB_CAMPAIGN_ID,UNSUB_REASON,LEID,EUID,NOTES,TAGS\n"
                        + row.formatted("bob") + "\"March\",12,\"I no longer want these\",1,2,,\n");
        read(
                "cleaned_email_audience_export_1a2b3c.csv",
                MAILCHIMP + "CLEAN_TIME,CLEAN_CAMPAIGN_TITLE,CLEAN_CAMPAIGN_ID,LEID,EUID,NOTES,TAGS\n"
                        + row.formatted("eve") + "\"March\",12,1,2,,\n");
        assertThat(stored("bob").state()).isEqualTo(State.UNSUBSCRIBED);
        assertThat(taken.get(0).left()).isEqualTo(Instant.parse("2024-02-03T04:05:06Z"));
        assertThat(suppression("eve")).contains("cleaned in Mailchimp");
        assertThat(Objects.requireNonNull(taken.get(1).suppression()).since())
                .isEqualTo(Instant.parse("2024-02-03T04:05:06Z"));
    }

    @Test
    void mailchimpFilesOfWhoNeverSubscribedAreRefused() throws IOException {
        ImportReport report = read(
                "nonsubscribed_email_audience_export_1a2b3c.csv",
                MAILCHIMP + "LAST_CHANGED,LEID,EUID,NOTES,TAGS\n"
                        + "ada@example.org,,,,2,,,,,,,,,,,,\"2024-02-03 04:05:06\",1,2,,\n");
        assertThat(report.refused())
                .containsExactly(
                        new Refused(2, "nonsubscribed: they never asked for mail; let them sign up themselves"));
    }

    @Test
    void aMailchimpFileThatWasRenamedStillTellsWhoLeft() throws IOException {
        read(
                "readers.csv",
                MAILCHIMP + "UNSUB_TIME,CLEAN_TIME,LEID,EUID,NOTES,TAGS\n"
                        + "bob@example.org,,,,2,,,,,,,,,,,,\"2024-02-03 04:05:06\",,1,2,,\n"
                        + "eve@example.org,,,,2,,,,,,,,,,,,,\"2024-02-03 04:05:06\",1,2,,\n");
        assertThat(stored("bob").state()).isEqualTo(State.UNSUBSCRIBED);
        assertThat(suppression("eve")).contains("undeliverable in Mailchimp");
    }

    @Test
    void substack() throws IOException {
        ImportReport report = read("email_list.news.csv", """
                email,active_subscription,expiry,plan,email_disabled,created_at,first_payment_at
                ada@example.org,true,2027-01-01T00:00:00.000Z,yearly,false,2025-01-02T03:04:05.000Z,2025-01-03T00:00:00.000Z
                bob@example.org,false,,other,true,2025-02-02T03:04:05.000Z,
                """);
        assertThat(report.program()).isEqualTo("Substack");
        assertThat(report.ignoredColumns())
                .containsExactly("active_subscription", "expiry", "plan", "first_payment_at");
        assertThat(stored("ada").state()).isEqualTo(State.ACTIVE);
        assertThat(stored("ada").joined()).isEqualTo(Instant.parse("2025-01-02T03:04:05Z"));
        assertThat(stored("bob").state()).isEqualTo(State.UNSUBSCRIBED);
    }

    private static final String SUBSTACK = "Email,Name,Stripe plan,Cancel date,Start date,Paid upgrade date,Bestseller,"
            + "Emails received (6mo),num_emails_opened,Last email open,Links clicked,Comments,Subscriptions gifted,"
            + "First paid date,Activity,Type,Subscription source (free),Country,State/Province,Sections,Tags\n";

    @Test
    void substackFromItsDashboard() throws IOException {
        ImportReport report = read(
                "list.csv",
                SUBSTACK + "ada@example.org,Ada,Yearly,2026-03-01T00:00:00.000Z,2025-01-02T03:04:05.000Z,"
                        + "2025-01-03T00:00:00.000Z,,20,18,2026-11-01T00:00:00.000Z,3,0,0,2025-01-03T00:00:00.000Z,5,Paid,"
                        + "direct,AT,Wien,News,\"vip, press\"\n"
                        + "bob@example.org,,,,2025-02-02T03:04:05.000Z,,,20,0,,0,0,0,,1,Free,substack-notes,,,,\n");
        assertThat(report.program()).isEqualTo("Substack");
        assertThat(report.refused()).isEmpty();
        assertThat(report.columns())
                .containsExactly(
                        new Use("Email", "email"),
                        new Use("Name", "name"),
                        new Use("Start date", "joined"),
                        new Use("Tags", "tags"));
        assertThat(stored("ada").state()).as("who pays no more still reads it").isEqualTo(State.ACTIVE);
        assertThat(stored("ada").tags()).isEqualTo(Set.of("vip", "press"));
        assertThat(stored("bob").joined()).isEqualTo(Instant.parse("2025-02-02T03:04:05Z"));
        assertThat(stored("bob").state()).isEqualTo(State.ACTIVE);
    }

    @Test
    void substackFromItsFormerDashboard() throws IOException {
        ImportReport report = read("list.csv", """
                Email,Name,Subscription type,Activity,Subscription date,Revenue,Subscriber country,Email last opened at,Expires at,First payment at,Paid upgrade date,Cancel date,Receiving emails for,Is Bestseller
                ada@example.org,Ada,Monthly,4,2023-05-06T07:08:09.000Z,$50,AT,2023-12-01T00:00:00.000Z,,2023-06-01T00:00:00.000Z,2023-06-01T00:00:00.000Z,,News,false
                """);
        assertThat(report.program()).isEqualTo("Substack");
        assertThat(stored("ada").name()).isEqualTo("Ada");
        assertThat(stored("ada").joined()).isEqualTo(Instant.parse("2023-05-06T07:08:09Z"));
    }

    @Test
    void ghost() throws IOException {
        ImportReport report = read("members.csv", """
                id,email,name,note,subscribed_to_emails,complimentary_plan,stripe_customer_id,created_at,deleted_at,labels,tiers
                6487,ada@example.org,Ada,Early,true,,cus_1,2024-01-15T10:00:00.000Z,,"vip,press",Bronze
                6488,bob@example.org,Bob,,false,,,2024-02-01T12:30:00.000Z,,,
                6489,eve@example.org,Eve,,true,,,2024-02-01T12:30:00.000Z,2024-05-01T12:30:00.000Z,,
                """);
        assertThat(report.program()).isEqualTo("Ghost");
        assertThat(stored("ada").tags()).isEqualTo(Set.of("vip", "press"));
        assertThat(stored("ada").state()).isEqualTo(State.ACTIVE);
        assertThat(stored("bob").state()).isEqualTo(State.UNSUBSCRIBED);
        assertThat(stored("eve").state()).isEqualTo(State.UNSUBSCRIBED);
    }

    @Test
    void buttondown() throws IOException {
        ImportReport report = read("subscribers.csv", """
                id,email_address,notes,metadata,tags,type,source,creation_date,unsubscription_date,ip_address
                sub_1,ada@example.org,,{},"[""ai"", ""press""]",premium,organic,2019-08-24T14:15:22Z,,198.51.100.7
                sub_2,bob@example.org,,{},,unsubscribed,import,2019-08-24T14:15:22Z,2020-01-01T00:00:00Z,
                sub_3,eve@example.org,,{},,unactivated,organic,2019-08-24T14:15:22Z,,
                sub_4,joe@example.org,,{},"ai, press",undeliverable,organic,2019-08-24 14:15:22.123456+00:00,,
                sub_5,kim@example.org,,{},,regular,organic,2019-08-24T14:15:22Z,2019-09-01T00:00:00Z,
                """);
        assertThat(report.program()).isEqualTo("Buttondown");
        assertThat(report.refused())
                .containsExactly(new Refused(
                        4, "unactivated: they never confirmed that they want mail; let them sign up themselves"));
        assertThat(stored("ada").tags()).isEqualTo(Set.of("ai", "press"));
        assertThat(Objects.requireNonNull(taken.get(0).proof()).requestedFrom()).isEqualTo("198.51.100.7");
        assertThat(stored("bob").state()).isEqualTo(State.UNSUBSCRIBED);
        assertThat(taken.get(1).left()).isEqualTo(Instant.parse("2020-01-01T00:00:00Z"));
        assertThat(stored("joe").tags()).isEqualTo(Set.of("ai", "press"));
        assertThat(suppression("joe")).contains("undeliverable in Buttondown");
        assertThat(stored("kim").state()).isEqualTo(State.ACTIVE); // who came back says what they are
    }

    @Test
    void buttondownWithTheColumnsOfItsDashboard() throws IOException {
        ImportReport report = read("subscribers.csv", """
                Email,Tags,Status,Undeliverability date,Subscription date,Unsubscription date,Referrer URL,IP address
                ada@example.org,"ai, press",Regular,,2024-08-24T14:15:22Z,,https://example.com/,198.51.100.7
                bob@example.org,,Unsubscribed,,2024-08-24T14:15:22Z,2025-01-01T00:00:00Z,,
                eve@example.org,,Undeliverable,2025-03-01T00:00:00Z,2024-08-24T14:15:22Z,,,
                """);
        assertThat(report.program()).isEqualTo("Buttondown");
        assertThat(report.ignoredColumns()).containsExactly("Referrer URL");
        assertThat(stored("ada").tags()).isEqualTo(Set.of("ai", "press"));
        assertThat(stored("ada").joined()).isEqualTo(Instant.parse("2024-08-24T14:15:22Z"));
        assertThat(stored("bob").state()).isEqualTo(State.UNSUBSCRIBED);
        assertThat(Objects.requireNonNull(taken.get(2).suppression()).since())
                .isEqualTo(Instant.parse("2025-03-01T00:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "active,ACTIVE,false",
        "trialed,ACTIVE,false",
        "churned,ACTIVE,false",
        "past due,ACTIVE,false",
        "Subscribed,ACTIVE,false",
        "signed_up,SIGNED_UP,false",
        "unsubscribed,UNSUBSCRIBED,false",
        "archived,UNSUBSCRIBED,false",
        "suppressed,ACTIVE,true",
        "bounced,ACTIVE,true",
        "complained,UNSUBSCRIBED,true",
        "spammy,UNSUBSCRIBED,true"
    })
    void statesGoByTheWordsOfMany(String word, State state, boolean suppressed) throws IOException {
        read("list.csv", "email,status\nada@example.org," + word + "\n");
        assertThat(stored("ada").state()).isEqualTo(state);
        assertThat(suppression("ada").isPresent()).isEqualTo(suppressed);
    }

    @Test
    void theUserSaysWhichColumnHoldsWhat() throws IOException {
        ImportReport report = read(
                "list.csv",
                "Contact,E-Mail,Kind,Interests,TIMEZONE\nada@example.org,office@example.org,x,ai,Europe/Berlin\n",
                Map.of("email", "Contact", "tags", "interests", "zone", "TIMEZONE"));
        assertThat(report.ignoredColumns()).containsExactly("E-Mail", "Kind");
        assertThat(stored("ada").tags()).containsExactly("ai");
        assertThat(stored("ada").zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
    }

    @Test
    void aColumnCanBeLeftOut() throws IOException {
        ImportReport report =
                read("list.csv", "email,tags,status\nada@example.org,ai,whatever\n", Map.of("tags", "", "state", ""));
        assertThat(report.ignoredColumns()).containsExactly("tags", "status");
        assertThat(stored("ada").tags()).isEmpty();
    }

    @Test
    void aMappingThatFitsNothingIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read("list.csv", "email\nada@example.org\n", Map.of("tags", "Interests")))
                .withMessage("exports/list.csv:1: no column 'Interests' (found 'email'); correct --map");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read("list.csv", "email\nada@example.org\n", Map.of("shoe-size", "email")))
                .withMessageStartingWith("--map shoe-size=…: not something that Courant reads from a column"
                        + " (expected one of email, name, state, tags, joined,");
    }

    @ParameterizedTest
    @CsvSource({
        "language,Klingon!,not a language: 'Klingon!' (expected a code such as de or pt-BR)",
        "zone,Mars/Base,not a time zone: 'Mars/Base' (expected one such as Europe/Berlin)",
        "form,pdf,not a form of mail: 'pdf' (expected html or text)",
        "subscribed_to_emails,maybe,wants_mail is 'maybe' (expected true or false)",
        "optin_ip,here,not an IP address: 'here'; correct it or leave it out",
        "optin_time,2036-01-01,requested_on before 1970 or in the future",
        "attributes,{,attributes are not JSON: '{'; correct them"
    })
    void aFieldThatCannotBeReadIsRefused(String column, String field, String reason) throws IOException {
        ImportReport report = read("list.csv", "email," + column + "\nada@example.org," + field + "\n");
        assertThat(report.refused())
                .singleElement()
                .satisfies(refused -> assertThat(refused.reason()).startsWith(reason));
    }

    private ImportReport read(String file, String text) throws IOException {
        return read(file, text, Map.of());
    }

    private ImportReport read(String file, String text, Map<String, String> columns) throws IOException {
        return SubscriberCsv.read(
                () -> new BufferedReader(new StringReader(text)),
                "exports/" + file,
                subscribers,
                new InMemoryErasures(),
                new ImportOrder(columns, "the weekly news", false, NOW),
                (row, rows) -> {});
    }

    private Subscriber stored(String name) {
        return subscribers.find(new EmailAddress(name + "@example.org")).orElseThrow();
    }

    private Optional<String> suppression(String name) {
        return subscribers.suppression(new EmailAddress(name + "@example.org"));
    }
}
