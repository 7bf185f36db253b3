package io.courant.desk;

import io.courant.job.JobFile;
import io.courant.job.JobFileException;
import io.courant.job.JobFolder;
import io.courant.job.SourceHealth;
import io.courant.post.SourceState;
import io.courant.post.Sources;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How the sources of all newsletters are, those in trouble first, and what can be done about them. */
@RestController
final class SourcePages {
    private static final String HERE = "/sources";

    private final Sheets sheets;
    private final Gate gate;
    private final JobFolder jobs;
    private final Sources sources;
    private final Zones zones;
    private final InstantSource clock;

    SourcePages(Sheets sheets, Gate gate, JobFolder jobs, Sources sources, Zones zones, InstantSource clock) {
        this.sheets = sheets;
        this.gate = gate;
        this.jobs = jobs;
        this.sources = sources;
        this.zones = zones;
        this.clock = clock;
    }

    /**
     * All sources.
     *
     * @param unread newsletters whose job file cannot be used, and why
     */
    private record AllSources(long troubled, List<String> unread, List<Entry> sources) {}

    /**
     * A source.
     *
     * @param shown what it is resumed by
     * @param link empty: it is not on the web
     * @param problem in words; empty: none
     * @param advice what to do about it
     */
    private record Entry(
            String name,
            String shown,
            String link,
            List<String> newsletters,
            Shown state,
            String looked,
            String read,
            String next,
            long items,
            int inFeed,
            String problem,
            String advice,
            boolean resumable) {}

    @GetMapping(HERE)
    ResponseEntity<String> all(HttpServletRequest request) {
        List<String> unread = new ArrayList<>();
        Instant now = clock.instant();
        ZoneId zone = zones.common();
        List<SourceHealth> all = SourceHealth.of(readable(unread), sources);
        return sheets.page(
                request,
                "sources",
                new AllSources(
                        all.stream()
                                .filter(health -> health.state().isFailing())
                                .count(),
                        unread,
                        all.stream()
                                .sorted(Comparator.comparingInt(SourcePages::calmness))
                                .map(health -> entry(health, now, zone))
                                .toList()));
    }

    private List<JobFile> readable(List<String> problems) {
        List<JobFile> readable = new ArrayList<>();
        for (String name : jobs.names()) {
            try {
                readable.add(jobs.load(name));
            } catch (JobFileException e) {
                problems.addAll(e.problems());
            }
        }
        return readable;
    }

    private static int calmness(SourceHealth health) {
        if (!health.state().isFailing()) {
            return 3;
        }
        return switch (health.state().standing()) {
            case GONE -> 0;
            case PAUSED -> 1;
            case ACTIVE -> 2;
        };
    }

    private static Entry entry(SourceHealth health, Instant now, ZoneId zone) {
        SourceState state = health.state();
        String shown = health.source().shown();
        boolean asked = state.standing() == SourceState.Standing.ACTIVE;
        return new Entry(
                health.source().name(),
                shown,
                shown.startsWith("https://") || shown.startsWith("http://") ? shown : "",
                health.newsletters(),
                state(state),
                Times.wordsOr(state.looked(), zone, "never"),
                Times.wordsOr(state.read(), zone, "never"),
                asked
                        ? Times.wordsOr(health.restsUntil(now), zone, "with the next run")
                        : "not before somebody says so",
                health.posts(),
                state.entries(),
                state.problem(),
                advice(health, zone),
                state.isFailing());
    }

    private static Shown state(SourceState state) {
        return switch (state.standing()) {
            case PAUSED -> new Shown("paused", "bad");
            case GONE -> new Shown("gone", "bad");
            case ACTIVE ->
                state.isFailing()
                        ? new Shown("failing", "warn")
                        : state.looked() == null ? new Shown("not asked yet", "") : new Shown("good", "good");
        };
    }

    private static String advice(SourceHealth health, ZoneId zone) {
        SourceState state = health.state();
        String files = "jobs/" + String.join(".yaml, jobs/", health.newsletters()) + ".yaml";
        String since = state.read() == null
                ? "It was never read."
                : "It has not been read since " + Times.words(state.read(), zone) + ".";
        return switch (state.standing()) {
            case PAUSED ->
                since + " After " + state.failures()
                        + " failures in a row it is not asked any more. Open its address in a"
                        + " browser; if it has another now, put that into " + files + ", else ask again.";
            case GONE ->
                since + " Its server says that it will not come back. Take it out of " + files
                        + ", or look for its new address.";
            case ACTIVE -> {
                if (state.isFailing()) {
                    yield since + (state.failures() < 2 ? "" : " It failed " + state.failures() + " times in a row.")
                            + " It is asked again by itself; if that goes on, open its address in a browser.";
                }
                String moved = health.movedTo();
                yield moved == null ? "" : "It is read at " + moved + " now: put that into " + files + ".";
            }
        };
    }

    @PostMapping("/sources/resume")
    ResponseEntity<Void> resume(
            HttpServletRequest request, HttpServletResponse response, @RequestParam("source") String named) {
        return sheets.after(request, response, HERE, () -> {
            List<SourceHealth> found = SourceHealth.of(readable(new ArrayList<>()), sources).stream()
                    .filter(health -> health.source().isCalled(named))
                    .toList();
            if (found.isEmpty()) {
                throw new IllegalArgumentException("No newsletter has this source any more; nothing was changed.");
            }
            for (SourceHealth health : found) {
                sources.keep(health.state().resumed());
                gate.note(request, "sources resume", health.source().name(), "");
            }
            return found.get(0).source().name() + ": the next run asks it again.";
        });
    }
}
