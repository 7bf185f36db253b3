package io.courant.delivery;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Signs the messages of one template (RFC 6376, relaxed/relaxed). Headers and body are brought into the form that is
 * signed once, and the hash of what all bodies begin with is kept: per message only the rest is hashed. The same
 * values give the same signature. Safe for use by several threads.
 */
final class DkimSigner {
    /**
     * RFC 6376 §5.4.1, and RFC 8058 §4 for the last two. Each is named once more than it occurs, so that no second
     * From or Subject can be added to a signed message (§8.15), nor a Reply-To where there was none.
     */
    private static final List<String> SIGNED = List.of(
            "From",
            "Reply-To",
            "To",
            "Subject",
            "Date",
            "Message-ID",
            "MIME-Version",
            "Content-Type",
            "List-Id",
            "List-Unsubscribe",
            "List-Unsubscribe-Post");

    private static final String END_OF_HEADER = "\r\n\r\n";
    private static final int LINE = 72;

    private final List<Seal> seals;
    private final Stencil header;
    private final Stencil body;
    private final MessageDigest bodyStart;

    /**
     * @param encoded the message with marks for its slots
     * @param slots the order in which values come
     * @param at when the messages say they were signed
     */
    DkimSigner(byte[] encoded, List<Slot> slots, List<DkimKey> keys, Instant at) {
        String message = new String(encoded, StandardCharsets.ISO_8859_1);
        int end = message.indexOf(END_OF_HEADER);
        StringBuilder names = new StringBuilder();
        StringBuilder signed = new StringBuilder();
        for (String name : SIGNED) {
            for (String field : fields(message.substring(0, end), name)) {
                names.append(names.isEmpty() ? "" : ":").append(name);
                signed.append(Relaxed.field(field)).append("\r\n");
            }
            names.append(names.isEmpty() ? "" : ":").append(name);
        }
        byte[] text = message.substring(end + END_OF_HEADER.length()).getBytes(StandardCharsets.ISO_8859_1);
        this.header = new Stencil(signed.toString().getBytes(StandardCharsets.ISO_8859_1), slots);
        this.body = new Stencil(checked(Relaxed.body(text)), slots);
        this.bodyStart = DkimKey.sha256();
        bodyStart.update(body.start());
        this.seals =
                keys.stream().map(key -> new Seal(key, at, names.toString())).toList();
    }

    /** The header fields to put before a message, one for each key. */
    byte[] sign(byte[][] values) {
        byte[][] relaxed = new byte[values.length][];
        for (int i = 0; i < values.length; i++) {
            relaxed[i] = Relaxed.lines(values[i]);
        }
        byte[] hash = Base64.getEncoder().encode(bodyHash(relaxed));
        byte[] signed = new Message(new byte[0], header, relaxed).bytes();
        ByteArrayOutputStream fields = new ByteArrayOutputStream(1_000 * seals.size());
        seals.forEach(seal -> seal.write(fields, signed, hash));
        return fields.toByteArray();
    }

    private byte[] bodyHash(byte[][] values) {
        try {
            MessageDigest digest = (MessageDigest) bodyStart.clone();
            body.digestRest(digest, values);
            return digest.digest();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("Java's SHA-256 can be cloned", e);
        }
    }

    /** Values can be relaxed apart from their surroundings only where no white space of these touches theirs. */
    private static byte[] checked(byte[] body) {
        boolean inMark = false;
        for (int i = 0; i < body.length; i++) {
            if (body[i] == Stencil.MARK) {
                boolean apart = inMark ? !Character.isWhitespace(body[i + 1]) : i == 0 || body[i - 1] == '\n';
                if (!apart) {
                    throw new IllegalArgumentException("a slot of the message has no line of its own");
                }
                inMark = !inMark;
            }
        }
        return body;
    }

    /** The fields of a name, the last first (RFC 6376 §5.4.2). */
    private static List<String> fields(String header, String name) {
        List<String> fields = new ArrayList<>();
        for (String field : header.split("\r\n(?![ \t])", -1)) {
            if (field.regionMatches(true, 0, name + ":", 0, name.length() + 1)) {
                fields.add(0, field);
            }
        }
        return fields;
    }

    /** What one key adds. */
    private static final class Seal {
        private static final String AFTER_HASH = ";\r\n b=";

        private final DkimKey key;
        private final byte[] start;
        private final byte[] relaxedStart;

        Seal(DkimKey key, Instant at, String names) {
            this.key = key;
            String field = "DKIM-Signature: v=1; a=" + key.algorithm() + "; c=relaxed/relaxed;\r\n d=" + key.domain()
                    + ";\r\n s=" + key.selector() + "; t=" + at.getEpochSecond() + ";\r\n h="
                    + names.replaceAll("(.{1,60}:)(?=.)", "$1\r\n ") + ";\r\n bh=";
            this.start = field.getBytes(StandardCharsets.US_ASCII);
            this.relaxedStart = Relaxed.field(field).getBytes(StandardCharsets.US_ASCII);
        }

        void write(ByteArrayOutputStream out, byte[] signed, byte[] bodyHash) {
            // RFC 6376 §3.7: the field itself comes last, with nothing in b= and without its line end
            ByteArrayOutputStream text = new ByteArrayOutputStream(signed.length + relaxedStart.length + 64);
            text.writeBytes(signed);
            text.writeBytes(relaxedStart);
            text.writeBytes(bodyHash);
            text.writeBytes("; b=".getBytes(StandardCharsets.US_ASCII));
            byte[] signature = Base64.getMimeEncoder(LINE, "\r\n ".getBytes(StandardCharsets.US_ASCII))
                    .encode(key.sign(text.toByteArray()));
            out.writeBytes(start);
            out.writeBytes(bodyHash);
            out.writeBytes(AFTER_HASH.getBytes(StandardCharsets.US_ASCII));
            out.writeBytes(signature);
            out.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
    }
}
