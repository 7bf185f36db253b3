package io.courant.delivery;

import io.courant.issue.Issue;
import io.courant.issue.Newsletter;
import io.courant.render.Rendering;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * A message compiled to bytes with holes: encoded, broken into CRLF lines and free of leading dots, so that filling
 * it for a recipient only copies arrays. The same issue and rendering give the same bytes. Immutable.
 */
public final class MessageTemplate {
    /** Marks the begin and end of a slot's name in the stored form: NUL cannot occur in 7-bit mail (RFC 5322 §4). */
    private static final byte MARK = 0;

    private final byte[] encoded;
    private final List<byte[]> segments; // one more than slots
    private final int[] slots; // indexes of distinct
    private final List<Slot> distinct;

    private MessageTemplate(byte[] encoded) {
        this.encoded = encoded;
        this.segments = new ArrayList<>();
        List<Slot> all = new ArrayList<>();
        int start = 0;
        for (int mark = indexOf(encoded, 0); mark < encoded.length; mark = indexOf(encoded, start)) {
            int end = indexOf(encoded, mark + 1);
            if (end == encoded.length) {
                throw new IllegalArgumentException("message template ends within the name of a slot");
            }
            segments.add(Arrays.copyOfRange(encoded, start, mark));
            all.add(Slot.parse(new String(encoded, mark + 1, end - mark - 1, StandardCharsets.US_ASCII)));
            start = end + 1;
        }
        segments.add(Arrays.copyOfRange(encoded, start, encoded.length));
        this.distinct = all.stream().distinct().toList();
        this.slots = all.stream().mapToInt(distinct::indexOf).toArray();
    }

    /** Builds the message of an issue. */
    public static MessageTemplate compile(Newsletter newsletter, Issue issue, Rendering rendering) {
        return new MessageTemplate(new MessageCompiler(newsletter, issue, rendering).compile());
    }

    /** Reads what {@link #encoded()} gave. */
    public static MessageTemplate decode(byte[] encoded) {
        return new MessageTemplate(encoded.clone());
    }

    /** The form in which a template is stored. */
    public byte[] encoded() {
        return encoded.clone();
    }

    /** SHA-256 of {@link #encoded()}, in hex. */
    public String sha256() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(encoded));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The complete message for one recipient, ready for the wire but for the final dot. */
    public byte[] fill(Personal personal) {
        byte[][] values = new byte[distinct.size()][];
        for (int i = 0; i < values.length; i++) {
            values[i] = distinct.get(i).fill(personal);
        }
        int length = 0;
        for (byte[] segment : segments) {
            length += segment.length;
        }
        for (int slot : slots) {
            length += values[slot].length;
        }
        byte[] message = new byte[length];
        int at = 0;
        for (int i = 0; i < segments.size(); i++) {
            at = copy(segments.get(i), message, at);
            if (i < slots.length) {
                at = copy(values[slots[i]], message, at);
            }
        }
        return message;
    }

    /** What stands for a slot in the stored form. */
    static byte[] mark(Slot slot) {
        ByteArrayOutputStream mark = new ByteArrayOutputStream();
        mark.write(MARK);
        mark.writeBytes(slot.toString().getBytes(StandardCharsets.US_ASCII));
        mark.write(MARK);
        return mark.toByteArray();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MessageTemplate template && Arrays.equals(encoded, template.encoded);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encoded);
    }

    private static int copy(byte[] from, byte[] to, int at) {
        System.arraycopy(from, 0, to, at, from.length);
        return at + from.length;
    }

    private static int indexOf(byte[] bytes, int from) {
        int i = from;
        while (i < bytes.length && bytes[i] != MARK) {
            i++;
        }
        return i;
    }
}
