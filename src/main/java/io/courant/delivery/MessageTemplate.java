package io.courant.delivery;

import io.courant.issue.Issue;
import io.courant.issue.Newsletter;
import io.courant.render.Rendering;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A message compiled to bytes with holes: encoded, broken into CRLF lines and free of leading dots, so that filling
 * it for a recipient only copies arrays. The same issue and rendering give the same bytes. Immutable.
 */
public final class MessageTemplate {
    private static final Pattern SUBJECT = Pattern.compile("^Subject:\\s*", Pattern.MULTILINE);

    private final byte[] encoded;
    private final List<Slot> slots;
    private final Stencil stencil;
    private final @Nullable DkimSigner signer;

    private MessageTemplate(byte[] encoded) {
        this.encoded = encoded;
        this.slots = Stencil.slots(encoded);
        this.stencil = new Stencil(encoded, slots);
        this.signer = null;
    }

    private MessageTemplate(MessageTemplate template, DkimSigner signer) {
        this.encoded = template.encoded;
        this.slots = template.slots;
        this.stencil = template.stencil;
        this.signer = signer;
    }

    /** Builds the message of an issue. */
    public static MessageTemplate compile(Newsletter newsletter, Issue issue, Rendering rendering) {
        return new MessageTemplate(new MessageCompiler(newsletter, issue, rendering).compile());
    }

    /** Builds the message of an issue for readers who want text and nothing else. */
    public static MessageTemplate compileText(Newsletter newsletter, Issue issue, Rendering rendering) {
        return new MessageTemplate(new MessageCompiler(newsletter, issue, rendering).compileText());
    }

    /** The message of a note. */
    static Message message(Note note, List<DkimKey> keys) {
        byte[] recipient = note.recipient().ascii().getBytes(StandardCharsets.UTF_8);
        return new MessageTemplate(new NoteCompiler(note).compile())
                .signedWith(keys, note.date())
                .filled(new byte[][] {recipient});
    }

    /** Reads what {@link #encoded()} gave. */
    public static MessageTemplate decode(byte[] encoded) {
        return new MessageTemplate(encoded.clone());
    }

    /**
     * The same template, whose messages bear a DKIM signature for each key. Signatures are no part of the stored form.
     *
     * @param at when the messages say they were signed; the same for all of an issue, so that none ever changes
     */
    public MessageTemplate signedWith(List<DkimKey> keys, Instant at) {
        return keys.isEmpty() ? this : new MessageTemplate(this, new DkimSigner(encoded, slots, keys, at));
    }

    /** The same template without signatures, whose messages say in the subject and a header that they are a test. */
    public MessageTemplate asTest() {
        String message = new String(encoded, StandardCharsets.ISO_8859_1);
        // The subject goes on in a line of its own, so that neither its folds nor its encoded words grow too long.
        String marked = SUBJECT.matcher(message).replaceFirst("X-Courant-Test: yes\r\nSubject: [Test]\r\n ");
        return new MessageTemplate(marked.getBytes(StandardCharsets.ISO_8859_1));
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

    /** The message for one recipient. */
    public Message fill(Personal personal) {
        byte[][] values = new byte[slots.size()][];
        for (int i = 0; i < values.length; i++) {
            values[i] = slots.get(i).fill(personal);
        }
        return filled(values);
    }

    private Message filled(byte[][] values) {
        return new Message(signer == null ? new byte[0] : signer.sign(values), stencil, values);
    }

    /** What stands for a slot in the stored form. */
    static byte[] mark(Slot slot) {
        ByteArrayOutputStream mark = new ByteArrayOutputStream();
        mark.write(Stencil.MARK);
        mark.writeBytes(slot.toString().getBytes(StandardCharsets.US_ASCII));
        mark.write(Stencil.MARK);
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
}
