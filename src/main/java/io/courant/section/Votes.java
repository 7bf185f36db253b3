package io.courant.section;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * What earlier sections that read alike say about a section: the ten nearest by the cosine between their words, each
 * word weighing (1 + ln f) · idf.
 */
final class Votes {
    private static final int NEAREST = 10;
    /** What the topics' shares are short of one by, in units of a neighbour's likeness: a single far voice says little. */
    private static final double RESERVE = 0.25;

    private final List<Reading> sections;
    private final double[] idf;
    private final double[] lengths;
    private final Map<Integer, Postings> postings = new HashMap<>();
    private final Map<Integer, List<String>> voters = new HashMap<>();
    private final Set<Integer> sure = new HashSet<>();

    Votes(List<Reading> sections, int vocabulary) {
        this.sections = sections;
        int[] found = new int[vocabulary];
        for (Reading section : sections) {
            for (int i = 0; i < section.words().size(); i++) {
                found[section.words().word(i)]++;
            }
        }
        idf = new double[vocabulary];
        for (int word = 0; word < vocabulary; word++) {
            idf[word] = found[word] == 0 ? 0 : StrictMath.log((sections.size() + 1.0) / found[word]);
        }
        lengths = new double[sections.size()];
        for (int section = 0; section < lengths.length; section++) {
            double squares = 0;
            WordCounts words = sections.get(section).words();
            for (int i = 0; i < words.size(); i++) {
                squares += weight(words, i) * weight(words, i);
            }
            lengths[section] = StrictMath.sqrt(squares);
        }
    }

    private double weight(WordCounts words, int i) {
        return (1 + StrictMath.log(words.count(i))) * idf[words.word(i)];
    }

    /**
     * From now on, a section votes for these topics; for none of them if there are none.
     *
     * @param isSure whether a person gave it its topics
     */
    void add(int section, Collection<String> topics, boolean isSure) {
        if (isSure) {
            sure.add(section);
        }
        if (voters.put(section, List.copyOf(topics)) != null || lengths[section] == 0) {
            return;
        }
        WordCounts words = sections.get(section).words();
        for (int i = 0; i < words.size(); i++) {
            postings.computeIfAbsent(words.word(i), word -> new Postings())
                    .add(section, (float) (weight(words, i) / lengths[section]));
        }
    }

    /** A section that voted, its part of the whole, and whether a person gave it its topics. */
    record Vote(int section, List<String> topics, double share, boolean isSure) {}

    /** The votes on a section, the nearest voter first; their shares add up to less than one. */
    List<Vote> on(int section) {
        double[] likeness = likeness(section);
        List<Integer> nearest = near(section, likeness, Double.MIN_VALUE, NEAREST);
        double all = RESERVE;
        for (int voter : nearest) {
            all += likeness[voter];
        }
        List<Vote> votes = new ArrayList<>();
        for (int voter : nearest) {
            votes.add(new Vote(
                    voter, voters.getOrDefault(voter, List.of()), likeness[voter] / all, sure.contains(voter)));
        }
        return votes;
    }

    /** The voters that read like a section with at least this cosine, the nearest first. */
    List<Integer> alike(int section, double least) {
        return near(section, likeness(section), least, Integer.MAX_VALUE);
    }

    /** At most so many voters with at least this likeness, the nearest first. */
    private static List<Integer> near(int section, double[] likeness, double least, int limit) {
        Comparator<Integer> nearest = Comparator.comparingDouble((Integer voter) -> likeness[voter])
                .reversed()
                .thenComparing(Comparator.naturalOrder());
        PriorityQueue<Integer> found = new PriorityQueue<>(nearest.reversed()); // the farthest goes first
        for (int voter = 0; voter < likeness.length; voter++) {
            if (voter != section && likeness[voter] >= least) {
                found.add(voter);
                if (found.size() > limit) {
                    found.remove();
                }
            }
        }
        return found.stream().sorted(nearest).toList();
    }

    private double[] likeness(int section) {
        double[] likeness = new double[sections.size()];
        WordCounts words = sections.get(section).words();
        for (int i = 0; i < words.size(); i++) {
            Postings found = postings.get(words.word(i));
            if (found != null) {
                double weight = weight(words, i) / lengths[section];
                for (int at = 0; at < found.size; at++) {
                    likeness[found.sections[at]] += weight * found.weights[at];
                }
            }
        }
        return likeness;
    }

    /** The sections that have a word, with its weight in each. */
    private static final class Postings {
        private int[] sections = new int[4];
        private float[] weights = new float[4];
        private int size;

        void add(int section, float weight) {
            if (size == sections.length) {
                sections = Arrays.copyOf(sections, size * 2);
                weights = Arrays.copyOf(weights, size * 2);
            }
            sections[size] = section;
            weights[size++] = weight;
        }
    }
}
