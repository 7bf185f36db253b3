package io.courant.issue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.courant.audience.Mailbox;
import io.courant.audience.Segment;
import io.courant.issue.Composition.Composed;
import io.courant.issue.Composition.Skipped;
import io.courant.issue.Issue.CarriedOver;
import io.courant.issue.NewSections.NewSection;
import io.courant.issue.Newsletter.Quotas;
import io.courant.post.Source;
import io.courant.section.Assignment;
import io.courant.section.Assignment.Reason;
import io.courant.section.Finding;
import io.courant.section.Section;
import io.courant.section.SectionedPosts.KeptSection;
import io.courant.section.Topic;
import io.courant.section.Trend;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ComposerTest {
    private static final Instant DATE = Instant.parse("2026-11-23T06:00:00Z");
    private static final IssueId ID = new IssueId("ai-2026-11-23");
    private static final Topic EDGE = new Topic("edge", "Edge AI", List.of());
    private static final Topic GANS = new Topic("gans", "GANs", List.of());
    private static final Topic HEALTH = new Topic("health", "Healthcare", List.of());

    private final Composer composer = new Composer();

    @Test
    void nothingNewIsSkipped() {
        assertThat(compose(newsletter(3, 9, 5), List.of(), null)).isEqualTo(new Skipped("no new posts"));
        // 23:30 UTC is the next day where the newsletter comes out
        assertThat(compose(newsletter(3, 9, 5), List.of(), Instant.parse("2026-11-15T23:30:00Z")))
                .isEqualTo(new Skipped("no new posts since 2026-11-16"));
    }

    @Test
    void theTopicWithMostPostsLeads() {
        Issue issue = composed(
                newsletter(3, 9, 5),
                candidate(1, "edge", 9, "Alpha", "one"),
                candidate(2, "gans", 1, "Alpha", "two"),
                candidate(3, "gans", 2, "Beta", "three"));
        assertThat(topics(issue)).containsExactly("gans", "edge");
        assertThat(issue.lead().section()).isEqualTo(3);
    }

    @Test
    void tenPartsOfOnePostAreOnePost() {
        Issue issue = composed(
                newsletter(9, 20, 5),
                candidate(1, "edge", 9, "Alpha", "list"),
                candidate(2, "edge", 8, "Alpha", "list"),
                candidate(3, "edge", 7, "Alpha", "list"),
                candidate(4, "gans", 1, "Beta", "two"),
                candidate(5, "gans", 1, "Beta", "three"));
        assertThat(topics(issue)).containsExactly("gans", "edge");
    }

    @Test
    void betweenTopicsOfAsManyPostsSourcesThenScoreThenTheJobFileDecide() {
        assertThat(topics(composed(
                        newsletter(3, 9, 5),
                        candidate(1, "edge", 9, "Alpha", "one"),
                        candidate(2, "edge", 9, "Alpha", "two"),
                        candidate(3, "gans", 1, "Alpha", "three"),
                        candidate(4, "gans", 1, "Beta", "four"))))
                .containsExactly("gans", "edge");
        assertThat(topics(composed(
                        newsletter(3, 9, 5),
                        candidate(1, "edge", 1, "Alpha", "one"),
                        candidate(2, "gans", 2, "Alpha", "two"))))
                .containsExactly("gans", "edge");
        assertThat(topics(composed(
                        newsletter(3, 9, 5),
                        candidate(1, "health", 1, "Alpha", "one"),
                        candidate(2, "gans", 1, "Alpha", "two"),
                        candidate(3, "edge", 1, "Alpha", "three"))))
                .containsExactly("edge", "gans", "health");
    }

    @Test
    void underATopicTheBestStandsFirstThenTheNewest() {
        Issue issue = composed(
                newsletter(9, 9, 5),
                candidate(1, "edge", 5, "Alpha", "old", DATE.minusSeconds(9)),
                candidate(2, "edge", 5, "Alpha", "new", DATE.minusSeconds(1)),
                candidate(3, "edge", 7, "Alpha", "best", DATE.minusSeconds(99)),
                candidate(4, "edge", 5, "Alpha", "also new", DATE.minusSeconds(1)));
        assertThat(issue.items().stream().map(Item::section)).containsExactly(3L, 2L, 4L, 1L);
    }

    @Test
    void aLoudSourceGetsHalfOfATopicWhenAnotherHasSomethingToSay() {
        Issue issue = composed(
                newsletter(4, 9, 5),
                candidate(1, "edge", 9, "Loud", "one"),
                candidate(2, "edge", 8, "Loud", "two"),
                candidate(3, "edge", 7, "Loud", "three"),
                candidate(4, "edge", 6, "Loud", "four"),
                candidate(5, "edge", 2, "Quiet", "five"),
                candidate(6, "edge", 1, "Quiet", "six"));
        assertThat(sections(issue)).containsExactly(1L, 2L, 5L, 6L);
        assertThat(issue.brief().stream().map(Item::section)).containsExactly(3L, 4L);
        assertThat(issue.items().get(2).why())
                .isEqualTo("Match 5 of 6 for Edge AI, ahead of more from Loud: “quantization”.");
    }

    @Test
    void aSourceThatIsAloneInATopicHasAllOfIt() {
        Issue issue = composed(
                newsletter(3, 9, 5),
                candidate(1, "edge", 9, "Loud", "one"),
                candidate(2, "edge", 8, "Loud", "two"),
                candidate(3, "edge", 7, "Loud", "three"),
                candidate(4, "gans", 6, "Quiet", "four"));
        assertThat(sections(issue)).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void whatDoesNotFitGoesInBriefBehindTheUnsortedAndIsThenCarriedOver() {
        Issue issue = composed(
                newsletter(1, 2, 3),
                candidate(1, "edge", 9, "Alpha", "one"),
                candidate(2, "edge", 8, "Alpha", "two"),
                candidate(3, "gans", 7, "Alpha", "three"),
                candidate(4, "gans", 6, "Beta", "four"),
                candidate(5, "health", 5, "Beta", "five"),
                candidate(6, null, 0, "Beta", "six", DATE.minusSeconds(60)),
                candidate(7, null, 0, "Beta", "seven", DATE.minusSeconds(30)));
        assertThat(sections(issue)).containsExactly(3L, 1L);
        assertThat(issue.brief().stream().map(Item::section)).containsExactly(7L, 6L, 2L);
        assertThat(issue.carriedOver()).extracting(CarriedOver::heading).containsExactly("Heading 4", "Heading 5");
    }

    @Test
    void aSectionOfATopicThatHasLeftTheJobFileIsUnsorted() {
        Issue issue = composed(newsletter(3, 9, 5), candidate(1, "blockchain", 9, "Alpha", "one"));
        assertThat(issue.sections()).isEmpty();
        assertThat(issue.brief()).hasSize(1);
    }

    @Test
    void aTopicThatSurelyRisesLeadsBeforeOneWithMorePosts() {
        List<Candidate> candidates = List.of(
                candidate(1, "edge", 9, "Alpha", "one"),
                candidate(2, "gans", 1, "Alpha", "two"),
                candidate(3, "gans", 2, "Beta", "three"));
        Issue doubtful = issue(candidates, rising("edge", false));
        assertThat(topics(doubtful)).containsExactly("gans", "edge");
        assertThat(doubtful.sections().get(1).trend()).isEqualTo(rising("edge", false));
        Issue sure = issue(candidates, rising("edge", true));
        assertThat(topics(sure)).containsExactly("edge", "gans");
        assertThat(sure.lead().why()).isEqualTo("Lead: Edge AI is rising: “quantization”.");
    }

    private Issue issue(List<Candidate> candidates, Trend... trends) {
        Draft draft = new Draft(newsletter(3, 9, 5), ID, DATE, null, candidates, List.of(), List.of(trends));
        return ((Composed) composer.compose(draft)).issue();
    }

    private static Trend rising(String topic, boolean headline) {
        Finding finding = new Finding(4, 9, 100, 3, 3, 2, .001, headline);
        return new Trend(topic, Trend.Label.RISING, "9 posts", finding, List.of(), List.of());
    }

    @Test
    void ofWhatSaysMuchTheSameOneStandsAndTheNextIsAnother() {
        String same = "The hospital trained its model on scans of lungs and kept every patient's data at home.";
        Issue issue = issue(List.of(
                candidate(1, "edge", 5, "Alpha", "one").withText(same),
                candidate(2, "edge", 4.9, "Beta", "two").withText(same + " Nothing left the building."),
                candidate(3, "edge", 4.5, "Gamma", "three")
                        .withText("A pump was mended before it broke, far out at sea."),
                candidate(4, "edge", 4.4, "Delta", "four")
                        .withText("Bees were counted by a camera of the size of a bee.")));
        assertThat(sections(issue)).containsExactly(1L, 3L, 4L);
        assertThat(issue.items().get(1).why())
                .isEqualTo("Match 3 of 4 for Edge AI, ahead of what adds less to the issue: “quantization”.");
    }

    @Test
    void aSourceHasNoMoreItemsThanItsCap() {
        Newsletter one = newsletter(3, 9, 5);
        Newsletter capped = new Newsletter(
                one.name(),
                one.title(),
                one.from(),
                one.replyTo(),
                one.postalAddress(),
                one.home(),
                one.language(),
                one.zone(),
                one.sources(),
                one.topics(),
                false,
                one.audience(),
                one.template(),
                new Quotas(3, 9, 5, Map.of(), 2, 4),
                false);
        Issue issue = composed(
                capped,
                candidate(1, "edge", 9, "Loud", "one"),
                candidate(2, "gans", 8, "Loud", "two"),
                candidate(3, "health", 7, "Loud", "three"),
                candidate(4, "health", 6, "Quiet", "four"));
        assertThat(sections(issue)).hasSize(3).contains(4L);
        assertThat(issue.brief()).hasSize(1);
    }

    @Test
    void whatAnEditorWantsStandsWhereItIsWanted() {
        Issue issue = composed(
                newsletter(1, 2, 0),
                candidate(1, "edge", 9, "Alpha", "one"),
                candidate(2, "edge", 8, "Alpha", "two"),
                wanted(candidate(3, "edge", 1, "Alpha", "three"), Choice.PIN),
                wanted(candidate(4, "gans", 1, "Beta", "four"), Choice.LEAD),
                candidate(5, "gans", 7, "Beta", "five"),
                wanted(candidate(6, null, 0, "Beta", "six"), Choice.PIN));
        assertThat(sections(issue)).containsExactly(4L, 3L);
        assertThat(issue.brief()).extracting(Item::section).containsExactly(6L);
        assertThat(issue.items())
                .extracting(Item::why)
                .containsExactly(
                        "Lead: the editor’s choice for GANs: “quantization”.",
                        "Pinned by the editor. Match 3 of 3 for Edge AI: “quantization”.",
                        "Pinned by the editor; no topic claimed it.");
    }

    private static Candidate wanted(Candidate one, Choice choice) {
        return new Candidate(
                one.section(),
                one.postId(),
                one.heading(),
                one.text(),
                one.post(),
                one.link(),
                one.source(),
                one.published(),
                one.assignment(),
                one.waited(),
                one.updated(),
                one.also(),
                choice);
    }

    @Test
    void eachItemSaysWhyItIsHere() {
        Assignment three = new Assignment(
                "edge",
                6,
                List.of(
                        new Reason("edge ai", "title", 3),
                        new Reason("quantization", "body", 1.5),
                        new Reason("Edge AI", "body", .7),
                        new Reason("latency", "headings", .5),
                        new Reason("pruning", "body", .3)));
        Issue issue = composed(
                newsletter(2, 3, 9),
                new Candidate(1, 1, "One", "Text.", "One", null, "Alpha", DATE, three, false, false, List.of(), null),
                candidate(2, "edge", 2, "Beta", "two"),
                candidate(3, "edge", 1, "Alpha", "three"),
                candidate(4, "gans", 4, "Alpha", "four"),
                candidate(5, null, 0, "Alpha", "five", DATE.minusSeconds(9)),
                candidate(6, null, 0, "Alpha", "six"));
        assertThat(issue.items().stream().map(Item::why))
                .containsExactly(
                        "Lead: Edge AI with 3 posts from 2 sources: “edge ai” in the title, “quantization”,"
                                + " “latency” in a heading.",
                        "Match 2 of 3 for Edge AI: “quantization”.",
                        "Only match for GANs: “quantization”.",
                        "No topic claimed it; newest of 2 unsorted items.",
                        "No topic claimed it; number 2 by date of 2 unsorted items.",
                        "Match 3 of 3 for Edge AI, beyond what fits under the topic: “quantization”.");
    }

    @Test
    void anItemShowsWhatAReaderNeeds() {
        URI link = URI.create("https://example.org/one");
        KeptSection kept = new KeptSection(
                7,
                new Section("Pruning", List.of(), "Pruning removes weights that change the result least. ".repeat(46)),
                3,
                "Ten Trends",
                link,
                "lab-notes",
                DATE,
                false);
        Newsletter newsletter = newsletter(3, 9, 5);
        Issue issue = composed(
                newsletter,
                Candidate.of(
                        new NewSection(kept, false, false, false, null), Assignment.UNSORTED, newsletter, List.of()));
        Item item = issue.lead();
        assertThat(item.section()).isEqualTo(7);
        assertThat(item.heading()).isEqualTo("Pruning");
        assertThat(item.post()).isEqualTo("Ten Trends");
        assertThat(item.link()).isEqualTo(link);
        assertThat(item.source()).isEqualTo("Lab Notes");
        assertThat(item.teaser()).isEqualTo("Pruning removes weights that change the result least.");
        assertThat(item.reading()).isEqualTo(Duration.ofSeconds(96));
        assertThat(issue.id()).isEqualTo(ID);
        assertThat(issue.date()).isEqualTo(DATE);
        assertThat(issue.newsletter()).isEqualTo("ai");
    }

    @Test
    void whatWaitsGoesOutOnlyBesideSomethingNew() {
        Newsletter newsletter = newsletter(3, 10, 10);
        Candidate waited = new Candidate(
                1,
                1,
                "Waited",
                "Text.",
                "Waited",
                null,
                "Alpha",
                DATE,
                Assignment.UNSORTED,
                true,
                false,
                List.of(),
                null);
        Candidate fresh = new Candidate(
                2,
                2,
                "Fresh",
                "Text.",
                "Fresh",
                null,
                "Alpha",
                DATE,
                Assignment.UNSORTED,
                false,
                false,
                List.of(),
                null);

        assertThat(compose(newsletter, List.of(waited), DATE))
                .isEqualTo(new Skipped("no new posts since 2026-11-23; 1 item carried over waits for the next issue"));
        assertThat(composed(newsletter, waited, fresh).items())
                .extracting(Item::heading)
                .containsExactlyInAnyOrder("Waited", "Fresh");
    }

    @Test
    void quotasWithoutRoomAreSaidAndNothingIsMailed() {
        assertThat(compose(newsletter(3, 9, 0), List.of(candidate(1, null, 0, "Alpha", "one")), null))
                .isInstanceOfSatisfying(
                        Skipped.class, skipped -> assertThat(skipped.reason()).contains("no room", "quotas.brief"));
    }

    @Test
    void aSectionGivenTwiceIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> composed(
                        newsletter(3, 9, 5),
                        candidate(1, "edge", 9, "Alpha", "one"),
                        candidate(1, "gans", 9, "Alpha", "one")))
                .withMessageContaining("section 1 ('Heading 1') is a candidate twice");
    }

    @Test
    void whateverIsNewEachCandidateHasOnePlaceAndQuotasHoldInAnyOrderOfTheList() {
        long seed = 42_2026;
        System.out.println("composer seed " + seed);
        Random random = new Random(seed);
        for (int run = 0; run < 500; run++) {
            List<Candidate> candidates = candidates(random, 1 + random.nextInt(60));
            Newsletter newsletter = newsletter(1 + random.nextInt(6), 1 + random.nextInt(20), 1 + random.nextInt(15));
            Issue issue = composed(newsletter, candidates.toArray(Candidate[]::new));

            assertThat(places(issue))
                    .as("run %d", run)
                    .containsExactlyInAnyOrderElementsOf(
                            candidates.stream().map(Candidate::heading).toList());
            assertQuotas(newsletter.quotas(), issue, candidates);
            Collections.shuffle(candidates, random);
            assertThat(composed(newsletter, candidates.toArray(Candidate[]::new)))
                    .as("run %d", run)
                    .isEqualTo(issue);
        }
    }

    @Test
    void aBacklogOfYearsIsComposedAtOnce() {
        List<Candidate> backlog = candidates(new Random(7), 50_000);
        Issue issue = composed(newsletter(5, 20, 10), backlog.toArray(Candidate[]::new));
        assertThat(issue.items()).hasSizeLessThanOrEqualTo(30);
        assertThat(issue.items().size() + issue.carriedOver().size()).isEqualTo(50_000);
    }

    private static void assertQuotas(Quotas quotas, Issue issue, List<Candidate> candidates) {
        assertThat(sections(issue)).hasSizeLessThanOrEqualTo(quotas.items());
        assertThat(issue.brief()).hasSizeLessThanOrEqualTo(quotas.brief());
        for (TopicSection section : issue.sections()) {
            List<Item> items = section.items();
            assertThat(items).hasSizeLessThanOrEqualTo(quotas.perTopic());
            long sources = candidates.stream()
                    .filter(c -> section.topic().id().equals(c.assignment().topic()))
                    .map(Candidate::source)
                    .distinct()
                    .count();
            if (sources > 1) {
                Map<String, Long> bySource =
                        items.stream().collect(Collectors.groupingBy(Item::source, Collectors.counting()));
                assertThat(Collections.max(bySource.values())).isLessThanOrEqualTo((items.size() + 1) / 2);
            }
        }
        if (issue.brief().size() < quotas.brief()) {
            assertThat(issue.carriedOver()).isEmpty();
        }
    }

    private static List<Candidate> candidates(Random random, int count) {
        String[] topics = {"edge", "gans", "health", "gone", "-"};
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String topic = topics[random.nextInt(topics.length)];
            candidates.add(candidate(
                    i,
                    topic.equals("-") ? null : topic,
                    random.nextInt(4),
                    "Source " + random.nextInt(1 + random.nextInt(4)),
                    "post " + random.nextInt(20),
                    DATE.minusSeconds(random.nextInt(5))));
        }
        return candidates;
    }

    private static List<String> places(Issue issue) {
        return Stream.concat(
                        issue.items().stream().map(Item::heading),
                        issue.carriedOver().stream().map(CarriedOver::heading))
                .toList();
    }

    private static List<Long> sections(Issue issue) {
        return issue.sections().stream()
                .flatMap(section -> section.items().stream())
                .map(Item::section)
                .toList();
    }

    private static List<String> topics(Issue issue) {
        return issue.sections().stream().map(section -> section.topic().id()).toList();
    }

    private Composition compose(Newsletter newsletter, List<Candidate> candidates, @Nullable Instant since) {
        return composer.compose(new Draft(newsletter, ID, DATE, since, candidates, List.of(), List.of()));
    }

    private Issue composed(Newsletter newsletter, Candidate... candidates) {
        Composition composition = compose(newsletter, List.of(candidates), null);
        assertThat(composition).isInstanceOf(Composed.class);
        return ((Composed) composition).issue();
    }

    private static Candidate candidate(long id, @Nullable String topic, double score, String source, String post) {
        return candidate(id, topic, score, source, post, DATE);
    }

    private static Candidate candidate(
            long id, @Nullable String topic, double score, String source, String post, Instant published) {
        Assignment assignment = topic == null
                ? Assignment.UNSORTED
                : new Assignment(topic, score, List.of(new Reason("quantization", "body", score)));
        return new Candidate(
                id,
                id,
                "Heading " + id,
                "Some text.",
                post,
                null,
                source,
                published,
                assignment,
                false,
                false,
                List.of(),
                null);
    }

    private static Newsletter newsletter(int perTopic, int items, int brief) {
        return new Newsletter(
                "ai",
                "AI Weekly",
                Mailbox.parse("AI Weekly <ai@example.org>"),
                null,
                "1 Example Street",
                URI.create("https://example.org/ai"),
                Locale.ENGLISH,
                ZoneId.of("Europe/Berlin"),
                List.of(new Source("lab-notes", "Lab Notes", new Source.Folder(Path.of("lab-notes")))),
                List.of(EDGE, GANS, HEALTH),
                false,
                Segment.ALL,
                "digest",
                new Quotas(perTopic, items, brief),
                false);
    }
}
