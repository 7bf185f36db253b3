package io.courant.render;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jsoup.nodes.Element;

/** Whether a mail can be read by everybody: contrast (WCAG 2.2 §1.4.3), sizes, and the dark scheme. */
final class LookRules {
    private static final double CONTRAST = 4.5;
    private static final double CONTRAST_OF_LARGE = 3;
    private static final double INVISIBLE = 1.1;
    private static final double SMALLEST = 14;
    private static final double BODY = 16;
    private static final double LEAST_BODY = 0.1; // the rest may be notes
    private static final double TARGET = 24;
    private static final Pattern COLOURED =
            Pattern.compile("color|background(?:-color)?|border(?:-(?!radius|width|style|collapse|spacing).*)?");

    private final MailPage page;
    private final Flaws flaws;

    LookRules(MailPage page, Flaws flaws) {
        this.page = page;
        this.flaws = flaws;
    }

    void apply() {
        contrast("light", page.inLight());
        if (page.dark().isEmpty()) {
            flaws.warning(
                    "dark",
                    "html",
                    "no rules in @media (prefers-color-scheme: dark), so mail programs choose dark colours themselves;"
                            + " add a rule with !important for each class that has a colour");
        } else {
            contrast("dark", page.inDark());
            undarkened();
        }
        sizes();
        page.document().select("a[href]").forEach(this::target);
    }

    private void contrast(String scheme, Appearance appearance) {
        Map<String, List<Element>> faint = page.written().stream()
                .filter(element -> isFaint(appearance.of(element)))
                .collect(Collectors.groupingBy(
                        element -> appearance.of(element).ink() + " on "
                                + appearance.of(element).paper(),
                        LinkedHashMap::new,
                        Collectors.toList()));
        faint.forEach((colours, elements) -> {
            Look look = appearance.of(elements.get(0));
            String where = " in " + scheme + ": " + colours + " in " + first(elements);
            if (look.contrast() < INVISIBLE) {
                flaws.error(
                        "hidden-text",
                        "html",
                        "text cannot be told from what is behind it" + where
                                + "; show it or leave it out, for filters take it for a trick");
            } else {
                flaws.error(
                        "contrast",
                        "html",
                        String.format(
                                Locale.ROOT,
                                "contrast is %.2f:1, and %s:1 is the least%s; change one of the colours",
                                look.contrast(),
                                look.isLarge() ? "3" : "4.5",
                                where));
            }
        });
    }

    private static boolean isFaint(Look look) {
        return !look.hidden() && look.contrast() < (look.isLarge() ? CONTRAST_OF_LARGE : CONTRAST);
    }

    private void sizes() {
        List<Element> shown = page.written().stream()
                .filter(element -> !page.inLight().of(element).hidden())
                .toList();
        shown.stream()
                .filter(element -> page.inLight().of(element).size() < SMALLEST)
                .collect(Collectors.groupingBy(
                        element -> page.inLight().of(element).size(), LinkedHashMap::new, Collectors.toList()))
                .forEach((size, elements) -> flaws.error(
                        "font-size",
                        "html",
                        "text of %s px in %s; %s px is the least"
                                .formatted(number(size), first(elements), number(SMALLEST))));
        Map<Boolean, Integer> characters = shown.stream()
                .filter(element -> element.closest("h1, h2, h3, h4, h5, h6") == null)
                .collect(Collectors.partitioningBy(
                        element -> page.inLight().of(element).size() >= BODY,
                        Collectors.summingInt(element -> element.ownText().length())));
        int large = characters.getOrDefault(true, 0);
        int small = characters.getOrDefault(false, 0);
        if (small > 0 && large < (large + small) * LEAST_BODY) {
            flaws.warning(
                    "body-size",
                    "html",
                    "hardly any text is as large as " + number(BODY)
                            + " px; set the teasers and other running text in it");
        }
    }

    /** WCAG 2.2 §2.5.8 leaves out links within a line of text. */
    private void target(Element link) {
        Look look = page.inLight().of(link);
        Element around = Optional.ofNullable(link.parent()).orElse(link);
        while (!page.inLight().of(around).block() && around.parent() != null) {
            around = around.parent();
        }
        Look line = page.inLight().of(around);
        boolean alone = look.block() || around.text().equals(link.text());
        double picture = link.select("img[height]").stream()
                .mapToDouble(image -> pixels(image.attr("height")))
                .max()
                .orElse(0);
        double height = Math.max(Math.max(look.line(), line.line()) + look.space(), picture);
        if (!look.hidden() && alone && height < TARGET) {
            flaws.warning(
                    "target",
                    "html",
                    "the link %s is %s px high; give it padding until it is %s px"
                            .formatted(MailPage.name(link), number(height), number(TARGET)));
        }
    }

    /** Elements whose colours a dark scheme would leave as they are. */
    private void undarkened() {
        Map<String, List<Element>> left = new LinkedHashMap<>();
        for (Element element : page.document().body().getAllElements()) {
            Set<String> told = families(page.dark().of(element));
            families(page.inLight().inlined(element)).stream()
                    .filter(family -> !told.contains(family)
                            && !page.inLight().of(element).hidden())
                    .forEach(family -> left.computeIfAbsent(
                                    family + " of <" + element.normalName() + " class=\"" + element.className() + "\">",
                                    key -> new ArrayList<>())
                            .add(element));
        }
        left.forEach((what, elements) -> flaws.warning(
                "dark",
                "html",
                "the " + what + " has no dark counterpart, in " + first(elements)
                        + "; name it in @media (prefers-color-scheme: dark) by a class"));
        if (page.document().select("style").stream()
                .noneMatch(style -> style.data().contains("[data-ogsc]"))) {
            flaws.warning(
                    "dark",
                    "html",
                    "the dark rules are not said again under [data-ogsc], which Outlook.com goes by; add them");
        }
    }

    /** Which kinds of colour are set. */
    private static Set<String> families(List<Declared> declarations) {
        return declarations.stream()
                .filter(one -> COLOURED.matcher(one.property()).matches() && hasColour(one.value()))
                .map(one -> one.property().equals("color")
                        ? "colour"
                        : one.property().startsWith("border") ? "border colour" : "background")
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean hasColour(String value) {
        return CssColour.within(value).filter(colour -> colour.alpha() > 0).isPresent();
    }

    private static String first(List<Element> elements) {
        return MailPage.name(elements.get(0)) + (elements.size() == 1 ? "" : " and " + (elements.size() - 1) + " more");
    }

    private static double pixels(String attribute) {
        return attribute.matches("\\d{1,6}") ? Integer.parseInt(attribute) : 0;
    }

    private static String number(double number) {
        return number == Math.rint(number) ? String.valueOf((long) number) : String.format(Locale.ROOT, "%.1f", number);
    }
}
