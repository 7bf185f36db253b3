package io.courant.section;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Ranks the words and phrases that a window of time uses more than the time before: log-odds ratio with an informative
 * Dirichlet prior (Monroe, Colaresi and Quinn, "Fightin' Words", Political Analysis 16, 2008, equations 16, 22 and 23).
 * It is a ranking only: words come in bursts, so a z says less than that of independent counts.
 */
final class RisingWords {
    /**
     * The prior is a text like both together, so many times as long as the window. A short one lets words through that
     * stand in one post, a long one those that everybody uses.
     */
    private static final double PRIOR_LENGTH = 10;

    private static final Comparator<Rising> ORDER = Comparator.comparingDouble(Rising::z)
            .thenComparingInt(Rising::count)
            .reversed()
            .thenComparing(Rising::words);

    private RisingWords() {}

    /**
     * The words that rise most, the first ones first; none while there is nothing to compare with.
     *
     * @param window how often each word or phrase stands in the window
     * @param before how often in the time before it
     */
    static List<Rising> of(Map<String, Integer> window, Map<String, Integer> before, int limit) {
        double inWindow = sum(window);
        double inBefore = sum(before);
        if (inWindow == 0 || inBefore == 0) {
            return List.of();
        }
        double scale = Math.min(1, PRIOR_LENGTH * inWindow / (inWindow + inBefore));
        double length = scale * (inWindow + inBefore);
        return window.entrySet().stream()
                .filter(word -> word.getValue() > 0)
                .map(word -> {
                    int count = word.getValue();
                    int earlier = Objects.requireNonNullElse(before.get(word.getKey()), 0);
                    double prior = scale * ((double) count + earlier);
                    double z = (logOdds(count + prior, inWindow + length) - logOdds(earlier + prior, inBefore + length))
                            / StrictMath.sqrt(1 / (count + prior) + 1 / (earlier + prior));
                    return new Rising(word.getKey(), count, earlier, z);
                })
                .filter(word -> word.z() > 0)
                .sorted(ORDER)
                .limit(limit)
                .toList();
    }

    private static double sum(Map<String, Integer> counts) {
        return counts.values().stream().mapToLong(Integer::longValue).sum();
    }

    private static double logOdds(double count, double of) {
        return StrictMath.log(count / (of - count)); // infinite for the only word of all, whose z is no number
    }
}
