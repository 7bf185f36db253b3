package io.courant.desk;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the pages are drawn with. */
@RestController
final class Things {
    private static final Duration FRESH = Duration.ofHours(1);
    private static final MediaType CSS = MediaType.parseMediaType("text/css;charset=utf-8");
    private static final MediaType SCRIPT = MediaType.parseMediaType("text/javascript;charset=utf-8");
    private static final String HTMX = "/META-INF/resources/webjars/htmx.org/2.0.10/dist/htmx.min.js";

    @GetMapping("/desk.css")
    ResponseEntity<byte[]> style() {
        return thing("/desk/desk.css", CSS);
    }

    @GetMapping("/desk.js")
    ResponseEntity<byte[]> script() {
        return thing("/desk/desk.js", SCRIPT);
    }

    @GetMapping("/htmx.js")
    ResponseEntity<byte[]> htmx() {
        return thing(HTMX, SCRIPT);
    }

    private static ResponseEntity<byte[]> thing(String resource, MediaType type) {
        try (InputStream in = Things.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is missing in the program");
            }
            return ResponseEntity.ok()
                    .contentType(type)
                    .cacheControl(CacheControl.maxAge(FRESH))
                    .body(in.readAllBytes());
        } catch (IOException e) {
            throw new IllegalStateException(resource + " cannot be read", e);
        }
    }
}
