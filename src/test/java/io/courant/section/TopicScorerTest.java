package io.courant.section;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.courant.post.PostReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class TopicScorerTest {
    private static final Background EMPTY = Background.of(TenTopics.TOPICS, List.of());

    private static Section section(String heading, String text) {
        return new Section(heading, List.of(), text);
    }

    private static List<Section> articleSections() {
        Article.shared();
        return new Sectioner().split(PostReader.read(Article.FILE)).sections();
    }

    @Test
    void theTenSectionsOfTheArticleGoToTheirTenTopics() {
        List<Section> sections = articleSections();
        List<String> expected = TenTopics.TOPICS.stream().map(Topic::id).toList();
        for (Background background : List.of(Background.of(TenTopics.TOPICS, sections), EMPTY)) {
            TopicScorer scorer = new TopicScorer(TenTopics.TOPICS, background);
            assertThat(sections.stream().map(scorer::assign).map(Assignment::topic))
                    .containsExactlyElementsOf(expected);
        }
    }

    @Test
    void theReasonsAddUpToTheScoreAndComeLargestFirst() {
        Section section = new Section(
                "Transformers and attention mechanisms",
                List.of("Sparse attention"),
                "A transformer's attention mechanism is sparse attention in BERT. Sparse attention\n\nin GPT.");
        Assignment assignment = new TopicScorer(TenTopics.TOPICS, EMPTY).assign(section);
        assertThat(assignment.topic()).isEqualTo("transformers");
        assertThat(assignment.reasons())
                .extracting(Assignment.Reason::weight)
                .isSortedAccordingTo(Collections.reverseOrder());
        assertThat(assignment.reasons())
                .extracting(reason -> reason.term() + " in " + reason.field())
                .contains(
                        "transformer in title", "transformer in body", "sparse attention in headings", "BERT in body");
        double sum = assignment.reasons().stream()
                .mapToDouble(Assignment.Reason::weight)
                .sum();
        assertThat(assignment.score()).isCloseTo(sum, within(1e-6)).isPositive();
    }

    @Test
    void oneWeakTermIsNotEnough() {
        TopicScorer scorer = new TopicScorer(TenTopics.TOPICS, EMPTY);
        Section weak = section("A walk", "We heard music, music and more music.");
        assertThat(scorer.assign(weak)).isEqualTo(Assignment.UNSORTED);
        assertThat(scorer.scores(weak).get(0).topic()).isEqualTo("creative");
        assertThat(scorer.assign(section("A walk", "We heard music beside art."))
                        .topic())
                .isEqualTo("creative");
        assertThat(scorer.assign(section("A walk", "Then we spoke of federated learning."))
                        .topic())
                .isEqualTo("federated");
    }

    @Test
    void twoSpellingsOfOneTermAreOneTerm() {
        List<Topic> topics = List.of(TenTopics.topic("a", "gadget", "Gadgets", "the"));
        TopicScorer scorer = new TopicScorer(topics, Background.of(topics, List.of()));
        assertThat(scorer.assign(section("Gadgets", "The gadget's gadgets."))).isEqualTo(Assignment.UNSORTED);
    }

    @Test
    void aPhraseMatchesWithOrWithoutItsHyphenAndInNoOtherOrder() {
        TopicScorer scorer = new TopicScorer(TenTopics.TOPICS, EMPTY);
        assertThat(scorer.assign(section("Self supervised models", "")).topic()).isEqualTo("self-supervised");
        assertThat(scorer.assign(section("A supervised self", ""))).isEqualTo(Assignment.UNSORTED);
        assertThat(scorer.assign(section("Training on a device", ""))).isEqualTo(Assignment.UNSORTED);
        assertThat(scorer.assign(section("Training on device", "")).topic()).isEqualTo("edge");
    }

    @Test
    void ofEqualScoresTheSmallerIdWins() {
        List<Topic> topics = List.of(TenTopics.topic("b", "*word"), TenTopics.topic("a", "*word"));
        TopicScorer scorer = new TopicScorer(topics, Background.of(topics, List.of()));
        assertThat(scorer.assign(section("Word", "")).topic()).isEqualTo("a");
    }

    @Test
    void inALargeArchiveATopicMustScoreAboveWhatItHasWhereItIsNotTheSubject() {
        List<Topic> topics = List.of(TenTopics.topic("a", "word", "term"));
        List<Section> archive = new ArrayList<>();
        for (int i = 0; i < Background.ENOUGH; i++) {
            archive.add(i % 2 == 0 ? section("Word", "nothing") : section("Nothing", "a term"));
        }
        Section inPassing = section("Nothing", "a word, a term");
        TopicScorer small = new TopicScorer(topics, Background.of(topics, archive.subList(1, archive.size())));
        assertThat(small.assign(inPassing).topic()).isEqualTo("a");
        TopicScorer large = new TopicScorer(topics, Background.of(topics, archive));
        assertThat(large.assign(inPassing)).isEqualTo(Assignment.UNSORTED);
        assertThat(large.assign(section("Word and term", "")).topic()).isEqualTo("a");
    }

    @Test
    void aTopicThatFillsMuchOfTheArchiveDoesNotRaiseItsOwnBar() {
        List<Topic> topics = List.of(TenTopics.topic("a", "*word", "rare"));
        Section usual = section("Section", "some word here");
        List<Section> archive = new ArrayList<>(Collections.nCopies(Background.ENOUGH, section("Section", "nothing")));
        archive.addAll(Collections.nCopies(Background.ENOUGH, usual));
        assertThat(new TopicScorer(topics, Background.of(topics, archive))
                        .assign(usual)
                        .topic())
                .isEqualTo("a");
    }

    @Test
    void aTermInEverySectionOfASmallArchiveStillCounts() {
        List<Topic> topics = List.of(TenTopics.topic("a", "*word"));
        Section section = section("Word", "word");
        TopicScorer scorer = new TopicScorer(topics, Background.of(topics, Collections.nCopies(20, section)));
        assertThat(scorer.assign(section).score()).isPositive();
    }

    @Test
    void anotherLanguageIsComparedWordByWord() {
        List<Topic> topics = List.of(TenTopics.topic("a", "*maschinelles Lernen", "*機械学習"));
        TopicScorer scorer = new TopicScorer(topics, Background.of(topics, List.of(), Locale.GERMAN));
        assertThat(scorer.assign(section("Maschinelles Lernen", "")).topic()).isEqualTo("a");
        assertThat(scorer.assign(section("機械学習の今", "")).topic()).isEqualTo("a");
    }
}
