package io.courant.render;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * A small image in two colours on a transparent ground, as PNG (ISO/IEC 15948) with two bits a pixel. It is packed by a
 * {@link RunDeflate} of its own, because what a library packs differs from one version to the next, and a mail whose
 * bytes change could not be compared with the one that was approved.
 */
final class PalettePng {
    static final int INK = 1;
    static final int ACCENT = 2;

    /** Stands out by 3:1 and more on light paper and on dark (WCAG 2.2, 1.4.11), as an accent should, too. */
    private static final int INK_COLOUR = 0x827a6e;

    private static final byte[] OPACITY = {0, (byte) 0xff, (byte) 0xff}; // what is not listed is opaque

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int BIT_DEPTH = 2;
    private static final int PIXELS_PER_BYTE = 8 / BIT_DEPTH;
    private static final int INDEXED = 3;
    private static final int FILTER_UP = 2;

    private final int[] colours;
    private final int width;
    private final byte[][] rows;

    /** @param accent 0xrrggbb */
    PalettePng(int width, int height, int accent) {
        this.colours = new int[] {0x000000, INK_COLOUR, accent, 0x000000}; // ground and spare are never seen
        this.width = width;
        this.rows = new byte[height][(width + PIXELS_PER_BYTE - 1) / PIXELS_PER_BYTE];
    }

    /** Fills a rectangle that was empty. */
    void fill(int left, int top, int wide, int high, int colour) {
        for (int y = top; y < top + high; y++) {
            for (int x = left; x < left + wide; x++) {
                int shift = (PIXELS_PER_BYTE - 1 - x % PIXELS_PER_BYTE) * BIT_DEPTH;
                rows[y][x / PIXELS_PER_BYTE] = (byte) (rows[y][x / PIXELS_PER_BYTE] | colour << shift);
            }
        }
    }

    byte[] bytes() {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        png.writeBytes(SIGNATURE);
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        header.writeBytes(bigEndian(width));
        header.writeBytes(bigEndian(rows.length));
        header.writeBytes(new byte[] {BIT_DEPTH, INDEXED, 0, 0, 0}); // deflate, adaptive filters, not interlaced
        chunk(png, "IHDR", header.toByteArray());
        ByteArrayOutputStream palette = new ByteArrayOutputStream();
        for (int colour : colours) {
            palette.writeBytes(Arrays.copyOfRange(bigEndian(colour), 1, 4));
        }
        chunk(png, "PLTE", palette.toByteArray());
        chunk(png, "tRNS", OPACITY);
        chunk(png, "IDAT", RunDeflate.zlib(filtered()));
        chunk(png, "IEND", new byte[0]);
        return png.toByteArray();
    }

    /** Each row less the one above: bars become zeros but for their upper ends. */
    private byte[] filtered() {
        ByteArrayOutputStream filtered = new ByteArrayOutputStream();
        byte[] above = new byte[rows[0].length];
        for (byte[] row : rows) {
            filtered.write(FILTER_UP);
            for (int i = 0; i < row.length; i++) {
                filtered.write(row[i] - above[i]);
            }
            above = row;
        }
        return filtered.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream png, String type, byte[] data) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 check = new CRC32();
        check.update(name);
        check.update(data);
        png.writeBytes(bigEndian(data.length));
        png.writeBytes(name);
        png.writeBytes(data);
        png.writeBytes(bigEndian((int) check.getValue()));
    }

    static byte[] bigEndian(int value) {
        return new byte[] {(byte) (value >>> 24), (byte) (value >>> 16), (byte) (value >>> 8), (byte) value};
    }
}
