package io.courant.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.issue.Issue;
import io.courant.issue.IssueId;
import io.courant.issue.Item;
import io.courant.issue.NewSections.Fate;
import io.courant.issue.Newsletter;
import io.courant.post.Source;
import io.courant.post.Source.Identity;
import io.courant.post.Source.Terms;
import io.courant.post.Source.Updates;
import io.courant.store.Newsroom.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Which items an issue holds, told by the scenarios in {@code selection.txt}, which says how they are written. */
@EachDatabase
class SelectionTest {
    private static final Path SCENARIOS =
            Path.of("src", "test", "resources", "io", "courant", "store", "selection.txt");

    @TempDir
    private Path folder;

    /** A scenario: what it shows, and its lines. */
    private record Scenario(String name, List<String> lines) {}

    private static List<Scenario> scenarios() throws IOException {
        List<Scenario> scenarios = new ArrayList<>();
        for (String line : Files.readAllLines(SCENARIOS)) {
            if (line.startsWith("== ")) {
                scenarios.add(new Scenario(line.substring(3), new ArrayList<>()));
            } else if (!line.isBlank() && !line.startsWith("#")) {
                scenarios.get(scenarios.size() - 1).lines().add(line.strip());
            }
        }
        return scenarios;
    }

    @TestFactory
    Stream<DynamicTest> scenariosComeOutAsTold() throws IOException {
        List<Scenario> scenarios = scenarios();
        return IntStream.range(0, scenarios.size())
                .mapToObj(i -> DynamicTest.dynamicTest(scenarios.get(i).name(), () -> {
                    try (Play play = new Play(folder.resolve("s" + i))) {
                        scenarios.get(i).lines().forEach(play::line);
                    }
                }));
    }

    @Test
    void thereAreScenariosForEveryRule() throws IOException {
        assertThat(scenarios()).hasSizeGreaterThanOrEqualTo(40);
        assertThat(scenarios()).extracting(Scenario::name).doesNotHaveDuplicates();
    }

    /** Plays one scenario. */
    private static final class Play implements AutoCloseable {
        private final Newsroom room;
        private final Map<String, Source> sources = new LinkedHashMap<>();
        private ZoneId zone = ZoneId.of("UTC");

        Play(Path folder) throws IOException {
            Files.createDirectories(folder);
            room = new Newsroom(folder);
        }

        void line(String line) {
            String[] halves = line.split(" -> ", 2);
            List<String> words = List.of(halves[0].split("\\s+"));
            try {
                switch (words.get(0)) {
                    case "zone" -> zone = ZoneId.of(words.get(1));
                    case "feed" -> feed(words.get(1), options(words));
                    case "newsletter" -> newsletter(words.get(1), options(words));
                    default -> event(words, halves.length == 2 ? halves[1].strip() : "");
                }
            } catch (AssertionError e) {
                throw new AssertionError(line + "\n" + e.getMessage(), e);
            }
        }

        private void feed(String name, Map<String, String> options) {
            String lookBack = options.getOrDefault("look-back", "14");
            sources.put(
                    name,
                    room.feed(
                            name,
                            Integer.parseInt(options.getOrDefault("window", "1000")),
                            new Terms(
                                    Identity.valueOf(options.getOrDefault("identity", "GUID")),
                                    Updates.valueOf(options.getOrDefault("updates", "IGNORE")),
                                    lookBack.equals("none") ? null : Duration.ofDays(Long.parseLong(lookBack)),
                                    options.getOrDefault("merge", ""))));
        }

        private void newsletter(String name, Map<String, String> options) {
            List<Source> read = Stream.of(options.getOrDefault("feeds", "").split(",", -1))
                    .map(feed -> Objects.requireNonNull(sources.get(feed), feed))
                    .toList();
            room.newsletter(
                    name,
                    ZoneId.of(options.getOrDefault("zone", zone.getId())),
                    new Newsletter.Quotas(
                            3,
                            18,
                            Integer.parseInt(options.getOrDefault("room", "12")),
                            Map.of(),
                            Newsletter.Quotas.NO_CAP,
                            Integer.parseInt(options.getOrDefault("carry-over", "4"))),
                    read);
        }

