package io.courant.desk;

import io.courant.delivery.DeliveryState;
import io.courant.delivery.FrozenIssues;
import io.courant.issue.IssueId;
import io.courant.job.JobFolder;
import io.courant.report.IssueReport;
import io.courant.report.Reporter;
import jakarta.servlet.http.HttpServletRequest;
import java.time.ZoneId;
import java.util.List;
import java.util.NoSuchElementException;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The issues of a newsletter, newest first. */
@RestController
final class IssueLists {
    private static final int A_PAGE = 30;

    private final Sheets sheets;
    private final JobFolder jobs;
    private final FrozenIssues issues;
    private final Reporter reporter;
    private final Zones zones;

    IssueLists(Sheets sheets, JobFolder jobs, FrozenIssues issues, Reporter reporter, Zones zones) {
        this.sheets = sheets;
        this.jobs = jobs;
        this.issues = issues;
        this.reporter = reporter;
        this.zones = zones;
    }

    /**
     * A page of the list.
     *
     * @param older from which on the next page goes; 0: this is the last
     */
    private record Listed(String newsletter, List<Line> issues, int older) {}

    private record Line(
            String id,
            String subject,
            Shown state,
            String date,
            int items,
            long candidates,
            long accepted,
            long rejected,
            long inDoubt) {}

    @GetMapping("/n/{name}/issues")
    ResponseEntity<String> issues(
            HttpServletRequest request,
            @PathVariable("name") String name,
            @RequestParam(name = "from", defaultValue = "0") int from) {
        List<IssueId> all = issues.list(name);
        if (all.isEmpty() && !jobs.names().contains(name)) {
            throw new NoSuchElementException("no newsletter '" + name + "'");
        }
        ZoneId zone = zones.of(name);
        int begin = Math.max(0, from);
        return sheets.page(
                request,
                "issues",
                new Listed(
                        name,
                        all.stream()
                                .skip(begin)
                                .limit(A_PAGE)
                                .flatMap(id -> reporter.report(id).stream())
                                .map(report -> line(report, zone))
                                .toList(),
                        begin + A_PAGE < all.size() ? begin + A_PAGE : 0));
    }

    private static Line line(IssueReport report, ZoneId zone) {
        return new Line(
                report.issue().id().value(),
                report.issue().subject(),
                Shown.of(report.issue().state()),
                Times.words(report.issue().date(), zone),
                report.issue().items(),
                report.deliveries().candidates(),
                report.deliveries().of(DeliveryState.ACCEPTED),
                report.deliveries().of(DeliveryState.REJECTED),
                report.deliveries().of(DeliveryState.IN_DOUBT));
    }
}
