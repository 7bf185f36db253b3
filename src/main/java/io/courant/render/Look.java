package io.courant.render;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;

/**
 * How the text of an element looks, as far as rules ask: what CSS computes from its parent's look, the presentational
 * attributes and declarations.
 *
 * @param ink of the text, opaque
 * @param paper behind it, opaque
 * @param size of the font in px
 * @param line height of a line in px
 * @param space above and below the lines together, in px
 * @param block whether it stands alone, and is no part of a line of text
 */
record Look(
        CssColour ink,
        CssColour paper,
        double size,
        boolean bold,
        double line,
        double space,
        boolean block,
        boolean hidden) {
    private static final double NORMAL_LINE = 1.2;
    private static final Pattern LENGTH = Pattern.compile("(-?\\d*\\.?\\d+)(px|pt|em|rem|%|)");
    private static final Pattern FONT = Pattern.compile("(?:^|\\s)(\\d*\\.?\\d+(?:px|pt|em|rem|%))(?:/(\\S+))?\\s");
    private static final Pattern BOLD = Pattern.compile("\\b(?:bold|bolder|[6-9]00)\\b");
    private static final Pattern BLOCK = Pattern.compile("block|inline-block|table.*|flex|list-item");

    /** What a mail program has before the mail says anything. */
    static Look canvas(boolean dark) {
        return dark
                ? new Look(CssColour.WHITE, new CssColour(18, 18, 18, 1), 16, false, 16 * NORMAL_LINE, 0, true, false)
                : new Look(CssColour.BLACK, CssColour.WHITE, 16, false, 16 * NORMAL_LINE, 0, true, false);
    }

    /** WCAG 2.2, "large scale": from 18 pt, or from 14 pt in bold. */
    boolean isLarge() {
        return size >= 24 || (bold && size >= 18.66);
    }

    double contrast() {
        return ink.contrast(paper);
    }

    /** The look of a child. */
    Look of(Element child, List<Declared> declarations, boolean dark) {
        Changing look = new Changing(this, child, dark);
        declarations.forEach(one -> look.take(one.property(), one.value()));
        return look.done();
    }

    private static final class Changing {
        private final Look parent;
        private CssColour ink;
        private CssColour paper = CssColour.CLEAR;
        private double size;
        private boolean bold;
        private String lineHeight = "";
        private double above;
        private double below;
        private boolean block;
        private boolean hidden;

        Changing(Look parent, Element element, boolean dark) {
            this.parent = parent;
            this.ink = parent.ink;
            this.size = parent.size;
            this.bold = parent.bold;
            this.block = element.isBlock();
            this.hidden = parent.hidden;
            bySelf(element, dark);
            CssColour.parse(element.attr("bgcolor")).ifPresent(colour -> paper = colour);
        }

        /** HTML Standard §15, "Rendering". */
        private void bySelf(Element element, boolean dark) {
            switch (element.normalName()) {
                case "a" -> {
                    if (element.hasAttr("href")) {
                        ink = dark ? new CssColour(158, 158, 255, 1) : new CssColour(0, 0, 238, 1);
                    }
                }
                case "h1" -> heading(2);
                case "h2" -> heading(1.5);
                case "h3" -> heading(1.17);
                case "h4" -> heading(1);
                case "h5" -> heading(0.83);
                case "h6" -> heading(0.67);
                case "b", "strong", "th" -> bold = true;
                case "small", "sub", "sup" -> size = parent.size * 0.83;
                case "head", "title", "style", "script", "template" -> hidden = true;
                default -> {}
            }
        }

        private void heading(double times) {
            bold = true;
            size = parent.size * times;
        }

        void take(String property, String value) {
            switch (property) {
                case "color" ->
                    ink = value.equals("inherit")
                            ? parent.ink
                            : CssColour.parse(value).orElse(ink);
                case "background-color" -> paper = CssColour.parse(value).orElse(CssColour.CLEAR);
                case "background" -> paper = CssColour.within(value).orElse(CssColour.CLEAR);
                case "font-size" -> size = length(value, parent.size).orElse(size);
                case "font-weight" -> bold = BOLD.matcher(value).find();
                case "font" -> font(value);
                case "line-height" -> lineHeight = value;
                case "padding-top" -> above = length(value, size).orElse(0.0);
                case "padding-bottom" -> below = length(value, size).orElse(0.0);
                case "padding" -> padding(value);
                case "display" -> {
                    block = BLOCK.matcher(value).matches();
                    hidden |= value.equals("none");
                }
                case "visibility" -> hidden = value.equals("hidden");
                case "opacity", "max-height" -> hidden |= value.matches("0(?:\\.0+)?(?:px|%)?");
                default -> {}
            }
        }

        private void font(String value) {
            Matcher font = FONT.matcher(value);
            if (font.find()) {
                size = length(font.group(1), parent.size).orElse(size);
                bold = BOLD.matcher(value.substring(0, font.start(1))).find();
                lineHeight = font.group(2) == null ? "normal" : font.group(2);
            }
        }

        private void padding(String value) {
            List<String> sides = List.of(value.strip().split("\\s+", -1));
            above = length(sides.get(0), size).orElse(0.0);
            below = sides.size() < 3 ? above : length(sides.get(2), size).orElse(0.0);
        }

        Look done() {
            CssColour behind = paper.over(parent.paper);
            double line = lineHeight.isEmpty()
                    ? size * parent.line / parent.size
                    : lineHeight.matches("\\d*\\.?\\d+")
                            ? size * Double.parseDouble(lineHeight)
                            : length(lineHeight, size).orElse(size * NORMAL_LINE);
            return new Look(ink.over(behind), behind, size, bold, line, above + below, block, hidden || size <= 1);
        }

        /** A length in px. */
        private static Optional<Double> length(String value, double em) {
            Matcher length = LENGTH.matcher(value);
            if (!length.matches()) {
                return Optional.empty();
            }
            double number = Double.parseDouble(length.group(1));
            return Optional.of(
                    switch (length.group(2)) {
                        case "pt" -> number * 4 / 3;
                        case "em" -> number * em;
                        case "rem" -> number * 16;
                        case "%" -> number / 100 * em;
                        default -> number;
                    });
        }
    }
}
