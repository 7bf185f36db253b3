package io.courant.issue;

import java.util.Arrays;
import java.util.Random;

/**
 * Sketches a set so that similar sets probably share a band (Broder 1997; Indyk and Motwani 1998): of two sets with a
 * resemblance of .5 seven in eight pairs do, at .6 ninety-nine in a hundred.
 */
final class MinHash {
    private static final int BANDS = 32;
    private static final int ROWS = 4;
    private static final int[] FACTORS = new int[BANDS * ROWS];
    private static final int[] SUMMANDS = new int[BANDS * ROWS];

    static {
        Random fixed = new Random(128); // java.util.Random promises the same numbers everywhere
        for (int i = 0; i < FACTORS.length; i++) {
            FACTORS[i] = fixed.nextInt() | 1; // odd, so that it permutes
            SUMMANDS[i] = fixed.nextInt();
        }
    }

    private MinHash() {}

    /** One hash for each band of the sketch. */
    static int[] bands(int[] set) {
        int[] least = new int[FACTORS.length];
        Arrays.fill(least, Integer.MAX_VALUE);
        for (int element : set) {
            for (int i = 0; i < least.length; i++) {
                least[i] = Math.min(least[i], element * FACTORS[i] + SUMMANDS[i]);
            }
        }
        int[] bands = new int[BANDS];
        for (int band = 0; band < BANDS; band++) {
            int hash = band;
            for (int row = 0; row < ROWS; row++) {
                hash = Tokens.mixed(hash * 31 + least[band * ROWS + row]);
            }
            bands[band] = hash;
        }
        return bands;
    }
}
