package io.courant.job;

import io.courant.render.Nearest;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A YAML file as a tree whose every node knows its line, with single settings overridden from outside. Reading goes
 * on after a problem, so that an editor sees all of them at once; {@link #refuseProblems} ends it.
 */
final class YamlFile {
    private final String name;
    private final List<Problem> problems = new ArrayList<>();
    private final IdentityHashMap<Node, String> origins = new IdentityHashMap<>();
    private final MappingNode root;

    /**
     * @param name how messages call the file
     * @param settings dotted keys ({@code relay.port}) to values, later ones winning
     * @throws JobFileException when the text is not YAML, or has no keys
     */
    YamlFile(String name, String text, List<Setting> settings) {
        this.name = name;
        Node composed = compose(text);
        if (composed == null) {
            throw refused(1, "is empty; expected keys with values");
        }
        if (!(composed instanceof MappingNode mapping)) {
            throw refused(composed.getStartMark().getLine() + 1, "expected keys with values");
        }
        root = mapping;
        YamlRules.check(root, this::problem);
        settings.forEach(this::override);
    }

    private @Nullable Node compose(String text) {
        try {
            return yaml().compose(new StringReader(text));
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw refused(line, "not YAML: " + e.getProblem());
        } catch (YAMLException e) {
            throw refused(1, "not YAML: " + e.getMessage());
        }
    }

    private JobFileException refused(int line, String why) {
        return new JobFileException(List.of(name + ":" + line + ": " + why));
    }

    /** What is wrong, with the line that it is sorted by. */
    private record Problem(int line, String text) {}

    /**
     * A setting from outside the file.
     *
     * @param origin how messages call it: {@code --set relay.port} or {@code COURANT_SMTP_PORT}
     */
    record Setting(String origin, String key, String value) {}

    /** The fields of the whole file. */
    Fields fields(String... allowed) {
        return fields(root, allowed);
    }

    /** Every value, with where it stands. */
    List<InForce.Setting> values() {
        return YamlValues.of(root, node -> origins.getOrDefault(node, name + ":" + line(node)));
    }

    /** Throws if anything was wrong so far. */
    void refuseProblems() {
        if (!problems.isEmpty()) {
            throw new JobFileException(problems.stream()
                    .sorted(Comparator.comparingInt(Problem::line)) // stable: two of one line stay as they were found
                    .map(Problem::text)
                    .toList());
        }
    }

    private static Yaml yaml() {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(20);
        return new Yaml(new SafeConstructor(options));
    }

    private void override(Setting setting) {
        Node value;
        try {
            value = yaml().compose(new StringReader(setting.value()));
        } catch (YAMLException e) {
            refuse(setting, "not a YAML value: '" + setting.value() + "'");
            return;
        }
        if (value == null) {
            refuse(setting, "has no value");
            return;
        }
        YamlRules.walk(value, node -> origins.put(node, setting.origin()));
        YamlRules.check(value, this::problem);
        String[] path = setting.key().split("\\.", -1);
        Node parent = root;
        for (int i = 0; i < path.length - 1; i++) {
            parent = child(parent, path[i], setting.origin());
        }
        if (parent instanceof MappingNode mapping) {
            replace(mapping, path[path.length - 1], value);
        } else {
            refuse(setting, "'" + setting.key() + "' leads into a value that has no keys");
        }
    }

    private void refuse(Setting setting, String why) {
        problems.add(new Problem(Integer.MAX_VALUE, setting.origin() + ": " + why));
    }

    private Node child(Node parent, String key, String origin) {
        if (!(parent instanceof MappingNode mapping)) {
            return parent;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            // a list gives way to the one entry that the setting makes
            if (key.equals(scalar(tuple.getKeyNode())) && !(tuple.getValueNode() instanceof SequenceNode)) {
                return tuple.getValueNode();
            }
        }
        Node made = new MappingNode(Tag.MAP, new ArrayList<>(), mapping.getFlowStyle());
        origins.put(made, origin);
        replace(mapping, key, made);
        return made;
    }

    private void replace(MappingNode mapping, String key, Node value) {
        List<NodeTuple> tuples = new ArrayList<>(mapping.getValue());
        tuples.removeIf(tuple -> key.equals(scalar(tuple.getKeyNode())));
        ScalarNode keyNode = new ScalarNode(Tag.STR, key, null, null, ScalarStyle.PLAIN);
        origins.put(keyNode, origins.getOrDefault(value, name));
        tuples.add(new NodeTuple(keyNode, value));
        mapping.setValue(tuples);
    }

    private static @Nullable String scalar(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : null;
    }

    void problem(@Nullable Node node, String what) {
        String origin = node == null ? null : origins.get(node);
        int line = line(node);
        problems.add(
                origin == null
                        ? new Problem(line, name + ":" + line + ": " + what)
                        : new Problem(Integer.MAX_VALUE, origin + ": " + what));
    }

    private static int line(@Nullable Node node) {
        return node == null || node.getStartMark() == null
                ? 1
                : node.getStartMark().getLine() + 1;
    }

    /** The keys and values of a mapping; keys that are not allowed are problems. */
    Fields fields(@Nullable Node node, String... allowed) {
        Map<String, Node> values = new LinkedHashMap<>();
        if (node instanceof MappingNode mapping) {
            List<String> names = List.of(allowed);
            for (NodeTuple tuple : mapping.getValue()) {
                String key = String.valueOf(scalar(tuple.getKeyNode()));
                if (names.isEmpty() || names.contains(key)) {
                    values.put(key, tuple.getValueNode());
                } else {
                    String hint = Nearest.hint(key, names);
                    problem(
                            tuple.getKeyNode(),
                            "unknown key '" + key + "'"
                                    + (hint.isEmpty() ? " (expected one of " + String.join(", ", names) + ")" : hint));
                }
            }
        } else {
            problem(node, "expected " + (allowed.length == 0 ? "keys" : String.join(", ", allowed)) + " with values");
        }
        return new Fields(this, node, values);
    }

    /** The entries of a sequence, or of a single value standing for a sequence of one. */
    List<Node> entries(Node node) {
        return node instanceof SequenceNode sequence ? sequence.getValue() : List.of(node);
    }

    /** The text of a scalar. */
    String text(Node node) {
        String text = scalar(node);
        if (text == null) {
            problem(node, "expected one value, found " + (node instanceof SequenceNode ? "a list" : "keys"));
            return "";
        }
        return text;
    }

    /** Reads a scalar with a parser whose {@link IllegalArgumentException} says what is wrong. */
    <T> T parsed(Node node, Function<String, T> parser, T onProblem) {
        String text = scalar(node);
        if (text == null) {
            text(node);
            return onProblem;
        }
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            problem(node, String.valueOf(e.getMessage()));
            return onProblem;
        }
    }

    /** The values of one mapping. */
    static final class Fields {
        private final YamlFile file;
        private final @Nullable Node node;
        private final Map<String, Node> values;

        Fields(YamlFile file, @Nullable Node node, Map<String, Node> values) {
            this.file = file;
            this.node = node;
            this.values = values;
        }

        Map<String, Node> values() {
            return values;
        }

        /** Whether these are keys indeed, and there are none. */
        boolean isEmptyMapping() {
            return values.isEmpty() && node instanceof MappingNode;
        }

        boolean has(String key) {
            return values.containsKey(key);
        }

        @Nullable
        Node node(String key) {
            return values.get(key);
        }

        /** The value of a key that may be absent. */
        <T> T optional(String key, Function<String, T> parser, T absent) {
            Node value = values.get(key);
            return value == null ? absent : file.parsed(value, parser, absent);
        }

        /** The value of a key that must be there. */
        <T> T required(String key, Function<String, T> parser, T onProblem) {
            Node value = values.get(key);
            if (value == null) {
                file.problem(node, "key '" + key + "' is missing");
                return onProblem;
            }
            return file.parsed(value, parser, onProblem);
        }

        /** A required text that is not blank. */
        String text(String key) {
            return required(key, Parse::notBlank, "");
        }

        /** Notes a problem at a key. */
        void problem(String key, String what) {
            Node value = values.get(key);
            file.problem(value == null ? node : value, what);
        }
    }
}
