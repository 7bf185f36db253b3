package io.courant.issue;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One thing that an editor changed in a newsletter's next issue. Its text is plain: it is shown as it stands, whatever
 * it looks like.
 *
 * @param number in the order of editing; 0 before it is kept
 * @param about the section's number or the topic's id, as the kind says; empty for the issue as a whole
 * @param value the text, or beside which section or topic it is to stand; an empty text takes back what was said before
 * @param by who changed it
 */
public record Edit(long number, Kind kind, String about, String value, Instant at, String by) {
    /** Line breaks and marks that turn the writing direction round would do harm wherever the text is shown. */
    private static final Pattern FORBIDDEN = Pattern.compile("[\\p{Cc}\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069]");

    private static final Pattern BETWEEN_PARAGRAPHS = Pattern.compile("\\R\\s*\\R");

    public Edit {
        value = kind == Kind.INTRODUCTION ? value.strip().replaceAll("\\R", "\n") : value.strip();
        String looked = kind == Kind.INTRODUCTION ? value.replace("\n", "") : value;
        if (FORBIDDEN.matcher(looked).find()) {
            throw new IllegalArgumentException(kind.words() + " must be plain text"
                    + (kind == Kind.INTRODUCTION ? "" : " in one line") + ", and has a control character; take it out");
        }
        int length = value.codePointCount(0, value.length());
        if (length > kind.longest) {
            throw new IllegalArgumentException(
                    kind.words() + " has " + length + " characters; " + kind.longest + " is the most");
        }
        if (kind.isMove() && about.equals(value)) {
            throw new IllegalArgumentException(about + " cannot stand beside itself");
        }
        if (by.isBlank()) {
            throw new IllegalArgumentException("an edit needs to say who made it");
        }
    }

    /** What is edited. */
    public enum Kind {
        /** An item's heading; empty for that of its source. */
        HEADING(200),
        /** An item's teaser; empty for none. */
        TEASER(600),
        /** An item comes first under its topic. */
        TOP(0),
        /** An item stands before another of its topic. */
        BEFORE(20),
        /** An item stands after another of its topic. */
        AFTER(20),
        /** A topic comes first. */
        TOPIC_TOP(0),
        /** A topic stands before another. */
        TOPIC_BEFORE(100),
        /** A topic stands after another. */
        TOPIC_AFTER(100),
        /** What the editor says before all items, in paragraphs with an empty line between them; empty for nothing. */
        INTRODUCTION(5_000),
        /** The subject; empty for that of the template. */
        SUBJECT(150),
        /** What mail programs show after the subject; empty for what the template says. */
        PREHEADER(150);

        private final int longest;

        Kind(int longest) {
            this.longest = longest;
        }

        /** Whether it says what an item is, and holds for as long as the item may be in an issue. */
        public boolean isOfItem() {
            return this == HEADING || this == TEASER;
        }

        /** Whether it says where something stands. */
        public boolean isMove() {
            return isItemMove() || isTopicMove();
        }

        boolean isItemMove() {
            return this == TOP || this == BEFORE || this == AFTER;
        }

        boolean isTopicMove() {
            return this == TOPIC_TOP || this == TOPIC_BEFORE || this == TOPIC_AFTER;
        }

        private String words() {
            return "the " + (isMove() ? "place" : name().toLowerCase(Locale.ROOT));
        }
    }

    /** An edit that is not kept yet. */
    public static Edit of(Kind kind, String about, String value, Instant at, String by) {
        return new Edit(0, kind, about, value, at, by);
    }

    /** An edit of an item that is not kept yet. */
    public static Edit of(Kind kind, long section, String value, Instant at, String by) {
        return of(kind, String.valueOf(section), value, at, by);
    }

    /** What was done, and who did it: {@code heading edited by ada}. */
    public String said() {
        return (kind.isMove() ? "moved" : kind.name().toLowerCase(Locale.ROOT) + " edited") + " by " + by;
    }

    /** Whether it is about the item of this section. */
    public boolean isAbout(long section) {
        return (kind.isOfItem() || kind.isItemMove()) && about.equals(String.valueOf(section));
    }

    /** The paragraphs of its text, each in one line. */
    List<String> paragraphs() {
        return BETWEEN_PARAGRAPHS
                .splitAsStream(value)
                .map(paragraph -> paragraph.replaceAll("\\s*\\n\\s*", " ").strip())
                .filter(paragraph -> !paragraph.isEmpty())
                .toList();
    }
}
