package io.courant.render;

import java.io.ByteArrayOutputStream;
import java.util.zip.Adler32;

/**
 * Packs what consists of runs of one byte: deflate (RFC 1951) in one block of fixed codes, in which a run is its byte
 * and then copies of the byte just before.
 */
final class RunDeflate {
    private static final int SHORTEST_RUN = 3;
    private static final int LONGEST_RUN = 258;
    private static final int END_OF_BLOCK = 256;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int bits;
    private int held;

    private RunDeflate() {}

    /** In the format of RFC 1950, as PNG wants it. */
    static byte[] zlib(byte[] data) {
        RunDeflate deflate = new RunDeflate();
        deflate.out.write(0x78); // deflate, window of 32 KB
        deflate.out.write(0x01); // least effort, and what makes the two a multiple of 31
        deflate.block(data);
        Adler32 check = new Adler32();
        check.update(data);
        deflate.out.writeBytes(PalettePng.bigEndian((int) check.getValue()));
        return deflate.out.toByteArray();
    }

    private void block(byte[] data) {
        write(1, 1); // the last block
        write(1, 2); // of fixed codes
        int at = 0;
        while (at < data.length) {
            int copies = 0;
            while (at > 0 && copies < LONGEST_RUN && at + copies < data.length && data[at + copies] == data[at - 1]) {
                copies++;
            }
            if (copies >= SHORTEST_RUN) {
                run(copies);
                at += copies;
            } else {
                symbol(data[at] & 0xff);
                at++;
            }
        }
        symbol(END_OF_BLOCK);
        write(0, 7); // fills the last byte; what is left over is dropped
    }

    // RFC 1951, 3.2.5: lengths 3 to 10 have a symbol each; then each four symbols stand for twice as many lengths.
    private void run(int copies) {
        if (copies == LONGEST_RUN) {
            symbol(285);
        } else {
            int beyond = copies - SHORTEST_RUN;
            int extra = Math.max(0, 29 - Integer.numberOfLeadingZeros(beyond));
            symbol(257 + 4 * extra + (beyond >> extra));
            write(beyond & ((1 << extra) - 1), extra);
        }
        write(0, 5); // distance 1
    }

    // RFC 1951, 3.2.6.
    private void symbol(int symbol) {
        if (symbol < 144) {
            code(0x30 + symbol, 8);
        } else if (symbol < 256) {
            code(0x190 + symbol - 144, 9);
        } else if (symbol < 280) {
            code(symbol - 256, 7);
        } else {
            code(0xc0 + symbol - 280, 8);
        }
    }

    /** Codes start with their highest bit, unlike everything else. */
    private void code(int code, int length) {
        write(Integer.reverse(code) >>> (32 - length), length);
    }

    private void write(int value, int length) {
        held |= value << bits;
        bits += length;
        while (bits >= 8) {
            out.write(held);
            held >>>= 8;
            bits -= 8;
        }
    }
}
