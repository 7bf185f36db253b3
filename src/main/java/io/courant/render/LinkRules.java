package io.courant.render;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;

/** Where the links of a mail lead, and whether their texts say so. */
final class LinkRules {
    private static final Set<String> MEANINGLESS = Set.of(
            "here",
            "click here",
            "click",
            "this",
            "link",
            "this link",
            "read more",
            "more",
            "learn more",
            "continue",
            "details",
            "read on",
            "go",
            "see more");
    private static final Set<String> SHORTENERS = Set.of(
            "bit.ly",
            "t.co",
            "tinyurl.com",
            "goo.gl",
            "ow.ly",
            "buff.ly",
            "is.gd",
            "lnkd.in",
            "rebrand.ly",
            "cutt.ly",
            "shorturl.at",
            "dlvr.it",
            "trib.al",
            "t.ly",
            "tiny.cc",
            "rb.gy");
    /** Another address inside an address: whoever stands between counts the readers. */
    private static final Pattern REDIRECT =
            Pattern.compile("[?&][^=&]+=https?(?:://|%3a%2f%2f)", Pattern.CASE_INSENSITIVE);

    private static final Pattern ADDRESS = Pattern.compile("(?:https?://|www\\.)\\S+", Pattern.CASE_INSENSITIVE);

    private final MailPage page;
    private final Letter letter;
    private final Flaws flaws;

    LinkRules(MailPage page, Letter letter, Flaws flaws) {
        this.page = page;
        this.letter = letter;
        this.flaws = flaws;
    }

    void apply() {
        Map<String, Set<String>> targets = new LinkedHashMap<>();
        for (Element link : page.document().select("a, area")) {
            String href = link.attr("href").strip();
            if (target(link, href)) {
                text(link, href);
                targets.computeIfAbsent(said(link).toLowerCase(Locale.ROOT), text -> new LinkedHashSet<>())
                        .add(href);
            }
        }
        targets.forEach((text, different) -> {
            if (different.size() > 1 && !text.isEmpty()) {
                flaws.warning(
                        "link-text",
                        "html",
                        different.size() + " links say “" + Prose.cut(text, 40)
                                + "” and lead to different places; say in each what is behind it");
            }
        });
        if (!letter.unsubscribeUrl().isEmpty()
                && page.document().select("a[href]").stream()
                        .noneMatch(link -> link.attr("href").equals(letter.unsubscribeUrl()))) {
            flaws.error(
                    "unsubscribe", "html", "has no link to the unsubscribe page; add one to ${reader.unsubscribeUrl}");
        }
    }

    /** Whether the link leads somewhere. */
    private boolean target(Element link, String href) {
        if (href.isEmpty()) {
            flaws.error("link", "html", MailPage.name(link) + " leads nowhere; give it an href or make it a <span>");
        } else if (href.startsWith("#")) {
            flaws.error(
                    "link",
                    "html",
                    MailPage.name(link) + " leads to '" + href
                            + "' within the mail, which several mobile apps cannot follow; link to the web issue");
        } else if (!href.toLowerCase(Locale.ROOT).matches("(?:https?://|mailto:|tel:).+")) {
            flaws.error(
                    "link",
                    "html",
                    MailPage.name(link) + " leads to '" + Prose.cut(href, 60)
                            + "'; expected a whole http or https address");
        } else {
            if (href.toLowerCase(Locale.ROOT).startsWith("http")) {
                web(link, href);
            }
            return true;
        }
        return false;
    }

    private void web(Element link, String href) {
        String host = host(href).orElse("");
        if (host.isEmpty()) {
            flaws.error(
                    "link",
                    "html",
                    MailPage.name(link) + " leads to '" + Prose.cut(href, 60) + "', which is no web address");
            return;
        }
        if (SHORTENERS.contains(host)) {
            flaws.warning(
                    "link-shortened",
                    "html",
                    MailPage.name(link) + " goes by " + host
                            + ", which hides where it leads and makes filters wary; link to the page itself");
        }
        if (REDIRECT.matcher(href).find()) {
            flaws.warning(
                    "link-redirect",
                    "html",
                    MailPage.name(link) + " goes by a redirect at " + host + "; link to the page itself");
        }
        if (!letter.hosts().isEmpty() && !letter.hosts().contains(host)) {
            flaws.warning(
                    "link-foreign",
                    "html",
                    MailPage.name(link) + " leads to " + host
                            + ", where neither an item nor the newsletter is at home; is that meant?");
        }
    }

    private void text(Element link, String href) {
        String said = said(link);
        if (said.isEmpty()) {
            flaws.error("link-text", "html", "a link to '" + Prose.cut(href, 60) + "' has no text; say what it is");
        } else if (MEANINGLESS.contains(said.toLowerCase(Locale.ROOT).replaceAll("[\\p{P}\\p{S}\\s]+$", ""))) {
            flaws.warning(
                    "link-text",
                    "html",
                    "the link “" + said
                            + "” means nothing by itself, as screen readers list it; say what is behind it");
        } else if (ADDRESS.matcher(said).matches()) {
            Optional<String> shown = host(said.startsWith("www.") ? "http://" + said : said);
            if (shown.isPresent() && !shown.equals(host(href))) {
                flaws.warning(
                        "link-text",
                        "html",
                        "the link says '" + Prose.cut(said, 60) + "' and leads to "
                                + host(href).orElse(href) + ", as in phishing; say where it leads");
            } else {
                flaws.warning(
                        "link-text",
                        "html",
                        "the link '" + Prose.cut(said, 60) + "' is a bare address; say what is behind it");
            }
        }
    }

    /** What a screen reader says of a link. */
    private static String said(Element link) {
        String label = link.attr("aria-label");
        String pictures = String.join(" ", link.select("img").eachAttr("alt"));
        return Prose.line(label.isBlank() ? link.text() + " " + pictures : label);
    }

    private static Optional<String> host(String address) {
        try {
            return Optional.ofNullable(new URI(address.strip()).getHost()).map(host -> host.toLowerCase(Locale.ROOT));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
