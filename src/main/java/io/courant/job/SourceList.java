package io.courant.job;

import io.courant.job.JobFolder.NewSource;
import java.io.StringReader;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * The list of sources in the text of a job file, which grows in the style that it is written in. Nothing else of the
 * text changes: comments, order, line ends and spacing are the editor's.
 */
final class SourceList {
    private static final String KEY = "sources";

    private final String name;
    private final String text;
    private final String lineEnd;
    private final MappingNode root;

    /**
     * @param name how messages call the file
     * @throws JobFileException when the text is not YAML, or has no keys
     */
    SourceList(String name, String text) {
        this.name = name;
        this.text = text;
        int end = text.indexOf('\n');
        this.lineEnd =
                end > 0 && text.charAt(end - 1) == '\r' ? "\r\n" : end < 0 && text.indexOf('\r') >= 0 ? "\r" : "\n";
        this.root = root();
    }

    private MappingNode root() {
        try {
            if (yaml().compose(new StringReader(text)) instanceof MappingNode mapping
                    && mapping.getFlowStyle() == FlowStyle.BLOCK) {
                return mapping;
            }
        } catch (YAMLException e) {
            throw refused(1, "not YAML: " + e.getMessage());
        }
        throw refused(1, "expected keys with values, one a line");
    }

    /** Where a feed is, but for what makes no difference: the case of the host, a fragment. */
    static String identity(String feed) {
        try {
            URI uri = URI.create(feed.strip());
            String host = uri.getHost();
            return host == null
                    ? feed
                    : host.toLowerCase(Locale.ROOT) + ":" + uri.getPort() + uri.getRawPath() + "?" + uri.getRawQuery();
        } catch (IllegalArgumentException notAnAddress) {
            return feed;
        }
    }

    /** The identities of the feeds in the list. */
    Set<String> feeds() {
        Set<String> feeds = new HashSet<>();
        for (Node entry : entries()) {
            if (value(entry, "feed") instanceof ScalarNode feed) {
                feeds.add(identity(feed.getValue()));
            }
        }
        return feeds;
    }

    private List<Node> entries() {
        Node list = value(root, KEY);
        return list instanceof SequenceNode sequence ? sequence.getValue() : list == null ? List.of() : List.of(list);
    }

    /**
     * The text with more sources at the end of the list.
     *
     * @throws JobFileException when the list is written in a way that cannot be added to
     */
    String with(List<NewSource> more) {
        if (more.isEmpty()) {
            return text;
        }
        String grown = grown(more);
        int expected = (isEmpty(value(root, KEY)) ? 0 : entries().size()) + more.size();
        if (new SourceList(name, grown).entries().size() != expected) {
            throw byHand(value(root, KEY), "is written in a way that cannot be added to");
        }
        return grown;
    }

    private String grown(List<NewSource> more) {
        Node list = value(root, KEY);
        if (list == null) {
            boolean open = text.isEmpty() || text.endsWith("\n") || text.endsWith("\r");
            return text + (open ? "" : lineEnd) + KEY + ":" + lineEnd + block("  ", more) + lineEnd;
        }
        if (key(root, KEY)
                .filter(key -> at(key.getEndMark()) <= at(list.getStartMark()))
                .isEmpty()) {
            throw byHand(list, "is a reference to another place");
        }
        if (isEmpty(list)) {
            return filled(list, more);
        }
        if (!(list instanceof SequenceNode sequence)) {
            throw byHand(list, "is no list");
        }
        Node last = sequence.getValue().get(sequence.getValue().size() - 1);
        if (!isInPlace(last, sequence)) {
            throw byHand(last, "ends with a reference to another place");
        }
        return sequence.getFlowStyle() == FlowStyle.FLOW ? flow(sequence, last, more) : block(last, more);
    }

    private static boolean isEmpty(@Nullable Node list) {
        return list == null
                || (list instanceof SequenceNode sequence && sequence.getValue().isEmpty())
                || (list instanceof ScalarNode scalar && scalar.getTag().equals(Tag.NULL));
    }

    /** An alias stands for a node that is elsewhere. */
    private static boolean isInPlace(Node node, Node parent) {
        return at(node.getStartMark()) >= at(parent.getStartMark()) && at(node.getEndMark()) <= at(parent.getEndMark());
    }

    private static int at(Mark mark) {
        return mark.getIndex();
    }

    /** Where a mark is in the text: marks count code points. */
    private int offset(Mark mark) {
        return text.offsetByCodePoints(0, mark.getIndex());
    }

    /** A list where {@code []}, {@code ~} or nothing stands. */
    private String filled(Node list, List<NewSource> more) {
        int start = offset(list.getStartMark());
        int end = offset(list.getEndMark());
        String written = text.substring(start, end).strip();
        if (!written.matches("\\[\\s*]|~|null|Null|NULL|")) {
            throw byHand(list, "has comments in an empty list");
        }
        if (written.isEmpty()) { // the mark of nothing may be anywhere up to the next key
            start = key(root, KEY)
                    .map(node -> text.indexOf(':', offset(node.getEndMark())) + 1)
                    .orElseThrow();
            end = start;
        }
        int line = lineEnd(end);
        String before = text.substring(0, start).stripTrailing();
        return before + text.substring(end, line) + lineEnd + block("  ", more) + text.substring(line);
    }

