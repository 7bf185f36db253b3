package io.courant.section;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Archives drawn by chance in which it is known what happens. Posts of a week are Poisson, large sources have many times
 * the posts of small ones, and each source leans to topics of its own.
 */
record Simulation(int topics, double postsPerWeek, int sources, Share share) {
    private static final double LEANING = 0.5;

    /** The share of the posts that a topic truly has. */
    interface Share {
        double of(int topic, int week);
    }

    List<String> names() {
        return IntStream.range(0, topics).mapToObj(Simulation::name).toList();
    }

    static String name(int topic) {
        return "topic " + topic;
    }

    List<Week> archive(long seed, int weeks) {
        Random random = new Random(seed);
        double[] sizes = IntStream.rangeClosed(1, sources)
                .mapToDouble(rank -> 1.0 / rank)
                .toArray();
        double all =
                IntStream.range(0, sources).mapToDouble(source -> sizes[source]).sum();
        double[][] leanings = new double[topics][sources];
        for (double[] leaning : leanings) {
            double mean = 0;
            for (int source = 0; source < sources; source++) {
                leaning[source] = StrictMath.exp(LEANING * random.nextGaussian());
                mean += leaning[source] * sizes[source] / all;
            }
            for (int source = 0; source < sources; source++) {
                leaning[source] /= mean;
            }
        }
        List<Week> archive = new ArrayList<>();
        for (int week = 0; week < weeks; week++) {
            int posts = poisson(random, postsPerWeek);
            Map<String, Map<String, Integer>> byTopic = new HashMap<>();
            for (int post = 0; post < posts; post++) {
                int source = pick(random.nextDouble() * all, sizes);
                for (int topic = 0; topic < topics; topic++) {
                    if (random.nextDouble() < share.of(topic, week) * leanings[topic][source]) {
                        byTopic.computeIfAbsent(name(topic), name -> new HashMap<>())
                                .merge("source " + source, 1, Integer::sum);
                    }
                }
            }
            archive.add(new Week(posts, byTopic));
        }
        return archive;
    }

    private static int pick(double point, double[] sizes) {
        int source = 0;
        double left = point;
        while (source < sizes.length - 1 && left >= sizes[source]) {
            left -= sizes[source];
            source++;
        }
        return source;
    }

    /** Knuth's: how many uniform numbers can be multiplied until the product falls below exp(-mean). */
    private static int poisson(Random random, double mean) {
        double limit = StrictMath.exp(-mean);
        int count = 0;
        for (double product = random.nextDouble(); product > limit; product *= random.nextDouble()) {
            count++;
        }
        return count;
    }
}
