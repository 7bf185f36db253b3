package io.courant.audience;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What listmonk keeps of a subscriber in JSON of the user's own making, as far as it goes by a usual name.
 *
 * @param tags null: none are spoken of
 * @param language possibly empty
 */
record CsvAttributes(@Nullable List<String> tags, String language) {
    private static final CsvAttributes NONE = new CsvAttributes(null, "");
    private static final JsonMapper JSON = new JsonMapper();

    CsvAttributes {
        tags = tags == null ? null : List.copyOf(tags);
    }

    static CsvAttributes of(String json) {
        if (json.isEmpty() || json.equals("{}")) {
            return NONE;
        }
        JsonNode node;
        try {
            node = JSON.readTree(json);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "attributes are not JSON: '" + EmailAddress.printable(json)
                            + "'; correct them, or leave them out with --map attributes=",
                    e);
        }
        String language = Stream.of("language", "lang", "locale")
                .map(node::path)
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue)
                .findFirst()
                .orElse("");
        return new CsvAttributes(tags(node.path("tags")), language.strip());
    }

    private static @Nullable List<String> tags(JsonNode node) {
        if (!node.isArray() && !node.isString()) {
            return null;
        }
        List<String> tags = new ArrayList<>();
        if (node.isString()) {
            tags.add(node.stringValue());
        }
        for (JsonNode tag : node) {
            if (tag.isString()) {
                tags.add(tag.stringValue());
            }
        }
        return tags.stream()
                .map(String::strip)
                .filter(tag -> !tag.isEmpty())
                .distinct()
                .toList();
    }
}
