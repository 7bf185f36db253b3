package io.courant.section;

import io.courant.section.SectionedPosts.KeptSection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A topic that a newsletter might have: sections which no topic claimed and which read alike.
 *
 * @param topic named by what it says more often than others do, with the terms that would find it
 * @param sections how many there are
 * @param sources from how many sources
 * @param examples headings of some of them, the most typical first
 */
public record TopicSuggestion(Topic topic, int sections, int sources, List<String> examples) {
    /** Cosine of what reads alike. */
    private static final double ALIKE = 0.15;

    private static final int FEWEST = 3;
    private static final int MOST_SEEDS = 10;
    private static final int EXAMPLES = 4;

    public TopicSuggestion {
        examples = List.copyOf(examples);
    }

    /**
     * Suggests topics by star clustering (Aslam, Pelekhov and Rus, 2004): the section that reads like most others draws
     * those to itself, then the next of what is left.
     *
     * @param unsorted what no topic claimed
     * @param sorted what topics did claim, to tell apart what is said everywhere
     * @param limit how many at most, the largest first
     */
    public static List<TopicSuggestion> of(
            List<KeptSection> unsorted, List<KeptSection> sorted, Taxonomy taxonomy, int limit) {
        List<TopicSuggestion> suggestions = new ArrayList<>();
        Phrases phrases = new Phrases(taxonomy.language());
        List<Set<String>> said = new ArrayList<>();
        unsorted.forEach(section -> said.add(phrases.of(section.section())));
        Map<String, Integer> elsewhere = new HashMap<>();
        sorted.forEach(
                section -> phrases.of(section.section()).forEach(phrase -> elsewhere.merge(phrase, 1, Integer::sum)));
        Map<String, Integer> everywhere = Phrases.counted(said);
        Set<String> taken = new HashSet<>(taxonomy.ids());
        for (List<Integer> star : stars(unsorted, taxonomy)) {
            long posts = star.stream()
                    .map(section -> unsorted.get(section).post())
                    .distinct()
                    .count();
            if (suggestions.size() == limit) {
                break;
            } else if (posts < FEWEST) {
                continue;
            }
            Map<String, Integer> inside =
                    Phrases.counted(star.stream().map(said::get).toList());
            Map<String, Integer> outside = new HashMap<>(elsewhere);
            everywhere.forEach((phrase, count) -> {
                int rest = count - inside.getOrDefault(phrase, 0);
                if (rest > 0) {
                    outside.merge(phrase, rest, Integer::sum);
                }
            });
            inside.values().removeIf(count -> count < 2);
            List<Rising> rising = RisingWords.of(inside, outside, 3 * MOST_SEEDS);
            if (!rising.isEmpty()) {
                Map<String, Integer> inTitles = Phrases.counted(star.stream()
                        .map(unsorted::get)
                        .map(one -> phrases.of(new Section(one.section().heading(), List.of(), "")))
                        .toList());
                Topic topic = topic(named(rising, inTitles), phrases, taken);
                taken.add(topic.id());
                List<KeptSection> sections = star.stream().map(unsorted::get).toList();
                suggestions.add(new TopicSuggestion(
                        topic,
                        sections.size(),
                        (int) sections.stream()
                                .map(KeptSection::source)
                                .distinct()
                                .count(),
                        sections.stream()
                                .map(section -> section.section().heading())
                                .distinct()
                                .limit(EXAMPLES)
                                .toList()));
            }
        }
        return suggestions;
    }

    /** Groups of sections by their places, the largest first, in each the centre first and then what is nearest to it. */
    private static List<List<Integer>> stars(List<KeptSection> sections, Taxonomy taxonomy) {
        Lexicon lexicon = new Lexicon(taxonomy);
        List<Reading> readings = sections.stream()
                .map(section -> lexicon.read(section.section()))
                .toList();
        Votes votes = new Votes(readings, lexicon.size());
        for (int i = 0; i < readings.size(); i++) {
            votes.add(i, List.of(), false);
        }
        List<List<Integer>> near = new ArrayList<>();
        for (int i = 0; i < readings.size(); i++) {
            near.add(votes.alike(i, ALIKE));
        }
        List<List<Integer>> stars = new ArrayList<>();
        boolean[] drawn = new boolean[near.size()];
        while (true) {
            int centre = -1;
            long most = 0;
            for (int i = 0; i < near.size(); i++) {
                long drawing = drawn[i]
                        ? 0
                        : near.get(i).stream().filter(other -> !drawn[other]).count();
                if (drawing > most) {
                    most = drawing;
                    centre = i;
                }
            }
            if (centre < 0 || most < FEWEST - 1) {
                return stars;
            }
            List<Integer> star = new ArrayList<>(List.of(centre));
            near.get(centre).stream().filter(other -> !drawn[other]).forEach(star::add);
            star.forEach(one -> drawn[one] = true);
            stars.add(star);
        }
    }

    /** The best name first: a phrase rather than a word, and one that stands in titles. */
    private static List<Rising> named(List<Rising> rising, Map<String, Integer> inTitles) {
        double enough = 0.7 * rising.get(0).z();
        return rising.stream()
                .sorted(Comparator.comparing((Rising one) -> one.z() < enough) // stable: then by z
                        .thenComparing(one -> !one.words().contains(" "))
                        .thenComparing(one -> -inTitles.getOrDefault(one.words(), 0)))
                .toList();
    }

    private static Topic topic(List<Rising> named, Phrases phrases, Set<String> taken) {
        List<Topic.Seed> seeds = new ArrayList<>();
        Set<String> covered = new HashSet<>();
        for (Rising one : named) {
            if (seeds.size() < MOST_SEEDS && !covered.containsAll(parts(one))) {
                seeds.add(seed(one, phrases));
                covered.addAll(parts(one));
            }
        }
        String shown = seeds.get(0).term();
        String title = shown.substring(0, 1).toUpperCase(Locale.ROOT) + shown.substring(1);
        return new Topic(id(shown, taken), title, seeds);
    }

    private static List<String> parts(Rising rising) {
        return Arrays.asList(rising.words().split(" ", -1));
    }

    /** A phrase that nobody else uses can stand alone; a word that others use, too, says a little. */
    private static Topic.Seed seed(Rising rising, Phrases phrases) {
        boolean phrase = rising.words().contains(" ");
        int weight = rising.before() == 0 ? (phrase ? Topic.Seed.ANCHOR : 2) : rising.before() < rising.count() ? 2 : 1;
        return new Topic.Seed(phrases.shown(rising.words()), weight);
    }

    private static String id(String shown, Set<String> taken) {
        String plain =
                shown.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        String id = plain.isEmpty() ? "topic" : plain;
        String free = id;
        for (int number = 2; taken.contains(free); number++) {
            free = id + "-" + number;
        }
        return free;
    }
}
