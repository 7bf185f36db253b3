package io.courant.render;

import java.util.List;
import java.util.Locale;

/** The plain text of a mail: complete, and readable in a terminal. */
final class TextRules {
    private static final int NAMED = 3;

    private final Letter letter;
    private final Flaws flaws;

    TextRules(Letter letter, Flaws flaws) {
        this.letter = letter;
        this.flaws = flaws;
    }

    void apply() {
        if (letter.text().isBlank()) {
            flaws.error(
                    "text",
                    "text",
                    "is empty, and so is the mail for those who read text; write " + TemplateFolder.TEXT);
            return;
        }
        if (!letter.unsubscribeUrl().isEmpty() && !letter.text().contains(letter.unsubscribeUrl())) {
            flaws.error("unsubscribe", "text", "does not show the unsubscribe page; add ${reader.unsubscribeUrl}");
        }
        if (letter.text().codePoints().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t')) {
            flaws.error("text", "text", "has control characters, which a terminal obeys; leave them out");
        }
        List<String> wide = letter.text()
                .lines()
                .filter(line -> TextWrap.columns(line) > TextWrap.COLUMNS && !isAddress(line))
                .toList();
        if (!wide.isEmpty()) {
            flaws.warning(
                    "text-width",
                    "text",
                    wide.size() + " lines are wider than " + TextWrap.COLUMNS + " columns; the first is “"
                            + Prose.cut(wide.get(0).strip(), 40) + "”");
        }
    }

    /** Those who read text want what the others can click. */
    void links(MailPage page) {
        List<String> links = page.document().select("a[href]").eachAttr("href").stream()
                .map(String::strip)
                .filter(href -> href.toLowerCase(Locale.ROOT).startsWith("http"))
                .distinct()
                .toList();
        List<String> missing =
                links.stream().filter(link -> !letter.text().contains(link)).toList();
        if (letter.text().isBlank()) {
            return; // told already
        }
        if (!missing.isEmpty() && missing.size() == links.size()) {
            flaws.error("text-links", "text", "has none of the links of the HTML; show them");
        } else if (!missing.isEmpty()) {
            flaws.warning(
                    "text-links",
                    "text",
                    "lacks " + missing.size() + " of the " + links.size()
                            + " links of the HTML: "
                            + String.join(", ", missing.subList(0, Math.min(NAMED, missing.size())))
                            + (missing.size() > NAMED ? ", …" : ""));
        }
    }

    private static boolean isAddress(String line) {
        return line.strip().matches("\\S*(?:://|mailto:|@)\\S*");
    }
}
