package io.courant.post;

import java.io.StringReader;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * The YAML or TOML block at the top of a Markdown file. Its nodes are read as they are written and never constructed: a
 * date stays the text that {@link Dates} understands, {@code no} stays Norwegian, and no tag can name a class. TOML is
 * read for its keys and values, which YAML would write after a colon.
 */
final class FrontMatter {
    private static final Pattern BLOCK = Pattern.compile("\\A(---|\\+\\+\\+)[ \\t]*\\n");
    private static final Pattern END = Pattern.compile("^(?:---|\\.\\.\\.)[ \\t]*$", Pattern.MULTILINE);
    private static final Pattern TOML_END = Pattern.compile("^\\+\\+\\+[ \\t]*$", Pattern.MULTILINE);
    private static final Pattern KEY = Pattern.compile("^[\\w-]+[ \\t]*:", Pattern.MULTILINE);
    private static final Pattern TOML_KEY = Pattern.compile("^[ \\t]*([\\w-]+)[ \\t]*=[ \\t]*", Pattern.MULTILINE);
    private static final Pattern TOML_TABLE =
            Pattern.compile("^[ \\t]*\\[[^,\"'\\n]*]{1,2}[ \\t]*$", Pattern.MULTILINE);
    private static final int LONGEST = 64 * 1024;

    private final String where;
    private final Map<String, Node> values;

    private FrontMatter(String where, Map<String, Node> values) {
        this.where = where;
        this.values = values;
    }

    /** A Markdown file in its two parts. */
    record Split(FrontMatter matter, String body) {}

    /** Takes a file apart. A line {@code ---} that opens no YAML mapping is the thematic break that it looks like. */
    static Split split(String where, String text) {
        Matcher start = BLOCK.matcher(text);
        if (!start.find()) {
            return new Split(new FrontMatter(where, Map.of()), text);
        }
        boolean toml = start.group(1).equals("+++");
        Matcher end = (toml ? TOML_END : END).matcher(text);
        if (!end.find(start.end()) || end.start() > LONGEST) {
            return new Split(new FrontMatter(where, Map.of()), text);
        }
        String block = text.substring(start.end(), end.start());
        String yaml = toml ? yaml(block) : block;
        if (!yaml.isBlank() && !KEY.matcher(yaml).find()) {
            return new Split(new FrontMatter(where, Map.of()), text);
        }
        return new Split(
                new FrontMatter(where, values(where, toml ? "TOML" : "YAML", yaml)), text.substring(end.end()));
    }

    /** TOML as YAML, its tables made one. */
    private static String yaml(String toml) {
        String keys = TOML_TABLE.matcher(toml).replaceAll("");
        return TOML_KEY.matcher(keys).replaceAll("$1: ").replace("\"\"\"", "\"");
    }

    private static Map<String, Node> values(String where, String kind, String yaml) {
        Map<String, Node> values = new HashMap<>();
        try {
            Node root = new Yaml(new LoaderOptions()).compose(new StringReader(yaml));
            if (root instanceof MappingNode mapping) {
                for (NodeTuple entry : mapping.getValue()) {
                    if (entry.getKeyNode() instanceof ScalarNode key) {
                        values.putIfAbsent(key.getValue().toLowerCase(Locale.ROOT), entry.getValueNode());
                    }
                }
            }
            return values;
        } catch (MarkedYAMLException broken) {
            int line = broken.getProblemMark() == null
                    ? 1
                    : broken.getProblemMark().getLine() + 2;
            throw new PostException(
                    where + ":" + line,
                    "front matter is not valid " + kind + " (" + broken.getProblem()
                            + "); put values with ': ' or '#' into quotes");
        } catch (YAMLException broken) {
            throw new PostException(where, "front matter cannot be read as " + kind + " (" + broken.getMessage() + ")");
        }
    }

    /** The first of these keys that has a value. */
    @Nullable
    String text(String... keys) {
        for (String key : keys) {
            for (String value : texts(values.get(key))) {
                return value;
            }
        }
        return null;
    }

    /** All values of these keys; a text with commas counts as a list. */
    List<String> list(String... keys) {
        Set<String> found = new LinkedHashSet<>();
        for (String key : keys) {
            Node node = values.get(key);
            for (String value : texts(node)) {
                for (String part : node instanceof ScalarNode ? value.split(",", -1) : new String[] {value}) {
                    if (!Blank.is(part)) {
                        found.add(TitleLine.oneLine(part));
                    }
                }
            }
        }
        return List.copyOf(found);
    }

    @Nullable
    Instant date(String... keys) {
        String text = text(keys);
        if (text == null) {
            return null;
        }
        return Dates.parse(text)
                .orElseThrow(() -> new PostException(
                        where,
                        "front matter: " + keys[0] + " '" + text
                                + "' is not a date (expected 2025-09-14 or 2025-09-14T08:30:00+02:00)"));
    }

    @Nullable
    URI link(String... keys) {
        return Links.web(text(keys), null).orElse(null); // static sites also write paths here, which lead nowhere
    }

    private static List<String> texts(@Nullable Node node) {
        if (node instanceof ScalarNode scalar) {
            boolean nothing = Blank.is(scalar.getValue())
                    || (scalar.isPlain() && scalar.getValue().matches("null|~"));
            return nothing ? List.of() : List.of(TitleLine.oneLine(scalar.getValue()));
        }
        if (node instanceof SequenceNode sequence) {
            // One level is enough, and a list that contains itself by an alias would never end.
            return sequence.getValue().stream()
                    .filter(item -> !(item instanceof SequenceNode))
                    .flatMap(item -> texts(item).stream())
                    .toList();
        }
        if (node instanceof MappingNode mapping) { // author: {name: …}
            return mapping.getValue().stream()
                    .filter(entry -> entry.getKeyNode() instanceof ScalarNode key
                            && key.getValue().equals("name"))
                    .filter(entry -> entry.getValueNode() instanceof ScalarNode)
                    .flatMap(entry -> texts(entry.getValueNode()).stream())
                    .toList();
        }
        return List.of();
    }
}
