package io.courant.section;

import io.courant.section.LabelledPosts.LabelledPost;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Measures how well topics are assigned to posts whose topics are known. Posts are taken in the order of their dates:
 * what has come before has been assigned, by an editor if need be, and votes with its known topics; what comes after
 * says nothing but how frequent words are.
 *
 * @param figures one line for each way of assigning, from the seeds alone to all that there is
 * @param predictions for every post in the order of dates, by all that there is
 */
public record Evaluation(List<Figures> figures, List<Prediction> predictions) {
    public Evaluation {
        figures = List.copyOf(figures);
        predictions = List.copyOf(predictions);
    }

    /**
     * How well one way of assigning does.
     *
     * @param posts of one of the topics
     * @param accuracy share of them whose best topic is among those they are known to have
     * @param macroF1 mean over the topics of the harmonic mean of precision and recall of the best topic
     * @param coverage share of them that were assigned, when a topic must convince
     * @param precision share of all assigned posts, those of no topic included, whose topic is among those they have
     * @param none posts of no topic
     * @param noneAssigned those of them that were assigned all the same
     */
    public record Figures(
            String way,
            int posts,
            double accuracy,
            double macroF1,
            double coverage,
            double precision,
            int none,
            int noneAssigned) {}

    /**
     * What became of a post.
     *
     * @param expected topics that it is known to have
     * @param best topic that speaks loudest, whether it convinces or not
     * @param score of that topic
     * @param topic that convinced, or {@value Assignment#UNSORTED_LABEL}
     * @param also further topics that convinced
     */
    public record Prediction(
            String file,
            String date,
            List<String> expected,
            String best,
            double score,
            String topic,
            List<String> also,
            List<Assignment.Reason> reasons) {
        public Prediction {
            expected = List.copyOf(expected);
            also = List.copyOf(also);
            reasons = List.copyOf(reasons);
        }

        boolean isBestRight() {
            return expected.contains(best);
        }

        boolean isAssigned() {
            return !topic.equals(Assignment.UNSORTED_LABEL);
        }
    }

    /** Assigns posts and compares. */
    public static Evaluation of(Taxonomy taxonomy, List<LabelledPost> posts) {
        Taxonomy overlapping = new Taxonomy(taxonomy.topics(), false, taxonomy.language());
        List<Figures> figures = new ArrayList<>();
        figures.add(figures("seeds", taxonomy, predictions(overlapping, posts, false)));
        if (taxonomy.exclusive()) {
            figures.add(figures("seeds, self-training", taxonomy, predictions(taxonomy, posts, false)));
        }
        List<Prediction> all = predictions(taxonomy, posts, true);
        figures.add(figures(taxonomy.exclusive() ? "seeds, self-training, votes" : "seeds, votes", taxonomy, all));
        return new Evaluation(figures, all);
    }

    private static List<Prediction> predictions(Taxonomy taxonomy, List<LabelledPost> posts, boolean votes) {
        TopicModel model =
                new TopicModel(taxonomy, posts.stream().map(LabelledPost::whole).toList());
        List<Prediction> predictions = new ArrayList<>();
        for (int i = 0; i < posts.size(); i++) {
            LabelledPost post = posts.get(i);
            TopicModel.Verdict verdict = model.verdict(i);
            Assignment best = verdict.scores().get(0);
            predictions.add(new Prediction(
                    post.file(),
                    post.date().toString(),
                    post.topics(),
                    best.label(),
                    best.score(),
                    verdict.assignment().label(),
                    verdict.assignment().also(),
                    best.reasons()));
            if (votes) {
                model.vote(i, post.topics(), true);
            }
        }
        return predictions;
    }

    private static Figures figures(String way, Taxonomy taxonomy, List<Prediction> predictions) {
        List<Prediction> known =
                predictions.stream().filter(one -> !one.expected().isEmpty()).toList();
        List<Prediction> assigned =
                predictions.stream().filter(Prediction::isAssigned).toList();
        long right = known.stream().filter(Prediction::isBestRight).count();
        long covered = known.stream().filter(Prediction::isAssigned).count();
        long precise = assigned.stream()
                .filter(one -> one.expected().contains(one.topic()))
                .count();
        int none = predictions.size() - known.size();
        return new Figures(
                way,
                known.size(),
                share(right, known.size()),
                macroF1(taxonomy, known),
                share(covered, known.size()),
                share(precise, assigned.size()),
                none,
                (int) (assigned.size() - covered));
    }

    private static double share(long some, int all) {
        return all == 0 ? 0 : (double) some / all;
    }

    /** Over the topics that any post has; a post of several topics is found under any of them and missed under the first. */
    private static double macroF1(Taxonomy taxonomy, List<Prediction> known) {
        Map<String, Integer> found = new HashMap<>();
        Map<String, Integer> wrong = new HashMap<>();
        Map<String, Integer> missed = new HashMap<>();
        for (Prediction one : known) {
            if (one.isBestRight()) {
                found.merge(one.best(), 1, Integer::sum);
            } else {
                wrong.merge(one.best(), 1, Integer::sum);
                missed.merge(one.expected().get(0), 1, Integer::sum);
            }
        }
        return taxonomy.ids().stream()
                .filter(topic -> found.containsKey(topic) || missed.containsKey(topic))
                .collect(Collectors.averagingDouble(topic -> {
                    double hits = found.getOrDefault(topic, 0);
                    return 2 * hits / (2 * hits + wrong.getOrDefault(topic, 0) + missed.getOrDefault(topic, 0));
                }));
    }
}
