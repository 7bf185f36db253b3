package io.courant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.TestHome;
import io.courant.audience.EmailAddress;
import io.courant.audience.Form;
import io.courant.audience.Frequency;
import io.courant.audience.Preferences;
import io.courant.audience.Readers;
import io.courant.audience.Subscribers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What an editor says of items and topics, and what comes of it. */
class EditorsWordTest {
    private static final String ISSUE = "weekly-2026-11-23";

    @TempDir
    private Path folder;

    private TestHome home;
    private Shell shell;

    @BeforeEach
    void open() throws IOException {
        home = new TestHome(folder);
        home.subscribe("ada@example.org");
        shell = new Shell(home);
        home.post("one.md", "Apples");
        home.post("two.md", "Birches");
        write("three.md", "Cedars", "A microcontroller counts the rings of a cedar.");
        write("four.md", "The office moves", "From Monday on we are on the third floor, and the lift is slow.");
        shell.courant("collect", "weekly").ending(ExitCode.DONE);
    }

    @AfterEach
    void close() {
        home.close();
    }

    private void write(String name, String title, String text) throws IOException {
        Files.writeString(home.notes().resolve(name), "# " + title + "\n\n" + text + "\n");
    }

    private List<String> issue() {
        shell.courant("compose", "weekly").ending(ExitCode.DONE);
        List<String> headings = new ArrayList<>();
        shell.courant("explain", ISSUE, "--json")
                .json()
                .forEach(item -> headings.add(item.get("heading").asString()));
        return headings;
    }

    @Test
    void whatAnEditorWantsInFrontLeadsTheIssue() {
        assertThat(shell.courant("pin", "weekly", "cedars", "--lead")
                        .ending(ExitCode.DONE)
                        .out())
                .contains("(Cedars) will lead the next issue");
        assertThat(shell.courant("items", "weekly").out()).contains("Cedars (Notes; edge-ai): pinned as the lead");
        assertThat(issue()).startsWith("Cedars");
        assertThat(shell.courant("explain", ISSUE, "1").out()).contains("Lead: the editor’s choice for Edge AI");
    }

    @Test
    void whatIsPinnedIsInTheIssueWhateverTheQuotasSayAlsoAfterItWasComposedAgain() {
        home.changeJob(TestHome.WEEKLY, "topics:", "quotas: {per-topic: 1, items: 1, brief: 0}\ntopics:");
        assertThat(shell.courant("pin", "weekly", "office")
                        .ending(ExitCode.DONE)
                        .out())
                .contains("(The office moves) will be in the next issue");
        assertThat(issue()).hasSize(2).contains("The office moves");
        shell.courant("cancel", ISSUE).ending(ExitCode.DONE);
        shell.courant("compose", "weekly").ending(ExitCode.DONE);
        assertThat(shell.courant("explain", ISSUE + "-2").out()).contains("Pinned by the editor; no topic claimed it.");
    }

    @Test
    void whatIsDroppedIsInNoIssueUntilItIsTakenBack() {
        shell.courant("drop", "weekly", "office").ending(ExitCode.DONE);
        assertThat(shell.courant("items", "weekly").out())
                .contains("expired", "The office moves (Notes; unsorted): dropped by an editor");
        assertThat(issue()).doesNotContain("The office moves");
        shell.courant("cancel", ISSUE).ending(ExitCode.DONE);
        assertThat(shell.courant("pin", "weekly", "office")
                        .ending(ExitCode.FAILED)
                        .err())
                .contains("is expired: dropped by an editor");
        assertThat(shell.courant("pin", "weekly", "office", "--undo")
                        .ending(ExitCode.FAILED)
                        .err())
                .contains("(The office moves) is not pinned");
        shell.courant("drop", "weekly", "office", "--undo").ending(ExitCode.DONE);
        shell.courant("compose", "weekly").ending(ExitCode.DONE);
        assertThat(shell.courant("explain", ISSUE + "-2").out()).contains("The office moves");
    }

