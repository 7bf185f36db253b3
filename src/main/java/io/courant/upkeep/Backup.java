package io.courant.upkeep;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a backup holds.
 *
 * @param made when it was begun: nothing later is in it
 * @param schema the number of the newest script that made its tables
 * @param rows how many there are of what matters, by table
 * @param files names of all files in it
 */
public record Backup(Instant made, int schema, Map<String, Long> rows, List<String> files) {
    public Backup {
        rows = Collections.unmodifiableMap(new LinkedHashMap<>(rows));
        files = List.copyOf(files);
    }
}
