package io.courant.issue;

import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * An opaque colour of the sRGB space.
 *
 * @param hex {@code #rrggbb} in small letters
 */
public record Colour(String hex) {
    /** The contrast that text needs against its ground (WCAG 2.2, 1.4.3). */
    public static final double TEXT = 4.5;

    private static final Colour BLACK = new Colour("#000000");
    private static final Colour WHITE = new Colour("#ffffff");
    private static final int STEPS = 256;

    public Colour {
        hex = hex.strip().toLowerCase(Locale.ROOT);
        if (!hex.matches("#[0-9a-f]{6}")) {
            throw new IllegalArgumentException(
                    "expected a colour such as \"#9c2f1b\" (in quotes), found '" + hex + "'");
        }
    }

    /** From 1, which cannot be seen, to 21, black on white. */
    public double contrast(Colour other) {
        double one = luminance();
        double two = other.luminance();
        return (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
    }

    /** Whether text of this colour can be read on a ground. */
    public boolean isReadableOn(Colour ground) {
        return contrast(ground) >= TEXT;
    }

    /** This colour if it can be read on a ground; otherwise the nearest darker or lighter one that can. */
    public Colour readableOn(Colour ground) {
        return readableOn(List.of(ground));
    }

    /** The same for several grounds that are much alike. */
    public Colour readableOn(List<Colour> grounds) {
        return standingOut(TEXT, grounds);
    }

    /**
     * This colour, or the nearest darker or lighter one that has at least this contrast to all of these grounds.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Colour standingOut(double contrast, List<Colour> grounds) {
        return IntStream.rangeClosed(0, STEPS)
                .boxed()
                .flatMap(step -> Stream.of(mixed(BLACK, (double) step / STEPS), mixed(WHITE, (double) step / STEPS)))
                .filter(colour -> grounds.stream().allMatch(ground -> colour.contrast(ground) >= contrast))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "no shade of " + hex + " has a contrast of " + contrast + ":1 to all of " + grounds));
    }

    /** This colour with a share of another in it, from 0 to 1. */
    public Colour mixed(Colour other, double share) {
        StringBuilder mixed = new StringBuilder("#");
        for (int i = 0; i < 3; i++) {
            long part = Math.round(part(i) + (other.part(i) - part(i)) * share);
            mixed.append(String.format(Locale.ROOT, "%02x", part));
        }
        return new Colour(mixed.toString());
    }

    private int part(int index) {
        return Integer.parseInt(hex, 1 + 2 * index, 3 + 2 * index, 16);
    }

    /** Relative luminance as WCAG 2.2 defines it. */
    private double luminance() {
        double[] linear = IntStream.range(0, 3)
                .mapToDouble(i -> part(i) / 255.0)
                .map(part -> part <= 0.04045 ? part / 12.92 : StrictMath.pow((part + 0.055) / 1.055, 2.4))
                .toArray();
        return DoubleStream.of(0.2126 * linear[0], 0.7152 * linear[1], 0.0722 * linear[2])
                .sum();
    }

    @Override
    public String toString() {
        return hex;
    }
}
