package io.courant.post;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes HTML of a post as WordPress's database has it. There, the classic editor leaves paragraphs to blank lines, and
 * the block editor says in comments what stands between tags.
 */
final class ClassicEditor {
    private static final String BLOCKS =
            "address|article|aside|blockquote|caption|center|col|colgroup|dd|details|div|dl"
                    + "|dt|fieldset|figcaption|figure|footer|form|h[1-6]|header|hr|iframe|legend|li|main|map|menu|nav|object|ol"
                    + "|p|pre|script|section|style|summary|table|tbody|td|tfoot|th|thead|tr|ul|video";
    private static final Pattern BLOCK = Pattern.compile("</?(?:" + BLOCKS + ")(?=[\\s/>])", Pattern.CASE_INSENSITIVE);
    private static final Pattern BEFORE =
            Pattern.compile("(?<!\n)\n(<(?:" + BLOCKS + ")[\\s/>])", Pattern.CASE_INSENSITIVE);
    private static final Pattern AFTER =
            Pattern.compile("(</(?:" + BLOCKS + ")>|<hr\\s?/?>)\n", Pattern.CASE_INSENSITIVE);
    private static final Pattern VERBATIM =
            Pattern.compile("<(pre|script|style|textarea)\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern GAP = Pattern.compile("\n[ \t]{0,99}\n\\s*");

    /** What is between these shortcodes stays; the others show something that only the site has. */
    private static final Pattern AROUND = Pattern.compile("\\[/?(?:wp_caption|caption|embed)\\b[^\\]\\[]{0,2000}]");

    private static final Pattern SHOWS = Pattern.compile("\\[/?(?:gallery|playlist|audio|video)\\b[^\\]\\[]{0,2000}]");

    private ClassicEditor() {}

    static String html(String content) {
        boolean blocks = content.contains("<!-- wp:");
        String text = withoutComments(content.replace("\r\n", "\n").replace('\r', '\n'));
        String plain = SHOWS.matcher(AROUND.matcher(text).replaceAll("")).replaceAll("");
        return blocks ? plain.strip() : paragraphs(plain);
    }

    /** Without {@code <!--more-->}, {@code <!--nextpage-->} and those that blocks begin and end with. */
    private static String withoutComments(String html) {
        StringBuilder rest = new StringBuilder(html.length());
        int from = 0;
        int start;
        while ((start = html.indexOf("<!--", from)) >= 0) {
            int end = html.indexOf("-->", start + 4);
            rest.append(html, from, start);
            if (end < 0) {
                return rest.toString();
            }
            from = end + 3;
        }
        return rest.append(html, from, html.length()).toString();
    }

    private static String paragraphs(String text) {
        StringBuilder html = new StringBuilder(text.length() + text.length() / 16);
        Matcher verbatim = VERBATIM.matcher(text);
        int from = 0;
        while (verbatim.find(from)) {
            String end = "</" + verbatim.group(1).toLowerCase(Locale.ROOT);
            int close = indexOf(text, end, verbatim.end());
            add(html, text.substring(from, verbatim.start()));
            html.append(text, verbatim.start(), close);
            from = close;
        }
        add(html, text.substring(from));
        return html.toString().strip();
    }

    /** Where the tag ends that closes what began, or the text. */
    private static int indexOf(String text, String tag, int from) {
        for (int at = text.indexOf("</", from); at >= 0; at = text.indexOf("</", at + 2)) {
            if (text.regionMatches(true, at, tag, 0, tag.length())) {
                int end = text.indexOf('>', at);
                return end < 0 ? text.length() : end + 1;
            }
        }
        return text.length();
    }

    private static void add(StringBuilder html, String text) {
        String spaced = AFTER.matcher(BEFORE.matcher(text).replaceAll("\n\n$1")).replaceAll("$1\n\n");
        for (String chunk : GAP.splitAsStream(spaced).toList()) {
            String one = chunk.strip();
            if (one.isEmpty()) {
                continue;
            }
            if (BLOCK.matcher(one).lookingAt()) {
                html.append(one).append('\n');
            } else {
                html.append("<p>").append(one.replace("\n", "<br>\n")).append("</p>\n");
            }
        }
    }
}
