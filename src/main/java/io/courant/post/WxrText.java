package io.courant.post;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/**
 * The characters of an export without those that XML 1.0 forbids (section 2.2), which WordPress writes out as they are.
 * A single thing within, such as a comment, may be large, but not without end: parsers keep it whole.
 */
final class WxrText extends FilterReader {
    static final int MAX_CHARS = 4 * PostReader.MAX_BYTES;

    private long read;
    private long allowed = MAX_CHARS;
    private boolean ended;

    WxrText(Reader in) {
        super(in);
    }

    /** Something was made of all that was read: from here on, as much again may come. */
    void progress() {
        allowed = read + MAX_CHARS;
    }

    /** Whether the last character was read. */
    boolean isEnded() {
        return ended;
    }

    @Override
    public int read() throws IOException {
        char[] one = new char[1];
        return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        int kept = 0;
        while (kept == 0 && length > 0) {
            int count = in.read(buffer, offset, length);
            if (count < 0) {
                ended = true;
                return -1;
            }
            read += count;
            if (read > allowed) {
                throw new TooLarge();
            }
            kept = keep(buffer, offset, count);
        }
        return kept;
    }

    private static int keep(char[] buffer, int offset, int length) {
        int to = offset;
        for (int i = offset; i < offset + length; i++) {
            char c = buffer[i];
            // half a pair cannot be here: decoders replace it
            if ((c >= ' ' && c < '\uFFFE') || c == '\n' || c == '\t' || c == '\r') {
                buffer[to++] = c;
            }
        }
        return to - offset;
    }

    /** One thing in the export has no end. */
    static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1;
    }
}
