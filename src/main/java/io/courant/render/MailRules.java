package io.courant.render;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What must hold for what a mail shows, whatever template it was made with: for readers of the web's accessibility
 * guidelines (WCAG 2.2), for mail programs that know little of HTML, and for filters. An error is for a fault of the
 * template; what a post can bring about is a warning at most.
 */
public final class MailRules {
    /** Gmail shows no more than this and hides the rest, with the unsubscribe link in it. */
    public static final int MAX_HTML_BYTES = 102_400;
    /** As much of a subject as is shown, in characters. */
    public static final int LONGEST_SUBJECT = 78;
    /** As much of a preheader as fills the line after the subject. */
    public static final int LONGEST_PREHEADER = 90;
    /** An issue is cut to its budget before the reader's own values are in it. */
    private static final int WANTED_HTML_BYTES = SizeBudget.TARGET + 1_024;

    private static final Pattern IMPORT = Pattern.compile("<style[^>]*>[^<]*@import", Pattern.CASE_INSENSITIVE);

    private MailRules() {}

    /** What is wrong, errors first; empty when all is well. */
    public static List<Flaw> flaws(Letter letter) {
        Flaws flaws = new Flaws();
        SubjectRules subject = new SubjectRules(letter, flaws);
        TextRules text = new TextRules(letter, flaws);
        subject.apply();
        text.apply();
        size(letter.html(), flaws);
        if (IMPORT.matcher(letter.html()).find()) { // which inlining leaves out
            flaws.error("forbidden", "html", "has an @import, and mail must not fetch style sheets; leave it out");
        }
        try {
            MailPage page = MailPage.parse(letter.html());
            subject.preheader(page);
            text.links(page);
            new PageRules(page, flaws).apply();
            new LinkRules(page, letter, flaws).apply();
            new PictureRules(page, letter, flaws).apply();
            new LookRules(page, flaws).apply();
        } catch (IllegalArgumentException e) {
            flaws.error("css", "html", "cannot be looked at: " + e.getMessage());
        }
        return flaws.list();
    }

    /** What mail programs show of the HTML after the subject; empty if it has nothing for that. */
    public static String preheader(String html) {
        MailPage page = MailPage.parse(html);
        return page.written().stream()
                .findFirst()
                .filter(first -> page.inLight().of(first).hidden())
                .map(first -> MailPage.visible(first.text()))
                .orElse("");
    }

    /** The same for a mail that is text and nothing else. */
    public static List<Flaw> textFlaws(Letter letter) {
        Flaws flaws = new Flaws();
        new SubjectRules(letter, flaws).apply();
        new TextRules(letter, flaws).apply();
        return flaws.list();
    }

    private static void size(String html, Flaws flaws) {
        int bytes = encodedLength(html);
        if (bytes > MAX_HTML_BYTES) {
            flaws.error(
                    "size",
                    "html",
                    "has " + bytes + " bytes as quoted-printable, and Gmail clips above " + MAX_HTML_BYTES
                            + "; lower the quotas of the newsletter");
        } else if (bytes > WANTED_HTML_BYTES) {
            flaws.warning(
                    "size",
                    "html",
                    "has " + bytes + " bytes as quoted-printable, near the " + MAX_HTML_BYTES
                            + " above which Gmail clips; " + SizeBudget.TARGET + " is wanted");
        }
    }

    /** The bytes of a text as quoted-printable (RFC 2045 §6.7) with CRLF and a soft break in every 73 columns. */
    public static int encodedLength(String text) {
        int bytes = 0;
        int column = 0;
        for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
            int width = one == '\n' ? 2 : (one >= ' ' && one < 127 && one != '=') || one == '\t' ? 1 : 3;
            if (one == '\n') {
                column = 0;
            } else if (column + width > 73) {
                bytes += 3;
                column = width;
            } else {
                column += width;
            }
            bytes += width;
        }
        return bytes;
    }
}
