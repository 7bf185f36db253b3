package io.courant.desk;

import io.courant.dns.Check;
import io.courant.dns.Check.Verdict;
import io.courant.editor.ApiTokens.Bearer;
import io.courant.editor.Permission;
import io.courant.job.Agenda;
import io.courant.job.Due;
import io.courant.job.JobFileException;
import io.courant.job.JobFolder;
import io.courant.job.Muster;
import io.courant.upkeep.Checkup;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Whether the server lives, and whether it can do its work: 200 or 503. Why not is told in full to who may look; others
 * learn the kind of the trouble only.
 */
@RestController
final class HealthPages {
    /** So long an issue may take to be made once it is due. */
    private static final Duration GRACE = Duration.ofMinutes(30);

    private final Checkup checkup;
    private final JobFolder jobs;
    private final Agenda agenda;
    private final Muster muster;
    private final InstantSource clock;

    HealthPages(Checkup checkup, JobFolder jobs, Agenda agenda, Muster muster, InstantSource clock) {
        this.checkup = checkup;
        this.jobs = jobs;
        this.agenda = agenda;
        this.muster = muster;
        this.clock = clock;
    }

    /**
     * How it is.
     *
     * @param reasons by what they are about; empty: all is well
     */
    record Health(String status, Map<String, List<String>> reasons) {}

    @GetMapping("/health/live")
    Health live() {
        return new Health("live", Map.of());
    }

    @GetMapping("/health/ready")
    ResponseEntity<Health> ready(HttpServletRequest request) {
        Map<String, List<String>> reasons = new LinkedHashMap<>();
        for (Check check : checkup.glance()) {
            if (check.verdict() == Verdict.WRONG) {
                add(reasons, check.subject(), check.words());
            }
        }
        muster.trouble().ifPresent(trouble -> add(reasons, "broker", trouble));
        if (!reasons.containsKey("data")) { // when something is due stands there
            jobs.names().forEach(name -> look(name, reasons));
        }
        Bearer bearer = ApiGate.bearer(request);
        if (bearer == null || !bearer.may(Permission.LOOK)) {
            reasons.replaceAll((about, words) -> List.of());
        }
        return ResponseEntity.status(reasons.isEmpty() ? 200 : 503)
                .body(new Health(reasons.isEmpty() ? "ready" : "not ready", reasons));
    }

    private void look(String name, Map<String, List<String>> reasons) {
        try {
            if (agenda.of(name, 0).due() instanceof Due.Now due
                    && due.time().isBefore(clock.instant().minus(GRACE))) {
                add(reasons, "overdue", name + " is overdue: 'courant next " + name + "' shows since when");
            }
        } catch (JobFileException e) {
            e.problems().forEach(problem -> add(reasons, "jobs", problem));
        }
    }

    private static void add(Map<String, List<String>> reasons, String about, String words) {
        reasons.computeIfAbsent(about, unknown -> new ArrayList<>()).add(words);
    }
}
