package io.courant.render;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;

/** How the HTML of a mail must be built, so that mail programs show it and everybody can find the way in it. */
final class PageRules {
    private static final String FORBIDDEN =
            "script, form, iframe, object, embed, link, base, meta[http-equiv=refresh], svg, video, audio";
    private static final Map<String, String> METAS = new TreeMap<>(Map.of(
            "viewport", "phones show it as wide as a desktop",
            "x-apple-disable-message-reformatting", "Apple Mail enlarges it",
            "color-scheme", "mail programs do not know that it can be dark",
            "supported-color-schemes", "Apple Mail does not know that it can be dark"));
    private static final int WIDEST = 600;
    private static final int NARROWEST_SCREEN = 320;
    private static final Pattern PIXELS = Pattern.compile("(\\d{1,6})(?:\\.\\d+)?(?:px)?");
    private static final Pattern GHOST = Pattern.compile("<!--\\[if [^\\]]*mso[^\\]]*\\]>\\s*<table[^>]* width=");

    private final MailPage page;
    private final Flaws flaws;

    PageRules(MailPage page, Flaws flaws) {
        this.page = page;
        this.flaws = flaws;
    }

    void apply() {
        forbidden();
        head();
        language();
        headings();
        page.document()
                .select("table:not([role=presentation]):not(:has(th))")
                .forEach(table -> flaws.error(
                        "layout-table",
                        "html",
                        MailPage.name(table) + " is read out as a table of data; give it role=\"presentation\""));
        page.document().body().getAllElements().forEach(this::width);
        ghost();
    }

    private void forbidden() {
        for (Element element : page.document().select(FORBIDDEN)) {
            flaws.error(
                    "forbidden",
                    "html",
                    "has a <" + element.normalName() + ">, which mail must not have; leave it out");
        }
        for (Element element : page.document().getAllElements()) {
            if (element.attributes().asList().stream()
                    .anyMatch(one -> one.getKey().startsWith("on"))) {
                flaws.error("forbidden", "html", "has a script in <" + element.normalName() + ">; leave it out");
            }
        }
    }

    private void head() {
        if (page.document().title().isBlank()) {
            flaws.warning("title", "html", "has no <title>, which a screen reader says first; add one");
        }
        METAS.forEach((name, harm) -> {
            if (page.document().select("meta[name=" + name + "]").isEmpty()) {
                flaws.warning("meta", "html", "has no <meta name=\"" + name + "\">, so " + harm + "; add it");
            }
        });
        page.document().select("meta[name=color-scheme], meta[name=supported-color-schemes]").stream()
                .filter(meta -> !meta.attr("content").equals("light dark"))
                .forEach(meta -> flaws.warning(
                        "meta", "html", "<meta name=\"" + meta.attr("name") + "\"> should say \"light dark\""));
    }

    private void language() {
        Element html = page.document().expectFirst("html");
        List<Element> roots = page.document().body().children().stream()
                .filter(child -> !page.inLight().of(child).hidden())
                .toList();
        if (!html.hasAttr("lang") || !html.hasAttr("dir")) {
            flaws.error("language", "html", "<html> has no lang or no dir; a screen reader needs both");
        }
        if (roots.stream().noneMatch(root -> root.hasAttr("lang") && root.hasAttr("dir"))) {
            flaws.error(
                    "language",
                    "html",
                    "no element right under <body> has lang and dir, and mail programs drop those of <html>;"
                            + " put all into one <div> that has both");
        }
    }

    private void headings() {
        List<Element> headings = page.document().select("h1, h2, h3, h4, h5, h6");
        long first = headings.stream()
                .filter(heading -> heading.normalName().equals("h1"))
                .count();
        if (first != 1) {
            flaws.error("headings", "html", "has " + first + " <h1>; one must say what the mail is");
        }
        int before = 0;
        for (Element heading : headings) {
            int level = heading.normalName().charAt(1) - '0';
            if (level > before + 1 && before > 0) {
                flaws.error(
                        "headings",
                        "html",
                        MailPage.name(heading) + " follows an <h" + before + ">; between them a level is skipped");
            }
            before = level;
        }
        if (!headings.isEmpty() && !headings.get(0).normalName().equals("h1")) {
            flaws.error("headings", "html", MailPage.name(headings.get(0)) + " stands before the <h1>");
        }
    }

    /** Whatever is wider than a phone must be able to shrink. */
    private void width(Element element) {
        int width = 0;
        boolean shrinks = false;
        if (element.normalName().matches("table|td|th|img|div")) {
            width = pixels(element.attr("width"));
        }
        for (Declared one : page.inLight().inlined(element)) {
            switch (one.property()) {
                case "width" -> width = pixels(one.value());
                case "min-width" -> {
                    width = pixels(one.value());
                    shrinks = false;
                }
                case "max-width" -> shrinks = pixels(one.value()) <= WIDEST;
                default -> {}
            }
        }
        boolean narrowed = page.narrow().of(element).stream()
                .anyMatch(one -> one.property().endsWith("width"));
        if (width > WIDEST) {
            flaws.error(
                    "width",
                    "html",
                    MailPage.name(element) + " is " + width + " px wide; " + WIDEST
                            + " is the most that mail programs have room for");
        } else if (width > NARROWEST_SCREEN && !shrinks && !narrowed) {
            flaws.error(
                    "width",
                    "html",
                    MailPage.name(element) + " is " + width + " px wide, wider than a phone of " + NARROWEST_SCREEN
                            + "; say width:100% and max-width instead");
        }
    }

    private void ghost() {
        boolean capped = page.document().select("[style*=max-width]").stream()
                .anyMatch(element -> !page.inLight().of(element).hidden());
        if (capped && !GHOST.matcher(page.document().outerHtml()).find()) {
            flaws.warning(
                    "mso-width",
                    "html",
                    "Outlook for Windows knows no max-width; put a table of fixed width around the column in"
                            + " <!--[if mso]>");
        }
    }

    private static int pixels(String value) {
        Matcher pixels = PIXELS.matcher(value.strip());
        return pixels.matches() ? Integer.parseInt(pixels.group(1)) : 0;
    }
}
