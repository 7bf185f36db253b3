package io.courant.section;

import io.courant.section.Assignment.Reason;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Assigns the sections of an archive to topics and says why. A topic's score has up to three parts:
 *
 * <ul>
 *   <li>its seed terms: by how many standard deviations BM25F lies above what the topic has where it is not the subject,
 *       from -1 up and hardly more above 3. In an archive of fewer than 50 sections nothing is usual yet, and BM25F
 *       itself stands for it;
 *   <li>the votes of earlier sections that read alike, up to 2;
 *   <li>where topics exclude each other, how well the words fit what was learned of the topic, from -3 to 3.
 * </ul>
 *
 * <p>The same archive, topics and votes in the same order give the same answers to the last bit on every machine.
 */
public final class TopicModel {
    /** How many standard deviations a topic's seeds must lie above what is usual. */
    private static final double LEAST_Z = 1.5;

    private static final double LEAST_DEVIATION = 0.1; // where no topic has any
    private static final int WORDS_SHOWN = 8;
    private static final double VOTES_WEIGH = 2;
    /** So great a share of the votes, if a person gave them, convinces without any seed. */
    private static final double MOST_VOTES = 0.6;

    private static final double LOWEST = -1;
    private static final double HIGH = 3;
    /** Words alone convince with this, when at least one seed agrees. */
    private static final double SURE_WORDS = 2;
    /** A further topic has at least so much of the best one's score. */
    private static final double ALSO = 0.75;

    private final Taxonomy taxonomy;
    private final List<Section> archive;
    private final List<Reading> readings;
    private final Lexicon lexicon;
    private final List<SeedQuery> queries;
    private final List<Usual> usual;
    private final Votes votes;
    private final @Nullable SelfTraining training;

    /** What a topic's seeds score where it is not the subject. */
    private record Usual(double mean, double deviation) {
        static final Usual UNKNOWN = new Usual(0, 1);

        double z(double score) {
            return (score - mean) / deviation;
        }
    }

    /**
     * Learns from an archive.
     *
     * @param archive all sections that will be assigned or will vote
     * @param told topics that an editor gave, by a section's place in the archive; they count as votes at once
     */
    public TopicModel(Taxonomy taxonomy, List<Section> archive, Map<Integer, List<String>> told) {
        this.taxonomy = taxonomy;
        this.archive = List.copyOf(archive);
        this.lexicon = new Lexicon(taxonomy);
        this.readings = archive.stream().map(lexicon::read).toList();
        Background background = new Background(readings);
        this.queries = taxonomy.topics().stream()
                .map(topic -> new SeedQuery(topic, lexicon, background))
                .toList();
        this.usual = usual();
        this.votes = new Votes(readings, lexicon.size());
        this.training = taxonomy.exclusive() && queries.size() > 1
                ? new SelfTraining(readings, lexicon.size(), seeded(), indexed(told))
                : null;
        told.forEach((section, topics) -> votes.add(section, topics, true));
    }

    /** A model that no editor told anything. */
    public TopicModel(Taxonomy taxonomy, List<Section> archive) {
        this(taxonomy, archive, Map.of());
    }

    /**
     * Each topic's score where it is not the subject. Over all sections, a topic that fills a tenth of the archive would
     * raise its own bar, and half of its sections would stay below it. A topic whose seeds stand nowhere else has no
     * deviation to speak of; it is taken to have half of what the others have.
     */
    private List<Usual> usual() {
        List<Usual> seen = queries.stream().map(this::seen).toList();
        double all = 0;
        for (Usual one : seen) {
            all += one.deviation();
        }
        double least = 0.5 * all / Math.max(1, seen.size());
        return seen.stream()
                .map(one -> new Usual(one.mean(), Math.max(one.deviation(), Math.max(least, LEAST_DEVIATION))))
                .toList();
    }

    private Usual seen(SeedQuery query) {
        double[] scores = readings.stream()
                .filter(section -> !query.isCarried(section))
                .mapToDouble(query::score)
                .toArray();
        if (readings.size() < Background.ENOUGH || scores.length == 0) {
            return Usual.UNKNOWN;
        }
        double mean = 0;
        for (double score : scores) {
            mean += score / scores.length;
        }
        double variance = 0;
        for (double score : scores) {
            variance += (score - mean) * (score - mean) / scores.length;
        }
        return new Usual(mean, StrictMath.sqrt(variance));
    }

    private double[][] seeded() {
        double[][] seeded = new double[readings.size()][];
        for (int section = 0; section < seeded.length; section++) {
            seeded[section] = new double[queries.size()];
            Reading reading = readings.get(section);
            if (queries.stream().noneMatch(query -> query.isTouched(reading))) {
                continue; // it speaks for no topic, not for the one whose seeds are the rarest
            }
            for (int topic = 0; topic < queries.size(); topic++) {
                seeded[section][topic] = usual.get(topic).z(queries.get(topic).score(reading));
            }
        }
        return seeded;
    }

    private Map<Integer, Integer> indexed(Map<Integer, List<String>> told) {
        Map<Integer, Integer> indexed = new HashMap<>();
        told.forEach((section, topics) -> topics.stream()
                .map(taxonomy.ids()::indexOf)
                .filter(topic -> topic >= 0)
                .findFirst()
                .ifPresent(topic -> indexed.put(section, topic)));
        return indexed;
    }

    /**
     * From now on a section votes for these topics, or, if there are none, against all.
     *
     * @param isSure whether a person gave it its topics; the votes of such sections can carry an assignment alone
     */
    void vote(int section, Collection<String> topics, boolean isSure) {
        votes.add(section, topics, isSure);
    }

