package io.courant.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.courant.TestHome;
import io.courant.audience.EmailAddress;
import io.courant.audience.Form;
import io.courant.audience.Frequency;
import io.courant.audience.Preferences;
import io.courant.audience.Readers;
import io.courant.audience.Subscribers;
import io.courant.store.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Checking job files and templates, and trying a job on posts; neither makes a database. */
class CheckCommandTest {
    private static final String POST = """
            # Two things to watch

            Two things are on our minds this week.

            ## 1. Models on a microcontroller

            A microcontroller is an edge device. The edge device learns.

            ## 2. Learning together

            Federated learning keeps data at home. Federated learning is private.
            """;

    @TempDir
    private Path folder;

    private TestHome home;
    private Shell shell;

    @BeforeEach
    void open() {
        home = new TestHome(folder);
        shell = new Shell(home);
    }

    @AfterEach
    void close() {
        home.close();
    }

    @Test
    void whatShipsIsAllWell() {
        Shell.Said said = shell.typed("check", "--jobs", "jobs", "--templates", "templates")
                .ending(ExitCode.DONE);
        assertThat(said.out()).isEmpty();
        assertThat(said.err()).contains("deep-learning", "digest", "all well");
    }

    @Test
    void aLanguageWithoutWordsIsNoted() {
        home.changeJob(TestHome.WEEKLY, "template: digest\n", "template: digest\nlanguage: pt-BR\n");
        assertThat(shell.courant("check").ending(ExitCode.DONE).err())
                .contains("no words in 'pt'", "templates/words/pt.properties", "all well");
        home.changeJob(TestHome.WEEKLY, "language: pt-BR", "language: de");
        assertThat(shell.courant("check").ending(ExitCode.DONE).err()).doesNotContain("no words");
    }

    @Test
    void everyProblemOfEveryFileIsTold() throws IOException {
        home.changeJob(TestHome.WEEKLY, "title: Weekly", "titel: Weekly");
        home.job("daily", "title: [");
        Files.createDirectories(home.templates().resolve("broken"));
        for (String file : new String[] {"subject.ftl", "html.ftlh", "text.ftl"}) {
            Files.copy(
                    home.templates().resolve("digest").resolve(file),
                    home.templates().resolve("broken").resolve(file));
        }
        Files.writeString(home.templates().resolve("broken").resolve("text.ftl"), "Hello\n  ${sectoins?size}\n");
        Shell.Said said = shell.courant("check").ending(ExitCode.INVALID);
        assertThat(said.out()).isEmpty();
        assertThat(said.err())
                .contains(
                        "jobs/weekly.yaml:1: unknown key 'titel' (did you mean 'title'?)",
                        "jobs/weekly.yaml:1: key 'title' is missing",
                        "jobs/daily.yaml:1: not YAML",
                        "templates/broken/text.ftl:2:5",
                        "sectoins",
                        "4 problems");
        JsonNode checked =
                shell.courant("check", "--json").ending(ExitCode.INVALID).json();
        assertThat(checked.propertyNames()).containsExactly("jobs", "templates", "problems");
        assertThat(checked.get("problems")).hasSize(4);
        if (TestDatabase.isSqlite()) {
            assertThat(home.home()).as("looking makes nothing").doesNotExist();
        }
    }

    @Test
    void readersWhoChoseATopicThatIsGoneAreCountedAndTheDatabaseStaysAsItIs() throws IOException {
        home.subscribe("ada@example.org", "bob@example.org");
        home.with(session -> {
            choose(session, "ada@example.org", Set.of("edge-ai"));
            choose(session, "bob@example.org", Set.of("edge-ai", "privacy"));
        });
        assertThat(shell.courant("check").ending(ExitCode.DONE).err()).doesNotContain("chose");
        home.changeJob(TestHome.WEEKLY, "id: edge-ai", "id: tiny");
        List<String> before = home.rows();

        String told = "weekly: 2 readers chose topics that the newsletter has no more (edge-ai); no mail comes to"
                + " 1 of them, who chose no other; add 'was: [edge-ai]' to the topic that took its place";
        assertThat(shell.courant("check").ending(ExitCode.DONE).err()).contains(told, "all well");
        assertThat(shell.courant("status").ending(ExitCode.DONE).err()).contains(told);
        assertThat(home.rows()).isEqualTo(before);

        home.changeJob(TestHome.WEEKLY, "id: tiny", "id: tiny\n    was: [edge-ai]");
        assertThat(shell.courant("check").ending(ExitCode.DONE).err()).doesNotContain("chose");
        assertThat(shell.courant("status").ending(ExitCode.DONE).err()).doesNotContain("chose");
    }

    @Test
    void aDatabaseOfAnotherVersionIsNotTouched() throws IOException {
        TestDatabase.assumeSqlite("the file is looked at");
        Files.createDirectories(home.home());
        Files.writeString(home.database(), "no database at all");
        shell.courant("check").ending(ExitCode.DONE);
        assertThat(home.database()).hasContent("no database at all");
        try (Stream<Path> files = Files.list(home.home())) {
            assertThat(files).containsExactly(home.database());
        }
    }

