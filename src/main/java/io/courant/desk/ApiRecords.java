package io.courant.desk;

import io.courant.editor.AuditLog;
import io.courant.job.JobFolder;
import io.courant.job.SourceView;
import io.courant.post.Sources;
import io.courant.report.ActView;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What is written down, for programs: how the sources are, and who did what. */
@RestController
@RequestMapping(ApiRights.ROOT)
final class ApiRecords {
    private static final int MOST = 1000;

    private final JobFolder jobs;
    private final Sources sources;
    private final AuditLog log;
    private final InstantSource clock;

    ApiRecords(JobFolder jobs, Sources sources, AuditLog log, InstantSource clock) {
        this.jobs = jobs;
        this.sources = sources;
        this.log = log;
        this.clock = clock;
    }

    @GetMapping("/sources")
    List<SourceView> sources(@RequestParam(name = "newsletter", required = false) @Nullable String newsletter) {
        if (newsletter != null && !jobs.names().contains(newsletter)) {
            throw new NoSuchElementException("no newsletter '" + newsletter + "'");
        }
        return SourceView.of(newsletter == null ? jobs.names() : List.of(newsletter), jobs, sources, clock.instant());
    }

    @GetMapping("/audit-log")
    List<ActView> log(
            @RequestParam(name = "about", required = false) @Nullable String about,
            @RequestParam(name = "by", required = false) @Nullable String by,
            @RequestParam(name = "since", required = false) @Nullable Instant since,
            @RequestParam(name = "limit", defaultValue = "50") int limit) {
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("limit: expected 1 to " + MOST + ", found " + limit);
        }
        return log.list(new AuditLog.Filter(about, since, by, null, limit)).stream()
                .map(ActView::of)
                .toList();
    }
}
