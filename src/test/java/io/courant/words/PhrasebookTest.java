package io.courant.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhrasebookTest {
    private static final Phrasebook ENGLISH = Phrasebook.of(Locale.ENGLISH);

    @ParameterizedTest
    @ValueSource(strings = {"de", "fr", "es"})
    void everyLanguageHasThePhrasesOfEnglishWithTheSamePlaces(String tag) {
        Phrasebook book = Phrasebook.of(Locale.forLanguageTag(tag));
        assertThat(Phrasebook.speaks(Locale.forLanguageTag(tag))).isTrue();
        assertThat(book.keys()).isEqualTo(ENGLISH.keys());
        for (String key : book.keys()) {
            for (int number : List.of(0, 1, 2)) {
                assertThat(places(book, key, number)).as(key).isEqualTo(places(ENGLISH, key, number));
            }
        }
    }

    private static Set<String> places(Phrasebook book, String key, int number) {
        Set<String> places = new TreeSet<>();
        Pattern.compile("\\{\\d}")
                .matcher(book.phrase(key, List.of(number)))
                .results()
                .map(MatchResult::group)
                .forEach(places::add);
        return places;
    }

    @ParameterizedTest
    @CsvSource({
        "en, 0, no posts",
        "en, 1, 1 post",
        "en, 2, 2 posts",
        "en, 1234, 1234 posts",
        "en, 12345, '12,345 posts'",
        "de, 1, 1 Beitrag",
        "de, 12345, 12.345 Beiträge",
        "fr, 0, aucun article",
        "es, 2, 2 artículos",
        "de-AT, 2, 2 Beiträge",
        "nl, 2, 2 posts"
    })
    void aNumberTakesItsFormAndItsDigits(String language, int number, String said) {
        assertThat(Phrasebook.of(Locale.forLanguageTag(language)).say("posts", number))
                .isEqualTo(said);
    }

    @Test
    void nothingIsOneInFrenchAndManyInEnglish() throws IOException {
        String phrases = "left.one = {0} reste\nleft.other = {0} restent";
        assertThat(Phrasebook.read(Locale.FRENCH, new StringReader(phrases)).say("left", 0))
                .isEqualTo("0 reste");
        assertThat(Phrasebook.read(Locale.ENGLISH, new StringReader(phrases)).say("left", 0))
                .isEqualTo("0 restent");
    }

    /** Slovenian falls into the same bin of the map as English. */
    @Test
    void aLanguageThatIsNotThereSpeaksEnglish() {
        for (String tag : Locale.getISOLanguages()) {
            assertThat(Phrasebook.of(Locale.forLanguageTag(tag)).say("and", "a", "b"))
                    .isNotBlank();
        }
        assertThat(Phrasebook.speaks(Locale.forLanguageTag("sl"))).isFalse();
    }

    @Test
    void whatIsSaidIsNeverReadAsAPhrase() {
        assertThat(ENGLISH.say("and", "{1}$1\\", "b")).isEqualTo("{1}$1\\ and b");
    }

    @Test
    void aFigureHasOneDecimalWhereItMatters() {
        assertThat(List.of(ENGLISH.decimal(0), ENGLISH.decimal(0.04), ENGLISH.decimal(2.449), ENGLISH.decimal(17.5)))
                .containsExactly("0.0", "under 0.1", "2.4", "18");
        assertThat(Phrasebook.of(Locale.GERMAN).decimal(2.449)).isEqualTo("2,4");
    }

    @Test
    void aPhraseThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> ENGLISH.say("post"))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessage("no phrase 'post' in en");
    }
}
