package io.courant.bounce;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a mail system wrote for people, up to where it quotes the mail that it returns: the words of that mail are not
 * its own and must never be taken for a reason.
 *
 * @param words all of them
 * @param passages what it says of each recipient, in its order
 * @param quoted the header of the returned mail, where it is quoted
 */
record Notice(String words, List<Passage> passages, Fields quoted) {
    private static final int LONGEST_LINE = 2_000;
    private static final int LONGEST_HEADER = 50;

    /** What is said of a recipient. */
    record Passage(String recipient, String words) {}

    /** A line behind which the returned mail is quoted. */
    private static final Pattern QUOTATION = Pattern.compile(
            "[\\s>*|]{0,9}[-=_*|#]{0,80} ?(?:(?:this is a copy of|below this line is|(?:below|enclosed|here) is a copy of"
                    + "|the header of the original|begin message header)\\b.{0,80}"
                    + "|(?:the )?(?:headers? of )?(?:the )?(?:your )?(?:original|unsent|returned|undelivered|failed|rejected|bounced)"
                    + " (?:mail|message|e-mail)(?: (?:text|headers?|info|body|as|is|below|follows?|text follows"
                    + "|headers? follows?|header is following))*"
                    + "|message (?:text|headers?)(?: follows?)?|mail header|header of original message"
                    + "|intestazioni originali del messaggio|en-t[eê]tes? d(?:e|u) message d'origine.{0,9}"
                    + "|ursprüngliche nachrichtenkopfzeilen|encabezados de mensajes? originales?"
                    + "|元のメッセージ.{0,9}|original-?mail.{0,20})[ .:]{0,3}[-=_*|#. :]{0,80}",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    /** What people cite in a reply; ">>>" is a command in a transcript. */
    private static final Pattern CITED = Pattern.compile("[ \\t]{0,9}>(?!>>)");

    /** A field that nobody writes at the start of a line by chance; two that follow each other are a header. */
    private static final Pattern HEADER_LINE = Pattern.compile(
            "(?:received|return-path|message-id|mime-version|date|from|to|subject|delivered-to|reply-to|x-[a-z-]{2,40}"
                    + "|dkim-signature)[ \\t]?:.*",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern SURELY_A_HEADER = Pattern.compile(
            "received|return-path|message-id|mime-version|from|delivered-to|x-|dkim", Pattern.CASE_INSENSITIVE);

    /** A line that begins what is said of a recipient. */
    private static final Pattern RECIPIENT = Pattern.compile(
            "(?:\\s{0,20}(?:[*-]>? {0,3})?)(?:(?:recipient(?: address)?|(?:addressed|rcpt) to|user|mailbox|unknown user)"
                    + "[\\s:]{1,9})?['\"<(]{0,2}(?:[a-z]{1,40}:[0-9]{1,20}:<|mailto:|smtp:)?("
                    + Addresses.ADDRESS + ")(?:[>\"':;,)\\]]|\\.{2,3}|\\s|$).*",
            Pattern.CASE_INSENSITIVE);

    /** A line of a Sendmail transcript that ends what is said of a recipient. */
    private static final Pattern VERDICT = Pattern.compile("[45][0-9]{2} <?(" + Addresses.ADDRESS + ")>?\\.\\.\\. .*");

    private static final Pattern IN_A_SENTENCE = Pattern.compile(
            "(?:deliver(?:ing)? (?:your )?(?:mail|message|e-mail) to|(?:message|mail) (?:sent )?to|following recipients?(?:\\(s\\))?|unknown user:?)[: ]{0,3}<?("
                    + Addresses.ADDRESS + ")",
            Pattern.CASE_INSENSITIVE);

    static Notice of(String text, List<String> senders) {
        List<String> lines = text.lines()
                .filter(line -> !CITED.matcher(line).lookingAt())
                .map(line -> line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) : line)
                .toList();
        int end = end(lines);
        Fields quoted = new Fields();
        if (end < lines.size()) {
            quoted.addAll(Fields.of(dedented(lines.subList(end, lines.size()))));
        }
        List<String> own = lines.subList(0, end);
        return new Notice(String.join("\n", own), passages(own, senders), quoted);
    }

    private static int end(List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if ((i > 0 && !line.isBlank() && QUOTATION.matcher(line).matches()) || headerAt(lines, i)) {
                return i;
            }
        }
        return lines.size();
    }

