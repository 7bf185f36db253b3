package io.courant.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.courant.audience.EmailAddress;
import io.courant.issue.Issue;
import io.courant.render.Hole;
import io.courant.render.Rendering;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.james.jdkim.DKIMVerifier;
import org.apache.james.jdkim.api.SignatureRecord;
import org.apache.james.jdkim.exceptions.FailException;
import org.apache.james.jdkim.exceptions.PermFailException;
import org.junit.jupiter.api.Test;

class DkimSignerTest {
    private static final Issue ISSUE = Samples.issue(1);
    private static final KeyPair RSA = DkimKeys.rsa(2048);
    private static final KeyPair ED25519 = DkimKeys.generated("Ed25519");
    private static final DkimKey RSA_KEY = new DkimKey("news.example.org", "2026a", RSA.getPrivate());
    private static final DkimKey ED25519_KEY = new DkimKey("news.example.org", "2026e", ED25519.getPrivate());

    private static Personal personal(String address) {
        return personal(address, "2026-01-15", "https://news.example.org/dl/u/token", "abc@news.example.org");
    }

    private static Personal personal(String address, String since, String url, String messageId) {
        return new Personal(
                new Envelope(new EmailAddress("bounce+token@news.example.org"), new EmailAddress(address)),
                messageId,
                url,
                new EmailAddress("unsubscribe+token@news.example.org"),
                Map.of(Hole.ADDRESS, address, Hole.SINCE, since, Hole.UNSUBSCRIBE_URL, url, Hole.PREFERENCES_URL, url));
    }

    private static MessageTemplate unsigned(Rendering rendering) {
        return MessageTemplate.compile(Samples.newsletter(), ISSUE, rendering);
    }

    private static MessageTemplate signed(Rendering rendering) {
        return unsigned(rendering).signedWith(List.of(RSA_KEY), ISSUE.date());
    }

    private static byte[] sample() {
        return signed(Samples.rendering()).fill(personal("ada@example.org")).bytes();
    }

