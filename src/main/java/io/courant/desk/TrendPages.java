package io.courant.desk;

import io.courant.issue.Newsletter;
import io.courant.render.TrendPage;
import io.courant.section.Assigner;
import io.courant.section.Rising;
import io.courant.section.Trend;
import io.courant.section.Trend.Label;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Where a newsletter's topics go, by what has been collected. */
@RestController
final class TrendPages {
    private static final int WORDS = 8;
    private static final List<Label> ORDER =
            List.of(Label.NEW, Label.RISING, Label.FADING, Label.STEADY, Label.UNKNOWN);

    private final Sheets sheets;
    private final Newsletters newsletters;
    private final Assigner assigner;
    private final InstantSource clock;

    TrendPages(Sheets sheets, Newsletters newsletters, Assigner assigner, InstantSource clock) {
        this.sheets = sheets;
        this.newsletters = newsletters;
        this.assigner = assigner;
        this.clock = clock;
    }

    private record TrendSheet(String name, String title, boolean empty, List<Course> courses) {}

    /**
     * A topic.
     *
     * @param picture an SVG element
     * @param words that its posts use more than before; empty unless it moves
     */
    private record Course(String title, Shown label, String evidence, String picture, List<String> words) {}

    @GetMapping("/n/{name}/trends")
    ResponseEntity<String> trends(HttpServletRequest request, @PathVariable("name") String name) {
        Newsletter newsletter = newsletters.job(name).newsletter();
        LocalDate today = LocalDate.ofInstant(clock.instant(), newsletter.zone());
        List<Trend> trends = assigner.trends(newsletter.beat(), List.of(), today, newsletter.zone()).stream()
                .sorted(Comparator.comparingInt(trend -> ORDER.indexOf(trend.label())))
                .toList();
        return sheets.page(
                request,
                "trends",
                new TrendSheet(
                        name,
                        newsletter.title(),
                        trends.stream().allMatch(trend -> trend.shares().isEmpty()),
                        trends.stream()
                                .map(trend -> course(newsletter, trend, today))
                                .toList()));
    }

    private Course course(Newsletter newsletter, Trend trend, LocalDate today) {
        return new Course(
                newsletter.title(trend.topic()),
                label(trend.label()),
                trend.evidence(),
                TrendPage.picture(newsletter, trend),
                assigner.rising(newsletter.beat(), trend, today, newsletter.zone(), WORDS).stream()
                        .map(Rising::words)
                        .toList());
    }

    private static Shown label(Label label) {
        return switch (label) {
            case NEW, RISING -> new Shown(Shown.words(label), "good");
            case FADING -> new Shown(Shown.words(label), "warn");
            case STEADY -> new Shown(Shown.words(label), "");
            case UNKNOWN -> new Shown("too early to say", "");
        };
    }
}
