package io.courant.job;

import io.courant.issue.Brand;
import io.courant.issue.Colour;
import io.courant.job.YamlFile.Fields;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/** Reads how a newsletter looks, and refuses what could not be read in a mail; all of it may be absent. */
final class BrandReader {
    private static final int WIDEST = 544; // what the column of a mail leaves between its margins
    private static final int HIGHEST = 300;

    private static final double PAPER = 7; // WCAG 2.2, 1.4.6
    private static final Colour BLACK = new Colour("#000000");
    private static final Colour WHITE = new Colour("#ffffff");

    private final YamlFile file;

    BrandReader(YamlFile file) {
        this.file = file;
    }

    Brand read(Fields job) {
        Node node = job.node("brand");
        if (node == null) {
            return Brand.NONE;
        }
        Fields fields =
                file.fields(node, "accent", "accent-dark", "paper", "paper-dark", "ink", "ink-dark", "logo", "fonts");
        Colour paper = paper(fields, "paper");
        Colour paperDark = paper(fields, "paper-dark");
        Colour ground = paper == null ? Brand.PAPER : paper;
        Colour groundDark = paperDark == null ? Brand.PAPER_DARK : paperDark;
        Node fonts = fields.node("fonts");
        Fields families = fonts == null ? null : file.fields(fonts, "heading", "body");
        return new Brand(
                readable(fields, "accent", ground),
                readable(fields, "accent-dark", groundDark),
                paper,
                paperDark,
                readable(fields, "ink", ground),
                readable(fields, "ink-dark", groundDark),
                logo(fields),
                families == null ? null : families(families, "heading"),
                families == null ? null : families(families, "body"));
    }

    private static @Nullable String families(Fields fonts, String key) {
        return fonts.optional(key, text -> Optional.of(families(text)), Optional.<String>empty())
                .orElse(null);
    }

    private static @Nullable Colour colour(Fields fields, String key) {
        return fields.optional(key, text -> Optional.of(new Colour(text)), Optional.<Colour>empty())
                .orElse(null);
    }

    /** Light or dark enough to leave room for text that steps back and for panels. */
    private static @Nullable Colour paper(Fields fields, String key) {
        Colour paper = colour(fields, key);
        if (paper != null) {
            double best = Math.max(paper.contrast(BLACK), paper.contrast(WHITE));
            if (best < PAPER) {
                fields.problem(
                        key,
                        String.format(
                                Locale.ROOT,
                                "%s %s is neither light nor dark: black or white text has a contrast of at most %.2f:1 on it;"
                                        + " expected %.0f:1 or more",
                                key,
                                paper,
                                best,
                                PAPER));
            }
        }
        return paper;
    }

    private static @Nullable Colour readable(Fields fields, String key, Colour ground) {
        Colour colour = colour(fields, key);
        if (colour != null && !colour.isReadableOn(ground)) {
            fields.problem(
                    key,
                    String.format(
                            Locale.ROOT,
                            "%s %s has a contrast of %.2f:1 on the paper %s; text needs %s:1, which \"%s\" has",
                            key,
                            colour,
                            Math.floor(colour.contrast(ground) * 100) / 100,
                            ground,
                            Colour.TEXT,
                            colour.readableOn(ground)));
        }
        return colour;
    }

    /** Quotes are left out: CSS needs none around families whose words begin with letters. */
    private static String families(String text) {
        String families = text.strip()
                .replaceAll("[\"']", "")
                .replaceAll("\\s*,\\s*", ", ")
                .replaceAll("\\s+", " ");
        new Brand(null, null, null, null, null, null, null, families, null); // refuses what is unsafe
        return families;
    }

    private Brand.@Nullable Logo logo(Fields brand) {
        Node node = brand.node("logo");
        if (node == null) {
            return null;
        }
        Fields fields = file.fields(node, "src", "alt", "width", "height");
        URI src = fields.required("src", Parse::web, URI.create("https://invalid.example"));
        String alt = fields.text("alt");
        int width = fields.required("width", Parse.number(1, WIDEST), 1);
        int height = fields.required("height", Parse.number(1, HIGHEST), 1);
        try {
            return new Brand.Logo(src, alt, width, height);
        } catch (IllegalArgumentException e) {
            fields.problem("src", String.valueOf(e.getMessage()));
            return null;
        }
    }
}
