package io.courant.issue;

import io.courant.issue.Sameness.Excerpt;
import io.courant.issue.Sameness.FullText;
import io.courant.issue.Sameness.SameLink;
import io.courant.issue.Sameness.SameText;
import io.courant.issue.Story.Also;
import io.courant.post.CanonicalLink;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds which tellings tell the same story: those that lead to the same page, and those whose text is the same but for
 * edits or is an excerpt of the other's. The same tellings give the same stories, in whatever order they are handed in
 * and on every machine.
 *
 * <p>A story gathers around its fullest telling, and each other page in it was compared with that one. Resemblance is not
 * passed on: when the second is like the first and the third like the second only, the third is another story.
 * Otherwise a series, each number a little different from the one before, would end as one. Only a common page is passed
 * on, which is an identity and no resemblance.
 *
 * <p>A link says nothing about identity when it leads to a home page, when one source gives it to posts of different
 * text, or when many texts share it; then the texts decide.
 */
final class Stories {
    private static final int COMPARED = 64;
    private static final int EXAMINED = 8;
    private static final int TEXTS_OF_A_PAGE = 3;
    private static final int SAMPLE = 4;
    private static final int EXCERPTED = 3;
    private static final double WORTH_EXAMINING = .4;
    private static final Comparator<Entry> FULLEST = Comparator.comparing(Entry::fullness, Comparator.reverseOrder());

    private final List<String> sources;

    /**
     * @param sources keys of sources, the preferred first; those not listed come after them, by key
     */
    public Stories(List<String> sources) {
        this.sources = List.copyOf(sources);
    }

    /**
     * Every telling, in one story each. The story's first telling is from the preferred source, and the fullest of that
     * source; stories follow the order of their firsts.
     *
     * @throws IllegalArgumentException if two tellings have the same key
     */
    public List<Story> of(Collection<Telling> tellings) {
        Map<String, List<Entry>> groups = new TreeMap<>();
        Set<String> keys = new HashSet<>();
        for (Telling telling : tellings) {
            if (!keys.add(telling.key())) {
                throw new IllegalArgumentException("two tellings have the key '" + telling.key() + "'");
            }
        }
        // Reading the words is most of the work, and each text is read on its own.
        for (Entry entry : tellings.parallelStream().map(Entry::new).toList()) {
            groups.computeIfAbsent(entry.telling.group(), group -> new ArrayList<>())
                    .add(entry);
        }
        Comparator<Entry> preferred = preferred();
        return groups.values().stream()
                .flatMap(group -> gathered(group, preferred).stream())
                .sorted(Comparator.comparing(gathering -> gathering.first(preferred), preferred))
                .map(gathering -> gathering.story(preferred))
                .toList();
    }

    private Comparator<Entry> preferred() {
        Map<String, Integer> places = new HashMap<>();
        sources.forEach(source -> places.putIfAbsent(source, places.size()));
        return Comparator.comparing((Entry entry) -> places.getOrDefault(entry.source(), places.size()))
                .thenComparing(Entry::source)
                .thenComparing(FULLEST)
                .thenComparing(Entry::key);
    }

    private static List<Gathering> gathered(List<Entry> group, Comparator<Entry> preferred) {
        Comparator<Entry> order = FULLEST.thenComparing(preferred);
        List<Page> pages = new ArrayList<>(pages(group, order));
        pages.sort(Comparator.comparing(Page::core, order));
        List<Gathering> gatherings = new ArrayList<>();
        Nearby nearby = new Nearby();
        for (Page page : pages) {
            Optional<Match> match = match(page.core(), nearby.to(page.core()), gatherings);
            if (match.isPresent()) {
                match.get().gathering().join(page, match.get().why());
            } else {
                nearby.add(page.core());
                gatherings.add(new Gathering(page));
            }
        }
        return gatherings;
    }

