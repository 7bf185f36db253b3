package io.courant.render;

import io.courant.issue.Newsletter;
import io.courant.section.Trend;
import io.courant.words.Phrasebook;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;

/** A page of its own that shows where a newsletter's topics go: no scripts, nothing from elsewhere, light and dark. */
public final class TrendPage {
    private static final String PAGE = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="robots" content="noindex">
            <meta name="referrer" content="no-referrer">
            <title>%1$s: trends</title>
            <style>
            :root { color-scheme: light dark; --paper: #fbf9f4; --ink: #1f1c17; --mute: #645d52; --spot: #9c2f1b;
              --line: #d9d1c1; }
            @media (prefers-color-scheme: dark) { :root { --paper: #191714; --ink: #efe9dd; --mute: #b0a797;
              --spot: #f29b84; --line: #443e34; } }
            body { margin: 0 auto; padding: 32px 20px 48px; max-width: 680px; background: var(--paper);
              color: var(--ink); font: 16px/1.6 system-ui, sans-serif; }
            h1 { margin: 0; font: 700 34px/1.15 Charter, Georgia, serif; }
            .date { margin: 6px 0 24px; color: var(--mute); }
            ol { list-style: none; margin: 0; padding: 0; }
            li { padding: 14px 0; border-top: 1px solid var(--line); }
            h2 { display: inline; font-size: 17px; }
            b { margin-left: 10px; color: var(--spot); }
            svg { display: block; margin: 8px 0 4px; color: var(--mute); }
            .moves svg { color: var(--spot); }
            p { margin: 0; color: var(--mute); font-size: 14px; }
            </style>
            </head>
            <body>
            <h1>%1$s: where its topics go</h1>
            <p class="date">%2$s. Each bar is a topic’s share of a week’s posts; the last four weeks stand out.</p>
            <ol>
            %3$s</ol>
            </body>
            </html>
            """;

    private TrendPage() {}

    /** A topic's shares week by week as an SVG element, which says in its title what it shows. */
    public static String picture(Newsletter newsletter, Trend trend) {
        return Sparkline.svg(trend.shares(), Sparkline.alt(trend.shares(), Phrasebook.of(newsletter.language())));
    }

    /**
     * The page.
     *
     * @param trends in the order in which they are shown
     * @param day the last day that they count
     */
    public static String html(Newsletter newsletter, List<Trend> trends, LocalDate day) {
        StringBuilder items = new StringBuilder();
        for (Trend trend : trends) {
            boolean moves = trend.label().isMove();
            String label = trend.label().name().toLowerCase(Locale.ROOT);
            items.append("<li")
                    .append(moves ? " class=\"moves\"" : "")
                    .append("><h2>")
                    .append(Sparkline.escaped(newsletter.title(trend.topic())))
                    .append("</h2>")
                    .append(moves ? "<b>" + label + "</b>" : "")
                    .append(picture(newsletter, trend))
                    .append("<p>")
                    .append(Sparkline.escaped(trend.evidence()))
                    .append("</p></li>\n");
        }
        String date = DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                .withLocale(Locale.ENGLISH)
                .format(day);
        return PAGE.formatted(Sparkline.escaped(newsletter.title()), date, items);
    }
}
