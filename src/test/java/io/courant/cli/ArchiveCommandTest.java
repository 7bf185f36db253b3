package io.courant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.TestHome;
import io.courant.lab.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class ArchiveCommandTest {
    private static final String ATOM = "http://www.w3.org/2005/Atom";

    @TempDir
    private Path folder;

    private TestHome home;
    private Shell shell;

    @BeforeEach
    void open() {
        home = new TestHome(folder);
        shell = new Shell(home);
        home.subscribe("ada@example.org");
        home.post("one.md", "<One> & \"only\" ünique");
    }

    @AfterEach
    void close() {
        home.close();
    }

    private Path file(String name) {
        return folder.resolve("public").resolve(TestHome.WEEKLY).resolve(name);
    }

    private void export() {
        shell.courant("archive", "export", folder.resolve("public").toString()).ending(ExitCode.DONE);
    }

    @Test
    void anIssueIsAPageWithNothingAboutItsReaders() throws IOException {
        shell.courant("run", TestHome.WEEKLY).ending(ExitCode.DONE);
        export();
        String page = Files.readString(file("weekly-2026-11-23/index.html"));
        assertThat(Jsoup.parse(page).select("h3").text()).isEqualTo("<One> & \"only\" ünique");
        assertThat(page).doesNotContain("ada@", "/u/", "cid:", "Unsubscribe");
        String index = Files.readString(file("index.html"));
        assertThat(Jsoup.parse(index).select("li a[href]").eachAttr("href"))
                .containsExactly("https://news.example.org/archive/weekly-2026-11-23/");
    }

    @Test
    void theFeedIsAtom() throws Exception {
        shell.courant("run", TestHome.WEEKLY).ending(ExitCode.DONE);
        home.post("two.md", "Two");
        home.advance(Duration.ofDays(7));
        shell.courant("run", TestHome.WEEKLY).ending(ExitCode.DONE);
        export();
        Element feed = atom(file("feed.xml")).getDocumentElement();
        assertThat(feed.getNamespaceURI()).isEqualTo(ATOM);
        assertThat(feed.getLocalName()).isEqualTo("feed");
        // RFC 4287 §4.1.1 and §4.1.2: what must be there, once
        for (String name : new String[] {"id", "title", "updated"}) {
            assertThat(children(feed, name)).as(name).hasSize(1);
        }
        assertThat(children(feed, "author")).hasSize(1);
        assertThat(children(feed, "entry")).hasSize(2).allSatisfy(entry -> {
            assertThat(children(entry, "id"))
                    .singleElement()
                    .satisfies(id ->
                            assertThat(id.getTextContent()).startsWith("https://news.example.org/archive/weekly-"));
            assertThat(children(entry, "title")).hasSize(1);
            assertThat(Instant.parse(children(entry, "updated").get(0).getTextContent()))
                    .isBeforeOrEqualTo(
                            Instant.parse(children(feed, "updated").get(0).getTextContent()));
        });
        String oldest =
                children(children(feed, "entry").get(1), "content").get(0).getTextContent();
        assertThat(Jsoup.parse(oldest).select("li").text()).startsWith("<One> & \"only\" ünique (Notes)");
        shell.courant("feed", file("feed.xml").toString()).ending(ExitCode.DONE);
    }

    @Test
    void whatHasNotChangedIsNotWrittenAgain() throws IOException {
        shell.courant("run", TestHome.WEEKLY).ending(ExitCode.DONE);
        export();
        FileTime longAgo = FileTime.fromMillis(1_000_000);
        Files.setLastModifiedTime(file("index.html"), longAgo);
        export();
        assertThat(Files.getLastModifiedTime(file("index.html"))).isEqualTo(longAgo);
    }

    @Test
    void aJobWithAnArchivePutsAnIssueThereBeforeItsMailGoesOut() {
        home.changeJob(TestHome.WEEKLY, "template: digest", "template: digest\narchive: ../public");
        shell.courant("run", TestHome.WEEKLY).ending(ExitCode.DONE);
        assertThat(file("weekly-2026-11-23/index.html")).exists();
        assertThat(file("index.html")).exists();
        assertThat(file("feed.xml")).exists();
    }

    @Test
    void nothingIsSentWhileTheArchiveCannotBeWritten() throws IOException {
        home.changeJob(TestHome.WEEKLY, "template: digest", "template: digest\narchive: ../public");
        Files.writeString(folder.resolve("public"), "a file where a folder should be");
        Shell.Said said = shell.courant("run", TestHome.WEEKLY).ending(ExitCode.FAILED);
        assertThat(said.err()).contains("cannot be written", "public");
        assertThat(home.relay().tally().messages()).isZero();
        Files.delete(folder.resolve("public"));
        shell.courant("run", TestHome.WEEKLY).ending(ExitCode.DONE);
        assertThat(home.relay().tally().messages()).isEqualTo(1);
    }

    @Test
    void anIssueThatAwaitsApprovalIsNotPublishedByAnAttemptToSendItButAfterwards() {
        home.changeJob(TestHome.WEEKLY, "template: digest", "template: digest\narchive: ../public\napproval: true");
        shell.courant("run", TestHome.WEEKLY).ending(ExitCode.DONE);
        shell.courant("send", TestHome.WEEKLY);
        assertThat(file("weekly-2026-11-23/index.html")).doesNotExist();
        shell.courant("approve", TestHome.WEEKLY).ending(ExitCode.DONE);
        shell.courant("send", TestHome.WEEKLY).ending(ExitCode.DONE);
        assertThat(file("weekly-2026-11-23/index.html")).exists();
        assertThat(file("index.html")).content().contains("weekly-2026-11-23");
    }

    @Test
    void anIssueThatIsCancelledBeforeAnybodyGotItIsTakenFromTheWeb() {
        home.changeJob(TestHome.WEEKLY, "template: digest", "template: digest\narchive: ../public");
        home.relay().always(Step.RCPT, "450 4.2.0 later");
        shell.courant("run", TestHome.WEEKLY).ending(ExitCode.PARTLY_SENT);
        assertThat(file("weekly-2026-11-23/index.html")).exists();
        shell.courant("cancel", TestHome.WEEKLY).ending(ExitCode.DONE);
        assertThat(file("weekly-2026-11-23/index.html")).doesNotExist();
        assertThat(file("index.html")).content().doesNotContain("weekly-2026-11-23");
        assertThat(file("feed.xml")).content().doesNotContain("weekly-2026-11-23");
    }

    private static Document atom(Path file) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        DocumentBuilder builder = factory.newDocumentBuilder();
        return builder.parse(file.toFile());
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        NodeList all = parent.getChildNodes();
        for (int i = 0; i < all.getLength(); i++) {
            if (all.item(i) instanceof Element child
                    && ATOM.equals(child.getNamespaceURI())
                    && name.equals(child.getLocalName())) {
                found.add(child);
            }
        }
        return found;
    }
}
