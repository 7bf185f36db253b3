package io.courant.issue;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.Character.UnicodeScript;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the words of a language say about where its sentences end and which of them stand alone, read from
 * {@code language/*.properties}. Of a language without such a file all the abbreviations are taken to hold: two
 * sentences taken for one do less harm than one that is cut.
 *
 * @param neverLast abbreviations that never end a sentence, as {@code Dr}; written without spaces and final stop
 * @param beforeNumber abbreviations only before a number, as {@code No}
 * @param maybeLast abbreviations that end a sentence when a function word follows in capitals, as {@code Inc}
 * @param ordinals whether a number with a stop means its ordinal, as in {@code 3. Mai}
 * @param function words that say nothing of what a text is about
 * @param dangling beginnings of sentences that refer to the sentence before, in words
 * @param danglingStart the same where words are not separated
 * @param danglingSecond words that refer back when they stand second
 * @param standsAlone beginnings that only look dangling
 */
record Language(
        Set<String> neverLast,
        Set<String> beforeNumber,
        Set<String> maybeLast,
        boolean ordinals,
        Set<String> function,
        Set<String> dangling,
        Set<String> danglingStart,
        Set<String> danglingSecond,
        Set<String> standsAlone) {
    private static final List<String> LATIN = List.of("en", "de", "fr", "es");
    private static final List<String> KNOWN =
            List.of("en", "de", "fr", "es", "ar", "fa", "ur", "he", "hi", "ko", "ja", "zh", "th");
    private static final Map<String, Language> BY_TAG =
            KNOWN.stream().collect(Collectors.toUnmodifiableMap(Function.identity(), Language::read));
    private static final Language UNKNOWN = all();

    private static final int SAMPLE = 3_000; // characters that tell a language
    private static final int FEW_WORDS = 8;
    private static final double SHARE = .28; // of function words in running text; another language has fewer

    /** The rules of a language. */
    static Language of(Locale locale) {
        return BY_TAG.getOrDefault(locale.getLanguage(), UNKNOWN);
    }

    /**
     * The rules for a text: of the language that its script and its small words tell, otherwise of the usual one. What
     * feeds say about their language is often only what their software was delivered with.
     */
    static Language of(String text, Locale usual) {
        String sample = text.substring(0, Math.min(SAMPLE, text.length()));
        UnicodeScript script = script(sample);
        return switch (script) {
            case LATIN -> latin(sample, usual);
            case HAN, HIRAGANA, KATAKANA -> rules(isJapanese(sample) ? "ja" : "zh");
            case ARABIC ->
                rules(sample.matches("(?s).*[ٹڈڑںے].*") ? "ur" : sample.matches("(?s).*[پچژگ].*") ? "fa" : "ar");
            case HEBREW -> rules("he");
            case DEVANAGARI -> rules("hi");
            case HANGUL -> rules("ko");
            case THAI -> rules("th");
            default -> of(usual);
        };
    }

    /** The script of most letters. */
    private static UnicodeScript script(String text) {
        Map<UnicodeScript, Integer> letters = new HashMap<>();
        text.codePoints().filter(Character::isLetter).forEach(c -> letters.merge(UnicodeScript.of(c), 1, Integer::sum));
        return letters.entrySet().stream()
                .max(Map.Entry.<UnicodeScript, Integer>comparingByValue()
                        .thenComparing(Map.Entry.<UnicodeScript, Integer>comparingByKey()
                                .reversed()))
                .map(Map.Entry::getKey)
                .orElse(UnicodeScript.COMMON);
    }

    /** Chinese quotes no kana; Japanese has hardly a sentence without. */
    private static boolean isJapanese(String text) {
        long kana = text.codePoints()
                .filter(c -> UnicodeScript.of(c) == UnicodeScript.HIRAGANA)
                .count();
        return kana * 10 > text.codePoints().filter(Words::isIdeographic).count();
    }

    private static Language latin(String text, Locale usual) {
        List<String> words = Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{M}]+", -1))
                .filter(word -> !word.isEmpty())
                .toList();
        if (words.size() < FEW_WORDS) {
            return of(usual);
        }
        Language found = of(usual);
        long most = Math.round(SHARE * words.size());
        if (LATIN.contains(usual.getLanguage())) {
            most = Math.max(most, found.functionWords(words));
        }
        for (String tag : LATIN) {
            long count = rules(tag).functionWords(words);
            if (count > most) {
                most = count;
                found = rules(tag);
            }
        }
        return found;
    }

    private long functionWords(List<String> words) {
        return words.stream().filter(function::contains).count();
    }

    private static Language rules(String tag) {
        return of(Locale.forLanguageTag(tag));
    }

    private static Language read(String tag) {
        Properties file = load(tag);
        // among letters of another script, foreign words are mostly English
        Properties latin = LATIN.contains(tag) ? file : load("en");
        return new Language(
                union(words(file, "never-last"), words(latin, "never-last")),
                words(latin, "before-number"),
                words(latin, "maybe-last"),
                Boolean.parseBoolean(file.getProperty("ordinals")),
                words(file, "function"),
                words(file, "dangling"),
                words(file, "dangling-start"),
                words(file, "dangling-second"),
                words(file, "stands-alone"));
    }

    private static Properties load(String tag) {
        Properties file = new Properties();
        try (InputStream stream = Language.class.getResourceAsStream("language/" + tag + ".properties")) {
            if (stream == null) {
                throw new IllegalStateException("language/" + tag + ".properties is missing beside " + Language.class);
            }
            file.load(new InputStreamReader(stream, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    private static Set<String> words(Properties file, String key) {
        return Arrays.stream(file.getProperty(key, "").split(",", -1))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Language all() {
        return new Language(
                all(Language::neverLast),
                all(Language::beforeNumber),
                all(Language::maybeLast),
                true,
                all(Language::function),
                all(Language::dangling),
                all(Language::danglingStart),
                all(Language::danglingSecond),
                Set.of());
    }

    private static Set<String> all(Function<Language, Set<String>> part) {
        return BY_TAG.values().stream().map(part).reduce(Set.of(), Language::union);
    }

    private static Set<String> union(Set<String> some, Set<String> others) {
        return Stream.concat(some.stream(), others.stream()).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether a sentence that begins so can be understood without the one before. */
    boolean isDangling(String sentence) {
        String start = sentence.replaceFirst("^[^\\p{L}\\p{N}]+", "");
        List<String> words = Stream.of(start.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{M}\u200c]+", 5))
                .limit(4)
                .toList();
        return (begins(words, dangling) && !begins(words, standsAlone))
                || (words.size() > 1 && danglingSecond.contains(words.get(1))) // "Can it", "When they"
                || danglingStart.stream().anyMatch(start::startsWith);
    }

    private static boolean begins(List<String> words, Set<String> beginnings) {
        for (int length = 1; length <= words.size(); length++) {
            if (beginnings.contains(String.join(" ", words.subList(0, length)))) {
                return true;
            }
        }
        return false;
    }
}
