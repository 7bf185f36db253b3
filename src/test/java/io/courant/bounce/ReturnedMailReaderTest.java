package io.courant.bounce;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.bounce.Report.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReturnedMailReaderTest {
    private static final String ORIGINAL = """
            Return-Path: <bounce+token@list.example>
            From: Digest <digest@list.example>
            To: ada@reader.example
            Subject: user unknown, mailbox full, spam
            List-Unsubscribe: <https://list.example/u>, <mailto:leave+token@list.example>

            550 5.1.1 user unknown
            """;

    static ReturnedMail read(byte[] mail) {
        try {
            return new ReturnedMailReader().read(new ByteArrayInputStream(mail));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ReturnedMail read(String mail) {
        return read(mail.getBytes(StandardCharsets.UTF_8));
    }

    /** A report in fields, with a notice for people before and the mail behind. */
    private static String dsn(String notice, String fields) {
        return """
                From: Mail System <mailer-daemon@mx.example>
                To: bounce+token@list.example
                Message-ID: <1@mx.example>
                Content-Type: multipart/report; report-type=delivery-status; boundary=b

                --b

                %s
                --b
                Content-Type: message/delivery-status

                Reporting-MTA: dns; mx.example

                %s
                --b
                Content-Type: message/rfc822

                %s
                --b--
                """.formatted(notice, fields, ORIGINAL);
    }

    private static String fields(String action, String status, String diagnostic) {
        return "Final-Recipient: rfc822; ada@reader.example\nAction: " + action + "\n"
                + (status.isEmpty() ? "" : "Status: " + status + "\n")
                + (diagnostic.isEmpty() ? "" : "Diagnostic-Code: " + diagnostic + "\n");
    }

    /** A report in words only. */
    private static String words(String words) {
        return "From: mailer-daemon@mx.example\nTo: bounce+token@list.example\nSubject: failure notice\n\n" + words
                + "\n";
    }

    private static Report only(ReturnedMail mail) {
        assertThat(mail.reports()).hasSize(1);
        return mail.reports().get(0);
    }

    private static String in(Report report) {
        return report.kind().word() + " " + report.status() + " " + report.reply();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "failed | 5.1.1 | smtp; 550 5.1.1 <ada@reader.example>: no such user | hard 5.1.1 550",
                "failed | 5.0.0 | smtp; 550 5.7.26 this mail is unauthenticated: DMARC policy | policy 5.7.26 550",
                "failed | 5.2.2 | smtp; 552 5.2.2 over quota | soft 5.2.2 552",
                "failed | 5.7.1 | smtp; 554 5.7.1 relay access denied | relay 5.7.1 554",
                "failed | 5.7.1 | smtp; 550 user unknown | soft 5.7.1 550",
                "failed | 5.4.4 | '' | hard 5.4.4 ''",
                "failed | '' | smtp; 550 account does not exist | hard 5.0.911 550",
                "delayed | 4.4.1 | X-Any; connect to mx[192.0.2.1]:25: Connection timed out | soft 4.4.1 ''",
                "delayed | 4.0.0 | '' | soft 4.0.0 ''",
                "failed | 4.3.0 | x-unix; /home/ada: Disk quota exceeded | soft 4.3.0 ''",
                "failed | 5.1.1 | x-unix; procmail: no such user | soft 5.1.1 ''",
                "delivered | 2.1.5 | smtp; 250 2.1.5 Ok | unknown 2.1.5 ''",
            })
    void fieldsAreBelieved(String action, String status, String diagnostic, String expected) {
        Report report = only(read(dsn("Sorry.", fields(action, status, diagnostic))));
        assertThat(in(report)).isEqualTo(expected.replace("''", ""));
        assertThat(report.recipient()).isEqualTo("ada@reader.example");
    }

    @Test
    void theNoticeFillsInWhatTheFieldsLeaveOpen() {
        String notice = "ada@reader.example: 552 5.2.2 <ada@reader.example>: mailbox full\n";
        assertThat(in(only(read(dsn(notice, fields("failed", "5.0.0", "")))))).isEqualTo("soft 5.2.2 552");
    }

    @Test
    void whatWasLastTriedCountsMoreThanThatTimeIsUp() {
        String diagnostic = "smtp; 554 4.4.7 Message expired <421 4.4.2 Connection timed out>";
        assertThat(in(only(read(dsn("", fields("failed", "4.4.7", diagnostic))))))
                .isEqualTo("soft 4.4.2 421");
    }

    @Test
    void everyRecipientHasItsOwnReport() {
        String two = fields("failed", "5.1.1", "smtp; 550 5.1.1 unknown") + "\n"
                + fields("failed", "5.2.2", "smtp; 552 5.2.2 full").replace("ada@", "bob@");
        assertThat(read(dsn("", two)).reports())
                .extracting(report -> report.recipient() + " " + in(report))
                .containsExactly("ada@reader.example hard 5.1.1 550", "bob@reader.example soft 5.2.2 552");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<ada@reader.example>:\\nRemote host said: 550 5.1.1 nobody here\\nGiving up. | hard 5.1.1 550",
                "  ada@reader.example\\n    SMTP error after RCPT TO:<ada@reader.example>:\\n    550 user unknown"
                        + " | hard 5.0.911 550",
                "  ada@reader.example\\n    SMTP error after end of data:\\n    550 user unknown | soft 5.0.910 550",
                "  ada@reader.example\\n    SMTP error after initial connection:\\n    550 access denied | policy 5.0.971 550",
                "  ada@reader.example\\n    SMTP error after MAIL FROM:<x@list.example>:\\n    550 host unknown"
                        + " | policy 5.0.918 550",
                "ada@reader.example: Domain does not exist | hard 5.0.912 ''",
                "ada@reader.example: Envelope expired | soft 5.0.947 ''",
                "<ada@reader.example>:\\nSorry, I wasn't able to find the words. (#5.4.6) | relay 5.4.6 ''",
                "<ada@reader.example>: something that nobody understands | unknown 5.0.901 ''",
                "<ada@reader.example>: 421 too many connections from your ip | policy 4.0.945 421",
            })
    void wordsAreUnderstood(String words, String expected) {
        Report report = only(read(words(words.replace("\\n", "\n"))));
        assertThat(in(report)).isEqualTo(expected.replace("''", ""));
        assertThat(report.recipient()).isEqualTo("ada@reader.example");
        assertThat(report.evidence()).doesNotContain("\n").hasSizeLessThanOrEqualTo(300);
    }

    @Test
    void severalRecipientsInWordsKeepTheirOwnReasons() {
        String words = "Not delivered:\n\nada@reader.example: 550 5.1.1 unknown\nbob@reader.example: 552 5.2.2 full\n";
        assertThat(read(words(words)).reports())
                .extracting(report -> report.recipient() + " " + in(report))
                .containsExactly("ada@reader.example hard 5.1.1 550", "bob@reader.example soft 5.2.2 552");
    }

    @Test
    void theWordsOfTheOriginalAreNoReason() {
        String words = "<ada@reader.example>:\nIt did not work.\n\n--- Below this line is a copy of the message.\n\n";
        Report quoted = only(read(words(words + ORIGINAL)));
        assertThat(in(quoted)).isEqualTo("unknown 5.0.901 ");
        Report enclosed = only(read(dsn("", fields("failed", "5.0.0", "smtp; 550 no"))));
        assertThat(enclosed.kind()).isEqualTo(Kind.UNKNOWN);
    }

    @Test
    void anAddressOrALinkIsNoReason() {
        String words = "<spam@virus.example>: 550 see https://mx.example/reason/user_unknown";
        assertThat(only(read(words(words))).kind()).isEqualTo(Kind.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({
        "abuse, COMPLAINT",
        "fraud, COMPLAINT",
        "opt-out, COMPLAINT",
        "auth-failure, POLICY",
        "virus, POLICY",
        "not-spam, UNKNOWN",
    })
    void complaintsKeepTheirType(String type, Kind kind) {
        ReturnedMail mail = read("""
                From: fbl@provider.example
                To: abuse@list.example
                Content-Type: multipart/report; report-type=feedback-report; boundary=b

                --b
                Content-Type: message/feedback-report

                Feedback-Type: %s
                Version: 1
                Original-Mail-From: <bounce+token@list.example>
                Original-Rcpt-To: ada@reader.example

                --b
                Content-Type: message/rfc822

                %s
                --b--
                """.formatted(type, ORIGINAL));
        Report report = only(mail);
        assertThat(report.kind()).isEqualTo(kind);
        assertThat(report.feedback()).isEqualTo(type);
        assertThat(report.recipient()).isEqualTo("ada@reader.example");
        assertThat(mail.addressees()).contains("bounce+token@list.example", "leave+token@list.example");
    }

    @ParameterizedTest
    @CsvSource({
        "Auto-Submitted: auto-replied, Thank you",
        "X-Autoreply: yes, Re: Digest",
        "Precedence: auto_reply, Re: Digest",
        "X-Any: 1, Out of Office: back soon",
        "X-Any: 1, Automatische Antwort: Digest",
        "X-Any: 1, Réponse automatique : Digest",
        "X-Any: 1, 自動返信",
    })
    void automaticAnswersAreNoBounces(String header, String subject) {
        Report report =
                only(read("From: Ada <ada@reader.example>\nTo: bounce+token@list.example\nSubject: " + subject + "\n"
                        + header + "\n\nThis mailbox does not exist any more. 550 5.1.1 user unknown,\n"
                        + "your mail could not be delivered to <ada@reader.example>.\n"));
        assertThat(report.kind()).isEqualTo(Kind.VACATION);
        assertThat(report.recipient()).isEqualTo("ada@reader.example");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ada@reader.example | Thanks | The user unknown joke, 550.",
                "ada@reader.example | Re: failure notice | > <bob@reader.example>: 550 5.1.1 user unknown",
                "shop@store.example | Delivery failed | Your parcel could not be delivered: address not found.",
                "postmaster@reader.example | Maintenance | The server is down tonight.",
            })
    void aLetterIsNoReport(String from, String subject, String text) {
        String header = "From: " + from + "\nTo: digest@list.example\nSubject: " + subject + "\n\n";
        assertThat(read(header + text + "\n\nBest wishes\n").reports()).isEmpty();
    }

    @Test
    void whomItIsForAndWhatItReturnsAreKept() {
        ReturnedMail mail = read("Delivered-To: inbox@list.example\n" + dsn("", fields("failed", "5.1.1", "")));
        assertThat(mail.messageId()).isEqualTo("1@mx.example");
        assertThat(mail.addressees())
                .containsExactly(
                        "inbox@list.example",
                        "bounce+token@list.example",
                        "digest@list.example",
                        "leave+token@list.example");
        String many = "To: " + "a@b.example, ".repeat(10) + "x1@b.example, x2@b.example\n";
        assertThat(read(many + "\n").addressees()).containsExactly("a@b.example", "x1@b.example", "x2@b.example");
    }

    @Test
    void textsOfOtherCharsetsAreRead() {
        byte[] mail = """
                From: mailer-daemon@mx.example
                Subject: =?utf-8?q?Mail_error?=
                Content-Type: text/plain; charset=iso-2022-jp

                <ada@reader.example>
                容量を超えました
                """.getBytes(Charset.forName("ISO-2022-JP"));
        assertThat(in(only(read(mail)))).isEqualTo("soft 5.0.922 ");
        byte[] words = "<ada@reader.example>: 550 5.1.1 no".getBytes(StandardCharsets.US_ASCII);
        String encoded = """
                From: mailer-daemon@mx.example
                Content-Type: text/plain
                Content-Transfer-Encoding: base64

                """ + Base64.getEncoder().encodeToString(words);
        assertThat(in(only(read(encoded)))).isEqualTo("hard 5.1.1 550");
    }

    @Test
    void aReportThatLostItsBoundaryIsReadAsText() {
        String broken =
                dsn("", fields("failed", "5.1.1", "smtp; 550 5.1.1 no")).replace("boundary=b", "boundary=other");
        assertThat(in(only(read(broken)))).isEqualTo("hard 5.1.1 550");
    }

    @Test
    void notificationsOfSesAreRead() {
        String mail = """
                From: no-reply@sns.amazonaws.com
                Subject: Notification

                {"notificationType":"Bounce","bounce":{"bouncedRecipients":[{"emailAddress":"ada@reader.example",
                 "action":"failed","status":"5.1.1","diagnosticCode":"smtp; 550 5.1.1 user unknown"}]}}

                --
                Unsubscribe
                """;
        assertThat(in(only(read(mail)))).isEqualTo("hard 5.1.1 550");
        assertThat(read(mail.substring(0, 150)).reports()).isEmpty();
        assertThat(List.of(Kind.values()).stream().map(Kind::word)).contains("hard", "complaint");
    }

    private static String complaintOfSes(String type, String recipients) {
        return """
                From: no-reply@sns.amazonaws.com
                Subject: Notification

                {"notificationType":"Complaint","complaint":{%s"complainedRecipients":[
                %s]}}
                """.formatted(type, recipients);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                                       | abuse        | COMPLAINT",
                "\"complaintFeedbackType\":null,         | abuse        | COMPLAINT",
                "\"complaintFeedbackType\":\"Fraud\",      | fraud        | COMPLAINT",
                "\"complaintFeedbackType\":\"not-spam\",   | not-spam     | UNKNOWN",
                "\"complaintFeedbackType\":\"auth-failure\",| auth-failure | POLICY",
                "\"complaintFeedbackType\":\"virus\",      | virus        | POLICY",
            })
    void complaintsToSesMeanWhatOthersMean(@Nullable String member, String type, Kind kind) {
        String recipient = "{\"emailAddress\":\"ada@reader.example\"}";
        Report report = only(read(complaintOfSes(member == null ? "" : member, recipient)));
        assertThat(report.kind()).isEqualTo(kind);
        assertThat(report.feedback()).isEqualTo(type);
        assertThat(report.recipient()).isEqualTo("ada@reader.example");
    }

    @Test
    void aMailTellsOfAHundredRecipientsAtMost() {
        String nobody = "{},\n".repeat(5_000) + "{}";
        assertThat(read(complaintOfSes("", nobody)).reports())
                .hasSize(ReturnedMail.MOST_REPORTS)
                .allSatisfy(report -> assertThat(report.recipient()).isNull());
        Report report = new Report(null, Kind.UNKNOWN, "", "", "", "words");
        assertThat(new ReturnedMail("", List.of(), List.of(), false, Collections.nCopies(101, report)).reports())
                .hasSize(ReturnedMail.MOST_REPORTS);
    }

    @Test
    void aDeliveryThatSesTellsOfIsNoBounce() {
        Report report = only(read("""
                From: no-reply@sns.amazonaws.com
                Subject: Notification

                {"notificationType":"Delivery","delivery":{"recipients":[""],"smtpResponse":"250 2.0.0 taken"}}
                """));
        assertThat(in(report)).isEqualTo("unknown 2.0.0 250");
        assertThat(report.recipient()).isNull();
    }
}
