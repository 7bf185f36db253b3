package io.courant.issue;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the whole sentences of running text. Lists, code, tables and lines without a final stop (subheadings,
 * captions) hold none. In doubt a sentence goes on: two taken for one are whole, half of one is not. For the same
 * reason what stands in quotation marks or brackets is kept together.
 */
final class Sentences {
    private static final Pattern PARAGRAPH = Pattern.compile("\\r?\\n(\\h*\\r?\\n)+");
    private static final Pattern LIST_LINE = Pattern.compile("\\s*([-*•‣◦–+]|\\(?\\d{1,3}[.)]|\\(?[a-z]\\))\\s.*");
    private static final Pattern CODE_LINE = Pattern.compile(
            "( {4}|\\t).*" // indented
                    + "|.*([{}]|\\);)\\s*" // ends as code does
                    + "|.*(\\|.*\\||\\t).*" // cells of a table
                    + "|\\s*(//|#|\\$ |>>> ).*" // comment, heading, prompt
                    + "|\\s*[\\w.\\[\\]]+\\s*=\\s*\\S.*"); // assignment
    private static final Pattern FENCE = Pattern.compile("\\s*(```|~~~).*");
    // explicit directions: half of a pair would turn around what stands after the teaser
    private static final Pattern BIDI_CONTROLS =
            Pattern.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\ufeff]");

    private static final Pattern SPACES = Pattern.compile("[\\s\\p{Z}\\p{Cc}&&[^\u00a0\u202f]]+");
    // a space that may not break stays where French needs it, before and after its marks
    private static final Pattern LOOSE_SPACES = Pattern.compile("(?<![«‹])[\u00a0\u202f ]+(?![!?;:»›])");

    /** Full stops of all scripts, then what closes, then the mark of a footnote. */
    private static final Pattern STOP = Pattern.compile("[.!?…。！？｡．؟۔।॥։።។။‼⁇⁈⁉]++"
            + "[\"'”’“‘»«›‹)\\]」』）】》〉]*+(?:\\h[»›](?![\\p{L}\\p{N}]))?+[\"'”’)\\]]*+(?:\\[\\d{1,3}]){0,5}+[¹²³⁰-⁹]*+");

    /** Stops that may stand inside a sentence, which then goes on in lower case: Yahoo! was. */
    private static final String NARROW_STOPS = ".!?…‼⁇⁈⁉";

    /** Stops that need no space after them. */
    private static final String WIDE_STOPS = "。！？｡．؟۔।॥";

    /** What stands before a stop, as far back as an abbreviation of several words can reach. */
    private static final Pattern LAST_WORDS =
            Pattern.compile("(?:(?<![\\p{L}\\p{M}\\p{N}])[\\p{L}\\p{M}]{1,3}\\.[\\h-]?){0,3}[\\p{L}\\p{M}\\p{N}]+$");

    private static final Pattern ORDINAL = Pattern.compile("\\d{1,2}|[IVX]{2,}");
    private static final Pattern INITIALS = Pattern.compile("\\p{L}(\\.\\p{L})+"); // U.S, but not node.js
    private static final Pattern LETTER = Pattern.compile("\\p{L}\\p{M}*");

    /** Small words that are part of names, so that they may stand after an initial or a king's number. */
    private static final Set<String> PARTICLES = Set.of(
            "al", "da", "de", "del", "den", "der", "di", "du", "el", "la", "las", "le", "los", "van", "von", "zu");

    private static final Map<Character, String> CLOSERS = Map.ofEntries(
            Map.entry('(', ")"),
            Map.entry('（', "）"),
            Map.entry('[', "]"),
            Map.entry('【', "】"),
            Map.entry('「', "」"),
            Map.entry('『', "』"),
            Map.entry('《', "》"),
            Map.entry('“', "”"),
            Map.entry('„', "“”"),
            Map.entry('«', "»"),
            Map.entry('»', "«"),
            Map.entry('"', "\""));
    private static final int LONGEST_QUOTATION = 600;
    private static final int MARKS = 20; // before a word
    private static final int SHORTEST_UNSTOPPED = 40;

    private Sentences() {}

    /** At most so many sentences from the beginning of a text, each on one line. */
    static List<String> of(String text, Language language, int limit) {
        List<String> sentences = new ArrayList<>();
        boolean fenced = false;
        for (String paragraph : PARAGRAPH.split(text, -1)) {
            List<String> prose = new ArrayList<>();
            boolean other = false;
            for (String line : paragraph.lines().toList()) {
                boolean fence = FENCE.matcher(line).matches();
                fenced ^= fence;
                // What follows a list mark on the next lines belongs to the list.
                other |= fence || fenced || LIST_LINE.matcher(line).matches() || isCode(line);
                if (!other) {
                    prose.add(line.strip());
                }
            }
            new Scan(joined(prose), language).into(sentences);
            if (sentences.size() >= limit) {
                return sentences.subList(0, limit);
            }
        }
        return sentences;
    }

    private static boolean isCode(String line) {
        return CODE_LINE.matcher(line).matches();
    }

    /** Lines of one paragraph as one line; Chinese and Japanese are joined without a space. */
    private static String joined(List<String> lines) {
        StringBuilder paragraph = new StringBuilder();
        for (String line : lines) {
            boolean space = paragraph.length() > 0
                    && !line.isEmpty()
                    && !(isWide(paragraph.codePointBefore(paragraph.length())) && isWide(line.codePointAt(0)));
            paragraph.append(space ? " " : "").append(line);
        }
        String line =
                SPACES.matcher(BIDI_CONTROLS.matcher(paragraph).replaceAll("")).replaceAll(" ");
        return LOOSE_SPACES.matcher(line).replaceAll(" ").strip();
    }

    /** Whether no space belongs between this character and another such. */
    static boolean isWide(int c) {
        return Words.isIdeographic(c) || (c >= 0x3000 && c <= 0x303F) || (c >= 0xFF00 && c <= 0xFF60);
    }

    /** One paragraph, read from stop to stop. */
    private static final class Scan {
        private final String text;
        private final Language language;
        private final BitSet quoted;

        Scan(String text, Language language) {
            this.text = text;
            this.language = language;
            this.quoted = quotations(text);
        }

        void into(List<String> sentences) {
            int start = 0;
            int read = 0;
            boolean words = false; // none yet, as in "... and"
            Matcher stop = STOP.matcher(text);
            while (stop.find()) {
                words |= text.substring(read, stop.start()).codePoints().anyMatch(Character::isLetter);
                read = stop.end();
                if (stop.end() == text.length()) {
                    if (!isNeverLast(stop)) { // otherwise it announces a list, which is left out
                        sentences.add(text.substring(start).strip());
                    }
                    return;
                }
                if (words && isEnd(stop)) {
                    sentences.add(text.substring(start, read).strip());
                    start = read;
                    words = false;
                }
            }
            String rest = text.substring(start).strip();
            if (isUnstopped(rest)) {
                sentences.add(rest);
            }
        }

        private boolean isEnd(Matcher stop) {
            int end = stop.end();
            int next = text.codePointAt(end);
            boolean space = Character.isSpaceChar(next);
            if (quoted.get(end) || (!space && !endsWithoutSpace(stop))) {
                return false;
            }
            char last = text.charAt(end - 1);
            if (!space && "」』”》）".indexOf(last) >= 0 && UnicodeScript.of(next) == UnicodeScript.HIRAGANA) {
                return false; // 「…。」と言った
            }
            String following = wordAt(end);
            boolean goesOn = NARROW_STOPS.indexOf(text.charAt(stop.start())) >= 0 && isLowerCase(following);
            return !goesOn && !isAbbreviated(stop, following);
        }

        /** Chinese and Japanese leave no space after a stop, not even after a narrow one. */
        private boolean endsWithoutSpace(Matcher stop) {
            boolean wide = stop.group().codePoints().anyMatch(c -> WIDE_STOPS.indexOf(c) >= 0);
            return wide
                    || (Words.isIdeographic(text.codePointAt(stop.end()))
                            && stop.group().charAt(0) != '…'
                            && stop.start() > 0
                            && Words.isIdeographic(text.codePointBefore(stop.start())));
        }

        private boolean isAbbreviated(Matcher stop, String following) {
            if (isNeverLast(stop)) {
                return true;
            }
            if (!isSingleStop(stop)) {
                return false;
            }
            List<String> words = lastWords(stop.start());
            if (words.isEmpty()) {
                return false;
            }
            String last = words.get(words.size() - 1);
            boolean number = !following.isEmpty() && Character.isDigit(following.codePointAt(0));
            if (number
                    && words.stream().anyMatch(word -> language.beforeNumber().contains(lower(word)))) {
                return true;
            }
            boolean begins = isFunctionWord(following);
            boolean namesOn = PARTICLES.contains(lower(following)); // J. De Vries, Friedrich II. Von
            if (language.ordinals() && last.matches("\\d+") && number) {
                return true; // 3. 5. 2026
            }
            if (language.ordinals() && ORDINAL.matcher(last).matches()) {
                return !begins || namesOn;
            }
            if (words.stream()
                    .anyMatch(word -> language.maybeLast().contains(lower(word))
                            || INITIALS.matcher(word).matches())) {
                return !begins;
            }
            if (!LETTER.matcher(last).matches()) {
                return false;
            }
            boolean first = last.equals("I") && words.size() == 1; // the pronoun, not an initial
            return !first && (!begins || namesOn);
        }

        private boolean isNeverLast(Matcher stop) {
            String mark = text.charAt(stop.start()) == '.' ? "" : text.substring(stop.start(), stop.start() + 1);
            return (isSingleStop(stop) || !mark.isEmpty())
                    && lastWords(stop.start()).stream()
                            .anyMatch(word -> language.neverLast().contains(lower(word) + mark));
        }

        private boolean isSingleStop(Matcher stop) {
            boolean more = stop.end() > stop.start() + 1 && NARROW_STOPS.indexOf(text.charAt(stop.start() + 1)) >= 0;
            return ".۔".indexOf(text.charAt(stop.start())) >= 0 && !more;
        }

        /** The words before a stop that may be an abbreviation together, longest first: "u.a.m", "a.m", "m". */
        private List<String> lastWords(int stop) {
            int from = Math.max(0, stop - 40);
            Matcher matcher = LAST_WORDS.matcher(text.substring(from, stop));
            List<String> words = new ArrayList<>();
            if (matcher.find()) {
                String all = matcher.group().replaceAll("\\h", "");
                words.add(all);
                for (int dot = all.indexOf('.'); dot >= 0; dot = all.indexOf('.', dot + 1)) {
                    words.add(all.substring(dot + 1));
                }
            }
            return words;
        }

        /** The next word, whatever marks stand before it; a single letter with a stop is none that begins a sentence. */
        private String wordAt(int index) {
            int start = index;
            int limit = Math.min(text.length(), index + MARKS);
            while (start < limit && !Character.isLetterOrDigit(text.codePointAt(start))) {
                start += Character.charCount(text.codePointAt(start));
            }
            if (start >= limit) {
                return "";
            }
            int end = start;
            while (end < text.length() && isPartOfWord(text.codePointAt(end))) {
                end += Character.charCount(text.codePointAt(end));
            }
            boolean initial = end == start + 1 && text.startsWith(".", end);
            return text.substring(start, initial ? end + 1 : end);
        }

        private static boolean isPartOfWord(int c) {
            return Character.isLetterOrDigit(c) || Character.getType(c) == Character.NON_SPACING_MARK;
        }

        private boolean isFunctionWord(String word) {
            return !word.isEmpty()
                    && Character.isUpperCase(word.codePointAt(0))
                    && language.function().contains(lower(word));
        }

        /** But not as iPhone or eBPF, which a sentence can begin with. */
        private static boolean isLowerCase(String word) {
            return !word.isEmpty()
                    && Character.isLowerCase(word.codePointAt(0))
                    && word.codePoints().noneMatch(Character::isUpperCase);
        }

        /** Thai and Lao write no stops: there a paragraph of some length is quoted as one. */
        private static boolean isUnstopped(String rest) {
            if (rest.length() < SHORTEST_UNSTOPPED || rest.indexOf(' ') < 0) {
                return false;
            }
            UnicodeScript script = UnicodeScript.of(rest.codePointBefore(rest.length()));
            return script == UnicodeScript.THAI || script == UnicodeScript.LAO;
        }

        private static String lower(String word) {
            return word.toLowerCase(Locale.ROOT);
        }
    }

    /** The positions before which an open quotation or bracket would be cut; one that is never closed counts not. */
    private static BitSet quotations(String text) {
        BitSet inside = new BitSet();
        BitSet closing = new BitSet();
        for (int i = 0; i < text.length(); i++) {
            String closers = CLOSERS.get(text.charAt(i));
            if (closers == null || closing.get(i) || !opens(text, i)) {
                continue;
            }
            int limit = Math.min(text.length(), i + LONGEST_QUOTATION);
            for (int end = i + 1; end < limit; end++) {
                if (closers.indexOf(text.charAt(end)) >= 0) {
                    inside.set(i + 1, end + 1);
                    closing.set(end);
                    break;
                }
            }
        }
        return inside;
    }

    /** A mark that also closes opens at the beginning of a word only. */
    private static boolean opens(String text, int index) {
        boolean ambiguous = "\"»".indexOf(text.charAt(index)) >= 0;
        boolean after = index == 0
                || Character.isSpaceChar(text.charAt(index - 1))
                || "([„“".indexOf(text.charAt(index - 1)) >= 0;
        boolean before = index + 1 < text.length() && !Character.isSpaceChar(text.charAt(index + 1));
        return !ambiguous || (after && before);
    }
}
