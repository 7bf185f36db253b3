package io.courant.job;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** What YAML allows and settings do not: a key that stands twice, and tags, which in other readers make objects. */
final class YamlRules {
    private static final Set<Tag> PLAIN =
            Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.TIMESTAMP, Tag.MERGE, Tag.MAP, Tag.SEQ);

    private YamlRules() {}

    /** Tells of each node that breaks a rule. */
    static void check(Node root, BiConsumer<Node, String> problem) {
        walk(root, node -> {
            if (!PLAIN.contains(node.getTag())) {
                String tag = node.getTag().getValue().replace(Tag.PREFIX, "!!");
                problem.accept(node, "tag '" + tag + "' is not allowed here; write the value without it");
            }
            if (node instanceof MappingNode mapping) {
                refuseDuplicates(mapping, problem);
            }
        });
    }

    private static void refuseDuplicates(MappingNode mapping, BiConsumer<Node, String> problem) {
        Map<String, Node> seen = new HashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (tuple.getKeyNode() instanceof ScalarNode key) {
                Node first = seen.putIfAbsent(key.getValue(), key);
                if (first != null) {
                    problem.accept(
                            key,
                            "key '" + key.getValue() + "' stands twice (first in line "
                                    + (first.getStartMark().getLine() + 1) + ")");
                }
            }
        }
    }

    /** Visits every node once, however often aliases lead to it. */
    static void walk(Node root, Consumer<Node> visitor) {
        Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Node> waiting = new ArrayDeque<>();
        waiting.add(root);
        while (!waiting.isEmpty()) {
            Node node = waiting.remove();
            if (!seen.add(node)) {
                continue;
            }
            visitor.accept(node);
            if (node instanceof MappingNode mapping) {
                mapping.getValue().forEach(tuple -> {
                    waiting.add(tuple.getKeyNode());
                    waiting.add(tuple.getValueNode());
                });
            } else if (node instanceof SequenceNode sequence) {
                waiting.addAll(sequence.getValue());
            }
        }
    }
}
