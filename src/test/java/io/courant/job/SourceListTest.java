package io.courant.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.courant.job.JobFolder.NewSource;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

class SourceListTest {
    private static final List<NewSource> ONE = List.of(source("Oak", "https://oak.example/feed"));
    private static final List<NewSource> TWO =
            List.of(source("Oak", "https://oak.example/feed"), source("Ash: a tree", "https://ash.example/?a=1,2"));

    private static NewSource source(String name, String feed) {
        return new NewSource(name, URI.create(feed));
    }

    private static String with(String text, List<NewSource> more) {
        return new SourceList("jobs/garden.yaml", text).with(more);
    }

    /** A list as an editor may have written it, and what becomes of it. */
    private record Case(String name, List<NewSource> more, String before, String after) {}

    private static final List<Case> CASES = List.of(
            new Case("a block list", TWO, """
                    # top
                    sources:
                      - name: A   # first
                        folder: a # its folder

                      # the end

                    topics: []
                    """, """
                    # top
                    sources:
                      - name: A   # first
                        folder: a # its folder
                      - name: Oak
                        feed: https://oak.example/feed
                      - name: "Ash: a tree"
                        feed: https://ash.example/?a=1,2

                      # the end

                    topics: []
                    """),
            new Case("a list without indentation, wide dashes", ONE, """
                    sources:
                    -   name: A
                        folder: a
                    topics: []
                    """, """
                    sources:
                    -   name: A
                        folder: a
                    -   name: Oak
                        feed: https://oak.example/feed
                    topics: []
                    """),
            new Case("entries in braces", TWO, """
                    sources:
                        - {name: A, folder: a}   # note
                    """, """
                    sources:
                        - {name: A, folder: a}   # note
                        - {name: Oak, feed: https://oak.example/feed}
                        - {name: "Ash: a tree", feed: "https://ash.example/?a=1,2"}
                    """),
            new Case("a list in brackets on a line", TWO, """
                    sources: [{name: A, folder: a}] # all
                    topics: []
                    """, """
                    sources: [{name: A, folder: a}, {name: Oak, feed: https://oak.example/feed}, {name: "Ash: a tree", feed: "https://ash.example/?a=1,2"}] # all
                    topics: []
                    """),
            new Case("a list in brackets over lines", TWO, """
                    sources: [
                      {name: A, folder: a}, # a
                      {name: B, folder: b}  # b
                      # end
                    ]
                    """, """
                    sources: [
                      {name: A, folder: a}, # a
                      {name: B, folder: b},  # b
                      {name: Oak, feed: https://oak.example/feed},
                      {name: "Ash: a tree", feed: "https://ash.example/?a=1,2"}
                      # end
                    ]
                    """),
            new Case("a list in brackets with a comma at its end", ONE, """
                    sources: [
                      {name: A, folder: a},
                    ]
                    """, """
                    sources: [
                      {name: A, folder: a},
                      {name: Oak, feed: https://oak.example/feed},
                    ]
                    """),
            new Case("a list in brackets that closes with its last entry", ONE, """
                    sources: [{name: A, folder: a},
                              {name: B, folder: b}]
                    """, """
                    sources: [{name: A, folder: a},
                              {name: B, folder: b},
                              {name: Oak, feed: https://oak.example/feed}]
                    """),
            new Case("nothing, with a comment", ONE, """
                    sources:  # none yet
                    # topics follow
                    topics: []
                    """, """
                    sources:  # none yet
                      - name: Oak
                        feed: https://oak.example/feed
                    # topics follow
                    topics: []
                    """),
            new Case("an empty list", ONE, "sources: []   # none yet\ntopics: []\n", """
                    sources:   # none yet
                      - name: Oak
                        feed: https://oak.example/feed
                    topics: []
                    """),
            new Case("no list, no line end", ONE, "title: 🌻", """
                    title: 🌻
                    sources:
                      - name: Oak
                        feed: https://oak.example/feed
                    """),
            new Case("a last value over lines, after letters beyond the first plane", ONE, """
                    title: 🌻🌻
                    sources:
                      - folder: a
                        name: >-
                          A long
                          name

                    # end
                    """, """
                    title: 🌻🌻
                    sources:
                      - folder: a
                        name: >-
                          A long
                          name
                      - name: Oak
                        feed: https://oak.example/feed

                    # end
                    """),
            new Case("no line end at the end", ONE, "sources:\n- folder: a", """
                    sources:
                    - folder: a
                    - name: Oak
                      feed: https://oak.example/feed"""),
            new Case(
                    "line ends of Windows, a byte order mark",
                    ONE,
                    "\uFEFFsources:\r\n  - folder: a\r\ntopics: []\r\n",
                    "\uFEFFsources:\r\n  - folder: a\r\n  - name: Oak\r\n    feed: https://oak.example/feed\r\ntopics: []\r\n"));