    /** The topics that convince, else {@link Assignment#UNSORTED}. */
    public Assignment assign(int section) {
        return verdict(section).assignment();
    }

    /**
     * What is made of a section.
     *
     * @param assignment the best topic, if it convinces, and others that do. One does with one anchor term or two
     *     different terms, and with seeds well above what is usual; or when a person gave it to most of the sections
     *     that read alike; where topics exclude each other also with words that fit it well and one seed
     * @param scores every topic, best first, whether it convinces or not; of equal scores the smaller id first
     */
    public record Verdict(Assignment assignment, List<Assignment> scores) {
        public Verdict {
            scores = List.copyOf(scores);
        }
    }

    /** Judges a section by all that was learned and by the votes so far. */
    public Verdict verdict(int section) {
        List<Judged> judged = judged(section);
        List<Assignment> convincing = judged.stream()
                .filter(Judged::convinces)
                .map(Judged::assignment)
                .toList();
        // Where the best topic does not convince, the next one is the best of those that are named in passing.
        boolean best = !judged.isEmpty() && judged.get(0).convinces();
        Assignment assignment = best ? assignment(convincing) : Assignment.UNSORTED;
        return new Verdict(assignment, judged.stream().map(Judged::assignment).toList());
    }

    private Assignment assignment(List<Assignment> convincing) {
        Assignment best = convincing.get(0);
        List<String> also = convincing.stream()
                .skip(1)
                .filter(other -> !taxonomy.exclusive() && other.score() >= ALSO * best.score())
                .map(Assignment::label)
                .toList();
        return new Assignment(best.topic(), best.score(), best.reasons(), also);
    }

    private record Judged(Assignment assignment, boolean convinces) {}

    private List<Judged> judged(int section) {
        List<Votes.Vote> cast = votes.on(section);
        List<Judged> judged = new ArrayList<>();
        for (int topic = 0; topic < queries.size(); topic++) {
            judged.add(judged(section, topic, cast));
        }
        judged.sort(Comparator.comparingDouble((Judged one) -> one.assignment().score())
                .reversed()
                .thenComparing(one -> one.assignment().label()));
        return judged;
    }

    private Judged judged(int section, int topic, List<Votes.Vote> cast) {
        Reading reading = readings.get(section);
        SeedQuery query = queries.get(topic);
        String id = taxonomy.topics().get(topic).id();
        List<Reason> reasons = new ArrayList<>();
        double z = seeds(query.reasons(reading), usual.get(topic), reasons);
        double votes = 0;
        for (Votes.Vote vote : cast) {
            if (vote.topics().contains(id)) {
                votes += vote.isSure() ? vote.share() : 0;
                reasons.add(
                        new Reason(archive.get(vote.section()).heading(), Reason.VOTES, 0, VOTES_WEIGH * vote.share()));
            }
        }
        double fit = training == null ? 0 : words(training.parts(section, topic), reasons);
        reasons.sort(Comparator.comparingDouble(Reason::weight)
                .reversed()
                .thenComparing(Reason::term)
                .thenComparing(Reason::field));
        double score = 0;
        for (Reason reason : reasons) {
            score += reason.weight();
        }
        boolean carried = query.isCarried(reading) && z >= (isUsualKnown() ? LEAST_Z : 0);
        boolean voted = votes >= MOST_VOTES;
        boolean fits = fit >= SURE_WORDS && query.isTouched(reading);
        return new Judged(new Assignment(id, score, reasons), carried || voted || fits);
    }

    /** Adds what the words contribute, the loudest each and the rest in one; gives the sum. */
    private double words(List<SelfTraining.Part> parts, List<Reason> reasons) {
        List<SelfTraining.Part> loudest = parts.stream()
                .sorted(Comparator.comparingDouble((SelfTraining.Part part) -> -Math.abs(part.weight()))
                        .thenComparing(part -> lexicon.word(part.word())))
                .toList();
        int shown = Math.min(WORDS_SHOWN, loudest.size());
        double sum = 0;
        double rest = 0;
        for (int i = 0; i < loudest.size(); i++) {
            SelfTraining.Part part = loudest.get(i);
            sum += part.weight();
            rest += i < shown ? 0 : part.weight();
            if (i < shown) {
                reasons.add(new Reason(lexicon.word(part.word()), Reason.WORDS, part.times(), part.weight()));
            }
        }
        if (loudest.size() > shown) {
            String others = loudest.size() - shown == 1 ? "1 other word" : (loudest.size() - shown) + " other words";
            reasons.add(new Reason(others, Reason.REST, 0, rest));
        }
        return sum;
    }

    private boolean isUsualKnown() {
        return readings.size() >= Background.ENOUGH;
    }

    /** Adds what the seeds contribute, which is a function of z; gives z. */
    private static double seeds(List<Reason> found, Usual usual, List<Reason> reasons) {
        double sum = 0;
        for (Reason reason : found) {
            sum += reason.weight();
        }
        double z = usual.z(sum);
        double factor = z == 0 ? 1 : limited(z) / z;
        for (Reason reason : found) {
            reasons.add(new Reason(
                    reason.term(), reason.field(), reason.times(), reason.weight() / usual.deviation() * factor));
        }
        if (usual.mean() != 0) {
            reasons.add(new Reason("any section", Reason.ARCHIVE, 0, -usual.mean() / usual.deviation() * factor));
        }
        return z;
    }

    /** What is far above tells topics apart, but must not outweigh all else. */
    private static double limited(double z) {
        return z <= HIGH ? Math.max(LOWEST, z) : HIGH + StrictMath.log1p(z - HIGH) / 2;
    }
}
