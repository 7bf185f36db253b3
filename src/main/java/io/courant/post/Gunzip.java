package io.courant.post;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Unpacks gzip (RFC 1952) of one member or many. Java's own GZIPInputStream goes one call deeper for each empty member,
 * so that a few kilobytes of them end the thread, and it takes a pause between two members for the end.
 */
final class Gunzip extends InputStream {
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int HEADER_CHECKSUM = 2;

    private final InputStream in;
    private final byte[] buffer = new byte[8192];
    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private int next;
    private int end;
    private boolean started;
    private boolean inMember;
    private boolean ended;

    Gunzip(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (inMember || begin()) {
            int read = inflate(to, offset, length);
            if (read > 0) {
                checksum.update(to, offset, read);
                return read;
            }
            if (inflater.finished() || inflater.needsDictionary()) {
                finish();
            } else if (inflater.needsInput()) {
                if (next == end && !fill()) {
                    throw new EOFException();
                }
                inflater.setInput(buffer, next, end - next);
                next = end;
            }
        }
        return -1;
    }

    private int inflate(byte[] to, int offset, int length) throws ZipException {
        try {
            return inflater.inflate(to, offset, length);
        } catch (DataFormatException corrupt) {
            throw zip(corrupt.toString());
        }
    }

    /** Reads a member's header (section 2.3), if there is one more; what else follows a member is padding. */
    private boolean begin() throws IOException {
        if (ended || (next == end && !fill())) {
            ended = true;
            return false;
        }
        boolean gzip = number() == 0x1f && (next < end || fill()) && number() == 0x8b;
        if (!gzip) {
            if (!started) {
                throw zip("no gzip header");
            }
            ended = true;
            return false;
        }
        if (number() != Deflater.DEFLATED) {
            throw zip("unknown method");
        }
        int flags = number();
        skip(6);
        if ((flags & EXTRA) != 0) {
            skip(number() | number() << 8);
        }
        if ((flags & NAME) != 0) {
            skipText();
        }
        if ((flags & COMMENT) != 0) {
            skipText();
        }
        skip((flags & HEADER_CHECKSUM) == 0 ? 0 : 2);
        inflater.reset();
        checksum.reset();
        started = true;
        inMember = true;
        return true;
    }

    private void finish() throws IOException {
        next = end - inflater.getRemaining();
        long sum = four();
        long size = four();
        if (sum != checksum.getValue() || size != (inflater.getBytesWritten() & 0xffffffffL)) {
            throw zip("wrong checksum");
        }
        inMember = false;
    }

    private long four() throws IOException {
        return number() | number() << 8 | number() << 16 | (long) number() << 24;
    }

    private void skip(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            int unused = number();
        }
    }

    private void skipText() throws IOException {
        int c = number();
        while (c != 0) {
            c = number();
        }
    }

    private int number() throws IOException {
        if (next == end && !fill()) {
            throw new EOFException();
        }
        return buffer[next++] & 0xff;
    }

    private boolean fill() throws IOException {
        int read = in.read(buffer, 0, buffer.length);
        next = 0;
        end = Math.max(read, 0);
        return read > 0;
    }

    private static ZipException zip(String what) {
        return new ZipException(what);
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }
}
