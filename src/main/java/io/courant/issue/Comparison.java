package io.courant.issue;

import io.courant.issue.Sameness.Excerpt;
import io.courant.issue.Sameness.SameText;
import io.courant.post.CanonicalLink;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Holds the texts of two tellings side by side. Much common text alone makes no common story: forms are filled in anew
 * (weather, releases, job offers), footers repeat, replies quote. So what the texts do not share is looked at too: it
 * must not be other numbers and names, and where it is long it must speak of the same.
 */
final class Comparison {
    private static final double SAME_TEXT = .5;
    private static final double CONTAINED = .7;
    private static final double REPEATED = .9; // by one source, of itself
    private static final double UNCHANGED = .98;
    private static final int UNCHANGED_WORDS = 150;
    private static final int LEAST_WORDS = 25;
    private static final double SHORTER = .8;
    private static final int TITLE = 50;
    private static final double CLASH = .4;
    private static final int PASSAGE = 15;
    private static final double LONG_PASSAGES = .2;
    private static final double KINSHIP = .3;
    private static final double ANNOUNCED = .3;

    private final Telling full;
    private final Telling part;
    private final Side fullSide;
    private final Side partSide;
    private final int common;
    private final double resemblance;

    /**
     * @param full the telling with more text
     * @param part the telling with less or as much
     */
    Comparison(Telling full, Telling part) {
        this.full = full;
        this.part = part;
        Tokens fullTokens = Tokens.of(full.text());
        Tokens partTokens = Tokens.of(part.text());
        int[] fullShingles = sorted(fullTokens.shingles());
        int[] partShingles = sorted(partTokens.shingles());
        common = common(fullShingles, partShingles);
        resemblance = resemblance(fullShingles, partShingles);
        fullSide = new Side(fullTokens, Tokens.of(full.title()), partShingles);
        partSide = new Side(partTokens, Tokens.of(part.title()), fullShingles);
    }

    /** The elements of a set in ascending order, each once. */
    static int[] sorted(int[] elements) {
        Arrays.sort(elements);
        int size = 0;
        for (int i = 0; i < elements.length; i++) {
            if (i == 0 || elements[i] != elements[i - 1]) {
                elements[size++] = elements[i];
            }
        }
        return Arrays.copyOf(elements, size);
    }

    /** Jaccard's measure of two sorted sets, which their sketches estimate. */
    static double resemblance(int[] one, int[] other) {
        int common = common(one, other);
        return common == 0 ? 0 : (double) common / (one.length + other.length - common);
    }

    /** How much of the smaller of two sorted sets the larger one contains. */
    static double containment(int[] one, int[] other) {
        return (double) common(one, other) / Math.max(1, Math.min(one.length, other.length));
    }

    private static int common(int[] one, int[] other) {
        int common = 0;
        for (int i = 0, j = 0; i < one.length && j < other.length; ) {
            common += one[i] == other[j] ? 1 : 0;
            int left = one[i];
            i += left <= other[j] ? 1 : 0;
            j += left >= other[j] ? 1 : 0;
        }
        return common;
    }

    /** Why the shorter telling is the longer one's story, as far as the texts say. */
    Optional<Sameness> sameness() {
        if (partSide.coveredLength() < LEAST_WORDS || titlesTellApart()) {
            return Optional.empty();
        }
        boolean repeats = full.source().equals(part.source()) && !sameLink();
        if (factsClash() || !isOfOneSubject()) {
            return Optional.empty();
        }
        if (resemblance >= SAME_TEXT) {
            boolean same = !repeats || isRepeated();
            return same ? Optional.of(new SameText(partSide.share())) : Optional.empty();
        }
        if (partSide.share() < CONTAINED || !(repeats ? isRepeatedInPart() : isAnnounced())) {
            return Optional.empty();
        }
        boolean shorter = partSide.tokens.length() <= SHORTER * fullSide.tokens.length();
        return Optional.of(shorter ? new Excerpt(partSide.share()) : new SameText(partSide.share()));
    }

    /** Whether the two have nothing to do with each other, to judge by what they say. */
    boolean isUnrelated() {
        return common == 0 && fullSide.announced(partSide) == 0 && partSide.announced(fullSide) == 0;
    }

