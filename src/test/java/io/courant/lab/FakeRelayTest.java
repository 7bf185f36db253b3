package io.courant.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The relay as long as nothing goes wrong, spoken to by hand. */
@Timeout(30)
class FakeRelayTest {
    private static final String HELLO = "Subject: x\r\n\r\nHello\r\n";

    @TempDir
    private Path folder;

    private final FakeRelay relay = new FakeRelay().start();

    @AfterEach
    void close() {
        relay.close();
    }

    private Caller greeted() {
        return Caller.greeted(relay);
    }

    @Test
    void whatItTakesItHasByteForByte() {
        try (Caller caller = greeted()) {
            String content = "Message-ID:\r\n <one@example.org>\r\n\r\n..dot\r\nbare\n.\nLF and \u00e9\u0000\u00ff\r\n";
            assertThat(caller.send("ada@example.org", content)).isEqualTo("250 2.0.0 queued as 0");
            assertThat(caller.send("bob@example.org", "\r\n..\r\n")).isEqualTo("250 2.0.0 queued as 1");
            assertThat(caller.ask("QUIT")).startsWith("221");
            assertThat(caller.hear()).isEmpty();
        }
        Taken first = relay.taken().get(0);
        assertThat(first)
                .isEqualTo(new Taken(
                        "MAIL FROM:<news@example.org>",
                        "RCPT TO:<ada@example.org>",
                        "Message-ID:\r\n <one@example.org>\r\n\r\n.dot\r\nbare\n.\nLF and \u00e9\u0000\u00ff\r\n"));
        assertThat(first.sender()).isEqualTo("news@example.org");
        assertThat(first.recipient()).isEqualTo("ada@example.org");
        assertThat(first.messageId()).isEqualTo("one@example.org");
        Taken second = relay.taken().get(1);
        assertThat(second.content()).isEqualTo("\r\n.\r\n");
        assertThat(second.messageId()).as("there is none").isEmpty();
    }

    @Test
    void aLineLongerThanAnyBufferIsTaken() {
        String content = "x".repeat(200_000) + "\r\n";
        try (Caller caller = greeted()) {
            assertThat(caller.send("ada@example.org", content)).startsWith("250");
        }
        assertThat(relay.taken().get(0).content()).isEqualTo(content);
    }

    @Test
    void everyRecipientOfAMessageHasACopy() {
        try (Caller caller = greeted()) {
            caller.ask("MAIL FROM:<>");
            caller.ask("RCPT TO:<ada@example.org>");
            caller.ask("RCPT TO:<bob@example.org> NOTIFY=NEVER");
            caller.ask("DATA");
            caller.say("Message-ID: <one@example.org>\r\n\r\n");
            assertThat(caller.ask(".")).startsWith("250");
        }
        assertThat(relay.copies()).isEqualTo(Map.of("ada@example.org", 1, "bob@example.org", 1));
        assertThat(relay.tally()).isEqualTo(new FakeRelay.Tally(1, 2, 2));
        assertThat(relay.taken()).allSatisfy(copy -> assertThat(copy.sender()).isEmpty());
    }

    @Test
    void theOrderOfCommandsIsKept() {
        try (Caller caller = new Caller(relay)) {
            assertThat(caller.hear()).startsWith("220 ");
            assertThat(caller.ask("HELO me")).startsWith("250 ");
            assertThat(caller.ask("RCPT TO:<ada@example.org>")).startsWith("503");
            assertThat(caller.ask("DATA")).startsWith("554");
            assertThat(caller.ask("mail from:<news@example.org>")).startsWith("250");
            assertThat(caller.ask("MAIL FROM:<other@example.org>")).startsWith("503");
            assertThat(caller.ask("MAIL FROM news@example.org")).startsWith("501");
            assertThat(caller.ask("RSET")).startsWith("250");
            assertThat(caller.ask("RCPT TO:<ada@example.org>")).startsWith("503");
            assertThat(caller.ask("MAIL FROM:<news@example.org>")).startsWith("250");
            assertThat(caller.ask("RCPT TO:<>")).startsWith("501");
            assertThat(caller.ask("NOOP")).startsWith("250");
            assertThat(caller.ask("VRFY ada")).startsWith("252");
            assertThat(caller.ask("STARTTLS")).startsWith("503");
            assertThat(caller.ask("AUTH PLAIN AA==")).startsWith("503");
            assertThat(caller.ask("EXPN all")).startsWith("500");
        }
    }

    @Test
    void whatIsOfferedIsKeptTo() {
        relay.offer("SIZE 20", "8BITMIME");
        try (Caller caller = new Caller(relay)) {
            caller.hear();
            assertThat(caller.ask("EHLO me").lines())
                    .containsExactly("250-relay.invalid", "250-SIZE 20", "250 8BITMIME");
            assertThat(caller.ask("MAIL FROM:<a@example.org> SMTPUTF8"))
                    .isEqualTo("555 5.5.4 SMTPUTF8 is not offered here");
            assertThat(caller.ask("MAIL FROM:<a@example.org> SIZE=21 BODY=8BITMIME"))
                    .isEqualTo("552 5.3.4 more than 20 bytes");
            assertThat(caller.ask("MAIL FROM:<a@example.org> SIZE=20 BODY=8BITMIME"))
                    .startsWith("250");
            caller.ask("RSET");
            assertThat(caller.send("ada@example.org", "x".repeat(19) + "\r\n")).startsWith("552");
            assertThat(caller.send("ada@example.org", "x".repeat(18) + "\r\n")).startsWith("250");
        }
        relay.offer();
        try (Caller caller = new Caller(relay)) {
            caller.hear();
            assertThat(caller.ask("EHLO me")).isEqualTo("250 relay.invalid");
        }
        assertThat(relay.taken()).hasSize(1);
    }

