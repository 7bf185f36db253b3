package io.courant.bounce;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The codes that a mail system's words hold.
 *
 * @param reply SMTP reply code (RFC 5321 §4.2), or empty
 * @param status enhanced status code (RFC 3463), or empty
 */
record Codes(String reply, String status) {
    static final Codes NONE = new Codes("", "");

    private static final String REPLY = "(4(?:2[0-2]|3[0-24]|5[0-9])|5(?:0[0-4]|[1-4][0-9]|5[0-9]|7[0-2]))";
    private static final String STATUS = "([245]\\.[0-9]{1,2}\\.[0-9]{1,3})(?![0-9]|\\.[0-9])";
    private static final Pattern BOTH = Pattern.compile("(?<![0-9.])" + REPLY + "[ -]{1,3}[#'\"(]{0,2}" + STATUS);
    private static final Pattern ENHANCED = Pattern.compile("(?<![0-9.])" + STATUS);

    /** A reply code stands first, or after what introduces a quotation; elsewhere three digits are any number. */
    private static final Pattern ALONE = Pattern.compile(
            "(?:^|\\n|said:?|reason:|was:|code:?|code :|response:?|returned:?|[:;#'\"<>(\\]-]|<<<)[ \\t\\r\\n]{0,8}"
                    + "['\"]?" + REPLY + "(?=[ \\t\\r\\n-]|$|[.:;,)'\"])",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern PARAGRAPH = Pattern.compile("\\n[ \\t\\r]{0,80}\\n");
    private static final Pattern TIME_IS_UP = Pattern.compile("\\b[45]\\.4\\.7\\b");

    /** What is known if others are asked first. */
    Codes or(Codes others) {
        return new Codes(reply.isEmpty() ? others.reply : reply, isVague(status) ? specific(others) : status);
    }

    private String specific(Codes others) {
        return status.isEmpty() || !isVague(others.status) ? others.status : status;
    }

    boolean isTemporary() {
        return reply.isEmpty() ? status.startsWith("4") : reply.startsWith("4");
    }

    /** Whether a status says no more than good or bad. */
    static boolean isVague(String status) {
        return status.isEmpty() || status.endsWith(".0.0");
    }

    static Codes in(String words) {
        return causeOfExpiry(words).orElse(first(words));
    }

    boolean isExpiry() {
        return TIME_IS_UP.matcher(status).find();
    }

    Codes orElse(Codes others) {
        return equals(NONE) ? others : this;
    }

    /** That time is up is no reason; the one that was last tried, if any, stands after it. */
    static Codes causeOfExpiry(String words) {
        Matcher expired = TIME_IS_UP.matcher(words);
        if (!expired.find()) {
            return NONE;
        }
        Codes last = first(words.substring(expired.end()));
        return last.status.isEmpty() || TIME_IS_UP.matcher(last.status).find() ? NONE : last;
    }

    /** The answer that is quoted within words for people: from its code to the end of the paragraph. */
    static String answer(String words) {
        for (Pattern code : List.of(BOTH, ALONE, ENHANCED)) {
            Matcher start = code.matcher(words);
            if (start.find()) {
                Matcher end = PARAGRAPH.matcher(words).region(start.end(), words.length());
                return words.substring(start.start(1), end.find() ? end.start() : words.length());
            }
        }
        return "";
    }

    /** Those paragraphs of words for people that quote an answer. */
    static String answers(String words) {
        StringBuilder answers = new StringBuilder();
        int start = 0;
        for (Matcher end = PARAGRAPH.matcher(words + "\n\n"); end.find(); start = end.end()) {
            String paragraph = words.substring(Math.min(start, words.length()), Math.min(end.start(), words.length()));
            if (BOTH.matcher(paragraph).find() || ALONE.matcher(paragraph).find()) {
                answers.append(paragraph).append('\n');
            }
        }
        return answers.toString();
    }

    private static Codes first(String words) {
        Codes vague = NONE;
        for (Matcher both = BOTH.matcher(words); both.find(); ) {
            Codes codes = new Codes(both.group(1), both.group(2));
            if (!isVague(codes.status)) {
                return codes;
            }
            vague = vague.orElse(codes);
        }
        String reply = vague.reply;
        if (reply.isEmpty()) {
            Matcher alone = ALONE.matcher(words);
            reply = alone.find() ? alone.group(1) : "";
        }
        String status = vague.status;
        for (Matcher enhanced = ENHANCED.matcher(words); isVague(status) && enhanced.find(); ) {
            status = isVague(enhanced.group(1)) && !status.isEmpty() ? status : enhanced.group(1);
        }
        return new Codes(reply, status);
    }
}
