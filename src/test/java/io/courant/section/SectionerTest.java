package io.courant.section;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.post.Body;
import io.courant.post.Post;
import io.courant.post.PostReader;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SectionerTest {
    private static final String TEXT = "Some sentences of text, long enough that nobody would take them for an item"
            + " in a list. Two of them, at least.";

    private static Outline split(Body.Form form, String content) {
        Post post = new Post(
                "s", "i", null, "The title", null, Instant.EPOCH, null, null, List.of(), new Body(form, content));
        return new Sectioner().split(post);
    }

    private static Outline fixture(String name) throws URISyntaxException {
        Path file = Path.of(Objects.requireNonNull(SectionerTest.class.getResource("/posts/" + name))
                .toURI());
        return new Sectioner().split(PostReader.read(file));
    }

    private static List<String> headings(Outline outline) {
        return outline.sections().stream().map(Section::heading).toList();
    }

    @Test
    void aCommentInACodeBlockIsNoHeading() throws URISyntaxException {
        Outline outline = fixture("code.md");
        assertThat(outline.title()).isEqualTo("Serving a model");
        assertThat(headings(outline)).containsExactly("Install it", "Run it");
        assertThat(outline.sections().get(0).text()).contains("# not a heading", "## nor this");
    }

    @Test
    void deeperHeadingsStayInside() throws URISyntaxException {
        Outline outline = fixture("nested.md");
        assertThat(headings(outline)).containsExactly("Models", "Data");
        assertThat(outline.sections().get(0).subheadings()).containsExactly("Small ones", "Large ones");
        assertThat(outline.sections().get(0).text()).startsWith("Models differ.\n\nSmall ones\n\n");
        assertThat(outline.intro()).isEqualTo("What this is about.");
        assertThat(Objects.requireNonNull(outline.tail()).heading()).isEqualTo("Conclusion");
        assertThat(Objects.requireNonNull(outline.tail()).subheadings()).containsExactly("References");
    }

    @Test
    void aCountdownIsAList() throws URISyntaxException {
        Outline outline = fixture("countdown.txt");
        assertThat(outline.sections()).hasSize(10);
        assertThat(headings(outline)).startsWith("Smaller models").endsWith("Agents that plan");
        assertThat(outline.tail()).isNull();
    }

    @Test
    void aListWithinASectionIsNoSection() throws URISyntaxException {
        Outline outline = fixture("lists.txt");
        assertThat(headings(outline)).containsExactly("Prepare the data", "Train", "Deploy");
        assertThat(outline.sections().get(1).text()).contains("1. Pick a rate", "3. Wait");
        assertThat(Objects.requireNonNull(outline.tail()).heading()).isEqualTo("What to remember");
    }

    @ParameterizedTest
    @CsvSource({"arabic.md, 3", "chinese.md, 3", "chinese.txt, 3", "arabic.txt, 3"})
    void otherScriptsAreSplitAlike(String name, int sections) throws URISyntaxException {
        Outline outline = fixture(name);
        assertThat(outline.sections()).hasSize(sections);
        assertThat(headings(outline)).allSatisfy(heading -> assertThat(heading).doesNotContainPattern("\\p{Nd}"));
        assertThat(outline.intro()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TEXT", "MARKDOWN", "HTML"})
    void aPostWithoutHeadingsIsOneSection(String form) {
        Outline outline = split(Body.Form.valueOf(form), TEXT);
        assertThat(outline)
                .isEqualTo(new Outline("The title", "", List.of(new Section("The title", List.of(), TEXT)), null));
    }

    @Test
    void aPostWithOneHeadingIsOneSection() {
        Outline outline = split(Body.Form.MARKDOWN, "Before.\n\n## Only\n\nAfter.");
        assertThat(outline.sections())
                .containsExactly(new Section("The title", List.of("Only"), "Before.\n\nOnly\n\nAfter."));
    }

    @Test
    void headingsInQuotationsAndTablesDoNotCount() {
        Outline outline = split(Body.Form.HTML, "<blockquote><h2>A</h2><h2>B</h2></blockquote><p>" + TEXT + "</p>");
        assertThat(outline.sections()).hasSize(1);
        assertThat(outline.sections().get(0).subheadings()).isEmpty();
    }

    @Test
    void aShortNumberedListIsLeftAlone() {
        String list = "Do this:\n\n1. Open it\n\n2. Look at it\n\n3. Close it\n\n" + TEXT;
        assertThat(split(Body.Form.TEXT, list).sections()).hasSize(1);
        assertThat(split(Body.Form.MARKDOWN, list).sections()).hasSize(1);
        assertThat(split(Body.Form.HTML, "<ol><li>Open it</li><li>Look at it</li></ol><p>" + TEXT)
                        .sections())
                .hasSize(1);
    }

    @Test
    void numbersMustFollowEachOther() {
        String text = "1. One\n\n" + TEXT + "\n\n5. Five\n\n" + TEXT + "\n\n9. Nine\n\n" + TEXT;
        assertThat(split(Body.Form.TEXT, text).sections()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%d. Heading",
                "%d) Heading",
                "%d: Heading",
                "%d - Heading",
                "%d – Heading",
                "#%d Heading",
                "#%d. Heading",
                "No. %d: Heading",
                "Step %d. Heading",
                "Trend #%d: Heading",
                "Tip %d - Heading",
                "Part %d: Heading"
            })
    void aNumberIsNoPartOfItsHeading(String line) {
        String numbered = line.contains("#%d H") ? line.replace("%d ", "%d: ") : line;
        String text = numbered.formatted(1) + "\n\n" + TEXT + "\n\n" + numbered.formatted(2) + "\n\n" + TEXT;
        assertThat(headings(split(Body.Form.TEXT, text))).containsExactly("Heading", "Heading");
        String markdown = "## " + text.replace("\n\n" + numbered.formatted(2), "\n\n## " + numbered.formatted(2));
        assertThat(headings(split(Body.Form.MARKDOWN, markdown))).containsExactly("Heading", "Heading");
    }

    @ParameterizedTest
    @ValueSource(strings = {"5G for everyone", "3 ways to win", "1.5 billion users", "2025: a year", "24/7 support"})
    void aNumberThatCountsNothingStays(String heading) {
        Outline outline = split(Body.Form.MARKDOWN, "## " + heading + "\n\nText.\n\n## Other\n\nText.");
        assertThat(headings(outline)).containsExactly(heading, "Other");
    }

    @Test
    void introductionAndConclusionAreNoTrends() {
        Outline outline = split(Body.Form.MARKDOWN, """
                ## 1. Introduction

                Hello.

                ## 2. First

                Text.

                ## 3. Second

                Text.

                ## 4. Conclusion

                Bye.

                ## References

                Books.
                """);
        assertThat(outline.intro()).isEqualTo("Hello.");
        assertThat(headings(outline)).containsExactly("First", "Second");
        assertThat(outline.tail())
                .isEqualTo(new Section("Conclusion", List.of("References"), "Bye.\n\nReferences\n\nBooks."));
    }

    @Test
    void aTableOfContentsIsNoText() {
        Outline outline = split(
                Body.Form.MARKDOWN, "- [One](#one)\n- [Two](#two)\n\nHello.\n\n## One\n\nText.\n\n## Two\n\nText.");
        assertThat(outline.intro()).isEqualTo("Hello.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"%d- Heading", "(%d) Heading", "#%d Heading", "Mistake %d: Heading", "Raison n° %d : Heading"})
    void anyWordMayCount(String line) {
        String text = line.formatted(1) + "\n\n" + TEXT + "\n\n" + line.formatted(2) + "\n\n" + TEXT;
        assertThat(headings(split(Body.Form.TEXT, text))).containsExactly("Heading", "Heading");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Java", "Figure"})
    void aWordThatNamesDoesNotCount(String word) {
        int first = word.equals("Java") ? 8 : 1;
        String text = "%s %d: Old\n\n%s\n\n%s %d: New\n\n%s".formatted(word, first, TEXT, word, first + 1, TEXT);
        assertThat(split(Body.Form.TEXT, text).sections()).hasSize(1);
    }

    @Test
    void listsThatFollowEachOtherAreAllSections() {
        String list = "1. A\n\n%1$s\n\n2. B\n\n%1$s\n\n3. C\n\n%1$s\n\n".formatted(TEXT);
        assertThat(headings(split(Body.Form.TEXT, list.replaceAll("[ABC]", "$0$0") + list.replaceAll("[ABC]", "X$0"))))
                .containsExactly("AA", "BB", "CC", "XA", "XB", "XC");
    }

    @Test
    void numberedQuestionsAfterTheEndAreNoSections() {
        String list = "1. One\n\n%1$s\n\n2. Two\n\n%1$s\n\n".formatted(TEXT);
        Outline outline = split(Body.Form.TEXT, list + "FAQ\n\n" + list);
        assertThat(headings(outline)).containsExactly("One", "Two");
        assertThat(Objects.requireNonNull(outline.tail()).heading()).isEqualTo("FAQ");
    }

    @Test
    void aLineThatWasBrokenIsNoHeading() {
        String wrapped =
                "1. They arrive when nobody waits for anything, and so\nthey are read with more care than any other message.\n"
                        + "They can be kept in a drawer, and found again.";
        String text = wrapped + "\n\n" + wrapped.replace("1.", "2.") + "\n\n" + wrapped.replace("1.", "3.");
        assertThat(split(Body.Form.TEXT, text).sections()).hasSize(1);
    }

    @Test
    void aListIsFoundWithoutEmptyLines() {
        String prose = TEXT + " " + TEXT;
        String text = "Before. %1$s\n1. One\n%1$s\n2. Two\n%1$s\nConclusion\n%1$s".formatted(prose);
        Outline outline = split(Body.Form.TEXT, text);
        assertThat(headings(outline)).containsExactly("One", "Two");
        assertThat(outline.sections()).extracting(Section::text).containsExactly(prose, prose);
        assertThat(Objects.requireNonNull(outline.tail()).heading()).isEqualTo("Conclusion");
    }

    @Test
    void aListOfAFewLinesInALongTextIsLeftAlone() {
        String list = "1. One\n\n%1$s\n\n2. Two\n\n%1$s\n\n".formatted(TEXT);
        String text = (TEXT + "\n\n").repeat(10) + list + (TEXT + "\n\n").repeat(10);
        assertThat(split(Body.Form.TEXT, text).sections()).hasSize(1);
    }

    @Test
    void aPictureMayBeAHeading() {
        Outline outline =
                split(Body.Form.MARKDOWN, "## 1. ![Vim](v.png)\n\n" + TEXT + "\n\n## 2. ![Emacs](e.png)\n\n" + TEXT);
        assertThat(headings(outline)).containsExactly("Vim", "Emacs");
    }

    @Test
    void aLineOfHyphensMakesNoHeadingOfProse() {
        Outline outline = split(Body.Form.MARKDOWN, (TEXT + " " + TEXT + " " + TEXT + "\n---\n\n").repeat(3));
        assertThat(outline.sections()).hasSize(1);
    }

    @Test
    void nothingOfAPostIsLost() throws IOException {
        Outline outline = split(
                Body.Form.HTML,
                "alpha<h2>beta</h2>gamma<ul><li>delta</ul><h3>epsilon</h3><pre>zeta</pre>"
                        + "<h2>eta</h2><table><tr><td>theta</td><td>iota</td></tr></table><h2>Summary</h2>kappa");
        String all = outline.intro() + outline.sections() + outline.tail();
        assertThat(all).contains("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta | iota", "kappa");
    }
}