    @Test
    void ofTwoPostsThatTellTheSameThePinnedOneStandsForBoth() throws IOException {
        Files.createDirectories(home.jobs().resolve("more"));
        home.changeJob(TestHome.WEEKLY, "topics:", "  - name: More\n    folder: more\ntopics:");
        String story =
                "A microcontroller under the bark counts the rings of the old cedar at the harbour while the ferries"
                        + " come and go, and every evening it sends the number of the day to a school on the other shore.";
        write("seven.md", "Rings at the harbour", story);
        Files.writeString(home.jobs().resolve("more/copy.md"), "# Rings at the harbour, again\n\n" + story + "\n");
        shell.courant("collect", "weekly").ending(ExitCode.DONE);
        shell.courant("pin", "weekly", "again").ending(ExitCode.DONE);
        assertThat(issue()).contains("Rings at the harbour, again").doesNotContain("Rings at the harbour");
        assertThat(shell.courant("explain", ISSUE, "again").out()).contains("also at Notes: ");
    }

    @Test
    void whatHasNoTopicCannotLead() {
        assertThat(shell.courant("pin", "weekly", "office", "--lead")
                        .ending(ExitCode.FAILED)
                        .err())
                .contains("(The office moves) has no topic", "courant assign weekly ");
    }

    @Test
    void whatAnEditorSaidHoldsAfterThePostWasEdited() throws IOException {
        home.changeJob(TestHome.WEEKLY, "    folder: notes\n", "    folder: notes\n    updates: mark\n");
        shell.courant("collect", "weekly").ending(ExitCode.DONE);
        shell.courant("drop", "weekly", "cedars").ending(ExitCode.DONE);
        shell.courant("assign", "weekly", "office", "privacy").ending(ExitCode.DONE);
        write("three.md", "Cedars", "A microcontroller counts the rings of an old cedar.");
        write("four.md", "The office moves", "From Tuesday on we are on the third floor, and the lift is slow.");
        shell.courant("collect", "weekly").ending(ExitCode.DONE);
        assertThat(issue()).doesNotContain("Cedars");
        assertThat(shell.courant("explain", ISSUE, "office").out()).contains("privacy: ");
    }

    @Test
    void whatIsInAnIssueAlreadyCannotBePinned() {
        issue();
        assertThat(shell.courant("pin", "weekly", "cedars")
                        .ending(ExitCode.FAILED)
                        .err())
                .contains("(Cedars) is issued, " + ISSUE, "only what is new or carried over can be");
    }

    @Test
    void anItemIsNamedByItsNumberOrByAPartOfItsTitleThatNoOtherHas() {
        String number = shell.courant("items", "weekly", "--json")
                .json()
                .valueStream()
                .filter(item -> item.get("heading").asString().equals("Apples"))
                .map(item -> item.get("section").asString())
                .findFirst()
                .orElseThrow();
        assertThat(shell.courant("drop", "weekly", number).ending(ExitCode.DONE).out())
                .contains("(Apples)");
        assertThat(shell.courant("drop", "weekly", "e").ending(ExitCode.FAILED).err())
                .contains("4 items are called so; name one by its number: ");
        assertThat(shell.courant("drop", "weekly", "zebra")
                        .ending(ExitCode.FAILED)
                        .err())
                .contains("no item 'zebra'", "courant items weekly");
    }

    @Test
    void anEditorsTopicCountsAtOnceAndVotesForWhatReadsAlike() throws IOException {
        assertThat(shell.courant("assign", "weekly", "office", "privacy", "edge-ai")
                        .ending(ExitCode.DONE)
                        .out())
                .contains("(The office moves) is privacy, edge-ai");
        write(
                "five.md",
                "The lift again",
                "The lift of the third floor is slow; a microcontroller and federated learning.");
        shell.courant("collect", "weekly").ending(ExitCode.DONE);
        issue();
        JsonNode corrected =
                shell.courant("explain", ISSUE, "office", "--json").json().get(0);
        assertThat(corrected.get("topic").asString()).isEqualTo("privacy");
        assertThat(corrected.get("reasons").get(0).get("field").asString()).isEqualTo("editor");
        assertThat(shell.courant("explain", ISSUE, "lift").out()).contains("like “The office moves”");
    }

    @Test
    void anEditorsTopicIsTakenBack() {
        shell.courant("assign", "weekly", "cedars", "unsorted").ending(ExitCode.DONE);
        shell.courant("assign", "weekly", "cedars", "--undo").ending(ExitCode.DONE);
        issue();
        assertThat(shell.courant("explain", ISSUE, "cedars").out())
                .contains("edge-ai: ", "microcontroller in the body");
    }

