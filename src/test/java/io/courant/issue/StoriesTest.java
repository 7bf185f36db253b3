package io.courant.issue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.courant.issue.LabelledPairs.Pair;
import io.courant.issue.Sameness.Excerpt;
import io.courant.issue.Sameness.FullText;
import io.courant.issue.Sameness.SameLink;
import io.courant.issue.Sameness.SameText;
import io.courant.issue.Story.Also;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class StoriesTest {
    private static final List<Pair> PAIRS = LabelledPairs.read();
    private static final Random WORDS = new Random(5); // one sequence of invented words, the same in each run

    private final Stories stories = new Stories(List.of("first", "second"));

    @TestFactory
    Stream<DynamicTest> ofTheLabelledPairsNearlyAllAreToldApart() {
        return Stream.of(
                DynamicTest.dynamicTest(
                        "those for tuning",
                        () -> judge(PAIRS.stream().filter(Pair::isForTuning).toList())),
                DynamicTest.dynamicTest(
                        "those held out",
                        () -> judge(PAIRS.stream()
                                .filter(pair -> !pair.isForTuning())
                                .toList())));
    }

    private void judge(List<Pair> pairs) {
        List<Pair> joined = pairs.stream().filter(this::isJoined).toList();
        List<Pair> missed = pairs.stream()
                .filter(pair -> pair.same() && !joined.contains(pair))
                .toList();
        List<Pair> wrong = joined.stream().filter(pair -> !pair.same()).toList();
        double hits = joined.size() - wrong.size();
        double precision = hits / joined.size();
        double recall = hits / (hits + missed.size());
        String figures = "%d pairs: precision %.3f, recall %.3f%nwrongly joined: %s%nmissed: %s%n"
                .formatted(pairs.size(), precision, recall, wrong, missed);
        System.out.print(figures);
        assertThat(Math.min(precision, recall)).as(figures).isGreaterThanOrEqualTo(.99);
    }

    private boolean isJoined(Pair pair) {
        return stories.of(List.of(pair.a(), pair.b())).size() == 1;
    }

    @Test
    void thePairsDoNotDependOnTheOrder() {
        assertThat(PAIRS)
                .allSatisfy(pair -> assertThat(stories.of(List.of(pair.b(), pair.a())))
                        .isEqualTo(stories.of(List.of(pair.a(), pair.b()))));
    }

    @Test
    void allTogetherDoNotDependOnTheOrder() {
        List<Telling> all = new ArrayList<>();
        PAIRS.forEach(pair -> all.addAll(List.of(pair.a(), pair.b())));
        List<Story> expected = stories.of(all);
        for (int seed = 0; seed < 3; seed++) {
            Collections.shuffle(all, new Random(seed));
            assertThat(stories.of(all)).as("seed %d", seed).isEqualTo(expected);
        }
        assertThat(expected.stream().flatMap(story -> story.keys().stream()).sorted())
                .isEqualTo(all.stream().map(Telling::key).sorted().toList());
    }

    @Test
    void thePreferredSourceStandsFirstThoughItHasAnExcerptOnly() {
        String text = words(300);
        assertThat(stories.of(List.of(
                        telling("full", "other", null, text),
                        telling("excerpt", "first", null, first(text, 80)),
                        telling("copy", "second", null, text + " " + words(20)))))
                .singleElement()
                .satisfies(story -> {
                    assertThat(story.keys()).containsExactly("excerpt", "copy", "full");
                    // The copy is the fullest, so the others were compared with it.
                    assertThat(story.others().get(0)).isEqualTo(new Also("copy", "excerpt", new FullText(1)));
                    assertThat(story.others().get(1)).isEqualTo(new Also("full", "copy", new SameText(1)));
                });
    }

    @Test
    void aReasonReadsLikeASentence() {
        assertThat(new SameLink().words()).isEqualTo("same address");
        assertThat(new SameText(.879).words()).isEqualTo("87% of the text is the same");
        assertThat(new SameText(1).words()).isEqualTo("the same text");
        assertThat(new Excerpt(.95).words()).isEqualTo("an excerpt, 95% of it the same text");
        assertThat(new FullText(.95).words()).isEqualTo("the full text, with 95% of the excerpt");
    }

    @Test
    void resemblanceIsNotPassedOn() {
        String start = words(100);
        String middle = words(200);
        String end = words(90);
        List<Story> found = stories.of(List.of(
                telling("a", "first", null, start + " " + middle),
                telling("b", "second", null, middle + " " + end),
                telling("c", "third", null, end + " " + words(40))));
        assertThat(found).extracting(Story::keys).contains(List.of("c"));
    }

    @Test
    void aPageIsPassedOnToWhatResemblesIt() {
        String text = words(200);
        String link = "https://example.org/a";
        assertThat(stories.of(List.of(
                        telling("full", "first", "https://example.net/b", text + " " + words(20)),
                        telling("copy", "second", link, text),
                        telling("remark", "third", link + "?utm_source=x", "Points: 12"))))
                .containsExactly(new Story(
                        "full",
                        List.of(
                                new Also("copy", "full", new SameText(1)),
                                new Also("remark", "copy", new SameLink()))));
    }

    @Test
    void groupsAreKeptApart() {
        String text = words(100);
        assertThat(stories.of(List.of(
                        new Telling("a", null, "Title", text, "first", "one", null),
                        new Telling("b", null, "Title", text, "second", "two", null))))
                .hasSize(2);
    }

    @Test
    void aLinkThatOneSourceGivesToDifferentPostsSaysNothing() {
        String link = "https://example.org/news";
        assertThat(stories.of(List.of(
                        telling("a", "first", link, words(60)),
                        telling("b", "first", link, words(60)),
                        telling("c", "second", link, words(60)))))
                .hasSize(3);
    }

    @Test
    void aLinkThatManyTextsShareSaysNothing() {
        String link = "https://example.org/download";
        List<Telling> tellings = IntStream.range(0, 6)
                .mapToObj(i -> new Telling("k" + i, URI.create(link), words(4), words(40), "source" + i, "all", null))
                .toList();
        assertThat(stories.of(tellings)).hasSize(6);
        assertThat(stories.of(tellings.subList(0, 2))).hasSize(1);
    }

    @Test
    void whatStandsInManyStoriesIsNobodysExcerpt() {
        String notice = words(60);
        List<Telling> tellings = new ArrayList<>(List.of(telling("notice", "first", null, notice)));
        for (int i = 0; i < 4; i++) {
            tellings.add(telling("k" + i, "source" + i, null, notice + " " + words(300)));
        }
        assertThat(stories.of(tellings)).hasSize(5);
        assertThat(stories.of(tellings.subList(0, 2))).hasSize(1);
    }

    @Test
    void emptyTextsAreAlikeInNothing() {
        assertThat(stories.of(List.of(
                        telling("a", "first", null, ""),
                        telling("b", "second", null, ""),
                        telling("c", "second", "https://example.org/c", "One line."),
                        telling("d", "first", null, "One line."))))
                .hasSize(4);
    }

    @Test
    void aKeyNamesOneTelling() {
        Telling telling = telling("a", "first", null, "");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stories.of(List.of(telling, telling)))
                .withMessage("two tellings have the key 'a'");
    }

    private static Telling telling(String key, String source, @Nullable String link, String text) {
        return new Telling(key, link == null ? null : URI.create(link), "Title", text, source, "all", null);
    }

    private static String words(int count) {
        return IntStream.range(0, count)
                .mapToObj(
                        i -> "w" + Integer.toString(WORDS.nextInt(1 << 20), 36).replaceAll("\\d", "o"))
                .collect(Collectors.joining(" "));
    }

    private static String first(String text, int count) {
        return Stream.of(text.split(" ", -1)).limit(count).collect(Collectors.joining(" "));
    }
}
