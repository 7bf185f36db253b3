package io.courant.job;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** The values of a YAML file one by one, each with its dotted key and its place; entries of lists by number. */
final class YamlValues {
    private static final Pattern SECRET = Pattern.compile("(?i).*(password|secret|token|api-key)");
    private static final Pattern LOGIN = Pattern.compile("(?<=//)[^/?#\\s]*@");

    private final Function<Node, String> origin;
    private final List<InForce.Setting> found = new ArrayList<>();
    private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private YamlValues(Function<Node, String> origin) {
        this.origin = origin;
    }

    static List<InForce.Setting> of(MappingNode root, Function<Node, String> origin) {
        YamlValues values = new YamlValues(origin);
        values.add("", root);
        return values.found;
    }

    private void add(String key, Node node) {
        if (node instanceof ScalarNode scalar) {
            found.add(new InForce.Setting(key, shown(key, scalar.getValue()), origin.apply(node)));
        } else if (!seen.add(node)) {
            found.add(
                    new InForce.Setting(key, "(as above)", origin.apply(node))); // an alias, which may lead in circles
        } else if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                String name = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
                add(key.isEmpty() ? name : key + "." + name, tuple.getValueNode());
            }
        } else if (node instanceof SequenceNode sequence) {
            int number = 1;
            for (Node entry : sequence.getValue()) {
                add(key + "[" + number++ + "]", entry);
            }
        }
    }

    private static String shown(String key, String value) {
        return SECRET.matcher(key).matches()
                ? "(not shown)"
                : LOGIN.matcher(value).replaceAll("…@");
    }
}
