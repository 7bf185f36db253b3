package io.courant.delivery;

import java.io.ByteArrayOutputStream;

/**
 * A message for one recipient, ready for the wire but for the final dot: it ends with CRLF, and no line of it begins
 * with a dot. Its bytes are put together where they are written to, so that a run of a million leaves no garbage.
 */
public final class Message {
    private final byte[] before;
    private final Stencil stencil;
    private final byte[][] values;
    private final int size;

    /** What the stencil gives with these values, after other bytes. */
    Message(byte[] before, Stencil stencil, byte[][] values) {
        this.before = before;
        this.stencil = stencil;
        this.values = values;
        this.size = before.length + stencil.size(values);
    }

    /** How many bytes it has. */
    public int size() {
        return size;
    }

    /** All of it. */
    public byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(size);
        writeTo(new Span(bytes, 0, size));
        return bytes.toByteArray();
    }

    /** Writes as much of it as the span lets through. */
    void writeTo(Span span) {
        span.write(before);
        stencil.fill(span, values);
    }
}
