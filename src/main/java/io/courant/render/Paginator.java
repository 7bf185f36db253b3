package io.courant.render;

import io.courant.issue.Brand;
import io.courant.issue.Colour;
import io.courant.issue.Edition;
import io.courant.issue.Issue;
import io.courant.issue.Item;
import io.courant.issue.Newsletter;
import io.courant.issue.TopicSection;
import io.courant.section.Trend;
import io.courant.words.Phrasebook;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DecimalStyle;
import java.time.format.FormatStyle;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Puts an issue into the words and numbers that templates see. */
final class Paginator {
    private static final double GRAPHICS = 3; // WCAG 2.2, 1.4.11

    private final Newsletter newsletter;
    private final Issue issue;
    private final @Nullable Edition edition;
    private final DateTimeFormatter shortDay;
    private final DateTimeFormatter longDay;

    private Paginator(Newsletter newsletter, Issue issue, @Nullable Edition edition) {
        this.newsletter = newsletter;
        this.issue = issue;
        this.edition = edition;
        this.shortDay = day(FormatStyle.MEDIUM, newsletter.language());
        this.longDay = day(FormatStyle.LONG, newsletter.language());
    }

    private static DateTimeFormatter day(FormatStyle style, Locale language) {
        return DateTimeFormatter.ofLocalizedDate(style)
                .withLocale(language)
                .withDecimalStyle(DecimalStyle.of(language));
    }

    /** What is in the subject and in the plain text: all of it. */
    static Page text(Newsletter newsletter, Issue issue, @Nullable Edition edition, String nonce) {
        return new Paginator(newsletter, issue, edition).page(item -> true, reader(nonce));
    }

    /** What is in the HTML of the mail: what there is room for. */
    static Page html(Newsletter newsletter, Issue issue, @Nullable Edition edition, String nonce) {
        return new Paginator(newsletter, issue, edition).page(item -> !issue.isBeyond(item), reader(nonce));
    }

    /** What is on the web: all of it, and nothing about a reader. */
    static Page web(Newsletter newsletter, Issue issue) {
        return new Paginator(newsletter, issue, null).page(item -> true, null);
    }

    private static Page.Reader reader(String nonce) {
        return new Page.Reader(
                Hole.ADDRESS.marker(nonce),
                Hole.SINCE.marker(nonce),
                Hole.UNSUBSCRIBE_URL.marker(nonce),
                Hole.PREFERENCES_URL.marker(nonce));
    }

    private Page page(Predicate<Item> shown, Page.@Nullable Reader reader) {
        List<Page.Part> parts = issue.sections().stream()
                .filter(section -> section.items().stream().anyMatch(shown))
                .map(section -> part(section, shown))
                .toList();
        List<Page.Entry> brief = issue.brief().stream()
                .filter(shown)
                .map(item -> entry(item, ""))
                .toList();
        int listed = brief.size()
                + parts.stream()
                        .mapToInt(part -> part.items().size() + part.more())
                        .sum();
        int read = (int) issue.items().stream()
                .filter(item -> issue.isBeyond(item) && shown.test(item))
                .count();
        return new Page(
                masthead(newsletter),
                dateline(),
                cut(),
                parts.isEmpty() ? brief.get(0) : parts.get(0).items().get(0),
                parts,
                brief,
                issue.items().size() - listed,
                issue.carriedOver().size() - read,
                reader == null,
                reader);
    }

    private Page.Cut cut() {
        Instant since = edition == null ? null : edition.since();
        return new Page.Cut(
                edition == null
                        ? List.of()
                        : edition.topics().stream().map(Prose::line).toList(),
                since == null ? null : longDay.format(day(since)));
    }

    static Page.Masthead masthead(Newsletter newsletter) {
        return masthead(newsletter, newsletter.language());
    }

    /** @param language that the page is in */
    static Page.Masthead masthead(Newsletter newsletter, Locale language) {
        Script script = Script.of(language);
        return new Page.Masthead(
                Prose.line(newsletter.title()),
                newsletter.home().toASCIIString(),
                newsletter.archive().toASCIIString(),
                Prose.line(newsletter.postalAddress().strip().replaceAll("\\s*,?\\s*\\R\\s*", ", ")),
                language.toLanguageTag(),
                script.dir(),
                script.word(),
                look(newsletter.brand()));
    }

    private static Page.Look look(Brand brand) {
        Brand.Logo logo = brand.logo();
        return new Page.Look(
                hex(brand.accent()),
                hex(brand.accentDark()),
                hex(brand.paper()),
                hex(brand.paperDark()),
                hex(ink(brand.ink(), brand.paper())),
                hex(ink(brand.inkDark(), brand.paperDark())),
                logo == null
                        ? null
                        : new Page.Logo(
                                logo.src().toASCIIString(), Prose.line(logo.alt()), logo.width(), logo.height()),
                brand.headings(),
                brand.body());
    }