    /** Some fields that follow each other, one of them such as only a mail itself has. */
    private static boolean headerAt(List<String> lines, int start) {
        int fields = 0;
        boolean sure = false;
        for (int i = start; i < lines.size() && i < start + LONGEST_HEADER && !(sure && fields > 1); i++) {
            String line = lines.get(i);
            if (HEADER_LINE.matcher(line).matches()) {
                fields++;
                sure |= SURELY_A_HEADER.matcher(line).lookingAt();
            } else if (i == start || line.isBlank() || !Character.isWhitespace(line.charAt(0))) {
                return false;
            }
        }
        return sure && fields > 1;
    }

    /** The lines of a quotation that is set in, or stands under a heading. */
    private static String dedented(List<String> lines) {
        List<String> quoted = lines.stream()
                .skip(lines.isEmpty() || HEADER_LINE.matcher(lines.get(0)).matches() ? 0 : 1)
                .dropWhile(String::isBlank)
                .toList();
        int margin = quoted.isEmpty()
                ? 0
                : quoted.get(0).length() - quoted.get(0).stripLeading().length();
        StringBuilder text = new StringBuilder();
        for (String line : quoted) {
            text.append(
                            line.isBlank()
                                    ? ""
                                    : line.substring(Math.min(
                                            margin,
                                            line.length() - line.stripLeading().length())))
                    .append('\n');
        }
        return text.toString();
    }

    private static List<Passage> passages(List<String> lines, List<String> senders) {
        List<Passage> passages = new ArrayList<>();
        StringBuilder words = new StringBuilder();
        String recipient = "";
        for (String line : lines) {
            Optional<String> next =
                    recipient(line).filter(address -> !senders.contains(address.toLowerCase(Locale.ROOT)));
            if (next.isPresent() && !next.get().equalsIgnoreCase(recipient)) {
                add(passages, recipient, words);
                recipient = next.get();
            }
            words.append(line).append('\n');
        }
        add(passages, recipient, words);
        if (passages.isEmpty()) {
            return verdicts(lines);
        }
        return passages.size() > 1
                ? passages
                : List.of(new Passage(passages.get(0).recipient(), String.join("\n", lines)));
    }

    private static List<Passage> verdicts(List<String> lines) {
        List<Passage> passages = new ArrayList<>();
        StringBuilder words = new StringBuilder();
        for (String line : lines) {
            if (line.startsWith("While talking to") || line.startsWith("... while talking to")) {
                words.setLength(0);
            }
            words.append(line).append('\n');
            Matcher verdict = VERDICT.matcher(line);
            if (verdict.matches()) {
                add(passages, verdict.group(1), words);
            }
        }
        return passages;
    }

    private static Optional<String> recipient(String line) {
        if (line.indexOf('@') < 0) {
            return Optional.empty(); // the patterns try every letter of the line before they give up
        }
        Matcher start = RECIPIENT.matcher(line);
        if (start.matches()) {
            return Optional.of(start.group(1));
        }
        Matcher sentence = IN_A_SENTENCE.matcher(line);
        return sentence.find() ? Optional.of(sentence.group(1)) : Optional.empty();
    }

    /** A recipient may be named again, in another language or at the head of a table: the longer passage says more. */
    private static void add(List<Passage> passages, String recipient, StringBuilder words) {
        if (!recipient.isEmpty()) {
            Passage passage = new Passage(recipient, words.toString());
            int before = 0;
            while (before < passages.size() && !passages.get(before).recipient().equalsIgnoreCase(recipient)) {
                before++;
            }
            if (before < passages.size()) {
                Passage known = passages.get(before);
                passages.set(before, new Passage(known.recipient(), known.words() + passage.words()));
            } else if (passages.size() < ReturnedMail.MOST_REPORTS) {
                passages.add(passage);
            }
        }
        words.setLength(0);
    }

    /** What is said of a recipient alone. */
    Optional<String> of(String recipient) {
        return passages.stream()
                .filter(passage -> passage.recipient().equalsIgnoreCase(recipient))
                .map(Passage::words)
                .findFirst();
    }
}
