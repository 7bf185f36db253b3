package io.courant.issue;

import io.courant.audience.Form;
import io.courant.audience.Preferences;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which edition of an issue each reader gets, and when. There is one edition for each distinct content,
 * language and form that is asked for, however many readers there are: two readers whose choices come to the same items
 * share one. The whole of an issue is no exception: it is an edition only if somebody is to get it, for the archive is
 * made of the items and not of an edition. Nobody gets an item that they have, or an edition without items. A reader who
 * wants few mails gets, when their next one is due, all that was issued since the last.
 */
public final class Editions {
    /** What was issued before is not made up for. */
    public static final Duration MEMORY = Duration.ofDays(35);

    private final Newsletter newsletter;
    private final List<Issue> issues;
    private final boolean fresh;
    private final Set<Locale> languages;
    private final Instant now;
    private final Cutter cutter;
    private final Map<Key, Edition> editions = new LinkedHashMap<>();

    /**
     * @param own the issue that is made; null when nothing is new, and only what was issued before can be sent
     * @param earlier issues of the last {@link #MEMORY}, newest first
     * @param languages that there are words in beside the newsletter's own
     */
    public Editions(
            Newsletter newsletter,
            @Nullable Issue own,
            List<Issue> earlier,
            Collection<Locale> languages,
            Instant now) {
        this.newsletter = newsletter;
        this.fresh = own != null;
        this.issues = own == null
                ? List.copyOf(earlier)
                : Stream.concat(Stream.of(own), earlier.stream()).toList();
        this.languages = Set.copyOf(languages);
        this.now = now;
        this.cutter = new Cutter(newsletter, issues);
    }

    /**
     * What decides about a reader.
     *
     * @param joined since when they get the newsletter
     * @param coverage null for whoever gets each issue, and has got the last
     * @param got items that stand in mail which they have, or will get
     */
    public record Wish(
            Preferences preferences,
            Instant joined,
            @Nullable Coverage coverage,
            Set<Long> got) {
        /** Of most readers: the whole of what is new, at once. */
        public static final Wish NOTHING_SPECIAL = new Wish(Preferences.DEFAULT, Instant.EPOCH, null, Set.of());

        public Wish {
            got = Set.copyOf(got);
        }
    }

    /** Up to which issue a reader has been written to, and when they were to get that mail. */
    public record Coverage(Instant until, Instant dueAt) {}

    /** A reader's copy: which edition, and not before when. */
    public record Copy(int edition, Instant dueAt) {}

    /** Whether there is an issue of its own, so that whoever wants nothing special gets it. */
    public boolean isFresh() {
        return fresh;
    }

    /** What they are cut from, newest first. */
    public List<Issue> issues() {
        return issues;
    }

    /** When it was made. */
    public Instant date() {
        return now;
    }

    /** Sections of the new items, and of all that may go into an edition. */
    public Set<Long> sections(boolean freshOnly) {
        return cutter.sections(freshOnly ? (fresh ? 1 : 0) : issues.size());
    }

    /** Those that were asked for, in the order of their numbers. */
    public List<Edition> all() {
        return List.copyOf(editions.values());
    }

    /** What stands in an edition, before it is held to any size. */
    public Issue cut(Edition edition, IssueId id) {
        return cutter.cut(edition.sections(), id, now);
    }

    /** The reader's copy, unless they get none: they pause, their next mail is not due, or there is nothing for them. */
    public Optional<Copy> of(Wish wish) {
        Preferences wanted = wish.preferences();
        Instant paused = wanted.pausedUntil();
        if (paused != null && now.isBefore(paused)) {
            return Optional.empty();
        }
        ZoneId zone = wanted.zone() == null ? newsletter.zone() : wanted.zone();
        Instant due = due(wanted.hour(), zone);
        Coverage coverage = wish.coverage();
        if (coverage != null && !wanted.frequency().isDue(day(coverage.dueAt(), zone), day(due, zone))) {
            return Optional.empty();
        }
        int window = window(wish, paused);
        Set<String> topics = newsletter.followed(wanted.topics());
        BitSet items = cutter.items(window, topics);
        wish.got().forEach(section -> cutter.place(section).ifPresent(items::clear));
        if (items.isEmpty()) {
            return Optional.empty();
        }
        Key key = new Key(cutter.depth(items), items, language(wanted.language()), wanted.form());
        return Optional.of(new Copy(edition(key, topics).number(), due));
    }

    private Edition edition(Key key, Set<String> topics) {
        return editions.computeIfAbsent(
                key,
                asked -> new Edition(
                        editions.size() + 1,
                        asked.items().equals(cutter.items(asked.depth(), Set.of()))
                                ? List.of()
                                : cutter.titles(asked.items(), topics),
                        asked.language(),
                        asked.form(),
                        asked.depth() > 1 || !fresh ? cutter.before(asked.depth()) : null,
                        cutter.sections(asked.items())));
    }

    /** Of how many issues, newest first, the reader may get something. */
    private int window(Wish wish, @Nullable Instant paused) {
        Coverage coverage = wish.coverage();
        if (coverage == null) {
            return fresh ? 1 : 0;
        }
        Instant since = latest(coverage.until(), latest(wish.joined(), now.minus(MEMORY)));
        Instant after = paused == null ? since : latest(since, paused);
        int window = fresh ? 1 : 0;
        while (window < issues.size() && issues.get(window).date().isAfter(after)) {
            window++;
        }
        return window;
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** The next moment at which their clock shows the hour: now, if it does. */
    private Instant due(@Nullable Integer hour, ZoneId zone) {
        if (hour == null) {
            return now;
        }
        ZonedDateTime local = now.atZone(zone);
        if (local.getHour() == hour) {
            return now;
        }
        LocalDate day = local.getHour() < hour
                ? local.toLocalDate()
                : local.toLocalDate().plusDays(1);
        return day.atTime(LocalTime.of(hour, 0)).atZone(zone).toInstant();
    }

    private static LocalDate day(Instant instant, ZoneId zone) {
        return LocalDate.ofInstant(instant, zone);
    }

    /** The nearest that there are words in, else the newsletter's own. */
    private Locale language(@Nullable Locale wanted) {
        if (wanted == null || wanted.getLanguage().equals(newsletter.language().getLanguage())) {
            return newsletter.language();
        }
        if (languages.contains(wanted)) {
            return wanted;
        }
        Locale plain = Locale.forLanguageTag(wanted.getLanguage());
        return languages.contains(plain) ? plain : newsletter.language();
    }

    /** What makes editions differ: how many issues they reach back, their items, language and form. */
    private record Key(int depth, BitSet items, Locale language, Form form) {}
}
