package io.courant.render;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Guesses which known name somebody meant. */
public final class Nearest {
    private Nearest() {}

    /** The most similar known name, if at most a third of it (and never fewer than two letters) is different. */
    static Optional<String> to(String wrong, Collection<String> known) {
        return known.stream()
                .filter(name -> distance(wrong, name) <= Math.max(2, name.length() / 3))
                .filter(name -> distance(wrong, name) < name.length())
                .min(Comparator.<String>comparingInt(name -> distance(wrong, name))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** {@code " (did you mean 'title'?)"} as the end of a message; empty when nothing is near. */
    public static String hint(String wrong, Collection<String> known) {
        return hint(to(wrong, known));
    }

    /** The same for a guess that was worked on. */
    static String hint(Optional<String> guess) {
        return guess.map(name -> " (did you mean '" + name + "'?)").orElse("");
    }

    private static int distance(String one, String other) {
        return LevenshteinDistance.getDefaultInstance()
                .apply(one.toLowerCase(Locale.ROOT), other.toLowerCase(Locale.ROOT));
    }
}
