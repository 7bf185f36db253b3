package io.courant.job;

/**
 * How the deliveries of an issue are divided.
 *
 * @param size how many deliveries a part has at most; 0: as suits the database
 * @param threads how many parts a process that sends alone delivers at a time
 */
public record Split(int size, int threads) {
    /** As suits the database, one after the other. */
    public static final Split DEFAULT = new Split(0, 1);
}
