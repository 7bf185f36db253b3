package io.courant.delivery;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** An issue's variants by name, the messages of those used last at hand. Safe for use by several threads. */
public final class Variants {
    /** Twenty megabytes or so of messages. */
    private static final int AT_HAND = 256;

    private final Map<String, Variant> variants;
    private final Map<String, MessageTemplate> atHand = Collections.synchronizedMap(new Recent());

    public Variants(List<Variant> variants) {
        this.variants = variants.stream().collect(Collectors.toMap(Variant::name, variant -> variant));
    }

    /** The message of a variant. */
    public MessageTemplate message(String name) {
        MessageTemplate known = atHand.get(name);
        if (known != null) {
            return known;
        }
        Variant variant = variants.get(name);
        if (variant == null) {
            throw new IllegalStateException("the issue has no variant '" + name + "'");
        }
        MessageTemplate message = variant.message(); // outside any lock: others need not wait for the database
        atHand.put(name, message);
        return message;
    }

    private static final class Recent extends LinkedHashMap<String, MessageTemplate> {
        private static final long serialVersionUID = 1L;

        Recent() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, MessageTemplate> eldest) {
            return size() > AT_HAND;
        }
    }
}
