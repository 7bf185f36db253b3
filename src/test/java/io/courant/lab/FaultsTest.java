package io.courant.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Everything that the relay can be told to do wrong, and the manners in which it answers. */
@Timeout(30)
class FaultsTest {
    private FakeRelay relay = new FakeRelay().start();

    @AfterEach
    void close() {
        relay.close();
    }

    /** Goes through a conversation up to a step, where the relay is to answer. */
    private static void reach(Step wanted, Caller caller) {
        for (Step step : EnumSet.range(Step.BANNER, wanted)) {
            if (step != Step.BANNER) {
                caller.say(command(step) + "\r\n");
            }
            if (step != wanted && step != Step.CONTENT) {
                caller.hear();
            }
        }
    }

    /** What is heard at a step. */
    private static String at(Step step, Caller caller) {
        reach(step, caller);
        return caller.hear();
    }

    private static String command(Step step) {
        return switch (step) {
            case BANNER -> throw new IllegalArgumentException("the relay speaks first");
            case EHLO -> "EHLO me";
            case AUTH -> "AUTH PLAIN AA==";
            case MAIL -> "MAIL FROM:<a@example.org>";
            case RCPT -> "RCPT TO:<ada@example.org>";
            case CONTENT -> "Subject: x";
            case DOT -> ".";
            case STARTTLS, DATA, RSET, QUIT -> step.name();
        };
    }

    @ParameterizedTest
    @EnumSource
    void anyReplyCanBeGivenAtAnyStep(Step step) {
        relay.on(step, "450-4.0.0 not\\n450 4.0.0 today", "421 4.3.2 bye");
        try (Caller caller = new Caller(relay)) {
            assertThat(at(step, caller)).isEqualTo("450-4.0.0 not\n450 4.0.0 today");
        }
        try (Caller caller = new Caller(relay)) {
            assertThat(at(step, caller)).isEqualTo("421 4.3.2 bye");
            assertThat(caller.hear()).as("after a 421").isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theConnectionCanBeDroppedAtAnyStep(Step step) {
        relay.on(step, "drop");
        try (Caller caller = new Caller(relay)) {
            assertThat(at(step, caller)).isEmpty();
        }
        assertThat(relay.taken()).hasSize(step == Step.RSET || step == Step.QUIT ? 1 : 0);
    }

    @ParameterizedTest
    @EnumSource
    void theConnectionCanStallAtAnyStep(Step step) {
        relay.on(step, "stall");
        try (Caller caller = new Caller(relay)) {
            caller.patience(Duration.ofMillis(300));
            assertThatThrownBy(() -> at(step, caller)).hasCauseInstanceOf(SocketTimeoutException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerCanDripForEverAtAnyStep(Step step) {
        relay.on(step, "drip");
        try (Caller caller = new Caller(relay)) {
            reach(step, caller);
            assertThat(caller.hear(12)).isEqualTo("250-xxxxxxxx");
        }
    }

    @Test
    void a250CanBeLost() {
        relay.on(Step.DOT, "take-and-drop");
        try (Caller caller = Caller.greeted(relay)) {
            assertThat(caller.send("ada@example.org", "x\r\n")).isEmpty();
        }
        assertThat(relay.taken()).hasSize(1);
    }

    @Test
    void aConnectionCanBeResetRightAfterThe250() {
        relay.on(Step.DOT, "take-then-reset");
        try (Caller caller = Caller.greeted(relay)) {
            assertThatThrownBy(() -> {
                        caller.send("ada@example.org", "x\r\n");
                        caller.hear();
                    })
                    .hasCauseInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
        }
        assertThat(relay.taken()).hasSize(1);
    }

    @Test
    void aDelayIsFollowedByTheUsual() {
        relay.on(Step.MAIL, "delay 100ms");
        try (Caller caller = Caller.greeted(relay)) {
            long begin = System.nanoTime();
            assertThat(caller.ask("MAIL FROM:<a@example.org>")).startsWith("250");
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(100));
        }
    }

    @Test
    void aRefusalInTheContentIsTheOnlyAnswerToTheMessage() {
        relay.on(Step.CONTENT, "552 5.3.4 enough");
        try (Caller caller = Caller.greeted(relay)) {
            caller.ask("MAIL FROM:<a@example.org>");
            caller.ask("RCPT TO:<ada@example.org>");
            caller.ask("DATA");
            assertThat(caller.ask("first line")).isEqualTo("552 5.3.4 enough");
            caller.say("second line\r\n.\r\n");
            assertThat(caller.send("bob@example.org", "x\r\n")).isEqualTo("250 2.0.0 queued as 0");
        }
        assertThat(relay.copies()).containsOnlyKeys("bob@example.org");
    }

    @Test
    void nonsenseCanBeSaid() throws IOException {
        relay.on(Step.BANNER, "say hello there", "garbage");
        try (Caller caller = new Caller(relay)) {
            assertThat(caller.hear()).isEqualTo("hello there");
        }
        try (Caller caller = new Caller(relay)) {
            assertThat(caller.socket().getInputStream().readAllBytes()).hasSize(258);
        }
    }

    @Test
    void repliesGoTogetherWhenCommandsCameTogether() throws IOException {
        restart(new FakeRelay().manner(Manner.PIPELINED_TOGETHER));
        assertThat(atOnce("RSET\r\nNOOP\r\nMAIL FROM:<a@example.org>\r\n").lines())
                .hasSize(3);
    }

    @Test
    void fromADistanceRepliesToWhatCameTogetherArriveTogetherAndLate() throws IOException {
        restart(new FakeRelay().manner(Manner.PIPELINED).distance(Duration.ofMillis(100)));
        long begin = System.nanoTime();
        assertThat(atOnce("RSET\r\nNOOP\r\nMAIL FROM:<a@example.org>\r\n").lines())
                .hasSize(3);
        // banner, EHLO, and the three together
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    private void restart(FakeRelay other) {
        relay.close();
        relay = other.start();
    }

    /** What a single read gets. */
    private String atOnce(String commands) throws IOException {
        try (Caller caller = Caller.greeted(relay)) {
            caller.say(commands);
            InputStream in = caller.socket().getInputStream();
            byte[] replies = new byte[1024];
            return new String(replies, 0, in.read(replies), StandardCharsets.US_ASCII);
        }
    }
}
