package io.courant.section;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.courant.post.PostReader;
import io.courant.section.Assignment.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicModelTest {
    private static final int ENOUGH = 50;

    private static Section section(String heading, String text) {
        return new Section(heading, List.of(), text);
    }

    /** The assignment of a section in an archive that holds it and others. */
    private static Assignment assign(List<Topic> topics, List<Section> others, Section section) {
        List<Section> archive = new ArrayList<>(others);
        archive.add(section);
        return new TopicModel(Taxonomy.of(topics), archive).assign(others.size());
    }

    private static Assignment assign(Section section) {
        return assign(TenTopics.TOPICS, List.of(), section);
    }

    @Test
    void theTenSectionsOfTheArticleGoToTheirTenTopics() {
        Article.shared();
        List<Section> sections =
                new Sectioner().split(PostReader.read(Article.FILE)).sections();
        TopicModel model = new TopicModel(Taxonomy.of(TenTopics.TOPICS), sections);
        List<String> assigned = new ArrayList<>();
        for (int i = 0; i < sections.size(); i++) {
            assigned.add(model.assign(i).label());
        }
        assertThat(assigned)
                .containsExactlyElementsOf(
                        TenTopics.TOPICS.stream().map(Topic::id).toList());
    }

    @Test
    void theReasonsAddUpToTheScoreAndComeLargestFirst() {
        Assignment assignment = assign(new Section(
                "Transformers and attention mechanisms",
                List.of("Sparse attention"),
                "A transformer's attention mechanism is sparse attention in BERT. Sparse attention\n\nin GPT."));
        assertThat(assignment.topic()).isEqualTo("transformers");
        assertThat(assignment.reasons()).extracting(Reason::weight).isSortedAccordingTo(Collections.reverseOrder());
        assertThat(assignment.reasons())
                .extracting(reason -> reason.times() + " " + reason.term() + " in " + reason.field())
                .contains(
                        "1 transformer in title",
                        "1 transformer in body",
                        "1 sparse attention in headings",
                        "2 sparse attention in body",
                        "1 BERT in body");
        assertThat(assignment.score()).isCloseTo(sum(assignment), within(1e-6)).isPositive();
    }

    private static double sum(Assignment assignment) {
        return assignment.reasons().stream().mapToDouble(Reason::weight).sum();
    }

    @Test
    void withUsualScoresVotesAndWordsTheReasonsAddUpToo() {
        List<Topic> topics =
                List.of(TenTopics.topic("sea", "*ship", "harbour"), TenTopics.topic("air", "*plane", "wing"));
        List<Section> archive = new ArrayList<>();
        for (int i = 0; i < ENOUGH; i++) {
            archive.add(section("Voyage " + i, "The ship left the harbour with sailors and salt, number " + i));
            archive.add(section("Flight " + i, "The plane spread a wing with pilots and clouds, number " + i));
            archive.add(section("Note " + i, "A wing of the museum was closed, number " + i));
        }
        TopicModel model = new TopicModel(new Taxonomy(topics, true, Locale.ENGLISH), archive);
        for (int i = 0; i < archive.size(); i++) {
            for (Assignment scored : model.verdict(i).scores()) {
                assertThat(scored.score()).isCloseTo(sum(scored), within(1e-6));
            }
            Assignment assignment = model.assign(i);
            if (assignment.topic() != null) {
                model.vote(i, assignment.topics(), false);
            }
        }
        Assignment last = model.assign(archive.size() - 3);
        assertThat(last.topic()).isEqualTo("sea");
        assertThat(last.reasons()).extracting(Reason::field).contains("body", "votes", "words");
    }

    @Test
    void oneWeakTermIsNotEnough() {
        assertThat(assign(section("A walk", "We heard music, music and more music.")))
                .isEqualTo(Assignment.UNSORTED);
        assertThat(assign(section("A walk", "We heard music beside art.")).topic())
                .isEqualTo("creative");
        assertThat(assign(section("A walk", "Then we spoke of federated learning."))
                        .topic())
                .isEqualTo("federated");
    }

    @Test
    void whatDoesNotConvinceIsScoredAllTheSame() {
        Section weak = section("A walk", "We heard music, music and more music.");
        TopicModel.Verdict verdict = new TopicModel(Taxonomy.of(TenTopics.TOPICS), List.of(weak)).verdict(0);
        assertThat(verdict.assignment()).isEqualTo(Assignment.UNSORTED);
        assertThat(verdict.scores().get(0).topic()).isEqualTo("creative");
        assertThat(verdict.scores()).hasSize(TenTopics.TOPICS.size());
    }

    @Test
    void aSectionOfTwoTopicsHasBoth() {
        Assignment both = assign(section(
                "Federated drug discovery",
                "Federated learning with differential privacy on clinical data of patients, for drug discovery."));
        assertThat(both.topics()).containsExactlyInAnyOrder("federated", "health");
    }

    @Test
    void whereTopicsExcludeEachOtherASectionHasOne() {
        Section section = section("Federated learning", "Federated learning for drug discovery and clinical patients.");
        TopicModel model = new TopicModel(new Taxonomy(TenTopics.TOPICS, true, Locale.ENGLISH), List.of(section));
        assertThat(model.assign(0).also()).isEmpty();
    }

    @Test
    void earlierSectionsThatReadAlikeVoteForTheirTopics() {
        List<Topic> topics = List.of(TenTopics.topic("a", "*alpha"), TenTopics.topic("b", "*beta"));
        String words = "Wooden boats with tall masts and red sails on a calm grey lake";
        TopicModel model = new TopicModel(
                Taxonomy.of(topics), List.of(section("One", words), section("Two", words + ", alpha, beta")));
        assertThat(model.verdict(1).scores().get(0).topic()).isEqualTo("a"); // of equal scores
        model.vote(0, List.of("b"), false);
        Assignment voted = model.assign(1);
        assertThat(voted.topic()).isEqualTo("b");
        assertThat(voted.reasons())
                .anySatisfy(reason ->
                        assertThat(reason.term() + " " + reason.field()).isEqualTo("One votes"));
    }

    @Test
    void aPersonsVotesCarryWhatHasNoSeedAndOthersDoNot() {
        List<Topic> topics = List.of(TenTopics.topic("a", "*alpha"), TenTopics.topic("b", "*beta"));
        String words = "Wooden boats with tall masts and red sails on a calm grey lake";
        List<Section> archive = List.of(section("One", words), section("Two", words + " again"));
        TopicModel model = new TopicModel(Taxonomy.of(topics), archive);
        model.vote(0, List.of("b"), false);
        assertThat(model.assign(1)).isEqualTo(Assignment.UNSORTED);
        TopicModel told = new TopicModel(Taxonomy.of(topics), archive, Map.of(0, List.of("b")));
        assertThat(told.assign(1).topic()).isEqualTo("b");
    }

    @Test
    void whereTheBestTopicDoesNotConvinceNoneDoes() {
        List<Topic> topics = List.of(TenTopics.topic("a", "word"), TenTopics.topic("b", "*anchor"));
        Section section = section("Word word word", "a word, and an anchor among many others that say nothing at all");
        TopicModel.Verdict verdict = new TopicModel(Taxonomy.of(topics), List.of(section)).verdict(0);
        assertThat(verdict.scores().get(0).topic()).isEqualTo("b");
        assertThat(verdict.assignment().topic()).isEqualTo("b");
        Section loud = section("Word", "word ".repeat(50) + " and once an anchor");
        TopicModel other = new TopicModel(
                Taxonomy.of(List.of(topics.get(0), TenTopics.topic("b", "gamma", "anchor", "*delta"))), List.of(loud));
        assertThat(other.verdict(0).scores().get(0).topic()).isEqualTo("a");
        assertThat(other.assign(0)).isEqualTo(Assignment.UNSORTED);
    }

    @Test
    void aTopicThatNothingSpeaksForAttractsNothing() {
        List<Topic> topics = List.of(
                TenTopics.topic("sport", "*football"),
                TenTopics.topic("money", "*bank"),
                TenTopics.topic("it", "*the"));
        List<Section> archive = new ArrayList<>();
        for (int i = 0; i < ENOUGH; i++) {
            archive.add(section("Match " + i, "The striker scored a goal; football " + i));
            archive.add(section("Rates " + i, "The lender raised its interest; bank " + i));
        }
        archive.add(section("New words", "Tennis, badminton, fencing and football were never mentioned together."));
        TopicModel model = new TopicModel(new Taxonomy(topics, true, Locale.ENGLISH), archive);
        assertThat(model.verdict(archive.size() - 1).scores().get(0).topic()).isEqualTo("sport");
    }

    @Test
    void stopWordsOfEveryKnownLanguageAreNoSeeds() {
        for (List<String> one :
                List.of(List.of("en", "their"), List.of("de", "für"), List.of("fr", "dans"), List.of("es", "desde"))) {
            Taxonomy taxonomy = new Taxonomy(
                    List.of(TenTopics.topic("a", "*" + one.get(1))), false, Locale.forLanguageTag(one.get(0)));
            assertThat(new TopicModel(taxonomy, List.of(section(one.get(1), one.get(1)))).assign(0))
                    .as("%s", one)
                    .isEqualTo(Assignment.UNSORTED);
        }
    }

    @Test
    void anEditorsWordVotesFromTheBeginning() {
        List<Topic> topics = List.of(TenTopics.topic("a", "*alpha"), TenTopics.topic("b", "*beta"));
        String words = "Wooden boats with tall masts and red sails on a calm grey lake";
        TopicModel model = new TopicModel(
                Taxonomy.of(topics),
                List.of(section("One", words + ", alpha, beta"), section("Two", words)),
                Map.of(1, List.of("b")));
        assertThat(model.assign(0).topic()).isEqualTo("b");
    }

    @Test
    void seedsTeachWhatElseTheirTopicsAreMadeOf() {
        List<Topic> topics =
                List.of(TenTopics.topic("sport", "*football", "*tennis"), TenTopics.topic("money", "*bank"));
        List<Section> archive = new ArrayList<>();
        for (int i = 0; i < ENOUGH; i++) {
            archive.add(section("Match " + i, "The striker scored a goal at the stadium; football."));
            archive.add(section("Rates " + i, "The lender raised its interest for savers; bank."));
        }
        Section told =
                section("Late winner", "Tennis at last: the striker scored a goal at the stadium near the bank.");
        archive.add(told);
        Section untold = section("Quiet day", "The striker scored a goal at the stadium.");
        archive.add(untold);
        TopicModel model = new TopicModel(new Taxonomy(topics, true, Locale.ENGLISH), archive);
        assertThat(model.assign(2 * ENOUGH).topic()).isEqualTo("sport");
        assertThat(model.verdict(2 * ENOUGH + 1).scores().get(0).topic()).isEqualTo("sport");
        assertThat(model.assign(2 * ENOUGH + 1)).as("no seed agrees").isEqualTo(Assignment.UNSORTED);
    }

    @Test
    void twoSpellingsOfOneTermAreOneTerm() {
        List<Topic> topics = List.of(TenTopics.topic("a", "gadget", "Gadgets", "the"));
        assertThat(assign(topics, List.of(), section("Gadgets", "The gadget's gadgets.")))
                .isEqualTo(Assignment.UNSORTED);
    }

    @Test
    void aPhraseMatchesWithOrWithoutItsHyphenAndInNoOtherOrder() {
        assertThat(assign(section("Self supervised models", "")).topic()).isEqualTo("self-supervised");
        assertThat(assign(section("A supervised self", ""))).isEqualTo(Assignment.UNSORTED);
        assertThat(assign(section("Training on a device", ""))).isEqualTo(Assignment.UNSORTED);
        assertThat(assign(section("Training on device", "")).topic()).isEqualTo("edge");
    }

    @Test
    void ofEqualScoresTheSmallerIdWins() {
        List<Topic> topics = List.of(TenTopics.topic("b", "*word"), TenTopics.topic("a", "*word"));
        assertThat(assign(topics, List.of(), section("Word", "")).topic()).isEqualTo("a");
    }

    @Test
    void inALargeArchiveATopicMustScoreAboveWhatItHasWhereItIsNotTheSubject() {
        List<Topic> topics = List.of(TenTopics.topic("a", "word", "term"));
        List<Section> archive = new ArrayList<>();
        for (int i = 0; i < ENOUGH; i++) {
            archive.add(i % 2 == 0 ? section("Word", "nothing") : section("Nothing", "a term"));
        }
        Section inPassing = section("Nothing", "a word, a term");
        assertThat(assign(topics, archive.subList(2, archive.size()), inPassing).topic())
                .isEqualTo("a");
        assertThat(assign(topics, archive, inPassing)).isEqualTo(Assignment.UNSORTED);
        assertThat(assign(topics, archive, section("Word and term", "")).topic())
                .isEqualTo("a");
    }

    @Test
    void aTopicThatFillsMuchOfTheArchiveDoesNotRaiseItsOwnBar() {
        List<Topic> topics = List.of(TenTopics.topic("a", "*word", "rare"));
        Section usual = section("Section", "some word here");
        List<Section> archive = new ArrayList<>(Collections.nCopies(ENOUGH, section("Section", "nothing")));
        archive.addAll(Collections.nCopies(ENOUGH, usual));
        assertThat(assign(topics, archive, usual).topic()).isEqualTo("a");
    }

    @Test
    void aTermInEverySectionOfASmallArchiveStillCounts() {
        List<Topic> topics = List.of(TenTopics.topic("a", "*word"));
        Section section = section("Word", "word");
        assertThat(assign(topics, Collections.nCopies(20, section), section).score())
                .isPositive();
    }

    @Test
    void wordsOfKnownLanguagesLoseTheirEndingsAndOthersAreComparedAsTheyAre() {
        for (List<String> one : List.of(
                List.of("de", "Häuser am Fluss", "Haus"),
                List.of("fr", "L'énergie des maisons", "maison"),
                List.of("es", "Las montañas del norte", "montaña"),
                List.of("de", "Maschinelles Lernen", "maschinelles Lernen"),
                List.of("ja", "機械学習の今", "機械学習"),
                List.of("pl", "uczenie maszynowe", "uczenie maszynowe"))) {
            List<Topic> topics = List.of(TenTopics.topic("a", "*" + one.get(2)));
            Taxonomy taxonomy = new Taxonomy(topics, false, Locale.forLanguageTag(one.get(0)));
            assertThat(new TopicModel(taxonomy, List.of(section(one.get(1), "")))
                            .assign(0)
                            .topic())
                    .as("%s", one)
                    .isEqualTo("a");
        }
    }

    @Test
    void topicsThatAssignOtherwiseHaveAnotherScheme() {
        Taxonomy taxonomy = Taxonomy.of(TenTopics.TOPICS);
        assertThat(Arrays.asList(
                        new Taxonomy(TenTopics.TOPICS, true, Locale.ENGLISH).scheme(),
                        new Taxonomy(TenTopics.TOPICS, false, Locale.GERMAN).scheme(),
                        Taxonomy.of(TenTopics.TOPICS.subList(1, 10)).scheme()))
                .doesNotContain(taxonomy.scheme())
                .doesNotHaveDuplicates();
    }
}
