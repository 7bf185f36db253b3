package io.courant.delivery;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Bytes with slots, of which filling only copies arrays. In the encoded form a slot's name stands between NULs, which
 * cannot occur in 7-bit mail (RFC 5322 §4). Values are handed in by the position of their slot in a list that several
 * stencils can share.
 */
final class Stencil {
    static final byte MARK = 0;

    private final List<byte[]> segments = new ArrayList<>(); // one more than slots
    private final int[] slots;

    /** @param values the slots that values are handed in for; at least those that occur here */
    Stencil(byte[] encoded, List<Slot> values) {
        List<Slot> found = new ArrayList<>();
        int start = 0;
        for (int mark = indexOf(encoded, 0); mark < encoded.length; mark = indexOf(encoded, start)) {
            int end = end(encoded, mark);
            segments.add(Arrays.copyOfRange(encoded, start, mark));
            found.add(slot(encoded, mark, end));
            start = end + 1;
        }
        segments.add(Arrays.copyOfRange(encoded, start, encoded.length));
        this.slots = found.stream().mapToInt(values::indexOf).toArray();
    }

    /** The different slots in the order in which they first occur. */
    static List<Slot> slots(byte[] encoded) {
        List<Slot> slots = new ArrayList<>();
        int start = 0;
        for (int mark = indexOf(encoded, 0); mark < encoded.length; mark = indexOf(encoded, start)) {
            int end = end(encoded, mark);
            slots.add(slot(encoded, mark, end));
            start = end + 1;
        }
        return slots.stream().distinct().toList();
    }

    /** What all fillings begin with. */
    byte[] start() {
        return segments.get(0).clone();
    }

    /** How many bytes filling gives. */
    int size(byte[][] values) {
        int size = 0;
        for (byte[] segment : segments) {
            size += segment.length;
        }
        for (int slot : slots) {
            size += values[slot].length;
        }
        return size;
    }

    /** Writes the filled bytes. */
    void fill(Span out, byte[][] values) {
        for (int i = 0; i < segments.size(); i++) {
            out.write(segments.get(i));
            if (i < slots.length) {
                out.write(values[slots[i]]);
            }
        }
    }

    /** Digests what follows {@link #start()}. */
    void digestRest(MessageDigest digest, byte[][] values) {
        for (int i = 0; i < slots.length; i++) {
            digest.update(values[slots[i]]);
            digest.update(segments.get(i + 1));
        }
    }

    private static int end(byte[] encoded, int mark) {
        int end = indexOf(encoded, mark + 1);
        if (end == encoded.length) {
            throw new IllegalArgumentException("message template ends within the name of a slot");
        }
        return end;
    }

    private static Slot slot(byte[] encoded, int mark, int end) {
        return Slot.parse(new String(encoded, mark + 1, end - mark - 1, StandardCharsets.US_ASCII));
    }

    private static int indexOf(byte[] bytes, int from) {
        int i = from;
        while (i < bytes.length && bytes[i] != MARK) {
            i++;
        }
        return i;
    }
}
