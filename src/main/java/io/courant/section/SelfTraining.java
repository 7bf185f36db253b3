package io.courant.section;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Learns from seeds alone what sections of each topic are made of, where each section has one topic: those that the
 * seeds are surest about teach a naive Bayes classifier, its surest answers teach the next, and so on (Nigam et al.,
 * "Text Classification from Labeled and Unlabeled Documents", 2000, with hard labels). Multinomial on ln(1 + f), no
 * class prior, since seeds say nothing of how frequent a topic is.
 */
final class SelfTraining {
    private static final int ROUNDS = 8;
    private static final double SMOOTHING = 0.1;
    /** No reading of words outweighs this, in units of the scores that {@link TopicModel} adds up. */
    private static final double MOST = 3;

    private final List<Reading> sections;
    private final int topics;
    private final int vocabulary;
    private double[][] logs = {}; // by topic and word
    private boolean[] taught = {}; // by topic
    private final double usual;

    /**
     * Learns from an archive.
     *
     * @param seeded score of each topic in each section, by section and topic
     * @param told topics that an editor gave, by section; an index among the topics
     */
    SelfTraining(List<Reading> sections, int vocabulary, double[][] seeded, Map<Integer, Integer> told) {
        this.sections = sections;
        this.topics = seeded.length == 0 ? 0 : seeded[0].length;
        this.vocabulary = vocabulary;
        int[] best = new int[sections.size()];
        double[] margins = new double[sections.size()];
        for (int section = 0; section < best.length; section++) {
            choose(seeded[section], section, best, margins);
        }
        logs = learn(best, margins, told);
        for (int round = 1; round < ROUNDS; round++) {
            relabel(best, margins);
            logs = learn(best, margins, told);
        }
        relabel(best, margins);
        double[] sorted =
                Arrays.stream(margins).filter(margin -> margin > 0).sorted().toArray();
        usual = sorted.length == 0 ? 1 : sorted[sorted.length / 2];
    }

    /** Topics that no section spoke for teach nothing. */
    private double[][] learn(int[] best, double[] margins, Map<Integer, Integer> told) {
        double[][] counts = new double[topics][vocabulary];
        double[] all = new double[topics];
        taught = new boolean[topics];
        for (int topic = 0; topic < topics; topic++) {
            for (int section : surest(topic, best, margins, told)) {
                WordCounts words = sections.get(section).words();
                for (int i = 0; i < words.size(); i++) {
                    double weight = StrictMath.log1p(words.count(i));
                    counts[topic][words.word(i)] += weight;
                    all[topic] += weight;
                }
            }
        }
        for (int topic = 0; topic < topics; topic++) {
            taught[topic] = all[topic] > 0;
            double whole = all[topic] + SMOOTHING * vocabulary;
            for (int word = 0; word < vocabulary; word++) {
                counts[topic][word] = StrictMath.log((counts[topic][word] + SMOOTHING) / whole);
            }
        }
        return counts;
    }

    /** The half of a topic's sections with the largest margins, and those that an editor gave it. */
    private static List<Integer> surest(int topic, int[] best, double[] margins, Map<Integer, Integer> told) {
        List<Integer> claimed = new ArrayList<>();
        List<Integer> taught = new ArrayList<>();
        for (int section = 0; section < best.length; section++) {
            Integer said = told.get(section);
            if (said != null && said == topic) {
                taught.add(section);
            } else if (said == null && best[section] == topic && margins[section] > 0) {
                claimed.add(section);
            }
        }
        claimed.sort(Comparator.comparingDouble((Integer section) -> margins[section])
                .reversed()
                .thenComparing(Comparator.naturalOrder()));
        taught.addAll(claimed.subList(0, (claimed.size() + 1) / 2));
        return taught;
    }

    private void relabel(int[] best, double[] margins) {
        for (int section = 0; section < best.length; section++) {
            double[] likelihoods = likelihoods(section);
            for (int topic = 0; topic < topics; topic++) {
                // unseen words are the likelier under a topic, the less it has learned
                likelihoods[topic] = taught[topic] ? likelihoods[topic] : Double.NEGATIVE_INFINITY;
            }
            choose(likelihoods, section, best, margins);
        }
    }

    private static void choose(double[] scores, int section, int[] best, double[] margins) {
        int first = 0;
        double second = Double.NEGATIVE_INFINITY;
        for (int topic = 1; topic < scores.length; topic++) {
            if (scores[topic] > scores[first]) {
                second = scores[first];
                first = topic;
            } else if (scores[topic] > second) {
                second = scores[topic];
            }
        }
        best[section] = first;
        margins[section] = scores.length < 2 ? scores[first] : scores[first] - second;
    }

    /** Mean log-likelihood of a section's words under each topic, so that long sections do not seem surer. */
    private double[] likelihoods(int section) {
        double[] sums = new double[topics];
        double length = 0;
        WordCounts words = sections.get(section).words();
        for (int i = 0; i < words.size(); i++) {
            double weight = StrictMath.log1p(words.count(i));
            length += weight;
            for (int topic = 0; topic < topics; topic++) {
                sums[topic] += weight * logs[topic][words.word(i)];
            }
        }
        for (int topic = 0; topic < topics; topic++) {
            sums[topic] = length == 0 ? 0 : sums[topic] / length;
        }
        return sums;
    }

    /** What a word of a section contributes. */
    record Part(int word, int times, double weight) {}

    /**
     * How much better or worse a topic explains a section's words than its best rival does, word by word: the parts add
     * up to a number between -3 and 3; for their best topic half of all sections exceed {@code 3 · tanh 1}. None for a topic
     * that nothing was learned of.
     */
    List<Part> parts(int section, int topic) {
        double[] scores = likelihoods(section);
        int rival = -1;
        for (int other = 0; other < topics; other++) {
            if (other != topic && taught[other] && (rival < 0 || scores[other] > scores[rival])) {
                rival = other;
            }
        }
        if (rival < 0 || !taught[topic]) {
            return List.of();
        }
        WordCounts words = sections.get(section).words();
        double length = 0;
        double sum = 0;
        double[] weights = new double[words.size()];
        for (int i = 0; i < weights.length; i++) {
            double weight = StrictMath.log1p(words.count(i));
            length += weight;
            weights[i] = weight * (logs[topic][words.word(i)] - logs[rival][words.word(i)]);
            sum += weights[i];
        }
        if (sum == 0) {
            return List.of();
        }
        double limited = MOST * StrictMath.tanh(sum / length / usual);
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < weights.length; i++) {
            parts.add(new Part(words.word(i), words.count(i), weights[i] * limited / sum));
        }
        return parts;
    }
}
