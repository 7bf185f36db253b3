package io.courant.section;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.WordlistLoader;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.de.GermanLightStemFilter;
import org.apache.lucene.analysis.de.GermanNormalizationFilter;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.KStemFilter;
import org.apache.lucene.analysis.es.SpanishAnalyzer;
import org.apache.lucene.analysis.es.SpanishLightStemFilter;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.fr.FrenchLightStemFilter;
import org.apache.lucene.analysis.snowball.SnowballFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.analysis.util.ElisionFilter;

/**
 * Turns text into words that can be compared. Words of the languages known here lose case and ending; English ones by
 * KStem rather than Porter, which makes one word of "generative" and "general". Stop words keep their place, so that a
 * phrase with one of them matches that phrase only, but they do not count. A hyphen separates words like a space.
 */
final class Analysis {
    private static final Map<String, Tongue> TONGUES = Map.of(
            "en",
            new Tongue(
                    stopWords("english_stop.txt"),
                    words -> new EnglishPossessiveFilter(words),
                    words -> new KStemFilter(words)),
            "de",
            new Tongue(
                    GermanAnalyzer.getDefaultStopSet(),
                    UnaryOperator.identity(),
                    words -> new GermanLightStemFilter(new GermanNormalizationFilter(words))),
            "fr",
            new Tongue(
                    FrenchAnalyzer.getDefaultStopSet(),
                    words -> new ElisionFilter(words, FrenchAnalyzer.DEFAULT_ARTICLES),
                    words -> new FrenchLightStemFilter(words)),
            "es",
            new Tongue(
                    SpanishAnalyzer.getDefaultStopSet(),
                    UnaryOperator.identity(),
                    words -> new SpanishLightStemFilter(words)));
    private static final Tongue OTHER =
            new Tongue(CharArraySet.EMPTY_SET, UnaryOperator.identity(), UnaryOperator.identity());

    private final Tongue tongue;
    private final Analyzer analyzer;

    /** What is done with the words of a language before and after they lose their capitals. */
    private record Tongue(
            CharArraySet stopWords, UnaryOperator<TokenStream> first, UnaryOperator<TokenStream> stemmed) {}

    private Analysis(Tongue tongue) {
        this.tongue = tongue;
        this.analyzer = new Analyzer() {
            @Override
            protected TokenStreamComponents createComponents(String field) {
                Tokenizer tokenizer = new StandardTokenizer();
                return new TokenStreamComponents(
                        tokenizer,
                        tongue.stemmed()
                                .apply(new LowerCaseFilter(tongue.first().apply(tokenizer))));
            }
        };
    }

    /** A list of the Snowball project that Lucene brings; that of its English analyzer has 33 words only. */
    private static CharArraySet stopWords(String name) {
        try (Reader list =
                new InputStreamReader(SnowballFilter.class.getResourceAsStream(name), StandardCharsets.UTF_8)) {
            return WordlistLoader.getSnowballWordSet(list);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Analysis of(Locale language) {
        return new Analysis(TONGUES.getOrDefault(language.getLanguage(), OTHER));
    }

    /** Hands over the words of a text in order, each with where it stands in it. */
    void forEach(String text, Consumer<Word> reader) {
        try (TokenStream stream = analyzer.tokenStream("", text)) {
            CharTermAttribute word = stream.addAttribute(CharTermAttribute.class);
            OffsetAttribute place = stream.addAttribute(OffsetAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                String written = text.substring(place.startOffset(), place.endOffset());
                reader.accept(new Word(
                        word.toString(),
                        place.startOffset(),
                        place.endOffset(),
                        tongue.stopWords().contains(written.toLowerCase(Locale.ROOT))));
            }
            stream.end();
        } catch (IOException impossible) { // the text is in memory
            throw new UncheckedIOException(impossible);
        }
    }

    /**
     * A word in the form that is compared, and the characters of the text that it was made of.
     *
     * @param stop whether it is one of those that every text has
     */
    record Word(String text, int start, int end, boolean stop) {}
}
