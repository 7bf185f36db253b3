package io.courant.section;

import java.util.Arrays;

/**
 * A place where a section may begin.
 *
 * @param block index of the block that it stands in
 * @param heading without number
 * @param rest what follows the heading in the same block, possibly empty
 * @param numbered whether the heading bears a number of a run
 */
record Mark(int block, String heading, String rest, boolean numbered) {
    /** Characters of text that a section has at least; in less, lines are items of a list. */
    static final int MIN_BETWEEN = 80;

    /** Whether there is enough text between marks, by the median. */
    static boolean isSpacious(long[] between) {
        long[] sorted = between.clone();
        Arrays.sort(sorted);
        return sorted.length > 0 && sorted[sorted.length / 2] >= MIN_BETWEEN;
    }

    /** Whether this opens what every article has and no trend. */
    boolean isAdmin() {
        return AdminHeading.is(heading);
    }
}