    private static List<Page> pages(List<Entry> group, Comparator<Entry> order) {
        Map<String, List<Entry>> byLink = new TreeMap<>();
        List<Page> pages = new ArrayList<>();
        for (Entry entry : group.stream().sorted(order).toList()) {
            if (entry.link() == null) {
                pages.add(new Page(List.of(entry)));
            } else {
                byLink.computeIfAbsent(entry.link().toString(), link -> new ArrayList<>())
                        .add(entry);
            }
        }
        for (List<Entry> linked : byLink.values()) {
            for (List<Entry> entries : byLanguage(linked)) {
                if (isOnePage(entries)) {
                    pages.add(new Page(entries));
                } else {
                    entries.forEach(entry -> pages.add(new Page(List.of(entry))));
                }
            }
        }
        return pages;
    }

    /** Some sites serve translations at one address. */
    private static Collection<List<Entry>> byLanguage(List<Entry> linked) {
        long languages = linked.stream()
                .map(Entry::language)
                .filter(language -> !language.isEmpty())
                .distinct()
                .count();
        Map<String, List<Entry>> byLanguage = new TreeMap<>();
        for (Entry entry : linked) {
            byLanguage
                    .computeIfAbsent(languages > 1 ? entry.language() : "", language -> new ArrayList<>())
                    .add(entry);
        }
        return byLanguage.values();
    }

    private static boolean isOnePage(List<Entry> linked) {
        Map<String, Entry> bySource = new HashMap<>();
        List<Entry> texts = new ArrayList<>();
        for (Entry entry : linked) {
            Entry earlier = bySource.putIfAbsent(entry.source(), entry);
            if (earlier != null && !entry.repeats(earlier)) {
                return false;
            }
            List<Comparison> comparisons =
                    texts.stream().map(text -> entry.comparedWith(text)).toList();
            if (comparisons.stream().allMatch(Comparison::isUnrelated)) {
                texts.add(entry);
            }
            if (texts.size() > TEXTS_OF_A_PAGE || comparisons.stream().anyMatch(Comparison::isUnrelatedForSure)) {
                return false;
            }
        }
        return true;
    }

    private record Match(Gathering gathering, Sameness why) {}

    private static Optional<Match> match(Entry entry, List<Integer> near, List<Gathering> gatherings) {
        List<Match> matches = near.stream()
                .map(gatherings::get)
                .filter(gathering -> entry.mayBeLike(gathering.core()))
                // the sort is stable: of those alike the fuller one
                .sorted(Comparator.comparingDouble((Gathering gathering) ->
                                Comparison.resemblance(gathering.core().shingles, entry.shingles))
                        .reversed())
                .limit(EXAMINED)
                .flatMap(gathering ->
                        entry.comparedWith(gathering.core()).sameness().stream().map(why -> new Match(gathering, why)))
                .toList();
        Optional<Match> same = matches.stream()
                .filter(match -> match.why() instanceof SameText)
                .findFirst();
        // What stands in that many stories is nobody's excerpt: a notice, an introduction to a series.
        return same.isPresent() || matches.size() >= EXCERPTED
                ? same
                : matches.stream().findFirst();
    }

    /** A telling made ready for comparing. */
    private static final class Entry {
        private final Telling telling;
        private final @Nullable URI link;
        private final int[] shingles;
        private final int[] bands;

        Entry(Telling telling) {
            this.telling = telling;
            URI canonical = telling.link() == null ? null : CanonicalLink.of(telling.link());
            link = canonical == null || isHome(canonical) ? null : canonical;
            shingles = Comparison.sorted(Tokens.of(telling.text()).shingles());
            bands = shingles.length == 0 ? shingles : MinHash.bands(shingles); // an empty set resembles nothing
        }

        String key() {
            return telling.key();
        }

        String source() {
            return telling.source();
        }

        /** The page's address, if it tells one page from others. */
        @Nullable
        URI link() {
            return link;
        }

        String language() {
            return telling.language() == null
                    ? ""
                    : Locale.forLanguageTag(telling.language()).getLanguage();
        }

        int fullness() {
            return shingles.length;
        }

        Comparison comparedWith(Entry full) {
            return new Comparison(full.telling, telling);
        }

