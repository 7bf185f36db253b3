package io.courant.render;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jsoup.nodes.Element;

/** Pictures in a mail: few, light, and nothing is lost without them. */
final class PictureRules {
    private static final int MAX_BYTES = 200 * 1024;
    private static final int SPARKLINE_WIDTH = 120;
    private static final int SPARKLINE_BYTES = 1024;
    private static final int TEXT_FOR_EACH = 60;

    private final MailPage page;
    private final Letter letter;
    private final Flaws flaws;
    private final Set<String> shown = new HashSet<>();

    PictureRules(MailPage page, Letter letter, Flaws flaws) {
        this.page = page;
        this.letter = letter;
        this.flaws = flaws;
    }

    void apply() {
        List<Element> pictures = page.document().select("img");
        pictures.forEach(this::picture);
        letter.pictures().keySet().stream()
                .filter(id -> !shown.contains(id))
                .forEach(id -> flaws.warning(
                        "picture-unused", "picture", "nothing shows the picture '" + id + "'; leave it out"));
        int bytes =
                letter.pictures().values().stream().mapToInt(Integer::intValue).sum();
        if (bytes > MAX_BYTES) {
            flaws.error(
                    "picture-size",
                    "picture",
                    "the pictures have " + bytes + " bytes; " + MAX_BYTES + " is the most for all of them");
        }
        int text = MailPage.visible(page.document().body().text()).length();
        if (!pictures.isEmpty() && text < pictures.size() * TEXT_FOR_EACH) {
            flaws.warning(
                    "picture-only",
                    "html",
                    text + " characters of text beside " + pictures.size()
                            + " pictures: filters take that for spam, and many readers see no pictures");
        }
        page.document()
                .select("[style*=url(], [background]")
                .forEach(
                        element -> flaws.warning(
                                "picture-background",
                                "html",
                                MailPage.name(element)
                                        + " has a background picture, which Outlook does not show; make sure that it can be read without"));
    }

    private void picture(Element image) {
        String source = image.attr("src").strip();
        String name = "<img src=\"" + Prose.cut(source, 60) + "\">";
        if (!image.hasAttr("alt")) {
            flaws.error("alt", "html", name + " has no alt; say what it shows, or alt=\"\" when it shows nothing");
        }
        if (source.startsWith("cid:")) {
            enclosed(image, source.substring("cid:".length()), name);
        } else if (!source.toLowerCase(Locale.ROOT).matches("https://[^/\\s]+.*")) {
            flaws.error(
                    "picture", "html", name + " has no whole https: address, nor does it travel with the mail (cid:)");
        }
        if (isTiny(image.attr("width"))
                || isTiny(image.attr("height"))
                || page.inLight().of(image).hidden()) {
            flaws.error("pixel", "html", name + " cannot be seen, so it only tells who reads; leave it out");
        } else if (!image.hasAttr("width") || !image.hasAttr("height")) {
            flaws.warning("picture", "html", name + " has no width or no height, so the text jumps when it loads");
        }
    }

    private void enclosed(Element image, String id, String name) {
        Integer bytes = letter.pictures().get(id);
        shown.add(id);
        if (bytes == null) {
            flaws.error("picture", "html", name + " is not among the pictures that travel with the mail");
        } else if (bytes > SPARKLINE_BYTES
                && image.attr("width").matches("\\d{1,3}")
                && Integer.parseInt(image.attr("width")) <= SPARKLINE_WIDTH) {
            flaws.warning(
                    "picture-size",
                    "picture",
                    name + " has " + bytes + " bytes; a small one needs less than " + SPARKLINE_BYTES);
        }
    }

    private static boolean isTiny(String length) {
        return length.strip().matches("[01](?:px)?");
    }
}
