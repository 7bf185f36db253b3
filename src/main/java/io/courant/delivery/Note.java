package io.courant.delivery;

import io.courant.audience.EmailAddress;
import io.courant.issue.Newsletter;
import io.courant.render.Rendering;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;

/**
 * A mail to one person that belongs to no issue: they are asked, or told, about something that was asked for.
 *
 * @param id what it is known by among all notes; a note that is tried again has the same, and the same Message-ID
 * @param date when it was written
 * @param rendering without pictures and markers
 */
public record Note(Newsletter newsletter, EmailAddress recipient, String id, Instant date, Rendering rendering) {
    /** What the Message-ID begins with; letters and digits that tell nothing. */
    String name() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
            return "note." + Base32.encode(Arrays.copyOf(hash, 10));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * Where it comes back to. Not VERP: nobody is a subscriber yet whom a bounce could be about, and the address is left
     * alone for a day anyway.
     */
    Envelope envelope() {
        return new Envelope(
                new EmailAddress("bounce@" + newsletter.from().address().domain()), recipient);
    }
}
