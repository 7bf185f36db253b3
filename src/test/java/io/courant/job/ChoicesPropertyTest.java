package io.courant.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.TestHome;
import io.courant.audience.EmailAddress;
import io.courant.audience.Erasures;
import io.courant.audience.Form;
import io.courant.audience.Frequency;
import io.courant.audience.Preferences;
import io.courant.audience.Readers;
import io.courant.audience.Subscriber.State;
import io.courant.audience.Subscribers;
import io.courant.audience.Subscribers.NewSubscriber;
import io.courant.cli.Program;
import io.courant.delivery.FrozenIssues;
import io.courant.issue.IssueId;
import io.courant.issue.Item;
import io.courant.lab.Taken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two newsletters that share a source, and readers who come, choose, pause, bounce, leave, come back and are erased, in
 * any order: whoever may not be written to is not, and whoever may and is due is, with all that they are to get and
 * nothing that they have.
 */
class ChoicesPropertyTest {
    private static final int READERS = 12;
    private static final int DAYS = 20;
    private static final Pattern TITLE = Pattern.compile("\\bNo(\\d{4})(edge|priv|none)\\b");
    private static final List<String> NEWSLETTERS = List.of("weekly", "other");
    private static final Map<String, String> TOPICS = Map.of("edge", "edge-ai", "priv", "privacy", "none", "");

    @TempDir
    private Path folder;

    /** What the test knows of somebody and a newsletter. */
    private static final class Reading {
        private boolean reads;
        private Preferences wanted = Preferences.DEFAULT;
        private Instant since = Instant.EPOCH;
        private @Nullable Instant lastMail;
        private Instant coveredUntil = Instant.EPOCH;
        private boolean covered;
    }

    /** What the test knows of somebody. */
    private static final class Person {
        private final Map<String, Reading> readings = new HashMap<>();
        private final Set<String> items = new HashSet<>();
        private boolean suppressed;
        private boolean erased;

        Person() {
            NEWSLETTERS.forEach(newsletter -> readings.put(newsletter, new Reading()));
        }
    }

    private final Map<String, Person> people = new LinkedHashMap<>();
    private final Map<String, Map<String, Instant>> issued = new HashMap<>();
    private int posts;
    private int read;

    @ParameterizedTest
    @ValueSource(longs = 1)
    void everybodyGetsWhatTheyAreToGetAndNobodyAnythingElse(long seed) throws IOException {
        Random random = new Random(seed);
        try (TestHome home = new TestHome(folder)) {
            home.changeJob(
                    "weekly",
                    "template: digest",
                    "template: brief\nzone: UTC\nquotas: {per-topic: 90, items: 90," + " brief: 90}");
            String weekly = Files.readString(home.jobs().resolve("weekly.yaml"));
            home.job("other", weekly.replace("title: Weekly", "title: Other"));
            for (int i = 0; i < READERS; i++) {
                people.put("reader" + i + "@example.org", new Person());
            }
            home.setClock(Instant.parse("2026-03-01T07:00:00Z"));
            for (int day = 0; day < DAYS; day++) {
                for (int act = random.nextInt(5); act > 0; act--) {
                    act(home, random);
                }
                for (int post = random.nextInt(3); post > 0; post--) {
                    post(home, random);
                }
                for (String newsletter : NEWSLETTERS) {
                    run(home, newsletter);
                    home.advance(Duration.ofMinutes(1));
                }
                home.advance(Duration.ofHours(24).minusMinutes(2));
            }
        }
        assertThat(read).as("mails that arrived").isGreaterThan(20);
    }

    private void post(TestHome home, Random random) throws IOException {
        String kind = List.of("edge", "priv", "none").get(random.nextInt(3));
        String title = "No%04d%s".formatted(posts++, kind);
        String words = random.ints(400, 'a', 'z' + 1)
                .mapToObj(Character::toString)
                .collect(Collectors.joining())
                .replaceAll("(.{7})", "$1 ");
        String about = switch (kind) {
            case "edge" -> "A microcontroller is an edge device.";
            case "priv" -> "Federated learning keeps data at home.";
            default -> "Nothing in particular.";
        };
        Files.writeString(
                home.notes().resolve(title + ".md"),
                "---\nlink: https://posts.example.org/%s\n---\n# %s\n\n%s %s.\n".formatted(title, title, about, words));
    }

    private void act(TestHome home, Random random) {
        String address = List.copyOf(people.keySet()).get(random.nextInt(READERS));
        Person person = person(address);
        String newsletter = NEWSLETTERS.get(random.nextInt(2));
        Reading reading = reading(person, newsletter);
        Instant now = home.now();
        home.with(session -> {
            Subscribers subscribers = session.get(Subscribers.class);
            Readers readers = session.get(Readers.class);
            Long id = subscribers
                    .find(new EmailAddress(address))
                    .map(one -> one.id())
                    .orElse(null);
            switch (random.nextInt(8)) {
                case 0, 1 -> {
                    if (!person.erased) { // an import asks before it merges
                        subscribers.merge(List.of(
                                new NewSubscriber(new EmailAddress(address), "", State.ACTIVE, List.of(), now)));
                        if (id == null) {
                            person.readings.values().forEach(one -> {
                                one.reads = true;
                                one.since = now;
                            });
                        }
                    }
                }
                case 2 -> {
                    if (id != null) {
                        readers.join(newsletter, id, now);
                        if (!reading.reads) {
                            reading.since = now;
                        }
                        reading.reads = true;
                    }
                }
                case 3 -> {
                    if (id != null && random.nextInt(3) == 0) {
                        readers.leave(newsletter, id, now);
                        reading.reads = false;
                    }
                }
                case 4, 5 -> {
                    if (id != null) {
                        choose(readers, newsletter, id, reading, random, now);
                    }
                }
                case 6 -> {
                    if (random.nextInt(8) == 0) {
                        subscribers.suppress(new EmailAddress(address), "bounced", now);
                        person.suppressed = true;
                    }
                }
                default -> {
                    if (id != null && random.nextInt(10) == 0) {
                        session.get(Erasures.class).erase(new EmailAddress(address), now);
                        person.erased = true;
                        person.readings.values().forEach(one -> one.reads = false);
                    }
                }
            }
        });
    }

