package io.courant.render;

import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The colours that whoever looks at a mail prefers (CSS Media Queries 5, §11.5). */
public enum Scheme {
    LIGHT,
    DARK;

    private static final Pattern STYLE = Pattern.compile("(?is)<style\\b[^>]*>.*?</style>");
    private static final Pattern HEAD_ENDS = Pattern.compile("(?i)</head>");

    /**
     * A mail as somebody sees it who prefers these colours, whatever the one prefers who looks at it here: its rules for
     * a preference become rules for always or for never.
     */
    public String shown(String html) {
        String decided = STYLE.matcher(html).replaceAll(style -> quoted(decided(style)));
        return HEAD_ENDS
                .matcher(decided)
                .replaceFirst("<style>:root{color-scheme:" + word() + " !important}</style></head>");
    }

    private String decided(MatchResult style) {
        String rules = style.group();
        for (Scheme scheme : values()) {
            rules = rules.replaceAll(
                    "(?i)\\(\\s*prefers-color-scheme\\s*:\\s*" + scheme.word() + "\\s*\\)",
                    scheme == this ? "(min-width: 0px)" : "(max-width: 0px)");
        }
        return rules;
    }

    private static String quoted(String text) {
        return Matcher.quoteReplacement(text);
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
