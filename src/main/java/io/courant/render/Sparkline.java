package io.courant.render;

import io.courant.issue.Colour;
import io.courant.words.Phrasebook;
import java.util.List;

/**
 * Draws the last 26 weekly shares of a topic as bars, the newest at the right; the last four are set off. Bars are drawn
 * to the highest of them, and a week without posts leaves a mark on the base line.
 */
final class Sparkline {
    static final int BARS = 26;
    static final int NEWEST = 4; // the shortest window that a trend is found in

    /** Size in CSS pixels. */
    static final int WIDTH = BARS * 4 - 1;

    static final int HEIGHT = 24;

    static final Colour ACCENT = new Colour("#c4573b");

    private static final int PITCH = 4;
    private static final int BAR = 3;

    private final List<Double> shares;

    private Sparkline(List<Double> shares) {
        for (double share : shares) {
            if (!(share >= 0 && share <= 1)) {
                throw new IllegalArgumentException("not a share: " + share + " (expected 0 to 1)");
            }
        }
        this.shares = List.copyOf(shares.subList(Math.max(0, shares.size() - BARS), shares.size()));
    }

    /**
     * An image for mail, less than 1 KB. It has twice as many pixels each way as it should be shown with, so that it is
     * sharp on screens of double density. The same shares give the same bytes everywhere.
     */
    static byte[] png(List<Double> shares) {
        return png(shares, ACCENT);
    }

    /** The same with another colour for the newest bars. */
    static byte[] png(List<Double> shares, Colour accent) {
        Sparkline sparkline = new Sparkline(shares);
        PalettePng image = new PalettePng(WIDTH * 2, HEIGHT * 2, Integer.parseInt(accent.hex(), 1, 7, 16));
        int[] heights = sparkline.heights(HEIGHT * 2);
        for (int i = 0; i < heights.length; i++) {
            image.fill(
                    sparkline.left(i) * 2,
                    HEIGHT * 2 - heights[i],
                    BAR * 2,
                    heights[i],
                    sparkline.isNew(i) ? PalettePng.ACCENT : PalettePng.INK);
        }
        return image.bytes();
    }

    /** A picture for pages, in the colour of the text around it. */
    static String svg(List<Double> shares, String title) {
        Sparkline sparkline = new Sparkline(shares);
        int[] heights = sparkline.heights(HEIGHT * 2);
        StringBuilder older = new StringBuilder();
        StringBuilder newest = new StringBuilder();
        for (int i = 0; i < heights.length; i++) {
            String height = heights[i] % 2 == 0 ? "" + heights[i] / 2 : heights[i] / 2 + ".5";
            (sparkline.isNew(i) ? newest : older)
                    .append('M')
                    .append(sparkline.left(i))
                    .append(' ')
                    .append(HEIGHT)
                    .append("v-")
                    .append(height)
                    .append("h" + BAR + "v")
                    .append(height)
                    .append('z');
        }
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"" + WIDTH + "\" height=\"" + HEIGHT
                + "\" viewBox=\"0 0 " + WIDTH + " " + HEIGHT + "\" fill=\"currentColor\"><title>" + escaped(title)
                + "</title>" + path(older, " fill-opacity=\".6\"") + path(newest, "") + "</svg>";
    }

    /** What the bars show, for those who do not see them. */
    static String alt(List<Double> shares, Phrasebook phrases) {
        List<Double> shown = new Sparkline(shares).shares;
        if (shown.isEmpty()) {
            return phrases.say("picture.none");
        }
        String last = percent(shown.get(shown.size() - 1), phrases);
        if (shown.size() == 1) {
            return phrases.say("picture.week", last);
        }
        double highest = shown.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        int since = shown.size() - NEWEST;
        String average = percent(mean(shown), phrases);
        String course = since < NEWEST
                ? phrases.say("picture.average", average)
                : phrases.say(
                        "picture.average-and-last",
                        average,
                        percent(mean(shown.subList(since, shown.size())), phrases),
                        NEWEST);
        return phrases.say("picture.weeks", shown.size(), course, last, percent(highest, phrases));
    }

    /** The bars' heights, of which the base line takes two, so that every week can be seen. */
    private int[] heights(int full) {
        int base = 2;
        double highest = shares.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        return shares.stream()
                .mapToInt(share ->
                        share == 0 ? base : base + (int) Math.max(1, Math.round(share / highest * (full - base))))
                .toArray();
    }

    private int left(int bar) {
        return (BARS - shares.size() + bar) * PITCH;
    }

    private boolean isNew(int bar) {
        return bar >= shares.size() - NEWEST;
    }

    private static double mean(List<Double> shares) {
        return shares.stream().reduce(0.0, Double::sum) / shares.size(); // one after the other: always the same sum
    }

    private static String percent(double share, Phrasebook phrases) {
        long tenths = Math.round(share * 1000);
        if (share > 0 && tenths == 0) {
            return phrases.say("under", phrases.say("percent", phrases.tenths(1)));
        }
        return phrases.say(
                "percent",
                tenths == 0 || tenths >= 10 ? phrases.shown(Math.round(share * 100)) : phrases.tenths(tenths));
    }

    private static String path(StringBuilder bars, String attribute) {
        return bars.isEmpty() ? "" : "<path" + attribute + " d=\"" + bars + "\"/>";
    }

    static String escaped(String text) {
        return Prose.line(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
