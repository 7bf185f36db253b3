package io.courant.desk;

import io.courant.delivery.FrozenIssues;
import io.courant.job.HomeLock;
import io.courant.report.Reporter;
import io.courant.upkeep.Doubt;
import io.courant.upkeep.Instance;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Why nothing is sent from a home folder that may be a copy, what would be, and the owner's word that it may. */
@RestController
final class InstancePages {
    private final Sheets sheets;
    private final Gate gate;
    private final Instance instance;
    private final FrozenIssues issues;
    private final Reporter reporter;

    InstancePages(Sheets sheets, Gate gate, Instance instance, FrozenIssues issues, Reporter reporter) {
        this.sheets = sheets;
        this.gate = gate;
        this.instance = instance;
        this.issues = issues;
        this.reporter = reporter;
    }

    /**
     * What the page shows.
     *
     * @param found what is wrong; empty: nothing is
     * @param unfinished what would be sent
     */
    private record Copied(String found, List<Unfinished> unfinished) {}

    private record Unfinished(String id, String subject, Shown state, long open) {}

    @GetMapping("/instance")
    ResponseEntity<String> instance(HttpServletRequest request) {
        List<Unfinished> unfinished = issues.newsletters().stream()
                .flatMap(name -> issues.unfinished(name).stream())
                .flatMap(id -> reporter.report(id).stream())
                .map(report -> new Unfinished(
                        report.issue().id().value(),
                        report.issue().subject(),
                        Shown.of(report.issue().state()),
                        report.deliveries().open()))
                .toList();
        return sheets.page(
                request,
                "instance",
                new Copied(instance.doubt().map(Doubt::found).orElse(""), unfinished));
    }

    @PostMapping("/instance/confirm")
    ResponseEntity<Void> confirm(
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam(name = "sure", defaultValue = "false") boolean sure) {
        return sheets.after(request, response, "/instance", () -> {
            Optional<Doubt> doubt = instance.doubt();
            if (doubt.isEmpty()) {
                return "Mail may go out from here already.";
            }
            if (!sure) {
                throw new IllegalArgumentException("Nothing was confirmed: say that no other copy sends any more.");
            }
            try {
                HomeLock.holding(doubt.get().home(), "confirming the instance", () -> {
                    instance.confirm();
                    return true;
                });
            } catch (HomeLock.HeldException e) {
                throw new IllegalStateException(e.getMessage(), e);
            }
            gate.note(request, "instance confirm", "", doubt.get().kind().name().toLowerCase(Locale.ROOT));
            return "Mail goes out from here from now on.";
        });
    }
}
