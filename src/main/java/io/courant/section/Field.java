package io.courant.section;

import java.util.Locale;

/** The parts of a section that terms are looked for in, with what a hit there weighs. */
enum Field {
    TITLE(5),
    HEADINGS(2),
    BODY(1);

    final double boost;

    Field(double boost) {
        this.boost = boost;
    }

    /** The name that reasons give. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    String text(Section section) {
        return switch (this) {
            case TITLE -> section.heading();
            case HEADINGS -> String.join("\n", section.subheadings());
            case BODY -> section.text();
        };
    }
}
