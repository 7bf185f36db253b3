package io.courant.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.words.Phrasebook;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The fixed words that are shipped. */
class WordsTest {
    private static final TemplateFolder FOLDER = new TemplateFolder(Path.of("templates"));
    private static final Phrasebook ENGLISH = FOLDER.words(Locale.ENGLISH).book();

    @Test
    void everyLanguageHasTheSameKeysAndPlacesInEveryForm() {
        assertThat(FOLDER.languages()).extracting(Locale::toLanguageTag).containsExactly("de", "en", "es", "fr");
        for (Locale language : FOLDER.languages()) {
            Phrasebook book = FOLDER.words(language).book();
            assertThat(book.keys()).as(language.toString()).isEqualTo(ENGLISH.keys());
            for (String key : ENGLISH.keys()) {
                for (int number : List.of(0, 1, 2)) {
                    assertThat(places(book.phrase(key, List.of(number))))
                            .as(language + " " + key)
                            .isEqualTo(places(ENGLISH.phrase(key, List.of(number))));
                }
            }
        }
    }

    @Test
    void theWordsOfTheVeryTagComeFirstThenThoseOfTheLanguageThenEnglish() {
        assertThat(FOLDER.words(Locale.forLanguageTag("de-AT")).file()).isEqualTo("templates/words/de.properties");
        assertThat(FOLDER.words(Locale.forLanguageTag("pt-BR")).file()).isEqualTo("templates/words/en.properties");
        assertThat(FOLDER.speaks(Locale.forLanguageTag("de-AT"))).isTrue();
        assertThat(FOLDER.speaks(Locale.forLanguageTag("pt-BR"))).isFalse();
    }

    private static Set<String> places(String phrase) {
        return Pattern.compile("\\{\\d}")
                .matcher(phrase)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toSet());
    }
}
