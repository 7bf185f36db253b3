package io.courant.words;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.DecimalFormatSymbols;
import java.text.NumberFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Phrases of one language, by key. A phrase has places {@code {0}}, {@code {1}} … for what is said in it. It may have
 * several forms, of which the first number said decides: {@code key.0} for just that number, {@code key.one} for one,
 * {@code key.other} for every other.
 */
public final class Phrasebook {
    private static final Map<String, Phrasebook> SHIPPED = new ConcurrentHashMap<>();
    private static final Pattern PLACE = Pattern.compile("\\{(\\d)}");
    private static final Pattern FORM = Pattern.compile("\\.(?:\\d+|one|other)$");
    private static final Set<String> ZERO_IS_ONE = Set.of("fr", "pt", "hi", "fa", "bn"); // CLDR: one is 0 and 1
    private static final long GROUPED = 10_000; // four digits are read at a glance

    private final Locale language;
    private final Map<String, String> phrases;

    /** @param phrases by key and form */
    public Phrasebook(Locale language, Map<String, String> phrases) {
        this.language = language;
        this.phrases = Map.copyOf(phrases);
    }

    /** Courant's own phrases, in English for a language that it does not speak. */
    public static Phrasebook of(Locale language) {
        Phrasebook english = SHIPPED.computeIfAbsent("en", tag -> Objects.requireNonNull(shipped(Locale.ENGLISH)));
        return SHIPPED.computeIfAbsent(language.getLanguage(), tag -> {
            Phrasebook book = shipped(Locale.forLanguageTag(tag));
            return book == null ? english : book;
        });
    }

    /** Whether Courant's own phrases are there in this language. */
    public static boolean speaks(Locale language) {
        return of(language).language.getLanguage().equals(language.getLanguage());
    }

    /**
     * Reads phrases, one {@code key = phrase} a line, UTF-8.
     *
     * @throws IllegalArgumentException if that cannot be read
     */
    public static Phrasebook read(Locale language, Reader reader) throws IOException {
        Properties file = new Properties();
        file.load(reader);
        return new Phrasebook(
                language,
                file.stringPropertyNames().stream()
                        .collect(Collectors.toMap(key -> key, key -> file.getProperty(key, ""))));
    }

    private static @Nullable Phrasebook shipped(Locale language) {
        try (InputStream stream = Phrasebook.class.getResourceAsStream(language.toLanguageTag() + ".properties")) {
            return stream == null ? null : read(language, new InputStreamReader(stream, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The language that it really speaks. */
    public Locale language() {
        return language;
    }

    /** The keys of all phrases, without their forms. */
    public Set<String> keys() {
        return phrases.keySet().stream()
                .map(key -> FORM.matcher(key).replaceFirst(""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Says something.
     *
     * @throws NoSuchElementException if there is no such phrase
     */
    public String say(String key, Object... arguments) {
        List<Object> said = List.of(arguments);
        return fill(phrase(key, said), said.stream().map(this::shown).toList());
    }

    /**
     * The phrase in the form that is wanted, its places open.
     *
     * @throws NoSuchElementException if there is no such phrase
     */
    public String phrase(String key, List<?> arguments) {
        return arguments.stream()
                .filter(Number.class::isInstance)
                .map(Number.class::cast)
                .findFirst()
                .map(number -> Stream.of(key + "." + number, key + "." + form(number.longValue()), key))
                .orElseGet(() -> Stream.of(key))
                .filter(phrases::containsKey)
                .findFirst()
                .map(phrases::get)
                .orElseThrow(() -> new NoSuchElementException("no phrase '" + key + "' in " + language));
    }

    /**
     * The phrase with this in its places.
     *
     * @throws IllegalArgumentException if it has a place for which there is nothing
     */
    public static String fill(String phrase, List<String> arguments) {
        return PLACE.matcher(phrase).replaceAll(place -> {
            int number = Integer.parseInt(place.group(1));
            if (number >= arguments.size()) {
                throw new IllegalArgumentException("has a place " + place.group() + " for which there is nothing to say"
                        + " (found '" + phrase + "')");
            }
            return Matcher.quoteReplacement(arguments.get(number));
        });
    }

    /** A text as it is; a whole number in the digits of the language. */
    public String shown(Object argument) {
        if (argument instanceof Number number) {
            NumberFormat format = NumberFormat.getIntegerInstance(language);
            format.setGroupingUsed(Math.abs(number.longValue()) >= GROUPED);
            return format.format(number.longValue());
        }
        return argument.toString();
    }

    /** One decimal where it matters; rounded here, since formatters have differed between versions of Java. */
    public String decimal(double value) {
        long tenths = Math.round(value * 10);
        if (tenths >= 100) {
            return shown(Math.round(value));
        }
        return tenths == 0 && value > 0 ? say("under", tenths(1)) : tenths(tenths);
    }

    /** So many tenths, as in 0.4. */
    public String tenths(long tenths) {
        return shown(tenths / 10)
                + DecimalFormatSymbols.getInstance(language).getDecimalSeparator()
                + shown(tenths % 10);
    }

    private String form(long number) {
        return number == 1 || (number == 0 && ZERO_IS_ONE.contains(language.getLanguage())) ? "one" : "other";
    }
}
