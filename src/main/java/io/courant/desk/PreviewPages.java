package io.courant.desk;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.courant.job.Preview;
import io.courant.render.Scheme;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.NoSuchElementException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The next issue as mail programs show it. Its HTML comes from a template and quotes what feeds say, so it is shown in a
 * frame that runs nothing, loads nothing and leads nowhere: by the frame's {@code sandbox}, and by its own policy.
 */
@RestController
final class PreviewPages {
    private static final MediaType MAIL = MediaType.parseMediaType("message/rfc822");
    private static final List<String> VIEWS = List.of("light", "dark", "text", "source");

    private final Sheets sheets;
    private final Newsletters newsletters;
    private final Proofs proofs;

    PreviewPages(Sheets sheets, Newsletters newsletters, Proofs proofs) {
        this.sheets = sheets;
        this.newsletters = newsletters;
        this.proofs = proofs;
    }

    /**
     * A preview.
     *
     * @param view one of the views
     * @param text the plain text or the source, if the view is that; else empty
     */
    private record PreviewSheet(
            String name,
            String title,
            String subject,
            String preheader,
            String view,
            List<String> views,
            String text) {}

    @GetMapping("/n/{name}/preview")
    ResponseEntity<String> preview(
            HttpServletRequest request,
            @PathVariable("name") String name,
            @RequestParam(name = "view", defaultValue = "light") String view) {
        String chosen = VIEWS.contains(view) ? view : VIEWS.get(0);
        var job = newsletters.job(name);
        Preview.Ready ready = ready(proofs.fresh(job));
        return sheets.page(
                request,
                "preview",
                new PreviewSheet(
                        name,
                        job.newsletter().title(),
                        ready.subject(),
                        ready.preheader(),
                        chosen,
                        VIEWS,
                        chosen.equals("text") ? ready.text() : chosen.equals("source") ? ready.source() : ""));
    }

    @GetMapping("/n/{name}/preview.html")
    ResponseEntity<byte[]> html(
            @PathVariable("name") String name, @RequestParam(name = "scheme", defaultValue = "light") String scheme) {
        Scheme shown = scheme.equals("dark") ? Scheme.DARK : Scheme.LIGHT;
        return MailFrames.html(shown.shown(ready(proofs.shown(name)).html()));
    }

    @GetMapping("/n/{name}/preview.txt")
    ResponseEntity<byte[]> text(@PathVariable("name") String name) {
        return MailFrames.text(ready(proofs.shown(name)).text());
    }

    @GetMapping("/n/{name}/preview.eml")
    ResponseEntity<byte[]> source(@PathVariable("name") String name) {
        return ResponseEntity.ok()
                .contentType(MAIL)
                .header("Content-Security-Policy", MailFrames.POLICY)
                .header("Content-Disposition", "attachment; filename=\"" + name + ".eml\"")
                .body(ready(proofs.shown(name)).source().getBytes(UTF_8));
    }

    private static Preview.Ready ready(Preview preview) {
        if (preview instanceof Preview.Ready ready) {
            return ready;
        }
        throw new NoSuchElementException("nothing is new");
    }
}
