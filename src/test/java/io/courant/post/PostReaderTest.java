package io.courant.post;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostReaderTest {
    private final TestReader reader = new TestReader(Instant.parse("2025-11-01T00:00:00Z"));

    @TempDir
    Path folder;

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private TestReader.Reading readFolder(Path path) {
        return reader.read(new Source("samples/notes", "Notes", new Source.Folder(path)));
    }

    @Test
    void aFolderIsReadWithItsSubfoldersInTheOrderOfPaths() throws IOException {
        write("b/two.md", "# Two\n\nText.");
        write("b.txt", "One\n\nText.");
        write("a/three.html", "<h1>Three</h1><p>Text.</p>");
        write("picture.png", "no post");
        write(".draft.md", "# Hidden\n\nText.");
        write(".git/notes.md", "# Hidden\n\nText.");
        TestReader.Reading reading = readFolder(folder);
        assertThat(reading.problems()).isEmpty();
        assertThat(reading.posts()).extracting(Post::id).containsExactly("a/three.html", "b.txt", "b/two.md");
        assertThat(reading.posts()).extracting(Post::title).containsExactly("Three", "One", "Two");
        assertThat(reading.posts()).extracting(Post::source).containsOnly("samples/notes");
        assertThat(reading.posts())
                .extracting(post -> post.body().content().strip())
                .containsExactly("<p>Text.</p>", "Text.", "Text.");
    }

    @Test
    void aFolderMayBeALink() throws IOException {
        write("real/one.md", "# One\n\nText.");
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("real"));
        TestReader.Reading reading = readFolder(link);
        assertThat(reading.posts()).extracting(Post::id).containsExactly("one.md");
        write("real/two.md", "");
        assertThat(readFolder(link).problems()).singleElement().asString().contains("link/two.md: is empty");
    }

    @Test
    void aFolderMayLieInAZipFile() throws IOException {
        try (FileSystem zip = FileSystems.newFileSystem(folder.resolve("s.zip"), Map.of("create", "true"))) {
            Files.createDirectories(zip.getPath("/notes/2025"));
            Files.writeString(zip.getPath("/notes/2025/2025-09-14-a-name.md"), "Some text.");
            TestReader.Reading reading = readFolder(zip.getPath("/notes"));
            assertThat(reading.problems()).isEmpty();
            assertThat(reading.posts()).extracting(Post::id).containsExactly("2025/2025-09-14-a-name.md");
            assertThat(reading.posts().get(0).title()).isEqualTo("A name");
            assertThat(reading.posts().get(0).published()).isEqualTo("2025-09-14T00:00:00Z");
        }
    }

    @Test
    void frontMatterSaysWhatAPostIs() throws IOException {
        Post post = reader.read(write("a.md", """
                \uFEFF---\r
                title: "Ten trends: a list"\r
                date: 2025-09-14 10:30:00 +02:00\r
                updated: 2025-09-15\r
                author: {name: Ada Lovelace}\r
                canonical_url: https://blog.example/ten-trends\r
                lang: no\r
                tags: [deep learning, "AI"]\r
                categories:\r
                  - lists\r
                id: ten-trends\r
                ---\r
                # Ten trends: a list\r
                \r
                ```\r
                # no heading\r
                ```\r
                """));
        assertThat(post.id()).isEqualTo("ten-trends");
        assertThat(post.title()).isEqualTo("Ten trends: a list");
        assertThat(post.published()).isEqualTo("2025-09-14T08:30:00Z");
        assertThat(post.updated()).isEqualTo("2025-09-15T00:00:00Z");
        assertThat(post.author()).isEqualTo("Ada Lovelace");
        assertThat(post.link()).isEqualTo(URI.create("https://blog.example/ten-trends"));
        assertThat(post.language()).isEqualTo("no");
        assertThat(post.categories()).containsExactly("deep learning", "AI", "lists");
        assertThat(post.body()).isEqualTo(new Body(Body.Form.MARKDOWN, "```\n# no heading\n```"));
    }

    @Test
    void frontMatterMayBeToml() throws IOException {
        Path file = write("post.md", """
                +++
                title = "Water, from below"
                date = 2024-05-01T10:00:00Z
                draft = false
                tags = [
                  "garden",
                  'water',
                ]

                [params]
                image = "can.jpg"
                +++
                Text.
                """);
        Post post = PostReader.read(file);
        assertThat(post.title()).isEqualTo("Water, from below");
        assertThat(post.published()).isEqualTo(Instant.parse("2024-05-01T10:00:00Z"));
        assertThat(post.categories()).containsExactly("garden", "water");
        assertThat(post.body().content()).isEqualTo("Text.");
    }

    @Test
    void codeMayStandBetweenTags() throws IOException {
        Path file = write("post.md", "Words.\n\n{% highlight sh %}\n# no title\n{% endhighlight %}\n\nMore words.");
        assertThat(PostReader.read(file).title()).isEqualTo("Post");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Mistake 1: No plan", "一、计划", "## Mistake 1: No plan", "## First thing"})
    void theFirstOfAListIsNoTitle(String line) throws IOException {
        String next = line.replace("1", "2").replace("一", "二").replace("First", "Second");
        Path file = write(line.startsWith("#") ? "name.md" : "name.txt", line + "\n\nWords.\n\n" + next + "\n\nWords.");
        assertThat(PostReader.read(file).title()).isEqualTo("Name");
    }

    @Test
    void aLineOfDashesIsNotYetFrontMatter() throws IOException {
        Post post = reader.read(write("a.md", "---\n\nA post that opens with a rule.\n\n---\n\nMore.\n"));
        assertThat(post.body().content()).startsWith("---").endsWith("More.");
    }

    @Test
    void brokenFrontMatterIsReportedWithItsLine() throws IOException {
        Path file = write("a.md", "---\ntitle: Trends: a list\n---\nText.\n");
        assertThatThrownBy(() -> reader.read(file))
                .isInstanceOf(PostException.class)
                .hasMessageContaining("a.md:2: front matter is not valid YAML")
                .hasMessageContaining("quotes");
        Path undated = write("b.md", "---\ndate: someday\n---\nText.\n");
        assertThatThrownBy(() -> reader.read(undated)).hasMessageContaining("date 'someday' is not a date");
    }

    @Test
    void aPageSaysWhatItIs() throws IOException {
        Post post = reader.read(write("page.html", """
                <html lang="en-GB"><head><title>A title – The Site</title>
                <link rel="canonical" href="https://blog.example/a/">
                <meta name="author" content="Ada Lovelace"></head>
                <body><nav>Home</nav><article><h1>A title</h1>
                <time datetime="2025-09-14T08:30:00+02:00">14 September</time>
                <p onclick="x()">See <a href="../b">b</a>, <a href="javascript:x()">c</a> and <img src="i.png"><img src="data:x">.</p>
                <script>x()</script></article></body></html>
                """));
        assertThat(post.title()).isEqualTo("A title");
        assertThat(post.author()).isEqualTo("Ada Lovelace");
        assertThat(post.language()).isEqualTo("en-GB");
        assertThat(post.link()).isEqualTo(URI.create("https://blog.example/a/"));
        assertThat(post.published()).isEqualTo("2025-09-14T06:30:00Z");
        assertThat(post.body().content())
                .contains(
                        "<a href=\"https://blog.example/b\">b</a>",
                        "<img src=\"https://blog.example/a/i.png\">",
                        "<a>c</a>")
                .doesNotContain("onclick", "javascript", "script", "data:", "Home", "<h1>");
    }

    @Test
    void aTextWithoutTitleIsNamedByItsFile() throws IOException {
        Path file = write("2025-09-14-some-name.txt", "It is a long story.\n\nIt goes on.\n");
        Post post = reader.read(file);
        assertThat(post.title()).isEqualTo("Some name");
        assertThat(post.published()).isEqualTo("2025-09-14T00:00:00Z");
        assertThat(post.body().content()).isEqualTo("It is a long story.\n\nIt goes on.");
    }

    @Test
    void aPostWithoutDateIsAsOldAsItsFile() throws IOException {
        Path file = write("a.txt", "Title\n\nText.");
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2025-01-02T03:04:05Z")));
        assertThat(reader.read(file).published()).isEqualTo("2025-01-02T03:04:05Z");
    }

    @Test
    void aWrappedParagraphIsNoTitle() throws IOException {
        String text = "In recent years, deep learning has evolved from a niche area\nof artificial intelligence.\n";
        assertThat(reader.read(write("a.txt", text)).title()).isEqualTo("A");
    }

    @Test
    void furnitureIsOnlyWholeLines() throws IOException {
        Post post = reader.read(write("a.txt", """
                Posted in AI, Deep Learning

                A title

                We posted in the forum that you should leave a reply.

                Related work

                Share your data with care, and subscribe to nothing.

                Share this:
                Facebook
                X

                Related posts

                Why GPUs matter

                Leave a Reply

                I liked it a lot.
                """));
        assertThat(post.title()).isEqualTo("A title");
        assertThat(post.body().content()).isEqualTo("""
                We posted in the forum that you should leave a reply.

                Related work

                Share your data with care, and subscribe to nothing.""");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Category theory",
                "One thought on scaling laws",
                "Share your data",
                "Posted in the hall they were",
                "Tags are useful in HTML",
                "Read more books",
                "More from less",
                "Next: deploy it",
                "Comments",
                "Related",
                "Search"
            })
    void aHeadingThatOnlyResemblesFurnitureStays(String heading) throws IOException {
        String text = "A title\n\nSome text before it.\n\n" + heading + "\n\nSome text after it.";
        assertThat(reader.read(write("a.txt", text)).body().content()).contains("before it", heading, "after it");
    }

    @ParameterizedTest
    @CsvSource({"UTF-8", "UTF-16LE", "windows-1252", "windows-1251", "Shift_JIS"})
    void textIsReadInItsCharset(String name) throws IOException {
        String text = switch (name) {
            case "windows-1251" -> "Заголовок статьи\n\nГлубокое обучение меняет многое, и это только начало пути.";
            case "Shift_JIS" -> "深層学習の動向\n\n近年、深層学習は人工知能の中心的な技術となり、多くの産業で使われています。";
            default -> "Décembre à Besançon\n\nOù l’on apprend – déjà – ce que l’été a changé.";
        };
        byte[] bytes = text.getBytes(Charset.forName(name));
        Path file = folder.resolve("a.txt");
        Files.write(file, bytes);
        if (name.startsWith("UTF-16")) {
            Files.write(file, ("\uFEFF" + text).getBytes(StandardCharsets.UTF_16LE));
        }
        assertThat(reader.read(file).title()).isEqualTo(text.lines().findFirst().orElseThrow());
    }

    @Test
    void aPageIsReadInTheCharsetThatItDeclares() throws IOException {
        String html = "<meta charset=\"iso-8859-2\"><title>Žluťoučký kůň</title><p>Text.</p>";
        Files.write(folder.resolve("a.html"), html.getBytes(Charset.forName("ISO-8859-2")));
        assertThat(reader.read(folder.resolve("a.html")).title()).isEqualTo("Žluťoučký kůň");
    }

    @Test
    void controlCharactersStopAtTheDoor() throws IOException {
        Post post = reader.read(write("a.txt", "A\u0007 title\u001B\r\rText\u000B with\ta tab.\r"));
        assertThat(post.title()).isEqualTo("A title");
        assertThat(post.body().content()).isEqualTo("Text with\ta tab.");
    }

    @Test
    void badFilesAreReportedAndHideNoOther() throws IOException {
        write("good.md", "# Good\n\nText.");
        write("empty.txt", "");
        write("furniture.txt", "Posted in\n\nLeave a Reply\n");
        write("title-only.md", "# Only a title\n");
        write("garbage.txt", "PK\u0003\u0004\u0000\u0000");
        Files.write(folder.resolve("large.txt"), new byte[PostReader.MAX_BYTES + 1]);
        Files.createSymbolicLink(folder.resolve("lost.txt"), folder.resolve("nowhere"));
        TestReader.Reading reading = readFolder(folder);
        assertThat(reading.posts()).extracting(Post::title).containsExactly("Good");
        assertThat(reading.problems())
                .extracting(Problem::toString)
                .satisfiesExactly(
                        problem -> assertThat(problem).contains("empty.txt: is empty"),
                        problem -> assertThat(problem).contains("furniture.txt: is empty"),
                        problem -> assertThat(problem)
                                .contains("garbage.txt: is not text")
                                .contains("NUL"),
                        problem -> assertThat(problem).contains("large.txt: is too large: 10.0 MB"),
                        problem -> assertThat(problem).contains("lost.txt: no such file"),
                        problem -> assertThat(problem).contains("title-only.md: is empty"));
    }

    @Test
    void twoPostsOfOneIdAreReported() throws IOException {
        write("a.md", "---\nid: x\n---\nText.");
        write("b.md", "---\nid: x\n---\nText.");
        TestReader.Reading reading = readFolder(folder);
        assertThat(reading.posts()).hasSize(1);
        assertThat(reading.problems()).singleElement().asString().contains("b.md: has the same id as a.md");
    }

    @Test
    void aFolderThatIsNotThereIsReported() {
        assertThat(readFolder(folder.resolve("missing")).problems())
                .extracting(Problem::toString)
                .containsExactly(folder.resolve("missing")
                        + ": no such folder; create it, or correct the source in the job file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing.md", "picture.png", "."})
    void aFileThatIsNoPostIsRefused(String name) throws IOException {
        write("picture.png", "x");
        assertThatThrownBy(() -> reader.read(folder.resolve(name)))
                .isInstanceOf(PostException.class)
                .hasMessageMatching("(?s).*: (no such file|is no post|is a folder).*");
    }

    @Test
    void anotherLookGivesTheSame() throws IOException {
        for (int i = 0; i < 20; i++) {
            write("folder-" + i % 3 + "/post-" + i + ".md", "# Post " + i + "\n\nText.");
        }
        List<Post> first = readFolder(folder).posts();
        assertThat(readFolder(folder).posts()).isEqualTo(first).hasSize(20);
    }
}
