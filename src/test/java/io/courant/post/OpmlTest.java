package io.courant.post;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpmlTest {
    @TempDir
    private Path folder;

    private static Opml parse(String text) {
        return Opml.parse("feeds.opml", text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void feedsComeInOrderWithTheFoldersTheyAreIn() {
        Opml opml = parse("""
                <?xml version="1.0" encoding="UTF-8"?>
                <opml version="2.0"><head><title>My &amp; feeds</title></head><body>
                <outline text="Garden" title="Garden"><outline text="Trees">
                <outline type="rss" text="Oak &amp;amp; Co" xmlUrl="https://oak.example/feed" htmlUrl="https://oak.example/"/>
                </outline><outline type="rss" title="Ash" xmlUrl="https://ash.example/rss?a=1&amp;b=2"/></outline>
                <outline type="rss" xmlUrl="http://elm.example/"/>
                </body></opml>
                """);
        assertThat(opml)
                .isEqualTo(new Opml(
                        "My & feeds",
                        List.of(
                                new Opml.Outline(
                                        "Oak & Co",
                                        URI.create("https://oak.example/feed"),
                                        URI.create("https://oak.example/"),
                                        List.of("Garden", "Trees")),
                                new Opml.Outline(
                                        "Ash", URI.create("https://ash.example/rss?a=1&b=2"), null, List.of("Garden")),
                                new Opml.Outline("elm.example", URI.create("http://elm.example/"), null, List.of())),
                        List.of()));
    }

    @Test
    void sloppyListsAreReadAsTheyAreMeant() {
        Opml opml = parse("""

                <OPML version=1.0><BODY>
                <outline text="A & B" XMLURL="https://a.example/feed?x=1&y=2">
                <outline text="C" xmlurl="feed://c.example/feed"/>
                <outline text="D" xmlUrl="feed:https://d.example/feed"/>
                <outline text="E" type="RSS" url="https://e.example/feed"/>
                <outline text="A link" type="link" url="https://f.example/"/>
                """);
        assertThat(opml.outlines())
                .extracting(outline -> outline.name() + " " + outline.feed())
                .containsExactly(
                        "A & B https://a.example/feed?x=1&y=2",
                        "C http://c.example/feed",
                        "D https://d.example/feed",
                        "E https://e.example/feed");
        assertThat(opml.problems()).isEmpty();
    }

    @Test
    void aFeedThatIsListedTwiceIsThereOnce() {
        assertThat(parse("""
                <opml><body><outline text="One" xmlUrl="https://a.example/feed"/>
                <outline text="Folder"><outline text="Again" xmlUrl="https://A.example/feed#x"/></outline>
                <outline text="Http" xmlUrl="http://a.example/feed"/>
                <outline text="Other" xmlUrl="https://a.example/feed?b"/></body></opml>
                """).outlines()).extracting(Opml.Outline::name).containsExactly("One", "Other");
    }

    @Test
    void whatIsNoWebAddressIsAProblemWithItsLine() {
        assertThat(parse("""
                <opml><body>
                <outline text="Mine" xmlUrl="file:///etc/passwd"/>
                <outline xmlUrl="www.example.org/feed"/></body></opml>
                """).problems())
                .extracting(Problem::toString)
                .containsExactly(
                        "feeds.opml:2: 'file:///etc/passwd' of 'Mine' is no web address (expected http://… or https://…)",
                        "feeds.opml:3: 'www.example.org/feed' is no web address (expected http://… or https://…)");
    }

    @Test
    void whatIsNoListIsRefused() throws IOException {
        assertThatThrownBy(() -> parse("<html><body>Hi</body></html>"))
                .isInstanceOf(PostException.class)
                .hasMessage("feeds.opml: is no OPML (it is <html>); export the subscriptions of a feed reader as OPML");
        assertThatThrownBy(() -> parse("Hi")).hasMessageContaining("there is no XML in it");
        assertThatThrownBy(() -> parse("")).hasMessageContaining("there is no XML in it");
        Path large = Files.write(folder.resolve("large.opml"), new byte[PostReader.MAX_BYTES + 1]);
        assertThatThrownBy(() -> Opml.read(large)).hasMessageContaining("is too large");
        assertThatThrownBy(() -> Opml.read(folder.resolve("none.opml"))).hasMessageContaining("no such file");
    }

    @Test
    void aListMayBeDeepAndWhatADoctypeDeclaresIsNeverResolved() {
        int depth = 20_000;
        Opml opml = parse("<!DOCTYPE opml [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><opml><body>"
                + "<outline text=''>".repeat(depth) + "<outline text='&a;' xmlUrl='https://a.example/'/>"
                + "</outline>".repeat(depth) + "</body></opml>");
        assertThat(opml.outlines()).extracting(Opml.Outline::name).containsExactly("&a;");
    }
}
