package io.courant.desk;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.courant.audience.Erasures;
import io.courant.audience.ImportOrder;
import io.courant.audience.ImportReport;
import io.courant.audience.SubscriberCsv;
import io.courant.audience.Subscribers;
import io.courant.job.Uploads;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/**
 * Lists of subscribers, in and out. A list that comes in is tried first, and kept for the hour in which somebody may
 * decide; so what is imported is what was tried.
 */
@RestController
final class ImportPages {
    private static final String HERE = "/subscribers/import";
    private static final int NAMED = 200;
    private static final int LONGEST_NAME = 100;

    private final Sheets sheets;
    private final Gate gate;
    private final Subscribers subscribers;
    private final Erasures erasures;
    private final Uploads uploads;
    private final InstantSource clock;

    ImportPages(
            Sheets sheets,
            Gate gate,
            Subscribers subscribers,
            Erasures erasures,
            Uploads uploads,
            InstantSource clock) {
        this.sheets = sheets;
        this.gate = gate;
        this.subscribers = subscribers;
        this.erasures = erasures;
        this.uploads = uploads;
        this.clock = clock;
    }

    /**
     * A list that comes in.
     *
     * @param kept what it is found by once it was tried; empty: there is none to be imported
     * @param tried at most one
     */
    private record Import(String file, String consent, String kept, boolean done, List<Tried> tried) {}

    /**
     * What an import did or would do.
     *
     * @param program empty: not known
     */
    private record Tried(
            String program,
            List<Taken> columns,
            List<String> ignored,
            int lines,
            int added,
            int updated,
            int unchanged,
            int duplicates,
            int suppressed,
            int unsubscribed,
            int refusedRows,
            List<Refused> refused) {
        static Tried of(ImportReport report) {
            Subscribers.Merged merged = report.merged();
            return new Tried(
                    Optional.ofNullable(report.program()).orElse(""),
                    report.columns().stream()
                            .map(use -> new Taken(use.column(), use.holds()))
                            .toList(),
                    report.ignoredColumns(),
                    report.lines(),
                    merged.added(),
                    merged.updated(),
                    merged.unchanged(),
                    report.duplicates(),
                    merged.suppressed(),
                    merged.unsubscribed(),
                    report.refusedRows(),
                    report.refused().stream()
                            .limit(NAMED)
                            .map(refused -> new Refused(refused.line(), refused.reason()))
                            .toList());
        }
    }

    private record Taken(String column, String holds) {}

    private record Refused(long line, String reason) {}

    @GetMapping(HERE)
    ResponseEntity<String> choose(HttpServletRequest request) {
        return sheets.page(request, "import", new Import("", "", "", false, List.of()));
    }

    @PostMapping(HERE)
    ResponseEntity<?> tryOut(
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam("list") MultipartFile list,
            @RequestParam("consent") String consent)
            throws IOException {
        if (list.isEmpty()) {
            return sheets.go(request, response, HERE, "Choose a file that is not empty.", true);
        }
        String name = name(list.getOriginalFilename());
        String kept;
        try (InputStream in = list.getInputStream()) {
            kept = uploads.keep(in);
        }
        try {
            ImportReport report = read(uploads.find(kept).orElseThrow(), name, consent, true);
            return sheets.page(
                    request, "import", new Import(name, consent.strip(), kept, false, List.of(Tried.of(report))));
        } catch (IllegalArgumentException | IOException | UncheckedIOException e) {
            uploads.delete(kept);
            return sheets.go(request, response, HERE, "This list cannot be imported: " + e.getMessage(), true);
        }
    }

    @PostMapping("/subscribers/import/run")
    ResponseEntity<?> run(
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam("kept") String kept,
            @RequestParam("file") String file,
            @RequestParam("consent") String consent)
            throws IOException {
        Optional<Path> list = uploads.find(kept);
        if (list.isEmpty()) {
            return sheets.go(
                    request,
                    response,
                    HERE,
                    "The list is not kept any more: it was imported, or an hour is over. Choose it again.",
                    true);
        }
        String name = name(file);
        try {
            ImportReport report = read(list.get(), name, consent, false);
            gate.note(
                    request,
                    "subscribers import",
                    "",
                    report.merged().added() + " added, " + report.merged().updated() + " updated");
            uploads.delete(kept);
            return sheets.page(request, "import", new Import(name, "", "", true, List.of(Tried.of(report))));
        } catch (IllegalArgumentException | IllegalStateException e) {
            return sheets.go(request, response, HERE, String.valueOf(e.getMessage()), true);
        }
    }

    private ImportReport read(Path list, String name, String consent, boolean dryRun) throws IOException {
        return SubscriberCsv.read(
                list,
                name,
                subscribers,
                erasures,
                new ImportOrder(Map.of(), consent.strip(), dryRun, clock.instant()),
                (row, rows) -> {});
    }

    /** What the file is called, without where it lay. */
    private static String name(@Nullable String given) {
        String whole = given == null ? "" : given;
        String last = whole.substring(Math.max(whole.lastIndexOf('/'), whole.lastIndexOf('\\')) + 1)
                .replaceAll("\\p{Cntrl}", "");
        String name = last.isBlank() ? "list.csv" : last.strip();
        return name.length() > LONGEST_NAME ? name.substring(name.length() - LONGEST_NAME) : name;
    }

    /** By POST, since it is written down who took everybody's address with them. */
    @PostMapping("/subscribers/export")
    void export(HttpServletRequest request, HttpServletResponse response) throws IOException {
        gate.note(request, "subscribers export", "", "all");
        response.setContentType("text/csv;charset=utf-8");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename("subscribers.csv")
                        .build()
                        .toString());
        try (Writer out = new OutputStreamWriter(response.getOutputStream(), UTF_8)) {
            SubscriberCsv.write(subscribers, out);
        }
    }
}
