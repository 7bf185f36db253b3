package io.courant.desk;

import io.courant.delivery.FrozenIssue;
import io.courant.delivery.FrozenIssues;
import io.courant.editor.Permission;
import io.courant.issue.IssueId;
import io.courant.job.Canceller;
import io.courant.job.Drafts;
import io.courant.job.JobFile;
import io.courant.job.Runs;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.AccessDeniedException;
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
    private final Drafts drafts;
    private final FrozenIssues issues;
    private final Canceller canceller;

    ErrandPages(
            Sheets sheets,
            Gate gate,
            Newsletters newsletters,
            Errands errands,
            Drafts drafts,
            FrozenIssues issues,
            Canceller canceller) {
        this.sheets = sheets;
        this.gate = gate;
        this.newsletters = newsletters;
        this.errands = errands;
        this.drafts = drafts;
        this.issues = issues;
        this.canceller = canceller;
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
                            one.told().lines().toList()))
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
            errands.begin(
                    newsletter,
                    "reading the sources",
                    gate.required(request).name(),
                    runs -> words(runs.collect(newsletter)));
            gate.note(request, "collect", newsletter, "");
            return "The sources are being read; this page says what comes of it.";
        });
    }

    private static String words(Runs.Collected collected) {
        List<String> lines = new ArrayList<>();
        lines.add("New posts: " + collected.kept() + "; known before: " + collected.known() + ".");
        lines.addAll(collected.problems());
        lines.addAll(collected.notes());
        return String.join("\n", lines);
    }

    @PostMapping("/n/{name}/make")
    ResponseEntity<Void> make(
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable("name") String name,
            @RequestParam(name = "instead", defaultValue = "") String instead) {
        JobFile job = newsletters.job(name);
        Optional<IssueId> frozen = drafts.unsent(job.name());
        if (!mayMake(request, job, frozen)) {
            throw new AccessDeniedException("the issue would go out without anybody's approval");
        }
        return sheets.after(request, response, "/n/" + job.name(), () -> {
            String found = frozen.map(IssueId::value).orElse("");
            if (!found.equals(instead)) {
                throw new IllegalStateException(
                        found.isEmpty()
                                ? instead + " cannot be made anew any more: it is sent, or cancelled."
                                : found + " is made already; look at it, or make it anew.");
            }
            errands.begin(
                    job.name(),
                    "making the issue",
                    gate.required(request).name(),
                    runs -> made(runs, job.name(), frozen));
            gate.note(request, found.isEmpty() ? "compose" : "compose --again", job.name(), found);
            return "The issue is being made; this page says what comes of it.";
        });
    }

    /** What nobody has to approve goes out by itself, so to make it is to send it; and so is to undo an approval. */
    boolean mayMake(HttpServletRequest request, JobFile job, Optional<IssueId> frozen) {
        boolean waits = job.release().approvers() > 0
                && frozen.flatMap(issues::state)
                        .map(state -> state == FrozenIssue.State.AWAITING_APPROVAL)
                        .orElse(true);
        return gate.required(request).may(waits ? Permission.EDIT_DRAFTS : Permission.SEND);
    }

    private String made(Runs runs, String newsletter, Optional<IssueId> frozen) {
        if (!drafts.unsent(newsletter).equals(frozen)) {
            throw new IllegalStateException("Nothing was done: somebody else was first.");
        }
        String archive = frozen.flatMap(issue -> canceller.end(issue).archive())
                .map(trouble -> "\n" + trouble)
                .orElse("");
        Runs.Composed composed = runs.compose(newsletter);
        return composed.issue()
                        .map(issue -> issue + " is made"
                                + issues.state(issue)
                                        .map(state -> ": " + Shown.of(state).words() + ".")
                                        .orElse("."))
                        .orElseGet(() -> "There is no issue: " + composed.skipped() + ".")
                + archive;
    }
}
