package io.courant.section;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Listicles in Markdown, as their authors write them, and what is left of them in plain text. */
class ListicleTest {
    private static final List<String> THINGS = List.of(
            "Start with a walk",
            "Say no (politely)",
            "Keep the receipts",
            "Ask: who is it for?",
            "Measure twice",
            "What if it rains?",
            "Paint it blue – or don't",
            "Rest on Sundays",
            "Share the recipe",
            "Buy 2 of everything",
            "Read the manual, really",
            "Leave before dark");

    private static final Map<String, String> STYLES = new TreeMap<>(Map.ofEntries(
            Map.entry("h2-stop", "## %d. %s"),
            Map.entry("h3-bracket", "### %d) %s"),
            Map.entry("h2-hash-colon", "## #%d: %s"),
            Map.entry("h2-dash", "## %d - %s"),
            Map.entry("h2-bold", "## **%d. %s**"),
            Map.entry("h1-colon", "# %d: %s"),
            Map.entry("step", "## Step %d: %s"),
            Map.entry("tip", "### Tip #%d – %s"),
            Map.entry("lesson", "## Lesson %d: %s"),
            Map.entry("ai-trend", "## Garden Trend #%d: %s"),
            Map.entry("no", "## No. %d: %s"),
            Map.entry("bold", "**%d. %s**"),
            Map.entry("ordered", "%d. **%s**"),
            Map.entry("h4-tight", "#### %d- %s")));

    @TempDir
    Path folder;

    static List<Listicles.Post> posts() {
        try (InputStream file = ListicleTest.class.getResourceAsStream("/posts/listicles.txt")) {
            List<Listicles.Post> posts = new ArrayList<>(
                    Listicles.read(new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)));
            STYLES.forEach((name, style) -> {
                posts.add(listicle(name + "-up", style, 3 + posts.size() % 8, false));
                posts.add(listicle(name + "-down", style, 4 + posts.size() % 7, true));
            });
            return posts;
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    private static Listicles.Post listicle(String name, String style, int count, boolean down) {
        StringBuilder text = new StringBuilder("---\ntitle: A list of " + count + "\n---\n\n~45\n\n");
        if (count % 2 == 0) {
            text.append("~20\n\n- ~4\n- ~5\n\n");
        }
        for (int i = 1; i <= count; i++) {
            String thing = THINGS.get((i + style.length()) % THINGS.size());
            text.append(style.formatted(down ? count + 1 - i : i, thing)).append("\n\n");
            String indent = style.startsWith("%d.") ? "   " : "";
            text.append(indent).append(i % 3 == 0 ? "~25\n\n" : "~40\n\n");
            if (i % 3 == 0) {
                text.append(indent).append("~60\n\n");
            }
        }
        text.append(style.startsWith("#") ? "## Conclusion\n\n~30\n" : "");
        return Listicles.read("=== " + name + " " + count + "\n" + text).get(0);
    }

    @TestFactory
    Stream<DynamicTest> markdownHasTheSectionsOfItsAuthor() {
        return posts().stream()
                .map(post -> DynamicTest.dynamicTest(
                        post.name(),
                        () -> assertThat(Listicles.split(folder, post.name() + ".md", post.markdown())
                                        .sections())
                                .extracting(Section::heading)
                                .hasSize(post.sections())));
    }

    @TestFactory
    Stream<DynamicTest> aPageHasTheHeadingsOfItsMarkdown() {
        return posts().stream()
                .map(post -> DynamicTest.dynamicTest(
                        post.name(),
                        () -> assertThat(Listicles.headings(Listicles.split(
                                        folder, post.name() + ".html", Listicles.page(post.markdown()))))
                                .isEqualTo(Listicles.headings(
                                        Listicles.split(folder, post.name() + ".md", post.markdown())))));
    }
}