    /** The same, where both say enough to tell. */
    boolean isUnrelatedForSure() {
        return isUnrelated() && Math.min(partSide.tokens.length(), fullSide.tokens.length()) >= 4 * LEAST_WORDS;
    }

    private boolean sameLink() {
        return full.link() != null
                && part.link() != null
                && CanonicalLink.of(full.link()).equals(CanonicalLink.of(part.link()));
    }

    /** Number 12 and number 13 of a series, 1.2.3 and 1.2.4, part 1 and part 2, Aries and Taurus. */
    private boolean titlesTellApart() {
        boolean apart = differ(fullSide.titleNumbers, partSide.titleNumbers) || titlesAreFilledInAnew();
        // Two sources may count differently in the title of what is the same text word for word: "kills 12", "at 6:40".
        boolean excused = !full.source().equals(part.source())
                && resemblance >= REPEATED
                && !differ(fullSide.numbers, partSide.numbers);
        return apart && !excused && !(sameLink() && !clash(fullSide.numbers, partSide.numbers));
    }

    /**
     * Whether the titles are alike but for words that the other text does not know: "Vacancy: nurse" and "Vacancy:
     * driver". Where one story has two such titles, "resigns" and "quits", a text has room for both words.
     */
    private boolean titlesAreFilledInAnew() {
        int longer = Math.max(fullSide.title.size(), partSide.title.size());
        return commonInOrder(fullSide.title, partSide.title) * 2 >= longer
                && fullSide.announcesOther(partSide)
                && partSide.announcesOther(fullSide);
    }

    /** The length of the longest common subsequence. */
    private static int commonInOrder(Tokens one, Tokens other) {
        int size = Math.min(other.size(), TITLE); // a feed may call a whole text a title
        int[] above = new int[size + 1];
        for (int i = 0; i < Math.min(one.size(), TITLE); i++) {
            int[] row = new int[size + 1];
            for (int j = 0; j < size; j++) {
                row[j + 1] = one.word(i) == other.word(j) ? above[j] + 1 : Math.max(row[j], above[j + 1]);
            }
            above = row;
        }
        return above[size];
    }

    /**
     * Whether a source gives its own post once more, as feeds do for a post in two categories. Its series resemble each
     * other as closely, so here nothing may differ that a series changes.
     */
    private boolean isRepeated() {
        boolean unchanged = resemblance >= UNCHANGED && partSide.tokens.length() >= UNCHANGED_WORDS;
        return resemblance >= REPEATED
                && titlesEqual()
                && !differ(fullSide.numbers, partSide.numbers)
                && !differ(fullSide.names, partSide.names)
                && (unchanged || !linksNumberApart());
    }

    private boolean isRepeatedInPart() {
        return partSide.share() >= REPEATED && titlesEqual() && !linksNumberApart();
    }

    private boolean titlesEqual() {
        return fullSide.titleWords.equals(partSide.titleWords);
    }

    private boolean linksNumberApart() {
        return full.link() != null
                && part.link() != null
                && differ(
                        Side.numbers(Tokens.of(full.link().toString())),
                        Side.numbers(Tokens.of(part.link().toString())));
    }

    private boolean factsClash() {
        return clash(fullSide.numbers, partSide.numbers) || clash(fullSide.names, partSide.names);
    }

    /** Whether each has what the other has not. */
    private static boolean differ(Set<Integer> one, Set<Integer> other) {
        return !other.containsAll(one) && !one.containsAll(other);
    }

    /** Whether a good part of either is not in the other: replaced, not added or left out. */
    private static boolean clash(Set<Integer> one, Set<Integer> other) {
        long left = one.stream().filter(fact -> !other.contains(fact)).count();
        long right = other.stream().filter(fact -> !one.contains(fact)).count();
        return Math.min(left, right) >= 2 && left >= CLASH * one.size() && right >= CLASH * other.size();
    }

    /** Whether the long passages that differ, if both have such, speak of the same. */
    private boolean isOfOneSubject() {
        boolean both = fullSide.passages() >= LONG_PASSAGES && partSide.passages() >= LONG_PASSAGES;
        return !both || Math.max(fullSide.kinship(partSide), partSide.kinship(fullSide)) >= KINSHIP;
    }

