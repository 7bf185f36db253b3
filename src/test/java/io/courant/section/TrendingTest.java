package io.courant.section;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.courant.section.Trend.Label;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrendingTest {
    private static final int FIRST_JUDGED = 56;
    private static final double PER_WEEK = 30;

    private static boolean isUp(Label label) {
        return label == Label.NEW || label == Label.RISING;
    }

    /** Weeks of 30 posts in which the topic has what is said, from as many sources as posts but at most so many. */
    private static List<Week> weeks(int weeks, int sources, IntUnaryOperator counts) {
        return weeks(weeks, 30, sources, counts);
    }

    private static List<Week> weeks(int weeks, int posts, int sources, IntUnaryOperator counts) {
        return IntStream.range(0, weeks)
                .mapToObj(week -> week(posts, sources, counts.applyAsInt(week)))
                .toList();
    }

    private static Week week(int posts, int sources, int count) {
        Map<String, Integer> bySource = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            bySource.merge("source " + i % sources, 1, Integer::sum);
        }
        return new Week(posts, count == 0 ? Map.of() : Map.of("chips", bySource));
    }

    private static Trend trend(List<Week> weeks) {
        return Trending.of(List.of("chips"), weeks, Locale.ENGLISH).get(0);
    }

    private static List<Label> labels(List<Week> weeks) {
        return Trending.labels(List.of("chips"), weeks).stream()
                .map(labels -> labels.get(0))
                .toList();
    }

    private static long changes(List<Label> labels) {
        return IntStream.range(1, labels.size())
                .filter(week -> labels.get(week) != labels.get(week - 1))
                .count();
    }

    private static int usual(int week) {
        return week % 10 == 9 ? 0 : 1; // .9 a week: 3% of 30
    }

    @Test
    void aRiseIsCalledOnceAndEndsWithinAYear() {
        int archives = 30;
        int fewWeeksOfPause = 8;
        Simulation growing = new Simulation(10, PER_WEEK, 8, (topic, week) -> topic == 0 && week >= 104 ? 0.12 : 0.03);
        int again = 0;
        int over = 0;
        for (int seed = 0; seed < archives; seed++) {
            List<List<Label>> labels = Trending.labels(growing.names(), growing.archive(seed, 104 + 60));
            int ended = Integer.MAX_VALUE;
            for (int week = 104; week < labels.size(); week++) {
                boolean up = isUp(labels.get(week).get(0));
                boolean wasUp = isUp(labels.get(week - 1).get(0));
                again += up && !wasUp && week - fewWeeksOfPause <= ended && ended < week ? 1 : 0;
                ended = wasUp && !up ? week : ended;
            }
            over += isUp(labels.get(labels.size() - 1).get(0)) ? 0 : 1;
        }
        assertThat(again).isLessThanOrEqualTo(1);
        assertThat(over).isGreaterThanOrEqualTo(archives - 2);
    }

    @Test
    void aRiseIsShownWithWhatWasExpectedAndHowManySources() {
        Trend trend = trend(weeks(120, 3, week -> week < 116 ? usual(week) : 4));
        assertThat(trend.label()).isEqualTo(Label.RISING);
        assertThat(trend.evidence())
                .isEqualTo("4 posts this week, 0.9 expected; 16 in 4 weeks where 3.7 were expected, from 3 sources");
        Finding finding = Objects.requireNonNull(trend.finding());
        assertThat(finding.weeks()).isEqualTo(4);
        assertThat(finding.posts()).isEqualTo(16);
        assertThat(finding.of()).isEqualTo(120);
        assertThat(finding.ratio()).isCloseTo(16 / finding.expected(), within(1e-12));
        assertThat(finding.sources()).isEqualTo(3);
        assertThat(finding.p()).isLessThan(0.001);
        assertThat(finding.headline()).isTrue();
        assertThat(trend.counts()).hasSize(26).endsWith(4, 4, 4, 4);
        assertThat(trend.shares()).hasSize(26).endsWith(4 / 30.0);
    }

    @Test
    void whatOneSourceAloneWritesAboutIsNoTrendButIsMentioned() {
        Trend trend = trend(weeks(120, 1, week -> week < 116 ? usual(week) : 4));
        assertThat(trend.label()).isEqualTo(Label.STEADY);
        assertThat(trend.finding()).isNull();
        assertThat(trend.evidence()).endsWith("; 16 in 4 weeks where 3.7 were expected, but from one source only");
    }

    @Test
    void aTopicWithHardlyAPostBeforeIsNewAndLaterRising() {
        List<Week> weeks = weeks(140, 3, week -> week < 110 ? (week == 60 ? 1 : 0) : 2);
        Trend trend = trend(weeks.subList(0, 116));
        assertThat(trend.label()).isEqualTo(Label.NEW);
        assertThat(trend.evidence()).endsWith("; 1 post in the year before the last 13 weeks");
        List<Label> labels = labels(weeks);
        assertThat(labels.get(130)).isEqualTo(Label.RISING);
        assertThat(labels.lastIndexOf(Label.NEW)).isLessThan(labels.indexOf(Label.RISING));
    }

    @Test
    void aTopicThatGoesAwayFades() {
        List<Week> weeks = weeks(124, 3, week -> week < 114 ? 3 : 0);
        Trend trend = trend(weeks);
        assertThat(trend.label()).isEqualTo(Label.FADING);
        assertThat(trend.evidence()).startsWith("no posts this week, 2.9 expected; none in 8 weeks where");
        assertThat(Objects.requireNonNull(trend.finding()).ratio()).isLessThan(1 / 1.5);
        assertThat(changes(labels(weeks))).isEqualTo(2); // unknown, steady, fading
    }

    @Test
    void whatOneSourceAloneStopsWritingAboutDoesNotFade() {
        assertThat(trend(weeks(124, 1, week -> week < 114 ? 3 : 0)).label()).isEqualTo(Label.STEADY);
    }

    @Test
    void aSteadyTopicIsSaidToBeAsExpected() {
        Trend trend = trend(weeks(120, 3, TrendingTest::usual));
        assertThat(trend.label()).isEqualTo(Label.STEADY);
        assertThat(trend.evidence()).isEqualTo("no posts this week, 0.9 expected after the half year before");
    }

    @Test
    void weeksAtTheEdgeDoNotSwitchALabelToAndFro() {
        // after the rise, weeks that are clear and weeks that are not take turns
        List<Label> labels = labels(weeks(130, 3, week -> week < 112 ? usual(week) : week % 2 == 0 ? 6 : 1));
        assertThat(labels).endsWith(Label.RISING);
        assertThat(changes(labels)).isEqualTo(2); // unknown, steady, rising
    }

    @Test
    void aBurstIsForgottenInTwoWeeksAfterItHasLeftTheLastFour() {
        List<Label> labels = labels(weeks(140, 3, week -> week == 112 ? 14 : usual(week)));
        assertThat(labels.get(112)).isEqualTo(Label.RISING);
        assertThat(labels.lastIndexOf(Label.RISING)).isBetween(113, 118);
        assertThat(changes(labels)).isEqualTo(3);
    }

    @Test
    void aRiseWhoseEvidenceIsMissingForAWeekIsSaidToBeLessClear() {
        List<Week> weeks = weeks(140, 3, week -> week == 112 ? 14 : usual(week));
        int last = labels(weeks).lastIndexOf(Label.RISING);
        Trend trend = trend(weeks.subList(0, last + 1));
        assertThat(trend.label()).isEqualTo(Label.RISING);
        assertThat(trend.evidence()).endsWith("; less clear than before");
    }

    @Test
    void aWindowIsJudgedWhenAYearLiesBeforeIt() {
        IntUnaryOperator counts = week -> week < 54 ? usual(week) : 8;
        Trend before = trend(weeks(FIRST_JUDGED - 1, 3, counts));
        assertThat(before.label()).isEqualTo(Label.UNKNOWN);
        assertThat(before.evidence()).isEqualTo("too little history: 51 of the 52 weeks needed before the last 4");
        assertThat(trend(weeks(FIRST_JUDGED, 3, counts)).label()).isEqualTo(Label.RISING);
    }

    @Test
    void historyBeginsWithTheFirstPost() {
        List<Week> weeks = weeks(100, 3, week -> 0);
        List<Week> late = new ArrayList<>(Collections.nCopies(80, new Week(0, Map.of())));
        late.addAll(weeks.subList(0, 20));
        assertThat(trend(late).evidence()).startsWith("too little history: 16 of the 52 weeks");
        assertThat(trend(late).shares()).hasSize(20);
        assertThat(labels(late)).hasSize(100).containsOnly(Label.UNKNOWN);
        Trend nothing = trend(List.of());
        assertThat(nothing.evidence()).startsWith("too little history: 0 of the 52 weeks");
        assertThat(nothing.shares()).isEmpty();
    }

    @Test
    void withFewPostsTheEvidenceSaysHowWeakItIs() {
        Trend rising = trend(weeks(120, 6, 3, week -> week < 112 ? week % 5 / 4 : 2));
        assertThat(rising.label()).isEqualTo(Label.RISING);
        assertThat(rising.evidence()).endsWith("; weak evidence, with only 6 posts a week");
        assertThat(trend(weeks(120, 6, 3, week -> week % 5 / 4)).evidence())
                .matches(".*; with only 6 posts a week, a rise would show from \\d+ in 13 weeks on");
    }

    @Test
    void anArchiveThatFallsSilentShowsNoTrends() {
        List<Week> weeks = new ArrayList<>(weeks(120, 3, week -> week < 114 ? usual(week) : 5));
        assertThat(trend(weeks).label()).isEqualTo(Label.RISING);
        for (int week = 0; week < 60; week++) {
            weeks.add(new Week(0, Map.of()));
            assertThat(trend(weeks).evidence()).isNotEmpty();
        }
        assertThat(trend(weeks).label()).isEqualTo(Label.STEADY);
        assertThat(trend(weeks).evidence()).isEqualTo("no posts on any topic in the last weeks");
    }

    @Test
    void whatALaterWeekBringsDoesNotChangeWhatAnEarlierOneSaid() {
        Simulation growing = new Simulation(5, PER_WEEK, 4, (topic, week) -> topic == 0 && week >= 80 ? 0.2 : 0.05);
        List<Week> archive = growing.archive(7, 110);
        List<List<Label>> labels = Trending.labels(growing.names(), archive);
        for (int week = FIRST_JUDGED - 2; week < archive.size(); week += 3) {
            assertThat(Trending.of(growing.names(), archive.subList(0, week + 1), Locale.ENGLISH))
                    .extracting(Trend::label)
                    .isEqualTo(labels.get(week));
        }
    }

    @Test
    void fortyTopicsOverThreeHundredWeeksTakeLessThanASecond() {
        Simulation large = new Simulation(40, 100, 20, (topic, week) -> 0.02);
        List<Week> archive = large.archive(1, 300);
        ThreadMXBean clock =
                ManagementFactory.getThreadMXBean(); // of this thread alone, whatever else the machine does
        long begin = clock.getCurrentThreadCpuTime();
        assertThat(Trending.of(large.names(), archive, Locale.ENGLISH)).hasSize(40);
        assertThat(Duration.ofNanos(clock.getCurrentThreadCpuTime() - begin)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void midPAgreesWithTheSumOfWhatItStandsFor() {
        for (double[] parameters : new double[][] {{6.5, 210, 120}, {0.5, 12, 390}, {45.5, 310, 30}, {3.2, 88, 88}}) {
            NegativeBinomial prediction = new NegativeBinomial(parameters[0], parameters[1], parameters[2]);
            double less = 0;
            double before = 1;
            double term = StrictMath.pow(parameters[1] / (parameters[1] + parameters[2]), parameters[0]);
            for (int count = 0; count < 60; count++) {
                double lower = less + term / 2;
                assertThat(prediction.probability(count)).isCloseTo(term, within(1e-13));
                assertThat(prediction.lowerMidP(count)).isCloseTo(lower, within(1e-12));
                assertThat(prediction.upperMidP(count)).isCloseTo(1 - lower, within(1e-12));
                assertThat(prediction.upperMidP(count)).isLessThan(before);
                before = prediction.upperMidP(count);
                less += term;
                term *= (parameters[0] + count) / (count + 1) * (parameters[2] / (parameters[1] + parameters[2]));
            }
        }
    }

    @Test
    void midPKeepsItsDigitsFarOutAndStaysAProbabilityInLargeArchives() {
        assertThat(new NegativeBinomial(1, 1, 1).upperMidP(99))
                .isCloseTo(1.5 * StrictMath.pow(0.5, 100), within(1e-40));
        NegativeBinomial large = new NegativeBinomial(60, 310, 50_000);
        assertThat(large.upperMidP(0)).isCloseTo(1, within(1e-12));
        assertThat(large.upperMidP((int) large.mean())).isBetween(0.4, 0.6);
        assertThat(large.upperMidP(40_000)).isBetween(0.0, 1e-9);
        assertThat(large.lowerMidP(0)).isBetween(0.0, 1e-100);
    }

    @Test
    void theLogarithmOfTheGammaFunctionIsThatOfFactorials() {
        double factorial = 0;
        for (int n = 1; n < 200; n++) {
            assertThat(NegativeBinomial.logGamma(n)).isCloseTo(factorial, within(1e-12 * Math.max(1, factorial)));
            factorial += StrictMath.log(n);
        }
        assertThat(NegativeBinomial.logGamma(0.5)).isCloseTo(StrictMath.log(Math.PI) / 2, within(1e-14));
    }

    @Test
    void falseDiscoveriesAreRatedAsBenjaminiAndHochbergDo() {
        assertThat(FalseDiscovery.rates(new double[] {0.01, 0.04, 0.03, 0.005, 0.9}))
                .containsExactly(new double[] {0.025, 0.05, 0.05, 0.025, 0.9}, within(1e-15));
        assertThat(FalseDiscovery.rates(new double[] {0.2, 0.2})).containsExactly(0.2, 0.2);
        assertThat(FalseDiscovery.rates(new double[] {1, 0.004})).containsExactly(1, 0.008);
        assertThat(FalseDiscovery.rates(new double[0])).isEmpty();
        // the fifteen p-values of their paper: at .05 the four smallest are found
        double[] paper = {
            0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528,
            0.7590, 1.0
        };
        double[] rates = FalseDiscovery.rates(paper);
        assertThat(IntStream.range(0, 15).filter(test -> rates[test] <= 0.05)).containsExactly(0, 1, 2, 3);
    }

    @Test
    void aWeekThatCannotBeIsRefused() {
        Map<String, Map<String, Integer>> three = new HashMap<>(Map.of("chips", Map.of("a", 2, "b", 1)));
        Week week = new Week(3, three);
        three.clear();
        assertThat(week.posts("chips")).isEqualTo(3);
        assertThat(week.posts("tea")).isZero();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Week(2, week.byTopic()))
                .withMessage("topic 'chips' has 3 posts in a week of 2 (count a post once)");
        assertThatIllegalArgumentException().isThrownBy(() -> new Week(-1, Map.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Week(1, Map.of("chips", Map.of("a", 0))))
                .withMessageContaining("leave out what has none");
    }
}
