package io.courant.issue;

import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a newsletter looks, in light and in dark. What is absent is as the template has it; what is there can be read.
 *
 * @param accent of what stands out
 * @param paper the ground
 * @param ink of text
 * @param headings font families for headings
 * @param body font families for everything else
 */
public record Brand(
        @Nullable Colour accent,
        @Nullable Colour accentDark,
        @Nullable Colour paper,
        @Nullable Colour paperDark,
        @Nullable Colour ink,
        @Nullable Colour inkDark,
        @Nullable Logo logo,
        @Nullable String headings,
        @Nullable String body) {
    /** Everything as the template has it. */
    public static final Brand NONE = new Brand(null, null, null, null, null, null, null, null, null);

    /** The grounds that the shipped templates have, or darker and lighter ones. */
    public static final Colour PAPER = new Colour("#fbf9f4");

    /** The same for the dark. */
    public static final Colour PAPER_DARK = new Colour("#191714");

    private static final Pattern FAMILIES = Pattern.compile("[A-Za-z][A-Za-z0-9-]*(?:(?: |, ?)[A-Za-z][A-Za-z0-9-]*)*");

    public Brand {
        refuseUnsafe(headings);
        refuseUnsafe(body);
    }

    /** Names without quotes, which CSS allows: nothing that could end a declaration or an element. */
    private static void refuseUnsafe(@Nullable String families) {
        if (families != null && !FAMILIES.matcher(families).matches()) {
            throw new IllegalArgumentException("expected font families such as \"Charter, Georgia, serif\" (letters,"
                    + " digits, hyphens and spaces; each word begins with a letter), found '" + families + "'");
        }
    }

    /**
     * A picture that stands for the newsletter.
     *
     * @param src https address
     * @param alt what it says to those who do not see it
     * @param width in CSS pixels
     */
    public record Logo(URI src, String alt, int width, int height) {
        public Logo {
            if (!"https".equals(src.getScheme()) || src.getHost() == null) {
                throw new IllegalArgumentException(
                        "expected an https address, found '" + src + "' (mail programs load pictures from the web)");
            }
        }
    }
}