    @TestFactory
    Stream<DynamicTest> theListGrowsInItsOwnStyleAndAllElseStays() {
        return CASES.stream()
                .map(one -> DynamicTest.dynamicTest(
                        one.name(),
                        () -> assertThat(with(one.before(), one.more())).isEqualTo(one.after())));
    }

    @Test
    void everyNameIsReadBackAsItWas() {
        for (String name : List.of(
                "A",
                "it's",
                "a: b",
                "a #b",
                "#a",
                "- a",
                "yes",
                "2024",
                "1.5",
                "null",
                "~",
                "{a}",
                "a, b",
                "[x]",
                "\"q\"",
                "back\\slash",
                "🌻 Sun",
                "*a",
                "&a",
                "!a",
                "%a",
                "@a",
                "`a",
                "| a",
                "> a",
                "? a",
                "a:",
                "Ünï",
                "\u200B",
                "a\u0085b\uFEFF",
                "2024-01-01",
                "<<",
                "=")) {
            for (String list : List.of("sources:\n  - folder: a\n", "sources: [{folder: a}]\n")) {
                String text = with(list, List.of(source(name, "https://a.example/feed?x=1,2&y=2")));
                Map<String, List<Map<String, Object>>> read =
                        new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
                assertThat(read.getOrDefault("sources", List.of()).get(1))
                        .as(text)
                        .containsEntry("name", name);
            }
        }
        assertThat(with("sources:\n  - folder: a\n", List.of(source("Tom's & Co", "https://a.example/"))))
                .as("quoted only when needed")
                .contains("- name: Tom's & Co\n");
    }

    @Test
    void feedsAreTheSameWhateverTheCaseOfTheirHost() {
        assertThat(new SourceList("jobs/garden.yaml", """
                        sources:
                          - feed: "https://Oak.example/feed"
                          - {name: Ash, feed: https://ash.example/}
                          - folder: a
                        """).feeds())
                .contains(SourceList.identity("http://oak.example/feed#x"), SourceList.identity("https://ASH.example/"))
                .hasSize(2);
    }

    @Test
    void aListThatCannotBeAddedToIsRefusedWithItsLine() {
        for (String text : List.of(
                "a: &s\n  - folder: a\nsources: *s\n",
                "a: &s {folder: a}\nsources:\n  - *s\n",
                "a: &s x\nsources:\n  - folder: *s\n",
                "a: 1\nsources: {folder: a}\n",
                "a: 1\nsources:\n  folder: a\n",
                "a: 1\nsources: [ # none\n]\n",
                "a: 1\nsources: notes\n",
                "a: 1\nsources:\n  -\n    folder: a\n")) {
            assertThatThrownBy(() -> with(text, ONE), "adding to\n%s", text)
                    .isInstanceOf(JobFileException.class)
                    .hasMessageMatching("jobs/garden\\.yaml:\\d: 'sources' .*; write it as a list of entries"
                            + " '- name: …', or add the sources by hand");
        }
        assertThatThrownBy(() -> with("{a: 1}", ONE)).hasMessageContaining("expected keys with values, one a line");
        assertThatThrownBy(() -> with("a: 1\n...\n", ONE)).isInstanceOf(JobFileException.class);
        assertThatThrownBy(() -> with("a: [", ONE)).hasMessageContaining("not YAML");
    }
}
