package io.courant.job;

import io.courant.audience.Frequency;
import io.courant.audience.Preferences;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Who is to get what and when, by the words of the README, worked out for one reader after the other. */
final class ExpectedMail {
    private static final Duration MEMORY = Duration.ofDays(35);

    private final Map<String, Set<String>> topics;
    private final Map<String, Map<String, Instant>> issued = new HashMap<>();

    /** @param topics of each item's title, by its last four letters */
    ExpectedMail(Map<String, Set<String>> topics) {
        this.topics = topics;
    }

    /** Somebody, whatever their address is. */
    static final class Person {
        final Map<String, Reading> readings = new HashMap<>();
        final Set<String> items = new HashSet<>();

        @Nullable
        ZoneId zone;

        boolean suppressed;
        boolean erased;

        Reading reading(String newsletter) {
            return readings.computeIfAbsent(newsletter, key -> new Reading());
        }
    }

    /** Somebody and a newsletter. */
    static final class Reading {
        Preferences wanted = Preferences.DEFAULT;
        Instant since = Instant.EPOCH;
        boolean reads;

        @Nullable
        Cover cover;

        void choose(Preferences other, Instant at) {
            if (wanted.frequency() == Frequency.EACH && other.frequency() != Frequency.EACH && cover == null) {
                cover = new Cover(at, at, null, null);
            }
            wanted = other;
        }

        void join(Instant at) {
            since = reads ? since : at;
            reads = true;
        }

        private boolean pauses(Instant now) {
            Instant until = wanted.pausedUntil();
            return until != null && now.isBefore(until);
        }
    }

    /** Up to when somebody has had all, when the mail of it was due, and what held before. */
    record Cover(
            Instant until,
            Instant due,
            @Nullable Issue by,
            @Nullable Cover before) {}

    /** A mail that somebody is to get. */
    static final class Copy {
        final Set<String> items;
        Instant due;

        Copy(Set<String> items, Instant due) {
            this.items = items;
            this.due = due;
        }
    }

    /** What is to go out at once, and who still waits for it. */
    static final class Issue {
        final String newsletter;
        final Instant date;
        final Set<String> fresh;
        final Map<Person, Copy> waiting = new LinkedHashMap<>();
        private final Set<Person> unreached = new LinkedHashSet<>();
        private final Set<Person> all = new LinkedHashSet<>();
        private boolean read;

        Issue(String newsletter, Instant date, Set<String> fresh) {
            this.newsletter = newsletter;
            this.date = date;
            this.fresh = fresh;
        }

        boolean isForNobody() {
            return all.isEmpty();
        }

        boolean isFinal() {
            return waiting.isEmpty();
        }
    }

    private Map<String, Instant> issued(String newsletter) {
        return issued.computeIfAbsent(newsletter, key -> new LinkedHashMap<>());
    }

    /** The next issue of a newsletter; it has nobody if none is to be made, and changes nothing then. */
    Issue issue(String newsletter, Set<String> posts, Set<Person> people, Instant now) {
        Map<String, Instant> known = issued(newsletter);
        Set<String> fresh = posts.stream()
                .filter(title -> !known.containsKey(title))
                .collect(Collectors.toCollection(TreeSet::new));
        Issue issue = new Issue(newsletter, now, fresh);
        for (Person person : people) {
            copy(issue, person, now);
        }
        if (!issue.isForNobody()) {
            fresh.forEach(title -> known.put(title, now));
        }
        return issue;
    }

