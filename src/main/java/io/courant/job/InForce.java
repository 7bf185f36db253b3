package io.courant.job;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Settings as they are in force, for people to read: no secret is among them. */
public record InForce(List<Setting> settings) {
    public InForce {
        settings = List.copyOf(settings);
    }

    /**
     * A setting.
     *
     * @param value null: none is set
     * @param origin a flag, a variable, file and line, or default
     */
    public record Setting(String key, @Nullable String value, String origin) {}

    /** The setting of this name, of which there is always one. */
    public Setting setting(String key) {
        return settings.stream()
                .filter(one -> one.key().equals(key))
                .findFirst()
                .orElseThrow();
    }
}