    private String block(Node last, List<NewSource> more) {
        int start = offset(last.getStartMark());
        int line = start;
        while (line > 0 && text.charAt(line - 1) != '\n' && text.charAt(line - 1) != '\r') {
            line--;
        }
        String prefix = text.substring(line, start);
        String indent = prefix.substring(0, Math.max(0, prefix.indexOf('-')));
        if (!prefix.strip().equals("-") || !indent.isBlank()) {
            throw byHand(last, "has its last entry in a form that cannot be continued");
        }
        int end = end(last);
        while (end > start && Character.isWhitespace(text.charAt(end - 1))) {
            end--; // the mark after a block is where the next begins
        }
        int at = lineEnd(end);
        boolean flow = last instanceof MappingNode mapping && mapping.getFlowStyle() == FlowStyle.FLOW;
        String entries = flow
                ? String.join(
                        lineEnd,
                        more.stream().map(source -> prefix + flow(source)).toList())
                : block(indent, prefix.substring(indent.length()), more);
        return text.substring(0, at) + lineEnd + entries + text.substring(at);
    }

    /** Where a node's last value ends: comments after it are not its own. */
    private int end(Node node) {
        Node last = node;
        while (true) {
            Node inner = null;
            if (last instanceof MappingNode mapping && mapping.getFlowStyle() != FlowStyle.FLOW) {
                inner = mapping.getValue().get(mapping.getValue().size() - 1).getValueNode();
            } else if (last instanceof SequenceNode list && list.getFlowStyle() != FlowStyle.FLOW) {
                inner = list.getValue().get(list.getValue().size() - 1);
            }
            if (inner == null) {
                return offset(last.getEndMark());
            }
            if (!isInPlace(inner, last)) {
                throw byHand(node, "ends with a reference to another place");
            }
            last = inner;
        }
    }

    private String flow(SequenceNode list, Node last, List<NewSource> more) {
        int end = offset(last.getEndMark());
        int close = offset(list.getEndMark()) - 1;
        List<String> entries = more.stream().map(SourceList::flow).toList();
        int line = lineEnd(end);
        if (line > close) { // the bracket closes the same line
            boolean oneLine = last.getEndMark().getLine() == list.getStartMark().getLine();
            String separator = oneLine
                    ? ", "
                    : "," + lineEnd + " ".repeat(last.getStartMark().getColumn());
            return text.substring(0, end) + separator + String.join(separator, entries) + text.substring(end);
        }
        boolean comma = text.substring(end, line).stripLeading().startsWith(",");
        String indent = lineEnd + " ".repeat(last.getStartMark().getColumn());
        return text.substring(0, end)
                + (comma ? "" : ",")
                + text.substring(end, line)
                + indent
                + String.join("," + indent, entries)
                + (comma ? "," : "")
                + text.substring(line);
    }

    private int lineEnd(int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        return end;
    }

    private String block(String indent, List<NewSource> more) {
        return block(indent, "- ", more);
    }

    private String block(String indent, String dash, List<NewSource> more) {
        List<String> lines = new ArrayList<>();
        for (NewSource source : more) {
            lines.add(indent + dash + "name: " + scalar(source.name(), false));
            lines.add(indent + " ".repeat(dash.length()) + "feed: "
                    + scalar(source.feed().toString(), false));
        }
        return String.join(lineEnd, lines);
    }

    private static String flow(NewSource source) {
        return "{name: " + scalar(source.name(), true) + ", feed: "
                + scalar(source.feed().toString(), true) + "}";
    }

    /** As plain as YAML reads it back as the same text. */
    private static String scalar(String value, boolean inFlow) {
        String list = inFlow ? "[{k: " + value + "}]" : "- k: " + value;
        try {
            if (yaml().compose(new StringReader(list)) instanceof SequenceNode read
                    && read.getValue().size() == 1
                    && read.getValue().get(0) instanceof MappingNode mapping
                    && mapping.getValue().size() == 1
                    && mapping.getValue().get(0).getValueNode() instanceof ScalarNode scalar
                    && scalar.isPlain()
                    && scalar.getTag().equals(Tag.STR)
                    && scalar.getValue().equals(value)) {
                return value;
            }
        } catch (YAMLException notPlain) {
            return quoted(value);
        }
        return quoted(value);
    }

    private static String quoted(String value) {
        StringBuilder quoted = new StringBuilder("\"");
        value.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').appendCodePoint(c);
            } else if (Character.isISOControl(c)
                    || Character.getType(c) == Character.SURROGATE
                    || c == 0xFEFF
                    || c == 0x2028
                    || c == 0x2029
                    || (c & 0xFFFE) == 0xFFFE) {
                quoted.append(c > 0xFFFF ? String.format("\\U%08x", c) : String.format("\\u%04x", c));
            } else {
                quoted.appendCodePoint(c);
            }
        });
        return quoted.append('"').toString();
    }

    private static @Nullable Node value(Node node, String key) {
        return tuple(node, key).map(NodeTuple::getValueNode).orElse(null);
    }

    private static Optional<Node> key(Node node, String key) {
        return tuple(node, key).map(NodeTuple::getKeyNode);
    }

    private static Optional<NodeTuple> tuple(Node node, String key) {
        return node instanceof MappingNode mapping
                ? mapping.getValue().stream()
                        .filter(tuple -> tuple.getKeyNode() instanceof ScalarNode scalar
                                && scalar.getValue().equals(key))
                        .findFirst()
                : Optional.empty();
    }

    private static Yaml yaml() {
        return new Yaml(new SafeConstructor(new LoaderOptions()));
    }

    private JobFileException byHand(@Nullable Node at, String why) {
        int line = at == null ? 1 : at.getStartMark().getLine() + 1;
        return refused(
                line, "'sources' " + why + "; write it as a list of entries '- name: …', or add the sources by hand");
    }

    private JobFileException refused(int line, String why) {
        return new JobFileException(List.of(name + ":" + line + ": " + why));
    }
}
