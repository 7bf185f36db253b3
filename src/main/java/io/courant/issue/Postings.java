package io.courant.issue;

import java.util.Arrays;
import java.util.function.IntConsumer;

/** Who carries a hash. Of a hash that many carry, only the first are remembered: it tells nobody apart. */
final class Postings {
    private static final int MOST = 48;

    private int[] heads = new int[1 << 12]; // index + 1 of the newest entry of each chain, 0 for none
    private int[] next = new int[1 << 12];
    private int[] hashes = new int[1 << 12];
    private int[] owners = new int[1 << 12];
    private int size;

    void add(int hash, int owner) {
        int same = 0;
        for (int at = heads[hash & heads.length - 1]; at != 0; at = next[at - 1]) {
            same += hashes[at - 1] == hash ? 1 : 0;
        }
        if (same < MOST) {
            if (size == hashes.length) {
                grow();
            }
            hashes[size] = hash;
            owners[size] = owner;
            link(size++);
        }
    }

    void forEach(int hash, IntConsumer reader) {
        for (int at = heads[hash & heads.length - 1]; at != 0; at = next[at - 1]) {
            if (hashes[at - 1] == hash) {
                reader.accept(owners[at - 1]);
            }
        }
    }

    private void grow() {
        hashes = Arrays.copyOf(hashes, size * 2);
        owners = Arrays.copyOf(owners, size * 2);
        next = new int[size * 2];
        heads = new int[size * 2];
        for (int i = 0; i < size; i++) {
            link(i);
        }
    }

    private void link(int entry) {
        int chain = hashes[entry] & heads.length - 1;
        next[entry] = heads[chain];
        heads[chain] = entry + 1;
    }
}
