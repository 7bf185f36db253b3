package io.courant.render;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;

/** What a reader sees of a mail before opening it: the subject, and the preheader after it. */
final class SubjectRules {
    private static final int SHORTEST_PREHEADER = 40;
    private static final int SHOUT = 8;
    private static final Pattern NUMBER = Pattern.compile(
            "\\b(?:newsletter|issue|edition|digest)\\s*(?:#|no\\.?|nr\\.?|number)?\\s*\\d+\\W*$",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern REPLY = Pattern.compile("^(?:re|fwd?|aw|wg)\\s*:.*", Pattern.CASE_INSENSITIVE);
    private static final Pattern CALL =
            Pattern.compile("\\${3}|\\bfree\\s*!|!.*!|100\\s?% free", Pattern.CASE_INSENSITIVE);
    private static final Pattern NOTHING = Pattern.compile("[\\u200B\\u2060\\uFEFF\\u00AD]");

    private final Letter letter;
    private final Flaws flaws;

    SubjectRules(Letter letter, Flaws flaws) {
        this.letter = letter;
        this.flaws = flaws;
    }

    void apply() {
        String subject = letter.subject();
        if (subject.isBlank()) {
            flaws.error("subject", "subject", "is empty; say what is in the mail");
            return;
        }
        int length = subject.codePointCount(0, subject.length());
        if (length > MailRules.LONGEST_SUBJECT) {
            flaws.warning(
                    "subject",
                    "subject",
                    "has " + length + " characters; " + MailRules.LONGEST_SUBJECT + " is the most that is shown");
        }
        if (NUMBER.matcher(subject).find()) {
            flaws.warning("subject", "subject", "says a number instead of what is in the mail: '" + subject + "'");
        }
        if (subject.codePoints().filter(Character::isUpperCase).count() >= SHOUT
                && subject.codePoints().noneMatch(Character::isLowerCase)) {
            flaws.warning("spam", "subject", "is all capitals, as in spam; write it like a sentence");
        }
        if (REPLY.matcher(subject).matches()) {
            flaws.warning("spam", "subject", "begins like an answer, which it is not; leave that out");
        }
        if (CALL.matcher(subject).find()) {
            flaws.warning("spam", "subject", "calls out as spam does ('!!', '$$$', 'free!'); say it plainly");
        }
        if (NOTHING.matcher(subject).find()) {
            flaws.warning(
                    "spam", "subject", "has characters of no width, as spam does to pass filters; leave them out");
        }
    }

    void preheader(MailPage page) {
        Optional<Element> first = page.written().stream().findFirst();
        if (first.isEmpty() || !page.inLight().of(first.get()).hidden()) {
            flaws.warning(
                    "preheader",
                    "html",
                    "has none: the first element should be hidden and say what the subject does not,"
                            + " because mail programs show it after the subject");
            return;
        }
        String text = MailPage.visible(first.get().text());
        int length = text.codePointCount(0, text.length());
        if (length < SHORTEST_PREHEADER || length > MailRules.LONGEST_PREHEADER) {
            flaws.warning(
                    "preheader",
                    "html",
                    "the preheader has " + length + " characters; between " + SHORTEST_PREHEADER + " and "
                            + MailRules.LONGEST_PREHEADER + " fill the line: “" + Prose.cut(text, 60) + "”");
        }
        if (text.equalsIgnoreCase(letter.subject().strip())) {
            flaws.warning("preheader", "html", "the preheader says the subject again; say what comes next");
        }
    }
}
