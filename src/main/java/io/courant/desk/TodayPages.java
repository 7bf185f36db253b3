package io.courant.desk;

import io.courant.delivery.FrozenIssues;
import io.courant.delivery.Headline;
import io.courant.job.JobFile;
import io.courant.job.JobFileException;
import io.courant.job.JobFolder;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What comes next, what is under way, and what waits for somebody: a card for each newsletter. */
@RestController
final class TodayPages {
    private final Sheets sheets;
    private final JobFolder jobs;
    private final FrozenIssues issues;

    TodayPages(Sheets sheets, JobFolder jobs, FrozenIssues issues) {
        this.sheets = sheets;
        this.jobs = jobs;
        this.issues = issues;
    }

    private record Today(List<Card> cards) {}

    /**
     * A newsletter.
     *
     * @param problems why its job file cannot be used
     * @param newest its newest issues, at most one
     */
    private record Card(String name, String title, List<String> problems, List<Newest> newest) {}

    private record Newest(String id, String subject, Shown state, String date) {}

    @GetMapping("/")
    ResponseEntity<String> today(HttpServletRequest request) {
        return sheets.page(
                request,
                "today",
                new Today(jobs.names().stream().map(this::card).toList()));
    }

    private Card card(String name) {
        try {
            JobFile job = jobs.load(name);
            Optional<Headline> latest = issues.latest(name);
            return new Card(
                    name,
                    job.newsletter().title(),
                    List.of(),
                    latest
                            .map(issue -> new Newest(
                                    issue.id().value(),
                                    issue.subject(),
                                    Shown.of(issue.state()),
                                    Times.words(issue.date(), job.newsletter().zone())))
                            .stream()
                            .toList());
        } catch (JobFileException e) {
            return new Card(name, name, e.problems(), List.of());
        }
    }
}
