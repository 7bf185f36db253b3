package io.courant.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptReaderTest {
    @TempDir
    private Path folder;

    private Path file(String... lines) throws IOException {
        return Files.write(folder.resolve("relay.script"), List.of(lines));
    }

    private Script script(String... lines) throws IOException {
        Script script = new Script();
        try (FakeRelay relay = new FakeRelay()) {
            ScriptReader.read(file(lines), relay, script);
        }
        return script;
    }

    private static String ask(Script script, Step step, String recipient) {
        return script.answer(step, recipient, "250 ok").reply("usual");
    }

    private static List<String> ask(Script script, Step step, int times) {
        return IntStream.range(0, times)
                .mapToObj(i -> ask(script, step, "ada@example.org"))
                .toList();
    }

    @Test
    void theFirstRuleThatAppliesWins() throws IOException {
        Script script = script(
                "# a bad day",
                "",
                "rcpt for late@example.org  550 5.1.1 no such user   # has moved",
                "rcpt for example.org       450 4.2.0 greylisted",
                "rcpt always                251 2.1.5 will forward",
                "BANNER first 1             421 4.3.2 not now");
        assertThat(ask(script, Step.RCPT, "Late@Example.org")).isEqualTo("550 5.1.1 no such user");
        assertThat(ask(script, Step.RCPT, "ada@example.org")).isEqualTo("450 4.2.0 greylisted");
        assertThat(ask(script, Step.RCPT, "ada@not-example.org")).isEqualTo("251 2.1.5 will forward");
        assertThat(ask(script, Step.BANNER, 3)).containsExactly("421 4.3.2 not now", "250 ok", "250 ok");
        assertThat(ask(script, Step.MAIL, 1)).containsExactly("250 ok");
    }

    @Test
    void everyNthTimeIsCounted() throws IOException {
        Script script = script("mail every 3 451 4.3.0 later");
        assertThat(ask(script, Step.MAIL, 7))
                .containsExactly(
                        "250 ok", "250 ok", "451 4.3.0 later", "250 ok", "250 ok", "451 4.3.0 later", "250 ok");
    }

    @Test
    void conditionsHoldTogetherAndCountOnlyWhatGotToThem() throws IOException {
        Script script = script("rcpt for ada@example.org first 1 450 4.2.0 greylisted");
        assertThat(ask(script, Step.RCPT, "bob@example.org")).isEqualTo("250 ok");
        assertThat(ask(script, Step.RCPT, "ada@example.org")).isEqualTo("450 4.2.0 greylisted");
        assertThat(ask(script, Step.RCPT, "ada@example.org")).isEqualTo("250 ok");
    }

    @Test
    void aShareIsDrawnAndTheSameAgainForTheSameSeed() throws IOException {
        String[] lines = {"seed 42", "rcpt 2.5% 450 4.2.0 later"};
        List<String> drawn = ask(script(lines), Step.RCPT, 10_000);
        assertThat(drawn.stream().filter(reply -> reply.startsWith("450")).count())
                .isBetween(200L, 300L);
        assertThat(ask(script(lines), Step.RCPT, 10_000)).isEqualTo(drawn);
        assertThat(ask(script("seed 43", lines[1]), Step.RCPT, 10_000)).isNotEqualTo(drawn);
        assertThat(script(lines).seed()).isEqualTo(42);
        assertThat(ask(script("rcpt 100% 450 no"), Step.RCPT, 50)).containsOnly("450 no");
        assertThat(ask(script("rcpt 0% 450 no"), Step.RCPT, 50)).containsOnly("250 ok");
    }

    @Test
    void everyAnswerCanBeWritten() throws IOException {
        List<Answer> answers = new ArrayList<>();
        for (String written : List.of(
                "drop", "take-and-drop", "take-then-reset", "stall", "drip", "garbage", "delay 20ms", "delay 1.5s")) {
            answers.add(script("dot " + written).answer(Step.DOT, "", ""));
        }
        assertThat(answers.subList(0, 6)).containsExactly(Answer.Fault.values());
        assertThat(answers.subList(6, 8))
                .containsExactly(new Answer.Delay(Duration.ofMillis(20)), new Answer.Delay(Duration.ofMillis(1500)));
        assertThat(ask(script("ehlo 250-here\\n250 SIZE 20"), Step.EHLO, 1)).containsExactly("250-here\r\n250 SIZE 20");
        assertThat(ask(script("ehlo say 25x what"), Step.EHLO, 1)).containsExactly("25x what");
    }

    @Test
    void settingsConcernTheWholeRelay() throws IOException {
        try (FakeRelay relay = new FakeRelay()) {
            relay.script(file("seed -7", "offer SIZE 20, SMTPUTF8", "connections 1", "distance 5ms"))
                    .start();
            assertThat(relay.seed()).isEqualTo(-7);
            try (Caller caller = new Caller(relay);
                    Caller other = Caller.greeted(relay)) {
                caller.hear();
                assertThat(caller.ask("EHLO me").lines())
                        .containsExactly("250-relay.invalid", "250-SIZE 20", "250 SMTPUTF8");
                assertThat(other.ask("MAIL FROM:<a@example.org>")).startsWith("421");
            }
        }
    }

    @Test
    void allThatIsWrongIsToldByFileAndLine() throws IOException {
        Path file = file(
                "rctp 450 later",
                "dot tkae-and-drop",
                "mail for ada@example.org 450 later",
                "mail take-and-drop",
                "rcpt first many 450 later",
                "rcpt 101% 450 later",
                "rcpt every 0 450 later",
                "ehlo delay soon",
                "ehlo",
                "data 250-half",
                "quit 221 bye",
                "quit 1% drop",
                "seed forty-two",
                "rcpt first 1 fisrt 2 450 later");
        assertThatThrownBy(() -> new FakeRelay().script(file))
                .isInstanceOf(ScriptException.class)
                .satisfies(e -> {
                    List<String> problems =
                            String.valueOf(e.getMessage()).lines().toList();
                    assertThat(problems)
                            .allSatisfy(problem -> assertThat(problem).startsWith(file + ":"));
                    assertThat(problems.stream()
                                    .map(problem ->
                                            problem.substring(file.toString().length())))
                            .satisfiesExactly(
                                    one -> assertThat(one)
                                            .startsWith(
                                                    ":1: unknown step 'rctp' (did you mean 'rcpt'?); expected one of banner"),
                                    one -> assertThat(one)
                                            .startsWith(
                                                    ":2: unknown answer 'tkae-and-drop' (did you mean 'take-and-drop'?)"),
                                    one -> assertThat(one)
                                            .isEqualTo(
                                                    ":3: 'for ada@example.org' at step 'mail': the recipient is known at"
                                                            + " rcpt, data, content and dot only"),
                                    one -> assertThat(one)
                                            .isEqualTo(
                                                    ":4: 'take-and-drop' at step 'mail': a message is taken at step 'dot'"
                                                            + " only"),
                                    one -> assertThat(one)
                                            .isEqualTo(":5: expected a whole number from 1 on, found 'many'"),
                                    one -> assertThat(one)
                                            .isEqualTo(":6: expected a share from 0% to 100%, found '101'"),
                                    one -> assertThat(one)
                                            .isEqualTo(":7: expected a whole number from 1 on, found '0'"),
                                    one -> assertThat(one)
                                            .isEqualTo(":8: expected a time such as 20ms, 2s or 5m, found 'soon'"),
                                    one -> assertThat(one)
                                            .isEqualTo(
                                                    ":9: 'ehlo' is only half a line (expected STEP [CONDITION] ANSWER)"),
                                    one -> assertThat(one)
                                            .startsWith(":10: '250-half' is no reply (expected 250 TEXT, or"),
                                    one -> assertThat(one)
                                            .isEqualTo(
                                                    ":12: never applies: line 11 answers every 'quit'; put it above that"
                                                            + " line"),
                                    one -> assertThat(one).isEqualTo(":13: expected a whole number, found 'forty-two'"),
                                    one -> assertThat(one)
                                            .startsWith(
                                                    ":14: unknown answer 'fisrt 2 450 later' (did you mean 'first'?)"));
                });
    }
}