    @Test
    void aTopicThatThereIsNotIsRefusedWithThoseThereAre() {
        assertThat(shell.courant("assign", "weekly", "cedars", "edge")
                        .ending(ExitCode.FAILED)
                        .err())
                .contains("no topic 'edge'", "the topics of weekly are edge-ai, privacy");
        assertThat(shell.courant("assign", "weekly", "cedars")
                        .ending(ExitCode.FAILED)
                        .err())
                .contains("say which topics it is about: edge-ai, privacy, or unsorted");
    }

    @Test
    void whenTheJobFileHasOtherTopicsItemsAreAssignedAgainButForAnEditorsWord() {
        shell.courant("assign", "weekly", "office", "privacy").ending(ExitCode.DONE);
        home.changeJob(TestHome.WEEKLY, "seeds: {edge device: 3, microcontroller: 3}", "seeds: {apples: 3}");
        issue();
        assertThat(shell.courant("explain", ISSUE).out()).containsPattern("Apples[^\n]*\n    edge-ai: ");
        assertThat(shell.courant("explain", ISSUE, "office").out()).contains("privacy: ", "an editor's word");
    }

    @Test
    void anIssueIsMadeAgainToTheByteFromWhatItWasMadeOf() throws IOException {
        issue();
        assertThat(shell.courant("rebuild", ISSUE, "--verify")
                        .ending(ExitCode.DONE)
                        .out())
                .containsPattern(ISSUE + " [0-9a-f]{64} as frozen");
        home.post("six.md", "Dogwood");
        shell.courant("assign", "weekly", "apples", "edge-ai").ending(ExitCode.DONE);
        shell.courant("collect", "weekly").ending(ExitCode.DONE);
        home.changeJob(TestHome.WEEKLY, "title: Weekly", "title: Daily");
        assertThat(shell.courant("rebuild", "weekly", "--verify")
                        .ending(ExitCode.DONE)
                        .out())
                .as("what came later changes nothing")
                .contains("as frozen");
        Path text = home.templates().resolve("digest/text.ftl");
        Files.writeString(text, Files.readString(text) + "\nP.S.\n");
        JsonNode changed = shell.courant("rebuild", ISSUE, "--verify", "--json")
                .ending(ExitCode.FAILED)
                .json();
        assertThat(changed.get("differs")).hasSize(1);
        assertThat(changed.get("differs").get(0).asString()).contains("templates of 'digest' changed");
    }

    @Test
    void anIssueWhoseLinksAreCountedIsMadeAgainToTheByte() throws IOException {
        home.changeJob(TestHome.WEEKLY, "template: digest", "template: digest\nmeasure: clicks");
        Files.writeString(
                home.notes().resolve("six.md"),
                "---\nlink: https://blog.example/six\n---\n# Dogwood\n\nFederated learning keeps data at home.\n");
        shell.courant("collect", "weekly").ending(ExitCode.DONE);
        issue();
        shell.courant("keys", "rotate").ending(ExitCode.DONE);
        assertThat(shell.courant("clicks", "weekly").out()).contains("https://blog.example/six");
        assertThat(shell.courant("rebuild", ISSUE, "--verify")
                        .ending(ExitCode.DONE)
                        .out())
                .contains("as frozen");
    }

    @Test
    void anIssueOfWhichNobodyGetsTheWholeIsMadeAgainAsFrozenToo() {
        home.with(session -> {
            long ada = session.get(Subscribers.class)
                    .find(new EmailAddress("ada@example.org"))
                    .orElseThrow()
                    .id();
            Preferences text = new Preferences(Set.of(), Frequency.EACH, null, null, null, Form.TEXT, null);
            session.get(Readers.class).choose(TestHome.WEEKLY, ada, text, home.now());
        });
        issue();
        assertThat(shell.courant("editions", ISSUE).out()).contains("digest: all topics; en, text");
        assertThat(shell.courant("rebuild", ISSUE, "--verify")
                        .ending(ExitCode.DONE)
                        .out())
                .contains("as frozen");
    }

