package io.courant.desk;

import io.courant.editor.Editor;
import io.courant.job.JobFile;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Reads a newsletter's sources and makes its issue, which both take a while, and says how that gets on. */
@RestController
final class ErrandPages {
    private final Sheets sheets;
    private final Gate gate;
    private final Newsletters newsletters;
    private final Errands errands;
    private final Making making;

    ErrandPages(Sheets sheets, Gate gate, Newsletters newsletters, Errands errands, Making making) {
        this.sheets = sheets;
        this.gate = gate;
        this.newsletters = newsletters;
        this.errands = errands;
        this.making = making;
    }

    /**
     * An errand as pages show it.
     *
     * @param over whether it has ended
     * @param lines what came of it
     */
    record Told(String what, String who, String begun, boolean over, boolean wrong, List<String> lines) {
        static List<Told> of(Optional<Errands.Errand> errand, ZoneId zone) {
            return errand
                    .map(one -> new Told(
                            one.what(),
                            one.who(),
                            Times.words(one.begun(), zone),
                            one.ended() != null,
                            one.wrong(),
                            one.outcome().words().lines().toList()))
                    .stream()
                    .toList();
        }
    }

    private record ErrandSheet(String name, List<Told> errands) {}

    @GetMapping("/n/{name}/errand")
    ResponseEntity<String> errand(
            HttpServletRequest request, HttpServletResponse response, @PathVariable("name") String name) {
        ZoneId zone = newsletters.job(name).newsletter().zone();
        List<Told> told = Told.of(errands.last(name), zone);
        if (request.getHeader("HX-Request") != null && told.stream().allMatch(Told::over)) {
            response.setHeader("HX-Refresh", "true"); // the page around shows what was there before
        }
        return sheets.page(request, "errand", new ErrandSheet(name, told));
    }

    @PostMapping("/n/{name}/collect")
    ResponseEntity<Void> collect(
            HttpServletRequest request, HttpServletResponse response, @PathVariable("name") String name) {
        String newsletter = newsletters.job(name).name();
        return sheets.after(request, response, "/n/" + newsletter, () -> {
            making.collect(newsletter, gate.required(request).name());
            gate.note(request, "collect", newsletter, "");
            return "The sources are being read; this page says what comes of it.";
        });
    }

    @PostMapping("/n/{name}/make")
    ResponseEntity<Void> make(
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable("name") String name,
            @RequestParam(name = "instead", defaultValue = "") String instead) {
        JobFile job = newsletters.job(name);
        Editor editor = gate.required(request);
        return sheets.after(request, response, "/n/" + job.name(), () -> {
            making.make(job, editor.name(), instead, editor::may);
            gate.note(request, instead.isEmpty() ? "compose" : "compose --again", job.name(), instead);
            return "The issue is being made; this page says what comes of it.";
        });
    }
}