    @Test
    void onlyTheUserMaySend() {
        relay.login("digest", "secret");
        try (Caller caller = greeted()) {
            assertThat(caller.ask("MAIL FROM:<a@example.org>")).isEqualTo("530 5.7.0 log in first");
            assertThat(caller.ask("AUTH CRAM-MD5")).startsWith("504");
            assertThat(caller.ask("AUTH PLAIN ???")).startsWith("501");
            assertThat(caller.ask("AUTH PLAIN " + base64("\0digest\0wrong"))).startsWith("535");
            assertThat(caller.ask("AUTH PLAIN " + base64("\0digest\0secret"))).startsWith("235");
            assertThat(caller.send("ada@example.org", HELLO)).startsWith("250");
        }
        try (Caller caller = greeted()) {
            assertThat(caller.ask("AUTH PLAIN")).isEqualTo("334 ");
            assertThat(caller.ask(base64("\0digest\0secret"))).startsWith("235");
        }
        try (Caller caller = greeted()) {
            assertThat(caller.ask("AUTH LOGIN")).isEqualTo("334 " + base64("Username:"));
            assertThat(caller.ask(base64("digest"))).isEqualTo("334 " + base64("Password:"));
            assertThat(caller.ask(base64("secret"))).startsWith("235");
            assertThat(caller.send("ada@example.org", HELLO)).startsWith("250");
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void behindStarttlsAllBeginsAnew() throws IOException {
        KeyStores keyStores = new KeyStores(folder);
        relay.starttls(keyStores.file("good"), keyStores.password()).login("digest", "secret");
        try (Caller clear = new Caller(relay)) {
            clear.hear();
            assertThat(clear.ask("EHLO me")).contains("STARTTLS").doesNotContain("AUTH");
            assertThat(clear.ask("AUTH PLAIN " + base64("\0digest\0secret"))).startsWith("503");
            // RFC 3207 §6: whoever slips commands in before the handshake must not be heard behind it
            assertThat(clear.ask("STARTTLS\r\nNOOP")).startsWith("220");
            Socket tls = keyStores.trust().createSocket(clear.socket(), "localhost", relay.port(), true);
            try (Caller secret = new Caller(tls)) {
                assertThat(secret.ask("EHLO me")).contains("AUTH PLAIN LOGIN").doesNotContain("STARTTLS");
                assertThat(secret.ask("AUTH PLAIN " + base64("\0digest\0secret")))
                        .startsWith("235");
                assertThat(secret.ask("STARTTLS")).startsWith("503");
                assertThat(secret.send("ada@example.org", HELLO)).startsWith("250");
            }
        }
        assertThat(relay.commands()).doesNotContain("NOOP");
    }

    @Test
    void aKeyStoreThatDoesNotOpenIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("relay.p12"), "no key store");
        assertThatThrownBy(() -> relay.tls(file, "secret".toCharArray()))
                .hasMessageStartingWith(file + ": not a PKCS #12 file with a key that the password opens (");
    }

    @Test
    void aPortThatIsTakenIsNamed() {
        assertThatThrownBy(() -> new FakeRelay(relay.port()))
                .hasMessage("port " + relay.port() + " is not to be had (Address already in use)");
    }

    @Test
    void aConnectionTooManyIsToldWithMail() {
        relay.connectionLimit(1);
        try (Caller first = greeted();
                Caller second = greeted()) {
            assertThat(first.ask("NOOP")).startsWith("250");
            assertThat(second.ask("MAIL FROM:<a@example.org>")).isEqualTo("421 4.7.0 too many connections");
            assertThat(second.hear()).isEmpty();
        }
        assertThat(relay.connections()).isEqualTo(2);
    }

    @Test
    void aListenerIsCalledBetweenTheTakingAndTheTelling() {
        List<String> events = Collections.synchronizedList(new ArrayList<>());
        relay.listener(new FakeRelay.Listener() {
            @Override
            public void reached(Step step, String recipient) {
                events.add(step + " " + recipient + " " + relay.taken().size());
            }

            @Override
            public void answered(Step step, String recipient) {
                events.add("said " + step);
            }
        });
        try (Caller caller = greeted()) {
            caller.send("ada@example.org", HELLO);
            caller.ask("QUIT");
            caller.hear();
        }
        assertThat(events)
                .containsExactly(
                        "BANNER  0",
                        "said BANNER",
                        "EHLO  0",
                        "said EHLO",
                        "MAIL  0",
                        "said MAIL",
                        "RCPT ada@example.org 0",
                        "said RCPT",
                        "DATA ada@example.org 0",
                        "said DATA",
                        "CONTENT ada@example.org 0",
                        "DOT ada@example.org 1",
                        "said DOT",
                        "QUIT  1",
                        "said QUIT");
    }

    @Test
    void mailsAreSavedAsFilesThatCannotLeaveTheFolder() throws IOException {
        relay.save(folder.resolve("mail")).forgetful();
        try (Caller caller = greeted()) {
            caller.send("ada@example.org", HELLO);
            caller.send("ada@example.org", HELLO);
            caller.send("../../bob@example.org", "\r\n..\r\n");
        }
        try (Stream<Path> files = Files.walk(folder).filter(Files::isRegularFile)) {
            assertThat(files.map(file -> folder.relativize(file).toString()))
                    .containsExactlyInAnyOrder(
                            "mail/ada@example.org.eml", "mail/ada@example.org.2.eml", "mail/.._.._bob@example.org.eml");
        }
        assertThat(folder.resolve("mail/ada@example.org.2.eml")).hasContent(HELLO);
        assertThat(relay.taken()).as("in memory").isEmpty();
        assertThat(relay.commands()).as("in memory").isEmpty();
        assertThat(relay.tally().copies()).isEqualTo(3);
    }
}
