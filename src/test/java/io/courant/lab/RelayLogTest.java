package io.courant.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.courant.lab.RelayLog.Copy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RelayLogTest {
    private static final Instant NOW = Instant.parse("2026-11-23T07:00:00Z");
    private static final String CONTENT = "Message-ID: <one@example.org>\r\n\r\n.x\r\n";
    // printf 'Message-ID: <one@example.org>\r\n\r\n.x\r\n' | sha256sum
    private static final String SHA_256 = "258d66746ec6084dd904613d13e48740b6ae3b573adde04d71ef395a6abdc621";

    @TempDir
    private Path folder;

    private FakeRelay relay() throws IOException {
        return new FakeRelay().log(RelayLog.open(file(), () -> NOW)).start();
    }

    private Path file() {
        return folder.resolve("relay.log");
    }

    private List<Copy> copies() throws IOException {
        List<Copy> copies = new ArrayList<>();
        RelayLog.forEach(file(), copies::add);
        return copies;
    }

    @Test
    void aCopyIsOnFileBeforeItsSenderHears() throws IOException {
        List<Copy> beforeTheAnswer = new ArrayList<>();
        try (FakeRelay relay = relay();
                Caller caller = Caller.greeted(relay)) {
            relay.listener(new FakeRelay.Listener() {
                @Override
                public void reached(Step step, String recipient) {
                    if (step == Step.DOT) {
                        try {
                            beforeTheAnswer.addAll(copies());
                        } catch (IOException e) {
                            throw new AssertionError(e);
                        }
                    }
                }
            });
            caller.send("ada@example.org", CONTENT.replace("\n.", "\n.."));
        }
        assertThat(beforeTheAnswer)
                .containsExactly(new Copy(
                        NOW,
                        "news@example.org",
                        "ada@example.org",
                        "one@example.org",
                        SHA_256,
                        37,
                        "250 2.0.0 queued as 0"));
    }

    @Test
    void whatWasAnsweredAtTheDotIsToldAndRefusalsStandBesideTheCopies() throws IOException {
        try (FakeRelay relay = relay()) {
            relay.onRecipient("bob@example.org", "550 5.1.1 no such user");
            relay.on(Step.DOT, "take-and-drop", "take-then-reset", "delay 1ms", "451 4.3.0 later");
            for (String recipient : List.of("a@example.org", "b@example.org", "c@example.org", "d@example.org")) {
                try (Caller caller = Caller.greeted(relay)) {
                    caller.say("MAIL FROM:<news@example.org>\r\nRCPT TO:<" + recipient + ">\r\nDATA\r\n" + CONTENT
                            + ".\r\nQUIT\r\n");
                    while (caller.socket().getInputStream().read() >= 0) {
                        // until the relay has done what it was told
                    }
                } catch (IOException e) {
                    assertThat(recipient).as("reset").isEqualTo("b@example.org");
                }
            }
            try (Caller caller = Caller.greeted(relay)) {
                caller.send("bob@example.org", CONTENT);
            }
        }
        assertThat(copies())
                .extracting(Copy::answer)
                .containsExactly("take-and-drop", "take-then-reset", "250 2.0.0 queued as 2");
        assertThat(Files.readAllLines(file()))
                .hasSize(5)
                .contains(
                        "{\"refused\":{\"at\":\"2026-11-23T07:00:00Z\",\"step\":\"rcpt\",\"from\":\"news@example.org\","
                                + "\"to\":\"bob@example.org\",\"answer\":\"550 5.1.1 no such user\"}}");
    }

    @Test
    void connectionsThatWriteAtTheSameTimeLoseNothing() throws IOException, InterruptedException {
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        try (FakeRelay relay = relay()) {
            List<Thread> senders = IntStream.range(0, 8)
                    .mapToObj(sender -> Threads.start("sender", () -> {
                        try (Caller caller = Caller.greeted(relay)) {
                            for (int i = 0; i < 100; i++) {
                                String to = "reader" + sender + "." + i + "@example.org";
                                assertThat(caller.send(to, CONTENT)).startsWith("250");
                            }
                        } catch (RuntimeException | AssertionError e) {
                            failures.add(e);
                        }
                    }))
                    .toList();
            for (Thread sender : senders) {
                sender.join();
            }
            assertThat(failures).isEmpty();
            // before the relay is closed: what is on file now is what each 250 stood for
            assertThat(copies().stream().map(Copy::to).distinct()).hasSize(800);
        }
    }

    @Test
    void halfALineIsPassedOverAndCutOffWhenTheRelayGoesOn() throws IOException {
        try (FakeRelay relay = relay();
                Caller caller = Caller.greeted(relay)) {
            caller.send("ada@example.org", CONTENT);
        }
        Files.writeString(file(), "{\"taken\":{\"at\":\"2026", StandardOpenOption.APPEND);
        assertThat(copies()).hasSize(1);
        try (FakeRelay relay = relay();
                Caller caller = Caller.greeted(relay)) {
            caller.send("bob@example.org", CONTENT);
        }
        assertThat(copies()).extracting(Copy::to).containsExactly("ada@example.org", "bob@example.org");
    }

    @Test
    void aLineOfSomethingElseIsNamed() throws IOException {
        Files.writeString(file(), "{\"refused\":null}\n{\"taken\":{\"to\":\"ada@example.org\"}}\n");
        assertThatThrownBy(this::copies).hasMessageStartingWith(file() + ":2: not a line of a relay's log (");
        Files.writeString(file(), "Nov 23 07:00:00 relay postfix/smtpd[1]: connect\n");
        assertThatThrownBy(this::copies).hasMessageStartingWith(file() + ":1: not a line of a relay's log (");
    }
}
