package io.courant.render;

import java.util.List;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * The HTML of a mail, parsed, and how it looks.
 *
 * @param dark the rules for the dark scheme
 * @param inLight how it looks on white
 * @param inDark how it looks where the reader wants it dark; as in light where it has no rules for that
 */
record MailPage(Document document, KeptRules dark, KeptRules narrow, Appearance inLight, Appearance inDark) {
    /** What takes no room, and fills preheaders: joiners, marks of direction, soft hyphens. */
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cf}\\u034F\\s\\u00A0]+");

    /** @throws IllegalArgumentException if a style is not CSS */
    static MailPage parse(String html) {
        Document document = Jsoup.parse(CssInliner.inline(html));
        KeptRules dark = KeptRules.of(document, KeptRules.DARK);
        Appearance light = Appearance.light(document);
        return new MailPage(
                document,
                dark,
                KeptRules.of(document, KeptRules.NARROW),
                light,
                dark.isEmpty() ? light : Appearance.dark(document, dark));
    }

    /** The elements that hold text themselves. */
    List<Element> written() {
        return document.body().getAllElements().stream()
                .filter(element -> !visible(element.ownText()).isEmpty())
                .toList();
    }

    /** A text without what cannot be seen. */
    static String visible(String text) {
        return INVISIBLE.matcher(text).replaceAll(" ").strip();
    }

    /** An element as messages name it: {@code <h2.edge> “Edge AI”}. */
    static String name(Element element) {
        String classes = element.classNames().isEmpty() ? "" : "." + String.join(".", element.classNames());
        String text = visible(element.text());
        return "<" + element.normalName() + classes + ">" + (text.isEmpty() ? "" : " “" + Prose.cut(text, 40) + "”");
    }
}
