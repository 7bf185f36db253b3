package io.courant.delivery;

import io.courant.issue.Edition;
import java.util.List;

/**
 * An edition of an issue that is about to be frozen.
 *
 * @param name of the variant that it becomes
 * @param sha256 of its message, which is kept
 * @param shows sections of the items that all its readers see
 */
public record Print(String name, Edition edition, String sha256, List<Long> shows) {
    public Print {
        shows = List.copyOf(shows);
    }
}