    private void copy(Issue issue, Person person, Instant now) {
        Reading reading = person.reading(issue.newsletter);
        Cover cover = reading.cover;
        Preferences wanted = reading.wanted;
        ZoneId zone = person.zone == null ? ZoneOffset.UTC : person.zone;
        if (!reading.reads || person.erased || reading.pauses(now)) {
            return;
        }
        Instant due = due(wanted.hour(), zone, now);
        if (cover != null && !wanted.frequency().isDue(day(cover.due(), zone), day(due, zone))) {
            return;
        }
        Set<String> items = window(issue, reading, now).stream()
                .filter(title -> wanted.topics().isEmpty()
                        || Objects.requireNonNull(topics.get(title.substring(title.length() - 4))).stream()
                                .anyMatch(wanted.topics()::contains))
                .filter(title -> !person.items.contains(title))
                .collect(Collectors.toCollection(TreeSet::new));
        if (items.isEmpty()) {
            return;
        }
        issue.all.add(person);
        if (cover != null) {
            reading.cover = new Cover(now, due, issue, cover);
        }
        if (!person.suppressed) {
            issue.waiting.put(person, new Copy(items, due));
            person.items.addAll(items);
        }
    }

    private Set<String> window(Issue issue, Reading reading, Instant now) {
        Set<String> window = new TreeSet<>(issue.fresh);
        Cover cover = reading.cover;
        if (cover != null) {
            Instant from = latest(latest(cover.until(), reading.since), now.minus(MEMORY));
            Instant paused = reading.wanted.pausedUntil();
            Instant after = paused == null ? from : latest(from, paused);
            issued(issue.newsletter).forEach((title, at) -> {
                if (at.isAfter(after)) {
                    window.add(title);
                }
            });
        }
        return window;
    }

    /** Looks at the reader's clock minute by minute. */
    private static Instant due(@Nullable Integer hour, ZoneId zone, Instant now) {
        Instant due = now;
        while (hour != null && due.atZone(zone).getHour() != hour) {
            due = due.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
        }
        return due;
    }

    /** Hours that have passed while the issue waited for its editor come again. */
    void approve(Issue issue, Instant now) {
        issue.waiting.values().forEach(copy -> {
            while (copy.due.isAfter(issue.date) && copy.due.isBefore(now)) {
                copy.due = copy.due.plus(1, ChronoUnit.DAYS);
            }
        });
    }

    /** What goes out now; whoever may not be written to any more is struck off. */
    Map<Person, Set<String>> due(Issue issue, Instant now) {
        Map<Person, Set<String>> due = new LinkedHashMap<>();
        Map.copyOf(issue.waiting).forEach((person, copy) -> {
            Reading reading = person.reading(issue.newsletter);
            boolean gone = person.suppressed || person.erased || !reading.reads || reading.pauses(now);
            if (copy.due.isAfter(now)) {
                return;
            }
            if (gone) {
                strikeOff(issue, person);
            } else {
                due.put(person, copy.items);
            }
        });
        return due;
    }

    void strikeOff(Issue issue, Person person) {
        Copy copy = issue.waiting.remove(person);
        if (copy != null) {
            person.items.removeAll(copy.items);
            issue.unreached.add(person);
        }
    }

    void strikeOffErased(Issue issue) {
        issue.waiting.keySet().stream()
                .filter(person -> person.erased)
                .toList()
                .forEach(person -> strikeOff(issue, person));
    }

    void arrived(Issue issue, Person person) {
        issue.waiting.remove(person);
        issue.read = true;
    }

    /** Whom it has not reached is owed it; what nobody got is new again. */
    void end(Issue issue) {
        Set.copyOf(issue.waiting.keySet()).forEach(person -> strikeOff(issue, person));
        (issue.read ? issue.unreached : issue.all).forEach(person -> {
            Reading reading = person.reading(issue.newsletter);
            Cover cover = reading.cover;
            if (cover != null && cover.by() == issue) {
                Cover before = cover.before();
                reading.cover = before == null ? null : new Cover(before.until(), before.due(), null, null);
            }
        });
        if (!issue.read) {
            issued(issue.newsletter).keySet().removeAll(issue.fresh);
        }
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static LocalDate day(Instant instant, ZoneId zone) {
        return LocalDate.ofInstant(instant, zone);
    }
}
