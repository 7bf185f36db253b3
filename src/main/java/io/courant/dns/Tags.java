package io.courant.dns;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A list of tags as DKIM and DMARC write it (RFC 6376 §3.2): {@code v=DKIM1; k=rsa}. */
final class Tags {
    private static final Pattern TAG = Pattern.compile("\\s*([A-Za-z][A-Za-z0-9_]*)\\s*=\\s*([^;]*?)\\s*");

    private final Map<String, String> values = new LinkedHashMap<>();

    /** @throws IllegalArgumentException if it is no such list */
    Tags(String text) {
        for (String part : text.split(";", -1)) {
            if (part.isBlank()) {
                continue;
            }
            Matcher tag = TAG.matcher(part);
            if (!tag.matches()) {
                throw new IllegalArgumentException("'" + part.strip() + "' is no tag=value");
            }
            if (values.put(tag.group(1), tag.group(2)) != null) {
                throw new IllegalArgumentException("the tag " + tag.group(1) + "= stands there twice");
            }
        }
    }

    Optional<String> of(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** Whether a list with colons between its entries has one of these; a tag that is not there allows all. */
    boolean allows(String name, String... entries) {
        return of(name).map(list -> Pattern.compile("\\s*:\\s*")
                        .splitAsStream(list)
                        .anyMatch(entry -> List.of(entries).contains(entry)))
                .orElse(true);
    }
}
