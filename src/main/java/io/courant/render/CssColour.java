package io.courant.render;

import com.helger.css.utils.CSSColorHelper;
import com.helger.css.utils.ECSSColor;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A colour of CSS (CSS Color Level 4 §4), as sRGB.
 *
 * @param alpha 0 lets everything through, 1 nothing
 */
record CssColour(int red, int green, int blue, double alpha) {
    static final CssColour BLACK = new CssColour(0, 0, 0, 1);
    static final CssColour WHITE = new CssColour(255, 255, 255, 1);
    static final CssColour CLEAR = new CssColour(0, 0, 0, 0);

    private static final Pattern HEX = Pattern.compile("#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})");
    private static final Pattern FUNCTION = Pattern.compile(
            "(rgb|hsl)a?\\(([^,\\s/]+)[,\\s]+([^,\\s/]+)[,\\s]+([^,\\s/)]+)(?:[\\s,/]+([^)\\s]+))?\\s*\\)");
    private static final Pattern ANY = Pattern.compile("#[0-9a-f]+|(?:rgb|hsl)a?\\([^)]*\\)|[a-z]+");

    /** A colour as a style writes it; nothing for {@code inherit} and what else is no colour by itself. */
    static Optional<CssColour> parse(String css) {
        String text = css.strip().toLowerCase(Locale.ROOT);
        if (text.equals("transparent")) {
            return Optional.of(CLEAR);
        }
        Matcher hex = HEX.matcher(text);
        if (hex.matches()) {
            return Optional.of(hex(hex.group(1)));
        }
        Matcher function = FUNCTION.matcher(text);
        if (function.matches()) {
            return function(function);
        }
        return Optional.ofNullable(ECSSColor.getFromNameCaseInsensitiveOrNull(text))
                .map(named -> new CssColour(named.getRed(), named.getGreen(), named.getBlue(), 1));
    }

    /** The first colour in a shorthand such as {@code background}. */
    static Optional<CssColour> within(String css) {
        return ANY.matcher(css.toLowerCase(Locale.ROOT))
                .results()
                .flatMap(word -> parse(word.group()).stream())
                .findFirst();
    }

    private static CssColour hex(String digits) {
        String all = digits.length() < 6 ? digits.replaceAll("[0-9a-f]", "$0$0") : digits;
        int alpha = all.length() == 8 ? Integer.parseInt(all.substring(6), 16) : 255;
        int rgb = Integer.parseInt(all.substring(0, 6), 16);
        return new CssColour(rgb >> 16, (rgb >> 8) & 0xFF, rgb & 0xFF, alpha / 255.0);
    }

    private static Optional<CssColour> function(Matcher parts) {
        try {
            double alpha = parts.group(5) == null ? 1 : number(parts.group(5), 1);
            if (parts.group(1).equals("rgb")) {
                return Optional.of(new CssColour(
                        channel(parts.group(2)), channel(parts.group(3)), channel(parts.group(4)), alpha));
            }
            int[] rgb = CSSColorHelper.getHSLAsRGBValue(
                    (float) number(parts.group(2).replace("deg", ""), 1), (float) number(parts.group(3), 100), (float)
                            number(parts.group(4), 100));
            return Optional.of(new CssColour(rgb[0], rgb[1], rgb[2], alpha));
        } catch (NumberFormatException e) {
            return Optional.empty(); // calc() or var(): nothing that is known here
        }
    }

    private static int channel(String text) {
        return (int) Math.round(Math.min(255, Math.max(0, number(text, 255))));
    }

    /** @param whole what 100% is */
    private static double number(String text, double whole) {
        return text.endsWith("%")
                ? Double.parseDouble(text.substring(0, text.length() - 1)) / 100 * whole
                : Double.parseDouble(text);
    }

    /** What is seen where this lies on something opaque. */
    CssColour over(CssColour below) {
        return alpha >= 1
                ? this
                : new CssColour(mix(red, below.red), mix(green, below.green), mix(blue, below.blue), 1);
    }

    private int mix(int above, int below) {
        return (int) Math.round(above * alpha + below * (1 - alpha));
    }

    /** WCAG 2.2, "contrast ratio": from 1, the same, to 21, black on white. */
    double contrast(CssColour other) {
        double one = luminance();
        double two = other.luminance();
        return (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
    }

    private double luminance() {
        return light(red) * 0.2126 + light(green) * 0.7152 + light(blue) * 0.0722;
    }

    private static double light(int channel) {
        double share = channel / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }

    @Override
    public String toString() {
        return "#%02x%02x%02x".formatted(red, green, blue);
    }
}
