package io.courant.audience;

import java.util.Arrays;

/**
 * Which mailboxes of a file come more than once, found out from a hash of eight bytes for each row. What comes again
 * has to wait for the rest of the file; so that a file full of it does not fill the memory, it is dealt with in turns,
 * each a reading of the file. Two mailboxes with the same hash wait without need, and no more.
 */
final class Repeats {
    private final int waiting;
    private long[] hashes = new long[1 << 12];
    private int count;

    /** At most so many mailboxes wait in a turn. */
    Repeats(int waiting) {
        this.waiting = waiting;
    }

    /** Notes a row; all of them before the first question. */
    void add(String key) {
        if (count == hashes.length) {
            hashes = Arrays.copyOf(hashes, count * 2);
        }
        hashes[count++] = hash(key);
    }

    /** Keeps the hashes of those that come again, in order. */
    void close() {
        Arrays.sort(hashes, 0, count);
        int kept = 0;
        for (int i = 1; i < count; i++) {
            if (hashes[i] == hashes[i - 1] && (kept == 0 || hashes[kept - 1] != hashes[i])) {
                hashes[kept++] = hashes[i];
            }
        }
        hashes = Arrays.copyOf(hashes, kept);
        count = kept;
    }

    int turns() {
        return Math.max(1, (count + waiting - 1) / waiting);
    }

    /** In which turn the mailbox is dealt with; none: it comes once only. */
    int turn(String key) {
        int place = Arrays.binarySearch(hashes, hash(key));
        return place < 0 ? NONE : place / waiting;
    }

    static final int NONE = -1;

    /** FNV-1a, mixed once more at the end. */
    private static long hash(String key) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < key.length(); i++) {
            hash = (hash ^ key.charAt(i)) * 0x100000001b3L;
        }
        return (hash ^ (hash >>> 32)) * 0x9E3779B97F4A7C15L;
    }
}
