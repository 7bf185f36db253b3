package io.courant.store;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** How many rows there are, and the sum of their hashes, in which the order of the rows makes no difference. */
final class RowSum {
    private final MessageDigest digest;
    private final long[] sum = new long[4];
    private long rows;

    RowSum() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    void add(RowText row) {
        digest.update(row.bytes(), 0, row.length());
        ByteBuffer hash = ByteBuffer.wrap(digest.digest());
        for (int i = 0; i < sum.length; i++) {
            sum[i] += hash.getLong();
        }
        rows++;
    }

    long rows() {
        return rows;
    }

    boolean isThatOf(RowSum other) {
        return rows == other.rows && Arrays.equals(sum, other.sum);
    }
}
