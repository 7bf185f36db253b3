package io.courant.desk;

import io.courant.editor.Act;
import io.courant.editor.AuditLog;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

/** Who did what, when, from where. */
@RestController
final class AuditPages {
    private static final String HERE = "/audit";
    private static final int PAGE = 100;

    private final Sheets sheets;
    private final AuditLog log;
    private final Zones zones;

    AuditPages(Sheets sheets, AuditLog log, Zones zones) {
        this.sheets = sheets;
        this.log = log;
        this.zones = zones;
    }

    /**
     * A stretch of the log.
     *
     * @param older where it goes on; empty: it does not
     * @param narrowed whether not all is shown
     */
    private record Log(
            List<Entry> acts, String who, String about, String since, String older, boolean narrowed, boolean first) {}

    private record Entry(long number, String at, String who, String from, String what, String subject, String detail) {}

    @GetMapping(HERE)
    ResponseEntity<String> log(
            HttpServletRequest request,
            @RequestParam(name = "who", defaultValue = "") String who,
            @RequestParam(name = "about", defaultValue = "") String about,
            @RequestParam(name = "since", defaultValue = "") String since,
            @RequestParam(name = "before", required = false) @Nullable Long before) {
        ZoneId zone = zones.common();
        List<AuditLog.Entry> found = log.list(new AuditLog.Filter(
                orNull(about), since.isBlank() ? null : midnight(since, zone), orNull(who), before, PAGE + 1));
        List<AuditLog.Entry> shown = found.subList(0, Math.min(PAGE, found.size()));
        return sheets.page(
                request,
                "audit",
                new Log(
                        shown.stream().map(entry -> entry(entry, zone)).toList(),
                        who,
                        about,
                        since,
                        found.size() > PAGE
                                ? older(who, about, since, shown.get(PAGE - 1).number())
                                : "",
                        !(who + about + since).isBlank(),
                        before == null));
    }

    private static Entry entry(AuditLog.Entry entry, ZoneId zone) {
        Act act = entry.act();
        return new Entry(
                entry.number(),
                Times.words(act.at(), zone),
                act.who(),
                act.from(),
                act.what(),
                act.subject(),
                act.detail());
    }

    private static @Nullable String orNull(String text) {
        return text.isBlank() ? null : text.strip();
    }

    private static Instant midnight(String date, ZoneId zone) {
        try {
            return LocalDate.parse(date.strip()).atStartOfDay(zone).toInstant();
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("Not a date: '" + date + "' (expected one such as 2026-11-01).", e);
        }
    }

    private static String older(String who, String about, String since, long before) {
        return UriComponentsBuilder.fromPath(HERE)
                .queryParam("who", "{who}")
                .queryParam("about", "{about}")
                .queryParam("since", "{since}")
                .queryParam("before", before)
                .encode()
                .buildAndExpand(who, about, since)
                .toUriString();
    }

    @PostMapping("/audit/verify")
    ResponseEntity<Void> verify(HttpServletRequest request, HttpServletResponse response) {
        AuditLog.Finding finding = log.verify();
        Long broken = finding.broken();
        return broken == null
                ? sheets.go(
                        request,
                        response,
                        HERE,
                        "%,d acts, each as it was written. The last seal is %s; who can write the database could forge all of it, so keep the seal elsewhere and compare."
                                .formatted(finding.acts(), finding.last().hex()),
                        false)
                : sheets.go(
                        request,
                        response,
                        HERE,
                        "Act " + broken + " is not as it was written, or one before it is missing: somebody has changed"
                                + " the database by hand. Compare with a backup.",
                        true);
    }
}
