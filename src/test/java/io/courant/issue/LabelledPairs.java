package io.courant.issue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;

/** The pairs of {@code pairs.yaml}, which says what it means, made of the texts in {@code texts.txt}. */
final class LabelledPairs {
    record Pair(String category, int number, boolean same, Telling a, Telling b) {
        /** Whether the thresholds were chosen by this pair; the others were looked at when they had been. */
        boolean isForTuning() {
            return number % 2 == 1;
        }

        @Override
        public String toString() {
            return category + " " + number;
        }
    }

    private record Text(String id, String language, String title, String body) {}

    private final Map<String, Text> texts = new LinkedHashMap<>();

    private LabelledPairs() {}

    static List<Pair> read() {
        LabelledPairs made = new LabelledPairs();
        made.readTexts();
        List<Pair> pairs = new ArrayList<>();
        Map<String, Map<String, Object>> categories = new Yaml().load(resource("pairs.yaml"));
        categories.forEach((category, of) -> {
            int number = 0;
            for (Map<String, Map<String, Object>> pair :
                    LabelledPairs.<List<Map<String, Map<String, Object>>>>as(Objects.requireNonNull(of.get("pairs")))) {
                number++;
                String name = category + " " + number;
                pairs.add(new Pair(
                        category,
                        number,
                        Boolean.TRUE.equals(of.get("same")),
                        made.telling(name, "a", of, Objects.requireNonNull(pair.get("a"))),
                        made.telling(name, "b", of, Objects.requireNonNull(pair.get("b")))));
            }
        });
        return pairs;
    }

    private void readTexts() {
        for (String part : resource("texts.txt").split("(?m)^== ", -1)) {
            if (!part.isBlank()) {
                String[] head = part.substring(0, part.indexOf('\n')).split(" \\| ", -1);
                texts.put(
                        head[0],
                        new Text(
                                head[0],
                                head[1],
                                head[2],
                                part.substring(part.indexOf('\n')).strip()));
            }
        }
    }

    private Telling telling(String pair, String side, Map<String, Object> category, Map<String, Object> made) {
        Text text = made.containsKey("text")
                ? text(string(made, "text", ""))
                : new Text(pair.replace(' ', '-'), "", string(made, "title", ""), string(made, "body", ""));
        String source = string(made, "source", side.equals("a") ? "gazette" : "courier");
        String link = string(
                made, "link", "https://" + source + ".example/" + text.id() + (side.equals("a") ? "" : "-again"));
        String language = string(made, "language", text.language());
        return new Telling(
                pair + side,
                link.equals("none") ? null : URI.create(link),
                string(made, "title", text.title()),
                body(pair + side, text.body(), category, made),
                source,
                "all",
                language.isEmpty() ? null : language);
    }

    private String body(String name, String text, Map<String, Object> category, Map<String, Object> made) {
        List<String> paragraphs = new ArrayList<>(List.of(text.split("\n\n", -1)));
        if (made.containsKey("paragraphs")) {
            List<String> all = List.copyOf(paragraphs);
            paragraphs.clear();
            LabelledPairs.<List<Integer>>as(Objects.requireNonNull(made.get("paragraphs")))
                    .forEach(number -> paragraphs.add(all.get(number - 1)));
        }
        if (made.containsKey("quote")) {
            List<Object> quote = as(Objects.requireNonNull(made.get("quote")));
            String[] words = text((String) quote.get(0)).body().split("\\s+", -1);
            int from = (int) quote.get(1);
            paragraphs.add(
                    paragraphs.size() - 1,
                    "“" + String.join(" ", List.of(words).subList(from, from + (int) quote.get(2))) + "”");
        }
        String body = String.join("\n\n", paragraphs);
        Map<String, String> edits =
                made.containsKey("replace") ? as(Objects.requireNonNull(made.get("replace"))) : Map.of();
        for (Map.Entry<String, String> edit : edits.entrySet()) {
            if (!body.contains(edit.getKey())) {
                throw new IllegalArgumentException(name + ": '" + edit.getKey() + "' is not in the text");
            }
            body = body.replace(edit.getKey(), edit.getValue());
        }
        if (made.containsKey("first")) {
            body = first(body, (int) Objects.requireNonNull(made.get("first")));
        }
        String lead = string(category, "introduction", "") + "\n\n" + string(made, "lead", "");
        String tail = string(made, "tail", "") + "\n\n" + string(category, "footer", "");
        return marked(string(made, "marks", ""), (lead.strip() + "\n\n" + body + "\n\n" + tail.strip()).strip());
    }

    private static String first(String body, int count) {
        if (Words.isIdeographic(body.codePointAt(1))) {
            return body.substring(0, count);
        }
        return List.of(body.split("\\s+", -1)).subList(0, count).stream().collect(Collectors.joining(" "));
    }

    private static String marked(String marks, String text) {
        return switch (marks) {
            case "" -> text;
            case "typographic" ->
                text.replaceAll("\"(?=\\w)", "“")
                        .replace("\"", "”")
                        .replace("'", "’")
                        .replace(" – ", "—");
            case "references" ->
                text.replace("&", "&amp;")
                        .replace("\"", "&quot;")
                        .replace("'", "&#39;")
                        .replace("ä", "&auml;")
                        .replace("ü", "&#252;")
                        .replace("ß", "&szlig;");
            case "spaces" ->
                text.replace(". ", ".\u00a0 ").replace(" the ", "\n    the\t").replace(" de ", " de\n");
            case "capitals" -> text.toUpperCase(Locale.ROOT);
            case "decomposed" -> Normalizer.normalize(text, Normalizer.Form.NFD);
            default -> throw new IllegalArgumentException("no such marks: " + marks);
        };
    }

    private Text text(String id) {
        return Objects.requireNonNull(texts.get(id), id);
    }

    private static String string(Map<String, Object> map, String name, String otherwise) {
        @Nullable Object value = map.get(name);
        return value == null ? otherwise : (String) value;
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T> T as(Object value) {
        return (T) value;
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(LabelledPairs.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new IllegalStateException(name, unreadable);
        }
    }
}
