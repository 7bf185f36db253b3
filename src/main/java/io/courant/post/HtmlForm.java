package io.courant.post;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Evaluator;
import org.jsoup.select.Selector;
import org.jspecify.annotations.Nullable;

/** Reads a saved web page: its post without the page, and what the page says about it. */
final class HtmlForm {
    private static final Pattern SITE_NAME = Pattern.compile("\\s[-–—|·•»:]\\s[^-–—|·•»]{1,40}$");
    private static final String ASIDE =
            "nav, aside, footer, #comments, .site-branding, .site-header, #masthead, .widget,"
                    + " .sidebar, .related-posts, .jp-relatedposts";

    private static final Evaluator HEADINGS = Selector.evaluatorOf("h1, h2, h3");

    private HtmlForm() {}

    static Draft read(String text) {
        Document page = Jsoup.parse(text);
        URI link = link(page);
        if (link != null) {
            page.setBaseUri(link.toString());
        }
        String title = title(page);
        String author = author(page);
        Instant published = date(page, "article:published_time", "datePublished");
        Instant updated = date(page, "article:modified_time", "dateModified");
        List<String> categories = categories(page);
        String language = language(page);
        Body body =
                new Body(Body.Form.HTML, body(MainContent.of(page), title)); // takes the page apart, so it comes last
        return new Draft(
                null,
                title == null ? firstHeading(body) : title,
                author,
                published,
                updated,
                language,
                link,
                categories,
                body);
    }

    /** The safe HTML of a post's content, without its title and without furniture. */
    static String body(Element content, @Nullable String title) {
        if (title != null) {
            content.select(HEADINGS).stream()
                    .filter(heading -> TitleLine.same(heading.text(), title))
                    .findFirst()
                    .ifPresent(Element::remove);
        }
        CleanHtml.dropFurniture(content);
        return CleanHtml.of(content);
    }

    private static @Nullable String firstHeading(Body body) {
        Element heading = Jsoup.parseBodyFragment(body.content()).selectFirst("h1, h2");
        return heading == null || heading.text().isBlank() ? null : TitleLine.oneLine(heading.text());
    }

    /** The heading that the page's own title repeats, else the one marked as title, else the title itself. */
    private static @Nullable String title(Document page) {
        String shared = meta(page, "og:title").orElse("");
        String shown = TitleLine.oneLine(page.title());
        String site = meta(page, "og:site_name").orElse("");
        List<Element> headings =
                page.select("h1, h2, h3, .entry-title, .post-title, [itemprop=headline], .p-name").stream()
                        .filter(heading -> !Blank.is(heading.text()) && !TitleLine.same(heading.text(), site))
                        .filter(heading -> heading.closest(ASIDE) == null && !namesTheSite(heading))
                        .toList();
        List<String> marked = headings.stream()
                .filter(heading -> heading.is(".entry-title, [itemprop=headline]"))
                .map(heading -> TitleLine.oneLine(heading.text()))
                .toList();
        List<String> top = headings.stream()
                .filter(heading -> heading.normalName().equals("h1"))
                .map(heading -> TitleLine.oneLine(heading.text()))
                .distinct()
                .toList();
        String best = shared.isEmpty() ? shown : shared;
        String bare = SITE_NAME.matcher(best).replaceFirst("").strip();
        return headings.stream()
                .map(heading -> TitleLine.oneLine(heading.text()))
                .filter(heading -> repeats(shared, heading) || repeats(shown, heading))
                .max(Comparator.comparingInt(String::length))
                .or(() -> marked.stream().findFirst())
                .or(() -> top.size() == 1 ? Optional.of(top.get(0)) : Optional.empty())
                .or(() -> Optional.of(bare.isEmpty() ? best : bare))
                .filter(title -> !title.isEmpty())
                .orElse(null);
    }

    /** Whether a title holds a heading as its greater part; the rest is the name of the site. */
    private static boolean repeats(String title, String heading) {
        return heading.length() * 2 >= title.length()
                && title.toLowerCase(Locale.ROOT).contains(heading.toLowerCase(Locale.ROOT));
    }

    /** Whether a heading is the site's name, which leads to its first page. */
    private static boolean namesTheSite(Element heading) {
        return heading.is(".site-title, .wp-block-site-title")
                || heading.select("a[href]").stream()
                        .anyMatch(link -> link.attr("href").matches("/|https?://[^/?#]{1,255}/?"));
    }

    private static Optional<String> meta(Document page, String... names) {
        for (String name : names) {
            for (Element meta : page.select("meta[property=" + name + "], meta[name=" + name + "]")) {
                String content = TitleLine.oneLine(meta.attr("content"));
                if (!content.isEmpty()) {
                    return Optional.of(content);
                }
            }
        }
        return Optional.empty();
    }

    private static @Nullable URI link(Document page) {
        Element canonical = page.selectFirst("link[rel=canonical]");
        return Links.web(canonical == null ? null : canonical.attr("href"), null)
                .or(() -> Links.web(meta(page, "og:url").orElse(null), null))
                .orElse(null);
    }

    private static @Nullable String author(Document page) {
        Optional<String> named = meta(page, "author").or(() -> meta(page, "article:author"));
        if (named.isPresent() && !named.get().startsWith("http")) {
            return named.get();
        }
        Element element = page.selectFirst(".author .fn, [rel=author], [itemprop=author] [itemprop=name]");
        return element == null || element.text().isBlank() ? null : TitleLine.oneLine(element.text());
    }

    private static @Nullable Instant date(Document page, String property, String item) {
        List<String> texts = new ArrayList<>();
        meta(page, property).ifPresent(texts::add);
        page.select("[itemprop=" + item + "]")
                .forEach(element ->
                        texts.add(element.hasAttr("content") ? element.attr("content") : element.attr("datetime")));
        if (item.equals("datePublished")) {
            page
                    .select(
                            "time.published[datetime], time.entry-date[datetime], article time[datetime], time[datetime]")
                    .stream()
                    .filter(time -> !time.hasClass("updated") || time.hasClass("published"))
                    .filter(time -> time.closest("aside, footer, #comments, .comment, .widget") == null)
                    .forEach(time -> texts.add(time.attr("datetime")));
        } else {
            page.select("time.updated[datetime]").forEach(time -> texts.add(time.attr("datetime")));
        }
        return texts.stream()
                .flatMap(text -> Dates.parse(text).stream())
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String language(Document page) {
        Element html = page.selectFirst("html[lang]");
        String language = html == null ? "" : TitleLine.oneLine(html.attr("lang"));
        return Blank.is(language) ? null : language;
    }

    private static List<String> categories(Document page) {
        Set<String> found = new LinkedHashSet<>();
        page.select("meta[property=article:tag], meta[property=article:section]")
                .forEach(meta -> found.add(TitleLine.oneLine(meta.attr("content"))));
        page.select("a[rel~=tag]").forEach(tag -> found.add(TitleLine.oneLine(tag.text())));
        found.remove("");
        return List.copyOf(found);
    }
}
