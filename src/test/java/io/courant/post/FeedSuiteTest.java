package io.courant.post;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The feeds of a public parser's tests, held field by field against what that parser makes of them. Where it differs on
 * purpose: markup in titles and categories is shown as text, a category's label goes before its term, an RSS link is
 * never one with href, and nothing is published because it was updated.
 */
class FeedSuiteTest {
    private static final Path SUITE = Path.of("..", "shared", "data", "feeds", "testdata");

    private final TestReader reader = new TestReader();
    private final Map<String, int[]> agreed = new LinkedHashMap<>(); // of how many
    private final List<String> differences = new ArrayList<>();

    @Test
    void everyFeedOfTheSuiteIsReadAndNearlyAllFieldsAgree() throws IOException {
        assumeTrue(Files.exists(SUITE), "the shared feeds are not here: " + SUITE);
        for (Path file : feeds()) {
            Path expected = Path.of(file.toString().replaceFirst("xml$", "json"));
            if (Files.exists(expected)) {
                compare(file, JsonMapper.shared().readTree(expected.toFile()), reader.feed(file));
            }
        }
        agreed.forEach((field, of) -> System.out.printf("%-12s %d of %d%n", field, of[0], of[1]));
        differences.forEach(System.out::println);
        assertThat(agreed)
                .isNotEmpty()
                .allSatisfy((field, of) ->
                        assertThat(of[0]).as(field).isGreaterThanOrEqualTo(of[1] - Math.max(3, of[1] / 5)));
    }

    private static List<Path> feeds() throws IOException {
        try (Stream<Path> walk = Files.walk(SUITE)) {
            return walk.filter(file -> file.toString().endsWith(".xml"))
                    .sorted()
                    .toList();
        }
    }

    private void compare(Path file, JsonNode expected, Feed feed) {
        boolean universal = file.toString().contains("translator");
        JsonNode items = expected.has("items") ? expected.get("items") : expected.path("entries");
        check(file, "entries", items.size(), feed.entries().size());
        if (universal) {
            check(file, "title", plain(expected, "title"), feed.title());
            check(file, "link", text(expected, "link"), text(feed.link()));
            check(file, "language", text(expected, "language"), text(feed.language()));
        }
        for (int i = 0; universal && i < Math.min(items.size(), feed.entries().size()); i++) {
            JsonNode item = items.get(i);
            Feed.Entry entry = feed.entries().get(i);
            check(file, "item title", plain(item, "title"), entry.title());
            if (item.has("guid")) {
                check(file, "item id", text(item, "guid"), entry.id());
            }
            if (item.has("link")) {
                check(file, "item link", text(item, "link"), text(entry.link()));
            }
            if (item.path("author").has("name")) {
                check(file, "item author", text(item.path("author"), "name"), text(entry.author()));
            }
            check(file, "published", instant(item, "publishedParsed"), entry.published());
            check(file, "updated", instant(item, "updatedParsed"), entry.updated());
            String content = plain(item, item.has("content") ? "content" : "description");
            if (!content.isEmpty()) {
                check(
                        file,
                        "content",
                        content,
                        Jsoup.parseBodyFragment(entry.html()).text());
            }
        }
    }

    private void check(Path file, String field, @Nullable Object expected, @Nullable Object found) {
        int[] of = agreed.computeIfAbsent(field, name -> new int[2]);
        of[1]++;
        if (Objects.equals(expected, found)) {
            of[0]++;
        } else {
            differences.add(
                    "  %s of %s: expected '%s', found '%s'".formatted(field, file.getFileName(), expected, found));
        }
    }

    private static String text(JsonNode of, String field) {
        return of.path(field).stringValue("");
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    private static String plain(JsonNode of, String field) {
        return Jsoup.parseBodyFragment(text(of, field)).text();
    }

    private static @Nullable Instant instant(JsonNode of, String field) {
        return of.has(field) ? Instant.parse(text(of, field)) : null;
    }
}