    private static void choose(Program.Session session, String address, Set<String> topics) {
        long subscriber = session.get(Subscribers.class)
                .find(new EmailAddress(address))
                .orElseThrow()
                .id();
        Preferences wanted = new Preferences(topics, Frequency.EACH, null, null, null, Form.HTML, null);
        session.get(Readers.class).choose(TestHome.WEEKLY, subscriber, wanted, Instant.EPOCH);
    }

    @Test
    void aHomeThatNoMailMayNameIsToldBeforeAnythingIsComposed() {
        home.changeJob(TestHome.WEEKLY, "home: https:", "home: http:");
        String problem = "jobs/weekly.yaml:4: expected an address that begins with https://, found"
                + " 'http://news.example.org': List-Unsubscribe names no <https://…> page; Gmail and Yahoo ask bulk"
                + " senders for one (RFC 8058)";
        assertThat(shell.courant("check").ending(ExitCode.INVALID).err()).contains(problem);
        assertThat(shell.courant("run", "weekly").ending(ExitCode.INVALID).err())
                .contains(problem);
    }

    @Test
    void aPageOrMailForSubscribersThatIsBrokenIsToldWithItsLine() throws IOException {
        append("pages/preferences.ftlh", "${page.adress}\n");
        append("mails/html.ftlh", "${mail.knid}\n");
        Shell.Said said = shell.courant("check").ending(ExitCode.INVALID);
        assertThat(said.err())
                .containsPattern("templates/pages/preferences\\.ftlh:\\d+:\\d+.*adress")
                .containsPattern("templates/mails/html\\.ftlh:\\d+:\\d+.*knid")
                .contains("2 problems");
    }

    @Test
    void wordsThatAPageLacksAreToldOnceWithTheirFile() throws IOException {
        Path words = home.templates().resolve("words").resolve("de.properties");
        Files.writeString(words, Files.readString(words).replaceAll("(?m)^(notice\\.gone|flaw\\.choice) = .*\\R", ""));
        assertThat(shell.courant("check").ending(ExitCode.INVALID).err())
                .contains("words/de.properties", "'notice.gone'", "'flaw.choice'");
    }

    private void append(String file, String text) throws IOException {
        Files.writeString(home.templates().resolve(file), text, StandardOpenOption.APPEND);
    }

    @Test
    void aPostIsSplitAndEachSectionSaysWhy() throws IOException {
        Path post = Files.writeString(folder.resolve("post.md"), POST);
        Shell.Said said =
                shell.courant("sections", post.toString(), "--job", "weekly").ending(ExitCode.DONE);
        assertThat(said.out())
                .contains("Two things to watch", "edge-ai", "Models on a microcontroller", "privacy", "in the");
        JsonNode shown = shell.courant("sections", post.toString(), "--job", "weekly", "--json")
                .ending(ExitCode.DONE)
                .json();
        assertThat(shown).hasSize(1);
        assertThat(shown.get(0).propertyNames()).containsExactly("file", "title", "intro", "sections", "tail");
        assertThat(shown.get(0).get("file").asString()).isEqualTo(post.toString());
        assertThat(shown.get(0).get("title").asString()).isEqualTo("Two things to watch");
        assertThat(shown.get(0).get("intro").asString()).contains("on our minds");
        JsonNode sections = shown.get(0).get("sections");
        assertThat(sections).hasSize(2);
        assertThat(sections.get(0).propertyNames()).containsExactly("heading", "topic", "score", "reasons");
        assertThat(sections.get(0).get("topic").asString()).isEqualTo("edge-ai");
        assertThat(sections.get(1).get("topic").asString()).isEqualTo("privacy");
        for (JsonNode section : sections) {
            double sum = 0;
            for (JsonNode reason : section.get("reasons")) {
                assertThat(reason.propertyNames()).containsExactly("term", "field", "times", "weight");
                sum += reason.get("weight").asDouble();
            }
            assertThat(section.get("score").asDouble()).isCloseTo(sum, offset(1e-6));
        }
        if (TestDatabase.isSqlite()) {
            assertThat(home.home()).as("looking makes nothing").doesNotExist();
        }
    }

    @Test
    void aFileThatIsMissingHidesNoOther() throws IOException {
        Path post = Files.writeString(folder.resolve("post.md"), POST);
        Path missing = folder.resolve("missing.md");
        Shell.Said said = shell.courant("sections", missing.toString(), post.toString(), "--job", "weekly", "--json")
                .ending(ExitCode.FAILED);
        assertThat(said.err()).isEqualToIgnoringNewLines(missing + ": no such file; check the path");
        assertThat(said.json()).hasSize(1);
        assertThat(shell.courant("sections", post.toString())
                        .ending(ExitCode.USAGE)
                        .err())
                .contains("--job");
        assertThat(shell.courant("sections", post.toString(), "--job", "wekly")
                        .ending(ExitCode.INVALID)
                        .err())
                .contains("did you mean 'weekly'?");
    }
}
