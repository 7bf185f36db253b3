package io.courant.section;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Judges many tests at once by the rate of false discoveries among what is found (Benjamini and Hochberg, 1995). */
final class FalseDiscovery {
    private FalseDiscovery() {}

    /**
     * For each test the smallest rate at which it still counts as found: comparing that with a rate gives the same
     * answer as the step-up procedure at this rate.
     */
    static double[] rates(double[] p) {
        int[] falling = IntStream.range(0, p.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer test) -> p[test]).reversed())
                .mapToInt(Integer::intValue)
                .toArray();
        double[] rates = new double[p.length];
        Arrays.fill(rates, 1);
        double least = 1;
        for (int i = 0; i < falling.length; i++) {
            int rank = p.length - i;
            least = Math.min(least, p[falling[i]] * p.length / rank);
            rates[falling[i]] = least;
        }
        return rates;
    }
}
