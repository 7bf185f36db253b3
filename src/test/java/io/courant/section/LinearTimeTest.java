package io.courant.section;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.courant.post.PostReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Posts as large as they may be, and shaped to make a careless parser crawl. */
class LinearTimeTest {
    private static final int SIZE = PostReader.MAX_BYTES - 1024;
    private static final int HOSTILE = SIZE / 20;
    private static final Duration HANG = Duration.ofMinutes(2); // each takes a second or two on an idle machine

    @TempDir
    Path folder;

    private static String filled(String piece) {
        return piece.repeat(HOSTILE / piece.length());
    }

    private static String full(String piece) {
        return piece.repeat(SIZE / piece.length());
    }

    @TestFactory
    Stream<DynamicTest> noPostMakesTheReaderOrTheSectionerHang() {
        Map<String, String> files = new LinkedHashMap<>();
        String prose = "Some words that go on and on until the line is as long as lines are. ".repeat(3);
        StringBuilder numbered = new StringBuilder("A title\n\n");
        StringBuilder headings = new StringBuilder("# A title\n\n");
        StringBuilder html = new StringBuilder("<h1>A title</h1>");
        for (int i = 1; i <= 20_000; i++) {
            numbered.append(i % 999 + 1).append(". Heading\n\nA line.\n\n");
            headings.append("## Heading ").append(i).append("\n\nSome text below it, not much.\n\n");
            html.append("<h2>Heading ").append(i).append("</h2><p>Some text below it.</p>");
        }
        files.put("prose.txt", "A title\n\n" + full(prose + "\n\n"));
        files.put("one-line.txt", "A title\n\n" + filled("word "));
        files.put("one-word.txt", "A title\n\n" + filled("x"));
        files.put("spaces.txt", "A title\n\n" + filled(" ") + "x");
        files.put("numbered.txt", numbered.toString());
        files.put("numbers.txt", filled("1. x\n\n2. y\n\n"));
        files.put("share.txt", "A title\n\n" + filled("Share\n") + "Some words.");
        files.put("prose.md", "# A title\n\n" + full("## Heading\n\n" + prose + "\n\n"));
        files.put("headings.md", headings.toString());
        files.put("one-line.md", "# A title\n\n" + filled("word "));
        files.put("quotes.md", filled(">"));
        files.put("brackets.md", filled("["));
        files.put("stars.md", filled("*a_b "));
        files.put("backticks.md", filled("`a``b "));
        files.put("lists.md", filled("- "));
        files.put("headings.html", html.toString());
        files.put("prose.html", "<h1>A title</h1>" + full("<h2>Heading</h2><p>" + prose + "</p>"));
        files.put("inline.html", "<h1>A title</h1><div>" + filled("word <b>x</b> "));
        files.put("deep.html", "<h1>A title</h1>" + filled("<div><b>x"));
        files.put("deep-lists.html", "<h1>A title</h1>" + filled("<ul><li>x"));
        files.put("one-line.html", "<title>A</title>" + filled("word "));
        files.put("classes.html", "<h1>A title</h1>" + filled("<p class='share-" + "a-".repeat(20) + "'>x</p>"));
        return files.entrySet().stream().map(file -> DynamicTest.dynamicTest(file.getKey(), () -> split(file)));
    }

    private void split(Map.Entry<String, String> content) throws IOException {
        Path file = Files.writeString(folder.resolve(content.getKey()), content.getValue());
        Outline outline = assertTimeoutPreemptively(HANG, () -> new Sectioner().split(PostReader.read(file)));
        assertThat(outline.title()).isNotBlank();
    }
}
