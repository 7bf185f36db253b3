package io.courant.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.issue.Issue;
import io.courant.issue.Item;
import io.courant.issue.NewSections.Fate;
import io.courant.issue.Newsletter.Quotas;
import io.courant.post.Source;
import io.courant.post.Source.Identity;
import io.courant.post.Source.Terms;
import io.courant.post.Source.Updates;
import io.courant.store.Newsroom.Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Over random histories – feeds that post, repeat each other, fail and forget; newsletters that run, miss runs, cancel
 * and fail – no item is in two issues of a newsletter that stand, and none gets lost without a reason.
 */
@EachDatabase
class SelectionPropertyTest {
    private static final int HISTORIES = 25;
    private static final int EVENTS = 40;
    private static final List<String> FEEDS = List.of("a", "b", "c");
    private static final List<String> NEWSLETTERS = List.of("daily", "weekly");

    @TempDir
    private Path folder;

    @Test
    void eachItemIsInOneIssueOrSaysWhyNot() throws Exception {
        long first = Long.getLong("selection.seed", System.nanoTime());
        System.out.println("selection seed " + first);
        for (int i = 0; i < HISTORIES; i++) {
            Path room = Files.createDirectories(folder.resolve("h" + i));
            try (History history = new History(room, new Random(first + i))) {
                history.live();
            } catch (AssertionError e) {
                throw new AssertionError("with -Dselection.seed=" + (first + i) + ": " + e.getMessage(), e);
            }
        }
    }

    /** One history, told event by event. */
    private static final class History implements AutoCloseable {
        private final Random random;
        private final Newsroom room;
        private final Map<String, List<Issue>> standing = new LinkedHashMap<>();
        private final Map<String, Set<String>> shown = new LinkedHashMap<>();
        private final Map<String, List<String>> published = new LinkedHashMap<>();
        private Instant now = Instant.parse("2026-03-20T07:00:00Z");
        private int posts;

        History(Path folder, Random random) {
            this.random = random;
            this.room = new Newsroom(folder);
            List<Source> sources = FEEDS.stream()
                    .map(name -> room.feed(
                            name,
                            random.nextInt(4) == 0 ? 4 : 1000,
                            new Terms(
                                    List.of(Identity.GUID, Identity.LINK, Identity.CONTENT)
                                            .get(random.nextInt(3)),
                                    random.nextBoolean() ? Updates.IGNORE : Updates.MARK,
                                    random.nextInt(4) == 0 ? null : Duration.ofDays(1 + random.nextInt(20)),
                                    "")))
                    .toList();
            for (String name : NEWSLETTERS) {
                room.newsletter(
                        name,
                        ZoneId.of(name.equals("daily") ? "Europe/Berlin" : "Pacific/Auckland"),
                        new Quotas(3, 18, 1 + random.nextInt(6), Map.of(), Quotas.NO_CAP, random.nextInt(4)),
                        name.equals("daily") ? sources : sources.subList(0, 2));
                standing.put(name, new ArrayList<>());
                shown.put(name, new HashSet<>());
            }
            FEEDS.forEach(feed -> published.put(feed, new ArrayList<>()));
        }

        void live() {
            for (int i = 0; i < EVENTS; i++) {
                now = now.plus(random.nextInt(60 * 24 * 3), ChronoUnit.MINUTES);
                room.setClock(now);
                event();
                NEWSLETTERS.forEach(this::check);
            }
        }

        private void event() {
            String feed = FEEDS.get(random.nextInt(FEEDS.size()));
            String newsletter = NEWSLETTERS.get(random.nextInt(NEWSLETTERS.size()));
            List<String> titles = Objects.requireNonNull(published.get(feed));
            switch (random.nextInt(12)) {
                case 0, 1, 2 -> {
                    for (int i = random.nextInt(5); i >= 0; i--) {
                        publish(feed);
                    }
                }
                case 3 -> {
                    if (!titles.isEmpty()) {
                        String title = titles.get(random.nextInt(titles.size()));
                        Entry before = room.entry(feed, title);
                        room.publish(
                                feed,
                                new Entry(title, before.guid(), before.link(), before.date(), before.text() + "+"));
                    }
                }
                case 4 -> {
                    if (!titles.isEmpty()) {
                        room.retract(feed, titles.remove(random.nextInt(titles.size())));
                    }
                }
                case 5 -> room.breakDown(feed, random.nextBoolean());
                case 6 -> room.collect(newsletter);
                case 7 -> end(newsletter);
                default -> run(newsletter);
            }
        }

        private void publish(String feed) {
            String title = "T" + ++posts;
            Instant date = switch (random.nextInt(8)) {
                case 0 -> now.minus(random.nextInt(60), ChronoUnit.DAYS);
                case 1 -> now.plus(random.nextInt(60), ChronoUnit.DAYS);
                default -> now;
            };
            Entry entry = new Entry(
                    title,
                    "guid" + posts,
                    "https://blog.example/" + posts,
                    random.nextInt(8) == 0 ? null : date.toString(),
                    title);
            put(feed, entry);
            if (random.nextInt(5) == 0) {
                put(FEEDS.get(random.nextInt(FEEDS.size())), entry);
            }
        }

        private void put(String feed, Entry entry) {
            room.publish(feed, entry);
            List<String> titles = Objects.requireNonNull(published.get(feed));
            if (!titles.contains(entry.title())) {
                titles.add(entry.title());
            }
        }

        private void run(String newsletter) {
            room.run(newsletter).ifPresent(issue -> {
                Set<String> before = Objects.requireNonNull(shown.get(newsletter));
                for (Item item : issue.items()) {
                    assertThat(before.add(item.heading()))
                            .as("%s stands in a second issue, %s", item.heading(), issue.id())
                            .isTrue();
                }
                Objects.requireNonNull(standing.get(newsletter)).add(issue);
            });
        }

        /** The newest issue is cancelled, fails, or arrives; the first two give back what was in it. */
        private void end(String newsletter) {
            List<Issue> issues = Objects.requireNonNull(standing.get(newsletter));
            if (issues.isEmpty() || !room.isOpen(newsletter)) {
                return;
            }
            switch (random.nextInt(3)) {
                case 0 -> room.cancel(newsletter);
                case 1 -> room.end(newsletter, "REJECTED");
                default -> {
                    room.end(newsletter, "ACCEPTED");
                    return;
                }
            }
            Issue gone = issues.remove(issues.size() - 1);
            gone.items()
                    .forEach(item ->
                            Objects.requireNonNull(shown.get(newsletter)).remove(item.heading()));
        }

        private void check(String newsletter) {
            List<Fate> fates = room.fates(newsletter);
            assertThat(fates).extracting(Fate::section).doesNotHaveDuplicates();
            Map<Long, Long> issued = Objects.requireNonNull(standing.get(newsletter)).stream()
                    .flatMap(issue -> issue.items().stream())
                    .collect(Collectors.groupingBy(Item::section, Collectors.counting()));
            for (Fate fate : fates) {
                long times = issued.getOrDefault(fate.section(), 0L);
                assertThat(times).as(fate.toString()).isEqualTo(fate.state() == Fate.State.ISSUED ? 1 : 0);
                boolean needsReason = fate.state() == Fate.State.EXPIRED || fate.state() == Fate.State.MERGED;
                assertThat(fate.reason().isEmpty()).as(fate.toString()).isEqualTo(!needsReason);
            }
            assertThat(fates).extracting(Fate::section).containsAll(issued.keySet());
        }

        @Override
        public void close() {
            room.close();
        }
    }
}
