package io.courant.desk;

import io.courant.job.InForce;
import io.courant.job.JobFileException;
import io.courant.job.JobFolder;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.NoSuchElementException;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What the program and each newsletter are told to do, and where that is written: it is changed there, not here. */
@RestController
final class SettingPages {
    private final Sheets sheets;
    private final InForce program;
    private final JobFolder jobs;

    SettingPages(Sheets sheets, InForce program, JobFolder jobs) {
        this.sheets = sheets;
        this.program = program;
        this.jobs = jobs;
    }

    /**
     * Settings.
     *
     * @param newsletter whose they are; empty: the program's
     * @param problems why they cannot be used
     * @param others newsletters whose settings are shown elsewhere
     */
    private record Settings(String newsletter, List<String> problems, List<Line> lines, List<String> others) {}

    private record Line(String key, String value, String origin) {
        static List<Line> of(InForce inForce) {
            return inForce.settings().stream()
                    .map(one -> new Line(one.key(), one.value() == null ? "" : one.value(), one.origin()))
                    .toList();
        }
    }

    @GetMapping("/settings")
    ResponseEntity<String> program(HttpServletRequest request) {
        return sheets.page(request, "settings", new Settings("", List.of(), Line.of(program), jobs.names()));
    }

    @GetMapping("/n/{name}/settings")
    ResponseEntity<String> newsletter(HttpServletRequest request, @PathVariable("name") String name) {
        if (!jobs.names().contains(name)) {
            throw new NoSuchElementException("no newsletter " + name);
        }
        return sheets.page(request, "settings", new Settings(name, problems(name), lines(name), List.of()));
    }

    private List<Line> lines(String name) {
        try {
            return Line.of(jobs.inForce(name));
        } catch (JobFileException e) {
            return List.of(); // the problems say why
        }
    }

    private List<String> problems(String name) {
        try {
            jobs.load(name);
            return List.of();
        } catch (JobFileException e) {
            return e.problems();
        }
    }
}
