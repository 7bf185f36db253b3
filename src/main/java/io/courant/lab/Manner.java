package io.courant.lab;

/** How a relay's replies travel, and whether it lets commands come together (RFC 2920). */
public enum Manner {
    /** One command, one reply. */
    IN_TURN(false),
    /** Commands may come together, each reply goes out by itself. */
    PIPELINED(true),
    /** Replies wait until nothing more has come in, and share a segment; what most relays do. */
    PIPELINED_TOGETHER(true),
    /** Replies go out byte by byte. */
    PIPELINED_BYTE_BY_BYTE(true);

    private final boolean pipelining;

    Manner(boolean pipelining) {
        this.pipelining = pipelining;
    }

    boolean offersPipelining() {
        return pipelining;
    }
}