        boolean repeats(Entry full) {
            boolean equal = Arrays.equals(shingles, full.shingles)
                    && telling.title().strip().equals(full.telling.title().strip());
            return equal || comparedWith(full).sameness().isPresent();
        }

        boolean mayBeLike(Entry full) {
            return Comparison.containment(full.shingles, shingles) >= WORTH_EXAMINING;
        }

        private static boolean isHome(URI link) {
            return link.getRawPath().length() < 2 && link.getRawQuery() == null && link.getRawFragment() == null;
        }
    }

    /** Finds those that a text may be like without comparing it with all. */
    private static final class Nearby {
        private final Postings bands = new Postings();
        private final Postings samples = new Postings();
        private int size;
        private int[] hits = new int[64];

        void add(Entry entry) {
            int number = size++;
            if (size > hits.length) {
                hits = new int[size * 2];
            }
            for (int band : entry.bands) {
                bands.add(band, number);
            }
            for (int shingle : entry.shingles) {
                if (isSample(shingle)) {
                    samples.add(shingle, number);
                }
            }
        }

        /** Numbers of those added, the most promising first. */
        List<Integer> to(Entry entry) {
            Set<Integer> found = new HashSet<>();
            IntConsumer hit = number -> {
                hits[number]++;
                found.add(number);
            };
            for (int band : entry.bands) {
                bands.forEach(band, hit);
            }
            for (int shingle : entry.shingles) { // bands find no excerpts: those resemble too little
                if (isSample(shingle)) {
                    samples.forEach(shingle, hit);
                }
            }
            List<Integer> near = found.stream()
                    .sorted(Comparator.comparing((Integer number) -> -hits[number])
                            .thenComparing(Comparator.naturalOrder()))
                    .limit(COMPARED)
                    .sorted()
                    .toList();
            found.forEach(number -> hits[number] = 0);
            return near;
        }

        // Mixed once more: the bands' least hashes are no random sample.
        private static boolean isSample(int shingle) {
            return Integer.remainderUnsigned(Tokens.mixed(shingle), SAMPLE) == 0;
        }
    }

    /** Tellings that lead to the same page; most pages have one. */
    private record Page(List<Entry> entries) {
        /** The fullest. */
        Entry core() {
            return entries.get(0);
        }
    }

    /** A page and those that were found to tell the same. */
    private static final class Gathering {
        private final Entry core;
        private final List<Entry> entries = new ArrayList<>();
        private final Map<String, Also> reasons = new HashMap<>();

        Gathering(Page page) {
            core = page.core();
            add(page);
        }

        Entry core() {
            return core;
        }

        void join(Page page, Sameness why) {
            reasons.put(page.core().key(), new Also(page.core().key(), core.key(), why));
            add(page);
        }

        private void add(Page page) {
            entries.addAll(page.entries());
            for (Entry entry : page.entries()) {
                if (entry != page.core()) {
                    reasons.put(entry.key(), new Also(entry.key(), page.core().key(), new SameLink()));
                }
            }
        }

        Entry first(Comparator<Entry> preferred) {
            return Collections.min(entries, preferred);
        }

        Story story(Comparator<Entry> preferred) {
            String first = first(preferred).key();
            List<Also> others = entries.stream()
                    .sorted(preferred)
                    .skip(1)
                    .map(entry -> entry == core ? turned(toCore(first)) : reason(entry.key()))
                    .toList();
            return new Story(first, others);
        }

        /** The reason that leads from this to the core, which has none itself; over its page's core if need be. */
        private Also toCore(String key) {
            Also reason = reason(key);
            return reason.like().equals(core.key()) ? reason : reason(reason.like());
        }

        private Also reason(String key) {
            return Objects.requireNonNull(reasons.get(key));
        }

        private static Also turned(Also reason) {
            Sameness why = reason.why() instanceof Excerpt excerpt ? new FullText(excerpt.share()) : reason.why();
            return new Also(reason.like(), reason.key(), why);
        }
    }
}
