package io.courant.section;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.KStemFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * Turns text into words that can be compared. English words lose case, possessive and ending; KStem rather than Porter,
 * which makes one word of "generative" and "general". Stop words keep their place, so that a phrase with one of them
 * matches that phrase only, but they do not count. A hyphen separates words like a space.
 */
final class Analysis {
    private static final CharArraySet STOP_WORDS = EnglishAnalyzer.getDefaultStopSet();

    private final boolean english;
    private final Analyzer analyzer;

    private Analysis(boolean english) {
        this.english = english;
        this.analyzer = new Analyzer() {
            @Override
            protected TokenStreamComponents createComponents(String field) {
                Tokenizer tokenizer = new StandardTokenizer();
                return english
                        ? new TokenStreamComponents(
                                tokenizer, new KStemFilter(new LowerCaseFilter(new EnglishPossessiveFilter(tokenizer))))
                        : new TokenStreamComponents(tokenizer, new LowerCaseFilter(tokenizer));
            }
        };
    }

    static Analysis of(Locale language) {
        return new Analysis(language.getLanguage().equals("en"));
    }

    /** The words of a text in order. */
    List<String> words(String text) {
        List<String> words = new ArrayList<>();
        try (TokenStream stream = analyzer.tokenStream("", text)) {
            CharTermAttribute word = stream.addAttribute(CharTermAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                words.add(word.toString());
            }
            stream.end();
        } catch (IOException impossible) { // the text is in memory
            throw new UncheckedIOException(impossible);
        }
        return words;
    }

    boolean isStopWord(String word) {
        return english && STOP_WORDS.contains(word);
    }
}
