package io.courant.lab;

import io.courant.render.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads a relay's script: a line for each rule, {@code STEP [CONDITION…] ANSWER}, and for each setting. Reading goes on
 * after a problem, so that all are told at once.
 */
final class ScriptReader {
    private static final List<String> SETTINGS = List.of("seed", "offer", "distance", "connections");
    private static final Pattern CONDITION =
            Pattern.compile("(?:(always)|first (\\S+)|every (\\S+)|(\\S+)%|for (\\S+)) +(.*)");

    private final FakeRelay relay;
    private final Script script;
    private final Map<Step, Integer> always = new HashMap<>();

    private ScriptReader(FakeRelay relay, Script script) {
        this.relay = relay;
        this.script = script;
    }

    /** Has a relay go by a file. */
    static void read(Path file, FakeRelay relay, Script script) throws IOException {
        ScriptReader reader = new ScriptReader(relay, script);
        List<String> problems = new ArrayList<>();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            try {
                reader.obey(line.replaceFirst("(^|\\s)#.*", "").strip().replaceAll("[ \\t]+", " "), number);
            } catch (IllegalArgumentException e) {
                problems.add(file + ":" + number + ": " + e.getMessage());
            }
        }
        if (!problems.isEmpty()) {
            throw new ScriptException(problems);
        }
    }

    private void obey(String line, int number) {
        if (line.isEmpty()) {
            return;
        }
        String word = line.split(" ", 2)[0].toLowerCase(Locale.ROOT);
        String rest = line.substring(word.length()).strip();
        if (rest.isEmpty()) {
            throw new IllegalArgumentException("'" + line + "' is only half a line (expected STEP [CONDITION] ANSWER)");
        }
        switch (word) {
            case "seed" -> script.seed(Long.parseLong(checked(rest, "-?\\d{1,18}", "a whole number")));
            case "offer" -> relay.offer(rest.split(" ?, ?", -1));
            case "distance" -> relay.distance(Answer.duration(rest));
            case "connections" -> relay.connectionLimit(positive(rest));
            default -> rule(step(word), rest, number);
        }
    }

    private void rule(Step step, String text, int number) {
        Integer before = always.get(step);
        if (before != null) {
            throw new IllegalArgumentException(
                    "never applies: line " + before + " answers every '" + step.word() + "'; put it above that line");
        }
        List<Condition> conditions = new ArrayList<>();
        String rest = text;
        for (Matcher next = CONDITION.matcher(rest); next.matches(); next = CONDITION.matcher(rest)) {
            if (next.group(1) == null) {
                conditions.add(condition(step, next));
            }
            rest = next.group(6);
        }
        script.add(new Rule(step, conditions, Answer.of(rest)));
        if (conditions.isEmpty()) {
            always.put(step, number);
        }
    }

    private static Condition condition(Step step, Matcher found) {
        if (found.group(2) != null) {
            return Condition.first(positive(found.group(2)));
        }
        if (found.group(3) != null) {
            return Condition.every(positive(found.group(3)));
        }
        if (found.group(4) != null) {
            String percent = checked(found.group(4), "\\d{1,2}(\\.\\d+)?|100", "a share from 0% to 100%");
            return Condition.share(Double.parseDouble(percent));
        }
        if (!step.knowsRecipient()) {
            throw new IllegalArgumentException("'for " + found.group(5) + "' at step '" + step.word()
                    + "': the recipient is known at rcpt, data, content and dot only");
        }
        return Condition.recipient(found.group(5));
    }

    private static Step step(String word) {
        if (!Step.words().contains(word)) {
            List<String> known =
                    Stream.concat(Step.words().stream(), SETTINGS.stream()).toList();
            throw new IllegalArgumentException("unknown step '" + word + "'"
                    + Nearest.hint(word, known) + "; expected one of " + String.join(", ", Step.words())
                    + ", or a setting: " + String.join(", ", SETTINGS));
        }
        return Step.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private static int positive(String text) {
        return Integer.parseInt(checked(text, "[1-9]\\d{0,8}", "a whole number from 1 on"));
    }

    private static String checked(String text, String form, String expected) {
        if (!text.matches(form)) {
            throw new IllegalArgumentException("expected " + expected + ", found '" + text + "'");
        }
        return text;
    }
}
