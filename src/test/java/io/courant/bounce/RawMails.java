package io.courant.bounce;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Mail that never lay in a mailbox. */
public final class RawMails {
    private RawMails() {}

    public static RawMail of(String text) {
        try {
            return RawMail.read(
                    Instant.parse("2026-11-24T07:00:00Z"),
                    new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
