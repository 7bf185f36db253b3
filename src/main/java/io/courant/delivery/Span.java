package io.courant.delivery;

import java.io.ByteArrayOutputStream;

/** Lets through what lies between two positions of all that is written to it. */
final class Span {
    private final ByteArrayOutputStream out;
    private final int from;
    private final int to;
    private int position;

    Span(ByteArrayOutputStream out, int from, int to) {
        this.out = out;
        this.from = from;
        this.to = to;
    }

    void write(byte[] bytes) {
        int begin = Math.max(from - position, 0);
        int end = Math.min(to - position, bytes.length);
        if (begin < end) {
            out.write(bytes, begin, end - begin);
        }
        position += bytes.length;
    }
}