    /** What another implementation says of a message; it takes the RSA key only. */
    private static List<SignatureRecord> verify(byte[] message) throws FailException {
        DKIMVerifier verifier = new DKIMVerifier((method, selector, domain) -> {
            if (!selector.toString().equals("2026a") || !domain.toString().equals("news.example.org")) {
                throw new PermFailException("no key for " + selector + " of " + domain);
            }
            return List.of(DkimKeys.record(RSA.getPublic()));
        });
        try {
            return verifier.verify(new ByteArrayInputStream(message));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String text(byte[] message) {
        return new String(message, StandardCharsets.US_ASCII);
    }

    @Test
    void anotherImplementationVerifiesTheSignature() throws FailException {
        List<SignatureRecord> records = verify(sample());
        assertThat(records).singleElement().satisfies(record -> {
            assertThat(record.getDToken().toString()).isEqualTo("news.example.org");
            assertThat(record.getSignatureTimestamp()).isEqualTo(ISSUE.date().getEpochSecond());
            assertThat(record.getHeaders().stream().map(CharSequence::toString))
                    .contains("From", "To", "Subject", "Date", "Message-ID", "List-Unsubscribe-Post")
                    .containsSubsequence(
                            "From", "From", "Reply-To", "Reply-To", "List-Unsubscribe", "List-Unsubscribe");
        });
    }

    @Test
    void theSignatureComesFirstAndTheRestIsTheUnsignedMessage() {
        String signed = text(sample());
        String unsigned = text(
                unsigned(Samples.rendering()).fill(personal("ada@example.org")).bytes());
        assertThat(signed)
                .startsWith("DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;\r\n")
                .endsWith(unsigned);
        String field = signed.substring(0, signed.length() - unsigned.length());
        assertThat(field).endsWith("\r\n");
        assertThat(field.split("\r\n", -1))
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(78));
    }

    @Test
    void withoutAKeyNothingChanges() {
        MessageTemplate template = unsigned(Samples.rendering());
        assertThat(template.signedWith(List.of(), ISSUE.date())).isSameAs(template);
    }

    @Test
    void aSlotWhoseSurroundingsCouldChangeWithItsValueIsRefused() {
        for (String body : List.of("x \0TEXT:address\0=\r\n", "\0TEXT:address\0 x\r\n", "\0TEXT:address\0\r\n")) {
            MessageTemplate template = MessageTemplate.decode(
                    ("From: a@news.example.org\r\n\r\n" + body).getBytes(StandardCharsets.US_ASCII));
            assertThatThrownBy(() -> template.signedWith(List.of(RSA_KEY), ISSUE.date()))
                    .hasMessage("a slot of the message has no line of its own");
        }
    }

    @Test
    void aMessageSentAgainIsTheSameToTheByteEvenAfterARestart() {
        MessageTemplate stored =
                MessageTemplate.decode(signed(Samples.rendering()).encoded());
        List<DkimKey> both = List.of(RSA_KEY, ED25519_KEY);
        assertThat(stored.signedWith(both, ISSUE.date())
                        .fill(personal("ada@example.org"))
                        .bytes())
                .isEqualTo(unsigned(Samples.rendering())
                        .signedWith(both, ISSUE.date())
                        .fill(personal("ada@example.org"))
                        .bytes());
    }

    @Test
    void severalSendersGetTheSignaturesThatOneGets() {
        MessageTemplate template = signed(Samples.rendering());
        List<String> alone = IntStream.range(0, 200)
                .mapToObj(i -> text(
                        template.fill(personal("reader" + i + "@example.org")).bytes()))
                .toList();
        List<String> together = IntStream.range(0, 200)
                .parallel()
                .mapToObj(i -> text(
                        template.fill(personal("reader" + i + "@example.org")).bytes()))
                .toList();
        assertThat(together).isEqualTo(alone);
    }

    @Test
    void aFlippedByteOfWhatIsSignedIsFound() {
        long seed = new Random().nextLong();
        System.out.println("DkimSignerTest.aFlippedByteOfWhatIsSignedIsFound seed " + seed);
        Random random = new Random(seed);
        byte[] message = sample();
        String text = text(message);
        int body = text.indexOf("\r\n\r\n") + 4;
        List<Integer> places = Stream.concat(
                        Stream.of(
                                        "ada@example.org",
                                        "Deep Learning Weekly",
                                        "/u/token",
                                        "One-Click",
                                        "abc@",
                                        "bh=",
                                        "t=")
                                .map(part -> text.indexOf(part) + part.length() - 1),
                        Stream.generate(() -> body + random.nextInt(message.length - body))
                                .filter(i -> message[i] > ' ') // white space is forgiven
                                .limit(60))
                .toList();
        for (int place : places) {
            byte[] flipped = message.clone();
            flipped[place] ^= 1;
            assertThatThrownBy(() -> verify(flipped))
                    .as("seed %d, byte %d", seed, place)
                    .isInstanceOf(FailException.class);
        }
    }

    @Test
    void nobodyCanAddASecondHeaderToASignedMessage() throws FailException {
        byte[] message = sample();
        String text = text(message);
        int header = text.indexOf("From: ");
        for (String added :
                List.of("From: eve@example.com", "Subject: Win", "Reply-To: eve@example.com", "To: x@example.org")) {
            for (int place : List.of(0, header, text.indexOf("\r\n\r\n") + 2)) {
                String forged = text.substring(0, place) + added + "\r\n" + text.substring(place);
                assertThatThrownBy(() -> verify(forged.getBytes(StandardCharsets.US_ASCII)))
                        .as(added)
                        .isInstanceOf(FailException.class);
            }
        }
        String received = "Received: by relay.example.org\r\n" + text;
        assertThat(verify(received.getBytes(StandardCharsets.US_ASCII))).hasSize(1);
    }

    @Test
    void messagesWithAllKindsOfValuesVerify() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("DkimSignerTest.messagesWithAllKindsOfValuesVerify seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            Personal personal = personal(
                    "a".repeat(1 + random.nextInt(60)) + (random.nextBoolean() ? "@example.org" : "@bücher.example"),
                    LocalDate.ofEpochDay(random.nextInt(30_000)).toString(),
                    "https://news.example.org/" + value(random),
                    value(random) + "@news.example.org");
            byte[] message = unsigned(Samples.rendering(subject(random), content(random), content(random)))
                    .signedWith(List.of(RSA_KEY), ISSUE.date())
                    .fill(personal)
                    .bytes();
            assertThat(verify(message))
                    .as("seed %d, round %d: %s", seed, round, personal)
                    .hasSize(1);
        }
    }

    @Test
    void ed25519StandsBesideRsa() throws Exception {
        byte[] message = unsigned(Samples.rendering())
                .signedWith(List.of(RSA_KEY, ED25519_KEY), ISSUE.date())
                .fill(personal("ada@example.org"))
                .bytes();
        Matcher fields =
                Pattern.compile("DKIM-Signature:(?:.*\r\n)(?:[ \t].*\r\n)*").matcher(text(message));
        assertThat(fields.find()).isTrue();
        String first = fields.group();
        assertThat(fields.find()).isTrue();
        String second = fields.group();
        assertThat(first).contains("a=rsa-sha256", "s=2026a;");
        assertThat(second).contains("a=ed25519-sha256", "s=2026e;");
        assertThat(verify(text(message).replace(second, "").getBytes(StandardCharsets.US_ASCII)))
                .hasSize(1);
        assertThat(isEd25519SignatureOf(text(message).replace(first, ""))).isTrue();
        assertThat(isEd25519SignatureOf(text(message).replace(first, "").replace("To: <ada", "To: <eve")))
                .isFalse();
    }

    /** RFC 8463 §3, written from the text and not with the signer's classes. */
    private static boolean isEd25519SignatureOf(String message) throws GeneralSecurityException {
        int end = message.indexOf("\r\n\r\n");
        List<String> fields = Arrays.asList(message.substring(0, end + 2).split("(?<=\r\n)(?![ \t])", -1));
        String own = fields.get(0);
        StringBuilder signed = new StringBuilder();
        for (String name : List.of(
                "From",
                "Reply-To",
                "To",
                "Subject",
                "Date",
                "Message-ID",
                "MIME-Version",
                "Content-Type",
                "List-Id",
                "List-Unsubscribe",
                "List-Unsubscribe-Post")) {
            String field = fields.stream()
                    .filter(f -> f.startsWith(name + ":"))
                    .findFirst()
                    .orElseThrow();
            signed.append(relaxed(field)).append("\r\n");
        }
        signed.append(relaxed(own.substring(0, own.indexOf("\r\n b=") + 5)));
        byte[] hash = DkimKey.sha256().digest(signed.toString().getBytes(StandardCharsets.US_ASCII));
        Signature verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(ED25519.getPublic());
        verifier.update(hash);
        return verifier.verify(Base64.getDecoder()
                .decode(own.substring(own.indexOf("\r\n b=") + 5).replaceAll("\\s", "")));
    }

    private static String relaxed(String field) {
        String[] parts = field.split(":", 2);
        return parts[0].toLowerCase(java.util.Locale.ROOT) + ":"
                + parts[1].strip().replaceAll("\\s+", " ");
    }

    private static String value(Random random) {
        List<String> pieces = List.of(" ", "  ", "a", ".", "=", "é", "大", "&", "<", "x".repeat(80), "\u00a0", "=20");
        StringBuilder value = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            value.append(pieces.get(random.nextInt(pieces.size())));
        }
        return value.toString();
    }

    private static String subject(Random random) {
        return List.of(
                        "Edge AI",
                        "Größe und 大きさ",
                        "two  spaces",
                        "word ".repeat(40).strip())
                .get(random.nextInt(4));
    }

    private static String content(Random random) {
        List<String> pieces = Stream.of(
                        List.of("\n", " \n", "  ", "\t", ".", "\n\n\n", "word ", "é", "x".repeat(100), " \t \n"),
                        Stream.of(Hole.values()).map(Samples::marker).toList())
                .flatMap(List::stream)
                .toList();
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(60); i > 0; i--) {
            text.append(pieces.get(random.nextInt(pieces.size())));
        }
        return text.toString();
    }
}
