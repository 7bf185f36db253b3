package io.courant.bounce;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How far an SMTP conversation got (RFC 5321 §3.3) before the answer that a report quotes. */
enum Stage {
    UNKNOWN("(?!)"),
    CONNECTION("initial connection|refused to talk|\\b(?:EHLO|HELO)\\b"),
    SENDER("\\bMAIL[ _]?FROM\\b|sender was rejected|\\(state 1[12]\\)"),
    RECIPIENT("\\bRCPT(?:[ _]?TO)?\\b|does not like recipient|has rejected address|\\(state 1[345]\\)"),
    CONTENT("\\bDATA\\b|end of (?:data|message)|after I sent the message|\\bTEXT command|\\(state 1[78]\\)");

    private final Pattern words;

    Stage(String words) {
        this.words = Pattern.compile(words, Pattern.CASE_INSENSITIVE);
    }

    /** The stage that is named first. */
    static Stage in(String text) {
        Stage first = UNKNOWN;
        int start = text.length();
        for (Stage stage : values()) {
            Matcher named = stage.words.matcher(text).region(0, start);
            if (named.find()) {
                first = stage;
                start = named.start();
            }
        }
        return first;
    }
}