    /** A dark ground that came without an ink wants a light one, whatever the design has for the light scheme. */
    private static @Nullable Colour ink(@Nullable Colour ink, @Nullable Colour paper) {
        return ink != null || paper == null
                ? ink
                : paper.contrast(Brand.PAPER) > paper.contrast(Brand.PAPER_DARK) ? Brand.PAPER : null;
    }

    private static @Nullable String hex(@Nullable Colour colour) {
        return colour == null ? null : colour.hex();
    }

    private Page.Dateline dateline() {
        LocalDate last = day(issue.date());
        LocalDate first = issue.items().stream()
                .map(item -> day(item.published()))
                .min(Comparator.naturalOrder())
                .filter(day -> day.isBefore(last))
                .orElse(last);
        String date = longDay.format(last);
        return new Page.Dateline(
                issue.id().value(),
                // what was issued before stands in other pages
                (edition == null || edition.since() == null ? newsletter.page(issue.id()) : newsletter.archive())
                        .toASCIIString(),
                date,
                first.equals(last) ? date : longDay.format(first) + " – " + date,
                issue.posts(),
                issue.sources().size(),
                Math.max(1, Math.round(issue.reading().toSeconds() / 60.0)),
                issue.editorial().introduction().stream().map(Prose::line).toList(),
                Prose.line(issue.editorial().preheader()));
    }

    private Page.Part part(TopicSection section, Predicate<Item> shown) {
        List<Item> items = section.items().stream().filter(shown).toList();
        String title = Prose.line(section.topic().title());
        return new Page.Part(
                title,
                section.items().stream()
                        .map(item -> List.of(item.source(), item.post()))
                        .distinct()
                        .count(),
                items.stream().map(item -> entry(item, title)).toList(),
                section.items().size() - items.size(),
                movement(section.trend()));
    }

    private Page.@Nullable Movement movement(@Nullable Trend trend) {
        return trend == null || trend.shares().isEmpty()
                ? null
                : new Page.Movement(
                        trend.label().name().toLowerCase(Locale.ROOT),
                        Prose.line(trend.evidence()),
                        "cid:" + picture(trend),
                        Sparkline.alt(trend.shares(), Phrasebook.of(newsletter.language())));
    }

    /** The pictures that the page of an issue shows. */
    static List<Rendering.Picture> pictures(Newsletter newsletter, Issue issue) {
        Paginator paginator = new Paginator(newsletter, issue, null);
        Colour accent = accent(newsletter.brand());
        return issue.sections().stream()
                .map(TopicSection::trend)
                .filter(trend -> trend != null && !trend.shares().isEmpty())
                .map(trend -> new Rendering.Picture(
                        paginator.picture(trend),
                        Base64.getEncoder().encodeToString(Sparkline.png(trend.shares(), accent))))
                .toList();
    }

    /** The one picture is for light and for dark paper: a shade of the brand's accent that stands out on both. */
    private static Colour accent(Brand brand) {
        Colour paper = brand.paper() == null ? Brand.PAPER : brand.paper();
        Colour paperDark = brand.paperDark() == null ? Brand.PAPER_DARK : brand.paperDark();
        try {
            return brand.accent() == null
                    ? Sparkline.ACCENT
                    : brand.accent().standingOut(GRAPHICS, List.of(paper, paperDark));
        } catch (IllegalArgumentException e) {
            return Sparkline.ACCENT; // papers that are neither light nor dark have no such shade
        }
    }

    /** RFC 2392: unique in the world, like a Message-ID. */
    private String picture(Trend trend) {
        String sender = newsletter.from().address().ascii();
        return trend.topic() + "." + issue.id() + sender.substring(sender.lastIndexOf('@'));
    }

    private Page.Entry entry(Item item, String topic) {
        return new Page.Entry(
                Prose.line(item.heading()),
                link(item.link()),
                Prose.line(item.source()),
                shortDay.format(day(item.published())),
                item.minutes(),
                Prose.line(item.teaser()),
                Prose.line(item.post()),
                item.isPart(),
                Prose.line(item.why()),
                item.section() == issue.lead().section(),
                topic,
                item.updated(),
                item.also().stream()
                        .map(also -> new Page.Elsewhere(Prose.line(also.source()), link(also.link())))
                        .toList(),
                item.machineWritten(),
                Prose.line(item.opening()),
                item.edited());
    }

    private LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, newsletter.zone());
    }

    private static @Nullable String link(@Nullable URI uri) {
        return uri != null && isLink(uri) ? uri.toASCIIString() : null;
    }

    /** Only what a reader may safely click: a javascript: or file: address from a feed is no link. */
    static boolean isLink(URI uri) {
        return uri.getHost() != null
                && ("https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme()));
    }
}