    private static void choose(
            Readers readers, String newsletter, long id, Reading reading, Random random, Instant now) {
        Frequency frequency = List.of(Frequency.values()).get(random.nextInt(4));
        Set<String> topics = random.nextBoolean()
                ? Set.of()
                : random.nextBoolean() ? Set.of("edge-ai") : Set.of("edge-ai", "privacy");
        Instant paused = random.nextInt(4) == 0 ? now.plus(Duration.ofDays(random.nextInt(9))) : null;
        Preferences wanted = new Preferences(
                topics,
                frequency,
                null,
                paused,
                null,
                random.nextInt(3) == 0 ? Form.TEXT : Form.HTML,
                random.nextInt(3) == 0 ? Locale.GERMAN : null);
        readers.choose(newsletter, id, wanted, now);
        if (reading.wanted.frequency() == Frequency.EACH && frequency != Frequency.EACH && !reading.covered) {
            reading.covered = true;
            reading.coveredUntil = now;
            reading.lastMail = now;
        }
        reading.wanted = wanted;
    }

    private void run(TestHome home, String newsletter) {
        int before = home.relay().taken().size();
        Instant now = home.now();
        Set<String> fresh = new TreeSet<>();
        home.with(session -> {
            Runs runs = session.get(Runs.class);
            runs.collect(newsletter);
            Map<String, Instant> known = known(newsletter);
            runs.compose(newsletter).issue().ifPresent(issue -> {
                titles(session, issue).stream()
                        .filter(title -> !known.containsKey(title))
                        .forEach(fresh::add);
                fresh.forEach(title -> known.put(title, now));
                runs.send(issue);
            });
        });
        Map<String, Set<String>> got = new HashMap<>();
        for (Taken mail :
                home.relay().taken().subList(before, home.relay().taken().size())) {
            assertThat(got.put(mail.recipient(), titles(mail.content())))
                    .as("a second mail")
                    .isNull();
        }
        if (got.isEmpty()) {
            known(newsletter).keySet().removeAll(fresh); // nobody can have read it, so all of it is new again
        }
        people.forEach((address, person) ->
                check(address, person, newsletter, now, fresh, got.getOrDefault(address, Set.of())));
        assertThat(people.keySet()).containsAll(got.keySet());
        read += got.size();
    }

    private void check(
            String address, Person person, String newsletter, Instant now, Set<String> fresh, Set<String> got) {
        Reading reading = reading(person, newsletter);
        Set<String> expected = expected(person, reading, newsletter, now, fresh);
        assertThat(got).as("what %s gets of %s on %s", address, newsletter, now).isEqualTo(expected);
        if (!got.isEmpty()) {
            person.items.addAll(got);
            reading.lastMail = now;
            if (reading.covered || reading.wanted.frequency() != Frequency.EACH) {
                reading.covered = true;
                reading.coveredUntil = now;
            }
        }
    }

    private Set<String> expected(Person person, Reading reading, String newsletter, Instant now, Set<String> fresh) {
        Instant paused = reading.wanted.pausedUntil();
        if (!reading.reads || person.suppressed || person.erased || (paused != null && now.isBefore(paused))) {
            return Set.of();
        }
        Instant last = reading.lastMail;
        if (reading.covered && last != null && !reading.wanted.frequency().isDue(day(last), day(now))) {
            return Set.of();
        }
        Set<String> window = new TreeSet<>(fresh);
        if (reading.covered) {
            Instant from = latest(latest(reading.coveredUntil, reading.since), now.minus(Duration.ofDays(35)));
            Instant after = paused == null ? from : latest(from, paused);
            known(newsletter).forEach((title, at) -> {
                if (at.isAfter(after)) {
                    window.add(title);
                }
            });
        }
        return window.stream()
                .filter(title -> reading.wanted.topics().isEmpty()
                        || reading.wanted.topics().contains(TOPICS.get(title.substring(6))))
                .filter(title -> !person.items.contains(title))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Map<String, Instant> known(String newsletter) {
        return issued.computeIfAbsent(newsletter, key -> new LinkedHashMap<>());
    }

    private Person person(String address) {
        return Objects.requireNonNull(people.get(address));
    }

    private static Reading reading(Person person, String newsletter) {
        return Objects.requireNonNull(person.readings.get(newsletter));
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }

    private static List<String> titles(Program.Session session, IssueId issue) {
        return session.get(FrozenIssues.class).find(issue).orElseThrow().issue().items().stream()
                .map(Item::heading)
                .toList();
    }

    private static Set<String> titles(String content) {
        Set<String> titles = new TreeSet<>();
        Matcher matcher = TITLE.matcher(content);
        while (matcher.find()) {
            titles.add(matcher.group());
        }
        return titles;
    }
}