    @Test
    void topicsAreSuggestedForWhatReadsAlikeAndWasLeftUnsorted() throws IOException {
        String[] beds = {"raised", "sunken", "windy", "shady", "stony"};
        for (int i = 0; i < beds.length; i++) {
            write(
                    "tomato" + i + ".md",
                    "Tomato blight in the " + beds[i] + " bed",
                    "The tomato blight came with the rain; copper spray and dry leaves kept the tomato blight out of the "
                            + beds[i] + " bed.");
        }
        shell.courant("collect", "weekly").ending(ExitCode.DONE);
        String yaml = shell.courant("topics", "suggest", "weekly")
                .ending(ExitCode.DONE)
                .out();
        assertThat(yaml).contains("# 5 items from 1 source, such as", "- id: tomato-blight", "title: Tomato blight");
        home.changeJob(TestHome.WEEKLY, "topics:\n", "topics:\n" + yaml);
        issue();
        assertThat(shell.courant("explain", ISSUE, "raised bed").out()).contains("tomato-blight: ");
    }

    @Test
    void whereNothingWasCollectedTrendsSayWhatToDo() {
        assertThat(shell.courant("trends", "weekly", "--on", "2020-01-01").err())
                .contains("no posts yet; 'courant collect weekly'");
        assertThat(shell.courant("trends", "weekly", "--on", "1.1.2020")
                        .ending(ExitCode.USAGE)
                        .err())
                .contains("expected a date such as 2026-11-23, found '1.1.2020'");
    }

    @Test
    void withoutHistoryTrendsSaySoAndShowNoArrow() {
        Shell.Said said = shell.courant("trends", "weekly", "--explain").ending(ExitCode.DONE);
        assertThat(said.out()).contains("Edge AI", "too little history: ").doesNotContain("↑", "↓", "★");
        issue();
        assertThat(shell.courant(
                                "preview",
                                "weekly",
                                "--out",
                                folder.resolve("out").toString())
                        .exitCode())
                .isZero();
    }

    @Test
    void aTopicThatRisesLeadsAndIsShownWithItsEvidenceInWordsAndAsAPicture() throws IOException {
        Files.createDirectories(home.jobs().resolve("more"));
        home.changeJob(TestHome.WEEKLY, "topics:", "  - name: More\n    folder: more\nquotas: {items: 3}\ntopics:");
        LocalDate day = LocalDate.parse("2026-11-22");
        for (int week = 0; week < 80; week++) {
            for (int post = 0; post < 12; post++) {
                boolean edge = post < (week < 4 ? 6 : week % 3 == 0 ? 1 : 0);
                Path file = (post % 2 == 0 ? home.notes() : home.jobs().resolve("more"))
                        .resolve(day.minusWeeks(week) + "-" + post + ".md");
                Files.writeString(
                        file,
                        "# Note " + week + " " + post + "\n\n"
                                + (edge ? "A microcontroller" : post % 5 == 4 ? "Federated learning" : "Something")
                                + " in week " + week + ", number " + post + ".\n");
            }
        }
        shell.courant("collect", "weekly").ending(ExitCode.DONE);
        JsonNode edge = shell.courant("trends", "weekly", "--json")
                .ending(ExitCode.DONE)
                .json()
                .get(0);
        assertThat(edge.get("label").asString()).isEqualTo("rising");
        assertThat(edge.get("shares")).hasSize(26);
        assertThat(edge.get("finding").get("headline").asBoolean()).isTrue();
        assertThat(shell.courant("trends", "weekly", "--explain").out())
                .contains("↑ rising", "█", "weeks: ", "p < 0.0001");
        assertThat(shell.courant("trends", "weekly", "--on", "2026-08-01").out())
                .doesNotContain("↑");
        Path page = folder.resolve("trends.html");
        shell.courant("trends", "weekly", "--page", page.toString()).ending(ExitCode.DONE);
        assertThat(page)
                .content()
                .contains("<b>rising</b><svg ", "<title>Share of posts per week")
                .doesNotContain("<script");
        issue();
        assertThat(shell.courant("explain", ISSUE, "1").out())
                .contains("Lead: Edge AI is rising: ", "the topic is rising: ", " expected");
        Path out = folder.resolve("out");
        shell.courant("cancel", ISSUE);
        shell.courant("preview", "weekly", "--out", out.toString()).ending(ExitCode.DONE);
        assertThat(out.resolve("weekly.eml"))
                .content()
                .contains("multipart/related", "Content-ID: <edge-ai.", "Content-Type: image/png");
        assertThat(out.resolve("weekly.html"))
                .content()
                .contains("data:image/png;base64,", "Rising", "alt=\"Share of posts per week, 26 weeks: ");
        assertThat(out.resolve("weekly.txt")).content().contains("Rising: ");
    }
}
