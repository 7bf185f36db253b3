package io.courant.section;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.courant.job.JobFolder;
import io.courant.post.PostReader;
import io.courant.section.Trend.Label;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the methods of this package achieve, in one table, with the floors below which they must not fall. */
class FiguresTest {
    private static final Path LABELLED = Path.of("src/test/resources/labelled");
    private static final int FIRST_JUDGED = 56;
    private static final double PER_WEEK = 30;
    private static final List<String> TABLE = Collections.synchronizedList(new ArrayList<>());

    @TempDir
    Path folder;

    private static void row(String what, String figure, String floor) {
        TABLE.add("%-62s %-24s %s".formatted(what, figure, floor));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    @AfterAll
    static void table() {
        System.out.println("%-62s %-24s %s".formatted("", "figure", "floor"));
        TABLE.stream().sorted().forEach(System.out::println);
    }

    @Test
    void theArticleHasItsTenSectionsInEveryForm() throws Exception {
        assumeThat(Article.FILE).as("the shared article").exists();
        Article article = Article.shared();
        int right = 0;
        for (Map.Entry<String, String> form : article.variants().entrySet()) {
            Path file = Files.writeString(folder.resolve(form.getKey()), form.getValue());
            List<String> headings = new Sectioner()
                    .split(PostReader.read(file)).sections().stream()
                            .map(Section::heading)
                            .toList();
            right += headings.equals(Article.HEADINGS) ? 1 : 0;
        }
        int forms = article.variants().size();
        row("splitting: forms of the article with its 10 sections", right + " of " + forms, "all");
        assertThat(right).isEqualTo(forms);
    }

    @Test
    void textHasTheHeadingsOfItsMarkdown() {
        List<Listicles.Post> posts = ListicleTest.posts();
        Listicles.Score score = Listicles.score(folder, posts);
        row(
                "splitting: text of " + posts.size() + " listicles against their Markdown, precision",
                number(score.precision()),
                ".97");
        row("splitting: the same, recall", number(score.recall()), ".85");
        assertThat(posts).hasSizeGreaterThan(60);
        assertThat(score.precision()).as("precision; %s", score.notes()).isGreaterThanOrEqualTo(.97);
        assertThat(score.recall()).as("recall; %s", score.notes()).isGreaterThanOrEqualTo(.85);
        assertThat(score.falselySplit()).isEmpty();
    }

    @Test
    void postsGoToTheTopicsThatAnEditorGaveThem() {
        JobFolder jobs = new JobFolder(Path.of("jobs"), List.of("digest"), Map.of(), Map.of());
        Taxonomy taxonomy = jobs.topics("deep-learning");
        LabelledPosts labelled =
                LabelledPosts.read(LABELLED.resolve("posts"), LABELLED.resolve("labels.csv"), taxonomy);
        assertThat(labelled.problems()).isEmpty();
        assertThat(labelled.posts()).hasSizeGreaterThan(200);
        Evaluation evaluation = Evaluation.of(taxonomy, labelled.posts());
        for (Evaluation.Figures figures : evaluation.figures()) {
            String way = "assigning " + labelled.posts().size() + " posts by " + figures.way() + ": ";
            row(way + "accuracy", number(figures.accuracy()), ".92");
            row(way + "macro-F1", number(figures.macroF1()), "");
            row(way + "precision", number(figures.precision()) + " at " + number(figures.coverage()), ".93 at .70");
            assertThat(figures.accuracy()).isGreaterThanOrEqualTo(.92);
            assertThat(figures.precision()).isGreaterThanOrEqualTo(.93);
            assertThat(figures.coverage()).isGreaterThanOrEqualTo(.70);
        }
        assertThat(evaluation.predictions())
                .allSatisfy(one -> assertThat(one.reasons().stream()
                                .mapToDouble(Assignment.Reason::weight)
                                .sum())
                        .isCloseTo(one.score(), within(1e-6)));
    }

    /** Five departments of words that nobody knows; a post has 25 words of its own and 75 of all. */
    @Test
    void whereTopicsExcludeEachOtherSelfTrainingFindsWhatSeedsMiss() {
        Random random = new Random(5);
        List<Topic> topics = new ArrayList<>();
        for (int topic = 0; topic < 5; topic++) {
            List<Topic.Seed> seeds = new ArrayList<>();
            for (int seed = 0; seed < 8; seed++) {
                seeds.add(new Topic.Seed("word" + topic + "x" + (seed * 7 + 20), seed < 2 ? 3 : 1));
            }
            topics.add(new Topic("topic-" + topic, "Topic " + topic, seeds));
        }
        List<LabelledPosts.LabelledPost> posts = new ArrayList<>();
        for (int post = 0; post < 600; post++) {
            int topic = random.nextInt(5);
            StringBuilder text = new StringBuilder();
            for (int word = 0; word < 100; word++) {
                // as in a language, few words are frequent
                int rank = (int) (80 * StrictMath.pow(random.nextDouble(), 2));
                boolean own = random.nextInt(4) == 0;
                int of = own && random.nextInt(5) == 0 ? random.nextInt(5) : topic;
                text.append(own ? "word" + of + "x" + rank : "common" + 4 * rank + random.nextInt(4))
                        .append(' ');
            }
            posts.add(new LabelledPosts.LabelledPost(
                    "post " + post,
                    Instant.EPOCH.plusSeconds(post),
                    new Section("Post " + post, List.of(), text.toString()),
                    List.of("topic-" + topic)));
        }
        List<Evaluation.Figures> figures =
                Evaluation.of(new Taxonomy(topics, true, Locale.ENGLISH), posts).figures();
        double seeds = figures.get(0).accuracy();
        double trained = figures.get(1).accuracy();
        row("assigning 600 simulated posts of 5 exclusive topics: seeds", number(seeds), "");
        row("assigning 600 simulated posts of 5 exclusive topics: self-trained", number(trained), ".95");
        assertThat(trained).isGreaterThanOrEqualTo(.95).isGreaterThan(seeds);
    }

    private static boolean isUp(Label label) {
        return label == Label.NEW || label == Label.RISING;
    }

    @Test
    void aFourfoldRiseIsFoundWithinEightWeeks() {
        int begin = 104;
        int archives = 120;
        int inTime = 0;
        List<Integer> needed = new ArrayList<>();
        Simulation growing =
                new Simulation(20, PER_WEEK, 8, (topic, week) -> topic == 0 && week >= begin ? 0.12 : 0.03);
        for (int seed = 0; seed < archives; seed++) {
            List<List<Label>> labels = Trending.labels(growing.names(), growing.archive(seed, begin + 26));
            int found = begin;
            while (found < labels.size() && !isUp(labels.get(found).get(0))) {
                found++;
            }
            needed.add(found - begin + 1);
            inTime += found - begin < 8 ? 1 : 0;
        }
        double detected = (double) inTime / archives;
        int median = needed.stream().sorted().skip(archives / 2).findFirst().orElseThrow();
        row(
                "trends: 3% growing fourfold at 30 posts a week, found in 8 weeks",
                number(detected) + ", median week " + median, ".90");
        assertThat(detected).isGreaterThanOrEqualTo(0.9);
    }

    @Test
    void aStationaryArchiveIsLeftAlone() {
        Map<String, Simulation> stationary = Map.of(
                "20 equal topics", new Simulation(20, PER_WEEK, 8, (topic, week) -> 0.03),
                "20 unequal topics", new Simulation(20, PER_WEEK, 8, (topic, week) -> 0.15 / (1 + topic)),
                "two sources", new Simulation(20, PER_WEEK, 2, (topic, week) -> 0.15 / (1 + topic)),
                "8 posts a week", new Simulation(20, 8, 5, (topic, week) -> 0.15 / (1 + topic)));
        stationary.forEach((name, simulation) -> {
            double rate = falseOnsets(simulation);
            row("trends: false onsets a year, " + name, number(rate), "at most .30");
            assertThat(rate).as(name).isLessThanOrEqualTo(0.3);
        });
    }

    /** How often a year any of the topics is called rising although none does. */
    private static double falseOnsets(Simulation stationary) {
        int weeks = FIRST_JUDGED + 156;
        int archives = 20;
        int onsets = 0;
        for (int seed = 0; seed < archives; seed++) {
            List<List<Label>> labels = Trending.labels(stationary.names(), stationary.archive(1000 + seed, weeks));
            for (int week = FIRST_JUDGED; week < weeks; week++) {
                for (int topic = 0; topic < stationary.topics(); topic++) {
                    boolean begins = isUp(labels.get(week).get(topic))
                            && !isUp(labels.get(week - 1).get(topic));
                    onsets += begins ? 1 : 0;
                }
            }
        }
        return onsets * 52.0 / archives / (weeks - FIRST_JUDGED);
    }
}
