package io.courant.desk;

import io.courant.job.InForce;
import io.courant.job.JobFileException;
import io.courant.job.JobFolder;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What the program and each newsletter are told to do, and where that is written: it is changed there, not here. */
@RestController
final class SettingPages {
    /** More settings than this below one key are folded away. */
    private static final int MANY = 24;

    private static final Pattern HEAD = Pattern.compile("[.\\[].*");

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
     * @param folded those of which there are many
     * @param others newsletters whose settings are shown elsewhere
     */
    private record Settings(
            String newsletter, List<String> problems, List<Line> lines, List<Folded> folded, List<String> others) {
        static Settings of(String newsletter, List<String> problems, List<Line> all, List<String> others) {
            Map<String, List<Line>> byHead =
                    all.stream().collect(Collectors.groupingBy(Line::head, LinkedHashMap::new, Collectors.toList()));
            List<Line> lines = new ArrayList<>();
            List<Folded> folded = new ArrayList<>();
            byHead.forEach((head, some) -> {
                if (some.size() > MANY) {
                    folded.add(new Folded(head, some));
                } else {
                    lines.addAll(some);
                }
            });
            return new Settings(newsletter, problems, lines, folded, others);
        }
    }

    /** Settings below one key, such as all seeds of all topics. */
    private record Folded(String head, List<Line> lines) {}

    private record Line(String key, String value, String origin) {
        /** The key at the top of the file that it stands below. */
        private String head() {
            return HEAD.matcher(key).replaceFirst("");
        }

        static List<Line> of(InForce inForce) {
            return inForce.settings().stream()
                    .map(one -> new Line(one.key(), one.value() == null ? "" : one.value(), one.origin()))
                    .toList();
        }
    }

    @GetMapping("/settings")
    ResponseEntity<String> program(HttpServletRequest request) {
        return sheets.page(request, "settings", Settings.of("", List.of(), Line.of(program), jobs.names()));
    }

    @GetMapping("/n/{name}/settings")
    ResponseEntity<String> newsletter(HttpServletRequest request, @PathVariable("name") String name) {
        if (!jobs.names().contains(name)) {
            throw new NoSuchElementException("no newsletter " + name);
        }
        return sheets.page(request, "settings", Settings.of(name, problems(name), lines(name), List.of()));
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
