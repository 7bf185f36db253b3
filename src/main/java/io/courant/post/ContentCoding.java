package io.courant.post;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/** Unpacks bodies as they come (RFC 9110 section 8.4), up to the size that is read at all. */
final class ContentCoding {
    static final String ACCEPTED = "gzip, deflate";

    /** More than one is a server's mistake; more than two is an attack. */
    private static final int MOST = 2;

    private ContentCoding() {}

    /** A body that cannot be unpacked; the message follows the address and a colon. */
    static final class Unreadable extends IOException {
        private static final long serialVersionUID = 1;

        Unreadable(String problem) {
            super(problem);
        }
    }

    /**
     * All of a body. It is read to its end if this returns, and nobody knows how far if it throws.
     *
     * @param codings what the header Content-Encoding says
     */
    static byte[] read(InputStream body, String codings) throws IOException {
        List<String> names = names(codings);
        Counted wire = new Counted(body, true);
        InputStream plain = wire;
        try {
            for (int i = names.size() - 1; i >= 0; i--) { // the one applied last is named last
                plain = new Counted(unpacked(plain, names.get(i)), false);
            }
            byte[] content = plain.readAllBytes();
            wire.skipToEnd(); // so that a body that broke off is noticed, and the connection can be used again
            return content;
        } catch (ZipException | EOFException corrupt) {
            wire.skipToEnd(); // throws if the body broke off, which is then what is wrong
            Unreadable unreadable = new Unreadable("comes packed as '" + TitleLine.oneLine(codings)
                    + "' but cannot be unpacked; try again later or tell its owner");
            unreadable.initCause(corrupt);
            throw unreadable;
        } finally {
            plain.close();
        }
    }

    private static List<String> names(String codings) throws Unreadable {
        List<String> names = new ArrayList<>();
        for (String name : codings.toLowerCase(Locale.ROOT).split(",", -1)) {
            String coding = name.strip();
            if (!coding.isEmpty() && !coding.equals("identity")) {
                names.add(coding);
            }
        }
        for (String name : names) {
            if (!name.equals("gzip") && !name.equals("x-gzip") && !name.equals("deflate")) {
                throw new Unreadable("comes packed as '" + TitleLine.oneLine(name) + "' although only " + ACCEPTED
                        + " were offered; tell its owner");
            }
        }
        if (names.size() > MOST) {
            throw new Unreadable("comes packed " + names.size() + " times over; tell its owner");
        }
        return names;
    }

    private static InputStream unpacked(InputStream packed, String coding) throws IOException {
        PushbackInputStream in = new PushbackInputStream(packed, 2);
        int first = in.read();
        if (first < 0) {
            return InputStream.nullInputStream();
        }
        int second = coding.equals("deflate") ? in.read() : -1;
        if (second >= 0) {
            in.unread(second);
        }
        in.unread(first);
        if (!coding.equals("deflate")) {
            return new Gunzip(in);
        }
        // RFC 9110 section 8.4.1.2: deflate means zlib (RFC 1950), but some send it without zlib's header.
        boolean zlib = (first & 0x0f) == 8 && first >> 4 <= 7 && (first << 8 | Math.max(second, 0)) % 31 == 0;
        Inflater inflater = new Inflater(!zlib);
        // Without zlib's header and trailer an Inflater may want one byte after the end.
        InputStream padded = zlib ? in : new SequenceInputStream(in, new ByteArrayInputStream(new byte[1]));
        return new InflaterInputStream(padded, inflater) {
            @Override
            public void close() throws IOException {
                super.close();
                inflater.end();
            }
        };
    }

    /** Lets no more through than a document may have, at every stage: empty gzip members would go on for ever. */
    private static final class Counted extends FilterInputStream {
        private final boolean isWire;
        private long left = PostReader.MAX_BYTES;

        Counted(InputStream in, boolean isWire) {
            super(in);
            this.isWire = isWire;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            int read = super.read(to, offset, length);
            left -= Math.max(read, 0);
            if (left < 0) {
                throw new Unreadable(PostReader.tooLarge(null));
            }
            return read;
        }

        /** The body stays open: closing it would read all that is left. */
        @Override
        public void close() throws IOException {
            if (!isWire) {
                super.close();
            }
        }

        void skipToEnd() throws IOException {
            byte[] buffer = new byte[8192];
            int read = 0;
            while (read >= 0) {
                read = read(buffer, 0, buffer.length);
            }
        }
    }
}