    private boolean isAnnounced() {
        return Math.max(partSide.announced(fullSide), fullSide.announced(partSide)) >= ANNOUNCED;
    }

    @Override
    public String toString() {
        return "resemblance %.2f, shares %.2f and %.2f, numbers %s, names %s, passages %.2f and %.2f, kinship %.2f and %.2f, announced %.2f and %.2f"
                .formatted(
                        resemblance,
                        fullSide.share(),
                        partSide.share(),
                        clash(fullSide.numbers, partSide.numbers),
                        clash(fullSide.names, partSide.names),
                        fullSide.passages(),
                        partSide.passages(),
                        fullSide.kinship(partSide),
                        partSide.kinship(fullSide),
                        fullSide.announced(partSide),
                        partSide.announced(fullSide));
    }

    /** One of the two, and which of its words stand in a shingle of the other. */
    private static final class Side {
        private final Tokens tokens;
        private final Tokens title;
        private final boolean[] covered;
        private final Set<Integer> numbers;
        private final Set<Integer> names = new HashSet<>();
        private final Set<Integer> subjects = new HashSet<>();
        private final Set<Integer> titleWords = new HashSet<>();
        private final Set<Integer> titleNumbers;
        private final Set<Integer> titleSubjects = new HashSet<>();

        Side(Tokens tokens, Tokens title, int[] other) {
            this.tokens = tokens;
            this.title = title;
            covered = new boolean[tokens.size()];
            int[] shingles = tokens.shingles();
            for (int i = 0; i < shingles.length; i++) {
                if (Arrays.binarySearch(other, shingles[i]) >= 0) {
                    Arrays.fill(covered, i, i + Tokens.SHINGLE, true);
                }
            }
            numbers = numbers(tokens);
            for (int i = 0; i < tokens.size(); i++) {
                if (tokens.isName(i)) {
                    names.add(tokens.word(i));
                }
                subjects.add(tokens.subject(i));
            }
            titleNumbers = numbers(title);
            for (int i = 0; i < title.size(); i++) {
                titleWords.add(title.word(i));
                titleSubjects.add(title.subject(i));
            }
            subjects.remove(0);
            titleSubjects.remove(0);
        }

        static Set<Integer> numbers(Tokens tokens) {
            Set<Integer> numbers = new HashSet<>();
            for (int i = 0; i < tokens.size(); i++) {
                if (tokens.isNumber(i)) {
                    numbers.add(tokens.word(i));
                }
            }
            return numbers;
        }

        double share() {
            int count = 0;
            for (boolean word : covered) {
                count += word ? 1 : 0;
            }
            return count / (double) Math.max(1, covered.length);
        }

        double coveredLength() {
            return share() * tokens.length();
        }

        /** How much of the text are long passages that the other does not have. */
        double passages() {
            return passageWords().length / (double) Math.max(1, tokens.size());
        }

        /** How many of the subjects of those passages the other speaks of as well. */
        double kinship(Side other) {
            Set<Integer> own = new HashSet<>();
            for (int i : passageWords()) {
                own.add(tokens.subject(i));
            }
            own.remove(0);
            return share(own, other);
        }

        /** How many of the words in the title of this the other has, in its title or its text. */
        double announced(Side other) {
            return share(titleSubjects, other);
        }

        /** Whether the title of this has words of its own, and the other has none of them. */
        boolean announcesOther(Side other) {
            Set<Integer> own = new HashSet<>(titleSubjects);
            own.removeAll(other.titleSubjects);
            return !own.isEmpty() && share(own, other) == 0;
        }

        private static double share(Set<Integer> subjects, Side other) {
            long known = subjects.stream()
                    .filter(subject -> other.subjects.contains(subject) || other.titleSubjects.contains(subject))
                    .count();
            return subjects.isEmpty() ? 1 : known / (double) subjects.size();
        }

        private int[] passageWords() {
            int[] words = new int[tokens.size()];
            int size = 0;
            int run = 0;
            for (int i = 0; i <= covered.length; i++) {
                if (i < covered.length && !covered[i]) {
                    run++;
                } else {
                    for (int j = i - run; run >= PASSAGE && j < i; j++) {
                        words[size++] = j;
                    }
                    run = 0;
                }
            }
            return Arrays.copyOf(words, size);
        }
    }
}
