package io.courant.bounce;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/** A mail as it lies in a mailbox, from its first byte to as much of it as is read. */
public final class RawMail {
    /** A report says what it has to say at its beginning; what follows is our own mail, or somebody's film. */
    static final int MOST_BYTES = 1 << 20;

    private final Instant at;
    private final byte[] bytes;

    private RawMail(Instant at, byte[] bytes) {
        this.at = at;
        this.bytes = bytes;
    }

    /** Reads a mail, but no more of it than is needed. */
    static RawMail read(Instant at, InputStream in) throws IOException {
        return new RawMail(at, in.readNBytes(MOST_BYTES));
    }

    /** When it came in. */
    Instant at() {
        return at;
    }

    InputStream content() {
        return new ByteArrayInputStream(bytes);
    }

    /** What identifies a mail that has no Message-ID: a digest of its header, whose trace differs for any two mails. */
    String fingerprint() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, 0, headerLength());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private int headerLength() {
        boolean atLineStart = false;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                if (atLineStart) {
                    return i;
                }
                atLineStart = true;
            } else if (bytes[i] != '\r') {
                atLineStart = false;
            }
        }
        return bytes.length;
    }
}