        private void event(List<String> words, String expected) {
            LocalDateTime at = LocalDateTime.parse(words.get(0));
            room.setClock(at.atZone(zone).toInstant());
            String subject = words.get(2);
            Map<String, String> options = options(words);
            switch (words.get(1)) {
                case "post" -> room.publish(subject, entry(words.get(3), at, options));
                case "posts" -> posts(subject, words, at, options);
                case "edit" -> {
                    Entry before = room.entry(subject, words.get(3));
                    room.publish(
                            subject,
                            new Entry(
                                    before.title(), before.guid(), before.link(), before.date(), before.text() + "+"));
                }
                case "retract" -> room.retract(subject, words.get(3));
                case "break" -> room.breakDown(subject, true);
                case "mend" -> room.breakDown(subject, false);
                case "collect" -> collect(subject, expected);
                case "compose" -> check(room.compose(subject), expected);
                case "run" -> check(room.run(subject), expected);
                case "cancel" -> room.cancel(subject);
                case "end" -> room.end(subject, words.get(3));
                case "fate" -> fate(subject, words.get(3), expected);
                default -> throw new IllegalArgumentException(words.get(1));
            }
        }

        private void posts(String feed, List<String> words, LocalDateTime at, Map<String, String> options) {
            String[] range = words.get(3).split("\\.\\.", -1);
            int each = Integer.parseInt(options.getOrDefault("every-hours", "0"));
            int last = Integer.parseInt(range[1]);
            for (int i = Integer.parseInt(range[0]); i <= last; i++) {
                room.publish(feed, entry("P" + i, at.minusHours((long) each * (last - i)), options));
            }
        }

        private Entry entry(String title, LocalDateTime at, Map<String, String> options) {
            String dated =
                    options.getOrDefault("dated", at.atZone(zone).format(DateTimeFormatter.ISO_OFFSET_DATE_TIME));
            return new Entry(
                    title,
                    options.getOrDefault("guid", "guid-" + title),
                    options.getOrDefault("link", "https://blog.example/" + title),
                    dated.equals("none") ? null : dated,
                    options.getOrDefault("text", title));
        }

        private void collect(String newsletter, String expected) {
            String notes = room.collect(newsletter).notes().stream()
                    .map(note -> note.what())
                    .collect(Collectors.joining("\n"));
            if (expected.isEmpty()) {
                assertThat(notes).isEmpty();
            } else {
                assertThat(notes).contains(expected);
            }
        }

        private static void check(Optional<Issue> issue, String expected) {
            assertThat(issue.map(Play::words).orElse("skipped")).isEqualTo(expected);
        }

        /** {@code A B(updated) C(also x) | carried D}, in the order of the alphabet. */
        private static String words(Issue issue) {
            String items = issue.items().stream().map(Play::word).sorted().collect(Collectors.joining(" "));
            String carried = issue.carriedOver().stream()
                    .map(Issue.CarriedOver::heading)
                    .sorted()
                    .collect(Collectors.joining(" "));
            return items + (carried.isEmpty() ? "" : " | carried " + carried);
        }

        private static String word(Item item) {
            String also = item.also().stream().map(Item.Also::source).sorted().collect(Collectors.joining(","));
            return item.heading() + (item.updated() ? "(updated)" : "") + (also.isEmpty() ? "" : "(also " + also + ")");
        }

        private void fate(String newsletter, String title, String expected) {
            List<Fate> fates = room.fates(newsletter).stream()
                    .filter(fate -> fate.heading().equals(title))
                    .toList();
            assertThat(fates.stream().map(Play::words).collect(Collectors.joining("; ")))
                    .contains(expected);
        }

        private static String words(Fate fate) {
            IssueId issue = fate.issue();
            return fate.state().name().toLowerCase(Locale.ROOT)
                    + (issue == null ? "" : " " + issue)
                    + (fate.reason().isEmpty() ? "" : ": " + fate.reason());
        }

        private static Map<String, String> options(List<String> words) {
            return Arrays.stream(words.toArray(String[]::new))
                    .filter(word -> word.contains("="))
                    .map(word -> word.split("=", 2))
                    .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        }

        @Override
        public void close() {
            room.close();
        }
    }
}
