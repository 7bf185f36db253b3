package io.courant.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.courant.audience.EmailAddress;
import io.courant.audience.Mailbox;
import io.courant.issue.Issue;
import io.courant.issue.Newsletter;
import io.courant.render.Hole;
import io.courant.render.Rendering;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MessageTemplateTest {
    private static final Issue ISSUE = Samples.issue(1);

    private static Personal personal(String address) {
        return new Personal(
                new Envelope(new EmailAddress("bounce+token@news.example.org"), new EmailAddress(address)),
                "deep-learning-2026-11-23.abc@news.example.org",
                "https://news.example.org/dl/u/token",
                new EmailAddress("unsubscribe+token@news.example.org"),
                Map.of(
                        Hole.ADDRESS, address,
                        Hole.SINCE, "2026-01-15",
                        Hole.UNSUBSCRIBE_URL, "https://news.example.org/dl/u/token",
                        Hole.PREFERENCES_URL, "https://news.example.org/dl/p/token"));
    }

    private static MessageTemplate compile(Rendering rendering) {
        return MessageTemplate.compile(Samples.newsletter(), ISSUE, rendering);
    }

    static MimeMessage parse(byte[] message) {
        try {
            return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(message));
        } catch (MessagingException e) {
            throw new AssertionError(e);
        }
    }

    private static String content(MimeMessage message, int part) throws MessagingException, IOException {
        return (String) ((MimeMultipart) message.getContent()).getBodyPart(part).getContent();
    }

    private static String header(MimeMessage message, String name) throws MessagingException {
        String[] values = message.getHeader(name);
        assertThat(values).as(name).hasSize(1);
        return MimeUtility.unfold(values[0]);
    }

    /** RFC 5321 §2.3.8, RFC 5322 §2.1.1; and no line begins with a dot. */
    private static void assertFitForTheWire(byte[] message) {
        String text = new String(message, StandardCharsets.ISO_8859_1);
        assertThat(text).endsWith("\r\n");
        assertThat(text.replace("\r\n", ""))
                .doesNotContain("\r")
                .doesNotContain("\n")
                .doesNotContain("\0");
        boolean body = false;
        for (String line : text.split("\r\n", -1)) {
            body |= line.isEmpty();
            assertThat(line.length()).as(line).isLessThanOrEqualTo(body ? 76 : 998);
            assertThat(line).doesNotStartWith(".");
        }
    }

    @Test
    void aTestSaysSoInTheSubjectHoweverThatIsWritten() throws Exception {
        List<String> subjects = List.of(
                "Edge AI: 1 new piece",
                "Ångström für alle",
                "Many words that have to be folded, ".repeat(6).strip(),
                "Ünïcödé wörds that have to be folded, ".repeat(6).strip());
        for (String subject : subjects) {
            MessageTemplate real = compile(Samples.rendering(subject, "<p>Hello</p>\n", "Hello\n"));
            byte[] bytes = real.asTest().fill(personal("ed@example.org")).bytes();
            assertFitForTheWire(bytes);
            assertThat(new String(bytes, StandardCharsets.US_ASCII).lines().filter(line -> line.contains("=?")))
                    .as("RFC 2047 §2")
                    .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(76));
            MimeMessage test = parse(bytes);
            assertThat(test.getSubject()).isEqualTo("[Test] " + subject);
            assertThat(header(test, "X-Courant-Test")).isEqualTo("yes");
            MimeMessage mail = parse(real.fill(personal("ed@example.org")).bytes());
            assertThat(mail.getSubject()).isEqualTo(subject);
            assertThat(content(test, 1)).isEqualTo(content(mail, 1));
            assertThat(header(test, "List-Unsubscribe")).isEqualTo(header(mail, "List-Unsubscribe"));
        }
    }

    @Test
    void theHeadersTellWhoWroteToWhomAndHowToLeave() throws Exception {
        byte[] bytes =
                compile(Samples.rendering()).fill(personal("ada@example.org")).bytes();
        assertFitForTheWire(bytes);
        MimeMessage message = parse(bytes);
        assertThat(message.getFrom()).containsExactly(new InternetAddress("digest@news.example.org"));
        assertThat(((InternetAddress) message.getFrom()[0]).getPersonal()).isEqualTo("Deep Learning Weekly");
        assertThat(header(message, "Reply-To")).isEqualTo("editors@example.org");
        assertThat(header(message, "To")).isEqualTo("<ada@example.org>");
        assertThat(message.getSubject()).isEqualTo("Edge AI: 1 new piece");
        assertThat(header(message, "Date")).isEqualTo("Mon, 23 Nov 2026 07:30:00 +0100");
        assertThat(header(message, "Message-ID")).isEqualTo("<deep-learning-2026-11-23.abc@news.example.org>");
        assertThat(header(message, "MIME-Version")).isEqualTo("1.0");
        assertThat(header(message, "List-Id")).isEqualTo("Deep Learning Weekly <deep-learning.news.example.org>");
        assertThat(header(message, "List-Unsubscribe"))
                .isEqualTo("<https://news.example.org/dl/u/token>, <mailto:unsubscribe+token@news.example.org>");
        assertThat(header(message, "List-Unsubscribe-Post")).isEqualTo("List-Unsubscribe=One-Click");
        assertThat(header(message, "List-Archive")).isEqualTo("<https://news.example.org/dl/archive/>");
        assertThat(header(message, "List-Help")).isEqualTo("<mailto:editors@example.org?subject=help>");
        assertThat(header(message, "Auto-Submitted")).isEqualTo("auto-generated");
        assertThat(header(message, "Feedback-ID")).isEqualTo("deep-learning-2026-11-23:deep-learning:digest:courant");
        assertThat(message.getHeader("Precedence")).isNull();
        assertThat(message.getContentType()).startsWith("multipart/alternative");
    }

    @Test
    void bothPartsArePersonal() throws Exception {
        MimeMessage message = parse(
                compile(Samples.rendering()).fill(personal("ada@example.org")).bytes());
        MimeMultipart parts = (MimeMultipart) message.getContent();
        assertThat(parts.getCount()).isEqualTo(2);
        assertThat(parts.getBodyPart(0).getContentType()).isEqualTo("text/plain; charset=UTF-8");
        assertThat(parts.getBodyPart(1).getContentType()).isEqualTo("text/html; charset=UTF-8");
        assertThat(content(message, 0).lines())
                .containsExactly(
                        "For ada@example.org since January 15, 2026.",
                        "Unsubscribe: https://news.example.org/dl/u/token");
        assertThat(content(message, 1).lines())
                .containsExactly(
                        "<p>For ada@example.org since January 15, 2026.</p>",
                        "<a href=\"https://news.example.org/dl/u/token\">Unsubscribe</a>");
    }

    @Test
    void theSameIssueGivesTheSameBytes() {
        MessageTemplate once = compile(Samples.rendering());
        MessageTemplate twice = compile(Samples.rendering());
        assertThat(once.encoded()).isEqualTo(twice.encoded());
        assertThat(once).isEqualTo(twice);
        assertThat(once.sha256()).isEqualTo(twice.sha256()).matches("[0-9a-f]{64}");
        assertThat(once.fill(personal("ada@example.org")).bytes())
                .isEqualTo(twice.fill(personal("ada@example.org")).bytes());
    }

    @Test
    void theStoredFormFillsAlikeAndKeepsNoNonce() {
        MessageTemplate template = compile(Samples.rendering());
        MessageTemplate restored = MessageTemplate.decode(template.encoded());
        assertThat(restored.fill(personal("ada@example.org")).bytes())
                .isEqualTo(template.fill(personal("ada@example.org")).bytes());
        assertThat(new String(template.encoded(), StandardCharsets.ISO_8859_1)).doesNotContain(Samples.NONCE);
    }

    @Test
    void aTruncatedStoredFormIsRefused() {
        byte[] encoded = compile(Samples.rendering()).encoded();
        int mark = new String(encoded, StandardCharsets.ISO_8859_1).indexOf('\0');
        assertThatThrownBy(() -> MessageTemplate.decode(java.util.Arrays.copyOf(encoded, mark + 4)))
                .hasMessage("message template ends within the name of a slot");
    }

    @Test
    void anAddressIsEscapedInHtmlOnly() throws Exception {
        MimeMessage message = parse(compile(Samples.rendering())
                .fill(personal("o'brien&co@example.org"))
                .bytes());
        assertThat(content(message, 0)).contains("For o'brien&co@example.org since");
        assertThat(content(message, 1)).contains("For o&#39;brien&amp;co@example.org since");
    }

    @Test
    void theDayThatAReaderJoinedIsWrittenAsTheTextAroundIt() throws Exception {
        for (var written : Map.of(
                        Locale.ENGLISH,
                        "January 15, 2026",
                        Locale.GERMAN,
                        "15. Januar 2026",
                        Locale.FRENCH,
                        "15 janvier 2026")
                .entrySet()) {
            MimeMessage message = parse(MessageTemplate.decode(MessageTemplate.compile(
                                    Samples.newsletter().speaking(written.getKey()), ISSUE, Samples.rendering())
                            .encoded())
                    .fill(personal("ada@example.org"))
                    .bytes());
            assertThat(content(message, 0)).contains("since " + written.getValue() + ".");
            assertThat(content(message, 1)).contains("since " + written.getValue() + ".");
        }
    }

    @Test
    void aDayInAnIssueThatWasFrozenEarlierStaysAsItWas() {
        MessageTemplate old = MessageTemplate.decode("since \0TEXT:since\0.\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(new String(old.fill(personal("ada@example.org")).bytes(), StandardCharsets.US_ASCII))
                .isEqualTo("since 2026-01-15.\r\n");
    }

    @Test
    void aDotAtALineStartIsEncodedInTextAndInValues() {
        Rendering rendering = Samples.rendering(
                "Dots", "<p>.</p>\n.\n", ".first\n..\n" + Samples.marker(Hole.ADDRESS) + ".\n.\nlast.\n");
        Personal personal = personal("ada@example.org");
        Personal dotted = new Personal(
                personal.envelope(),
                personal.messageId(),
                personal.unsubscribeUrl(),
                personal.unsubscribeMailbox(),
                Map.of(Hole.ADDRESS, ".ada", Hole.SINCE, ".", Hole.UNSUBSCRIBE_URL, ".", Hole.PREFERENCES_URL, "."));
        byte[] message = compile(rendering).fill(dotted).bytes();
        assertFitForTheWire(message);
        assertThat(new String(message, StandardCharsets.US_ASCII)).contains("=2Efirst", "=2E.", "=2Eada");
    }

    @Test
    void anInternationalDomainGoesIntoTheHeaderInAsciiAndIntoTheTextAsWritten() throws Exception {
        MimeMessage message = parse(compile(Samples.rendering())
                .fill(personal("ada@bücher.example"))
                .bytes());
        assertThat(header(message, "To")).isEqualTo("<ada@xn--bcher-kva.example>");
        assertThat(content(message, 0)).contains("For ada@bücher.example since");
    }

    @Test
    void subjectsOfAllKindsArriveAsTheyWere() throws Exception {
        for (String subject : List.of(
                "Größe, 大きさ und 🙂: drei Trends",
                "a".repeat(1200),
                "word ".repeat(60).strip(),
                "=?utf-8?Q?not=0D=0Aencoded?=",
                "大規模言語モデルの効率化と自己教師あり学習の最新動向について".repeat(4),
                "👩‍🔬".repeat(30))) {
            byte[] bytes = compile(Samples.rendering(subject, "<p>x</p>", "x\n"))
                    .fill(personal("ada@example.org"))
                    .bytes();
            assertFitForTheWire(bytes);
            String raw = new String(bytes, StandardCharsets.US_ASCII);
            assertThat(raw.substring(0, raw.indexOf("\r\n\r\n")).lines().mapToInt(String::length))
                    .allMatch(length -> length <= 78);
            assertThat(parse(bytes).getSubject()).isEqualTo(subject);
        }
    }

    @Test
    void titlesOfAllKindsArriveAsDisplayNames() throws Exception {
        for (String title :
                List.of("Trends, \"edited\" \\ weekly", "Lernen für alle", "Ünïcödé ".repeat(20) + "x", "")) {
            Newsletter newsletter = Samples.newsletter(
                    "dl", title, new Mailbox(title, new EmailAddress("digest@news.example.org")).toString());
            byte[] bytes = MessageTemplate.compile(newsletter, ISSUE, Samples.rendering())
                    .fill(personal("ada@example.org"))
                    .bytes();
            assertFitForTheWire(bytes);
            InternetAddress from = (InternetAddress) parse(bytes).getFrom()[0];
            assertThat(from.getPersonal()).isEqualTo(newsletter.from().name().isEmpty() ? null : title);
            assertThat(from.getAddress()).isEqualTo("digest@news.example.org");
        }
    }

    @Test
    void aLineBreakInAHeaderValueIsRefused() {
        for (String evil : List.of("Weekly\r\nBcc: eve@example.org", "Weekly\nX: y", "Weekly\0", "a\rb")) {
            Newsletter newsletter = Samples.newsletter("dl", evil, "digest@news.example.org");
            assertThatThrownBy(() -> MessageTemplate.compile(newsletter, ISSUE, Samples.rendering()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("List-Id contains a line break");
            Personal good = personal("ada@example.org");
            assertThatThrownBy(() -> new Personal(
                            good.envelope(), evil, good.unsubscribeUrl(), good.unsubscribeMailbox(), good.values()))
                    .hasMessageContaining("Message-ID contains a line break");
            assertThatThrownBy(() -> new Personal(
                            good.envelope(), good.messageId(), evil, good.unsubscribeMailbox(), good.values()))
                    .hasMessageContaining("List-Unsubscribe contains a line break");
        }
    }

    @Test
    void aPersonalSubjectIsRefused() {
        Rendering rendering = Samples.rendering("For " + Samples.marker(Hole.ADDRESS), "<p>x</p>", "x\n");
        assertThatThrownBy(() -> compile(rendering))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("subject.ftl uses ${reader…}");
    }

    @Test
    void anyTextArrivesAsItWas() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("MessageTemplateTest.anyTextArrivesAsItWas seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            String address = "a".repeat(1 + random.nextInt(60)) + "@example.org";
            Personal personal = personal(address);
            String text = text(random);
            String html = text(random);
            byte[] message = compile(Samples.rendering("Round " + round, html, text))
                    .fill(personal)
                    .bytes();
            assertFitForTheWire(message);
            MimeMessage parsed = parse(message);
            assertThat(content(parsed, 0)).as("seed %d, round %d", seed, round).isEqualTo(filled(text, personal));
            assertThat(content(parsed, 1)).as("seed %d, round %d", seed, round).isEqualTo(filled(html, personal));
        }
    }

    private static String filled(String text, Personal personal) {
        String filled = text;
        for (Hole hole : Hole.values()) {
            filled = filled.replace(
                    Samples.marker(hole),
                    java.util.Objects.requireNonNull(
                            hole == Hole.SINCE
                                    ? "January 15, 2026"
                                    : personal.values().get(hole)));
        }
        return filled.replace("\n", "\r\n");
    }

    private static String text(Random random) {
        List<String> pieces = Stream.of(
                        List.of("\n", "\n.\n", "..", ".", "=", "=3D", " ", "\t", "  \n", "\n\n", "From ", "--=_x\n"),
                        List.of("é", "大", "🙂", "שלום", "word", "x".repeat(200), "\u0007", "\u200d", "&amp;", "<p>"),
                        Stream.of(Hole.values()).map(Samples::marker).toList())
                .flatMap(List::stream)
                .toList();
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(120);
        for (int i = 0; i < length; i++) {
            text.append(pieces.get(random.nextInt(pieces.size())));
        }
        return text.toString();
    }
}
