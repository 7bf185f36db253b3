package io.courant.desk;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** A mail as a frame of a page shows it: it runs nothing, loads nothing, and leads nowhere (CSP level 3). */
final class MailFrames {
    static final String POLICY =
            "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors"
                    + " 'self'; form-action 'none'; base-uri 'none'";

    private MailFrames() {}

    static ResponseEntity<byte[]> html(String html) {
        return frame(new MediaType(MediaType.TEXT_HTML, UTF_8), html);
    }

    static ResponseEntity<byte[]> text(String text) {
        return frame(new MediaType(MediaType.TEXT_PLAIN, UTF_8), text);
    }

    private static ResponseEntity<byte[]> frame(MediaType type, String text) {
        return ResponseEntity.ok()
                .header("Content-Security-Policy", POLICY)
                .header("X-Frame-Options", "SAMEORIGIN")
                .contentType(type)
                .body(text.getBytes(UTF_8));
    }
}
