package io.courant.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.TestHome;
import io.courant.archive.Archive;
import io.courant.audience.EmailAddress;
import io.courant.audience.Form;
import io.courant.audience.Frequency;
import io.courant.audience.Preferences;
import io.courant.audience.Readers;
import io.courant.audience.Subscribers;
import io.courant.cli.Program;
import io.courant.delivery.FrozenIssue;
import io.courant.delivery.FrozenIssues;
import io.courant.delivery.MailParts;
import io.courant.delivery.Press;
import io.courant.delivery.PressRun;
import io.courant.delivery.PressRuns;
import io.courant.delivery.Print;
import io.courant.delivery.TokenSigner;
import io.courant.delivery.Variant;
import io.courant.issue.Edition;
import io.courant.issue.IssueId;
import io.courant.post.Sources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreezerTest {
    private static final Set<String> EDGE = Set.of("edge-ai");
    private static final Set<String> PRIVACY = Set.of("privacy");

    @TempDir
    private Path folder;

    private TestHome home;
    private Program.Session session;

    @BeforeEach
    void open() throws IOException {
        home = new TestHome(folder);
        home.post("privacy.md", "Home");
        Files.writeString(home.notes().resolve("edge.md"), "# Edge\n\nA microcontroller is an edge device.\n");
        session = home.open();
    }

    @AfterEach
    void close() {
        session.close();
        home.close();
    }

    @Test
    void asManyEditionsArePrintedAsThereAreDistinctWishes() {
        for (int reader = 0; reader < 6; reader++) {
            subscribe("edge" + reader, EDGE, Form.HTML, null);
            subscribe("text" + reader, EDGE, Form.TEXT, null);
            subscribe("privacy" + reader, PRIVACY, Form.HTML, null);
            subscribe("german" + reader, PRIVACY, Form.HTML, Locale.GERMAN);
        }
        FrozenIssue issue = compose();

        assertThat(editions(issue))
                .containsExactlyInAnyOrder(
                        "Edge AI; en, html", "Edge AI; en, text", "Privacy; en, html", "Privacy; de, html");
        assertThat(session.get(FrozenIssues.class).readers(issue.issue().id()).values())
                .containsExactly(6L, 6L, 6L, 6L);
        session.get(Runs.class).send(issue.issue().id());
        assertThat(home.relay().copies()).hasSize(24);
        assertThat(home.relay().taken())
                .allSatisfy(mail -> assertThat(mail.content())
                        .contains(mail.recipient().matches("(edge|text).*") ? "microcontroller" : "Federated learning")
                        .doesNotContain(
                                mail.recipient().matches("(edge|text).*") ? "Federated learning" : "microcontroller"));
    }

    @Test
    void whoeverWantsNothingSpecialGetsTheWholeWhichIsTheFirstThen() {
        subscribe("edge", EDGE, Form.HTML, null);
        home.subscribe("plain@example.org");
        assertThat(editions(compose())).containsExactly("all topics; en, html", "Edge AI; en, html");
    }

    @Test
    void theArchiveHasTheWholeEvenIfNobodyGetsIt() {
        subscribe("edge", EDGE, Form.HTML, null);
        FrozenIssue issue = compose();

        assertThat(editions(issue)).containsExactly("Edge AI; en, html");
        assertThat(issue.issue().items()).hasSize(2);
        assertThat(session.get(Archive.class)
                        .page(
                                session.get(JobFolder.class)
                                        .load(TestHome.WEEKLY)
                                        .newsletter(),
                                issue.issue().id()))
                .hasValueSatisfying(page -> assertThat(page).contains("microcontroller", "Federated learning"));
        assertThat(compose(TestHome.WEEKLY)).as("nothing of it is new any more").isEmpty();
    }

    @Test
    void whatOneEditionLeavesOutForItsSizeGoesToItsReadersInTheNextIssueAndToNobodyElse() throws IOException {
        home.changeJob(
                TestHome.WEEKLY,
                "template: digest",
                "template: digest\nlanguage: de\nquotas: {per-topic: 100, items: 100, brief: 100, carry-over: 9}");
        for (int post = 1000; post < 1090; post++) {
            String words =
                    "federated learning %d keeps data at home ".formatted(post).repeat(7);
            Files.writeString(home.notes().resolve(post + ".md"), "# No%d %s\n\n%s.\n".formatted(post, words, words));
        }
        home.subscribe("plain@example.org");
        subscribe("english", Set.of(), Form.HTML, Locale.ENGLISH); // in which a few words are longer

        for (int day = 0; day < 3; day++) {
            home.post("day" + day + ".md", "Day " + day);
            session.get(Runs.class).send(compose(TestHome.WEEKLY).orElseThrow());
            home.advance(Duration.ofDays(1));
        }

        assertThat(shown("english@example.org")).hasSize(90).doesNotHaveDuplicates();
        assertThat(shown("plain@example.org")).hasSize(90).doesNotHaveDuplicates();
    }

    @Test
    void anotherMachineThatReadsTheFormeFromTheDatabasePrintsTheSame() throws Exception {
        home.changeJob(TestHome.WEEKLY, "template: digest", "template: digest\nmeasure: clicks");
        subscribe("plain", Set.of(), Form.HTML, null);
        subscribe("edge", EDGE, Form.TEXT, null);
        subscribe("german", PRIVACY, Form.HTML, Locale.GERMAN);
        session.get(Runs.class).collect(TestHome.WEEKLY);
        JobFile job = session.get(JobFolder.class).load(TestHome.WEEKLY);
        List<Print> elsewhere = new ArrayList<>();
        List<Print> here = new ArrayList<>();
        Freezer.Others others = (forme, samples, editions, progress) -> {
            PressRuns runs = session.get(PressRuns.class);
            long run = runs.begin(
                    forme, List.of(), samples.stream().map(Print::edition).toList(), home.now());
            PressRun other =
                    session.get(Press.class).run(runs.forme(run).orElseThrow(), session.get(TokenSigner.class));
            runs.unprinted(run, 1, 99)
                    .forEach(edition -> elsewhere.add(other.print(edition).print()));
            here.addAll(samples);
            return List.of();
        };
        Press.Proof.Printed proof =
                (Press.Proof.Printed) session.get(Press.class).proof(job.newsletter(), home.now());
        assertThat(freezer(others).freeze(job, proof, (printed, of) -> {})).isPresent();

        assertThat(here).hasSize(3);
        assertThat(elsewhere).isEqualTo(here);
    }

    @Test
    void whatOthersPrintIsNotPrintedHereAndWhatTheyLeaveIs() throws Exception {
        subscribe("plain", Set.of(), Form.HTML, null);
        subscribe("edge", EDGE, Form.HTML, null);
        subscribe("privacy", PRIVACY, Form.HTML, null);
        session.get(Runs.class).collect(TestHome.WEEKLY);
        JobFile job = session.get(JobFolder.class).load(TestHome.WEEKLY);
        List<String> askedFor = new ArrayList<>();
        Freezer.Others others = (forme, samples, editions, progress) -> {
            assertThat(samples)
                    .singleElement()
                    .satisfies(sample -> assertThat(sample.edition().words()).isEqualTo("all topics; en, html"));
            editions.forEach(edition -> askedFor.add(edition.words()));
            // as if it were printed, with the words of another
            return List.of(
                    new Print("by others", editions.get(0), samples.get(0).sha256(), List.of()));
        };
        Press.Proof.Printed proof =
                (Press.Proof.Printed) session.get(Press.class).proof(job.newsletter(), home.now());
        List<Integer> progress = new ArrayList<>();
        IssueId id = freezer(others)
                .freeze(job, proof, (printed, of) -> progress.add(printed))
                .orElseThrow()
                .id();

        assertThat(askedFor).containsExactlyInAnyOrder("Edge AI; en, html", "Privacy; en, html");
        assertThat(session.get(FrozenIssues.class).find(id).orElseThrow().variants())
                .extracting(Variant::name)
                .containsExactlyInAnyOrder("digest", "by others", "digest-3");
        assertThat(progress).isSorted().endsWith(3);
    }

    private Freezer freezer(Freezer.Others others) {
        return new Freezer(
                session.get(Press.class),
                session.get(FrozenIssues.class),
                session.get(Sources.class),
                session.get(TokenSigner.class),
                others);
    }

    /** Posts that the HTML of a reader's mails shows. */
    private List<String> shown(String address) {
        return home.relay().taken().stream()
                .filter(mail -> mail.recipient().equals(address))
                .map(mail -> MailParts.of(mail.content().getBytes(StandardCharsets.ISO_8859_1))
                        .html())
                .flatMap(html -> Pattern.compile("No1\\d{3}")
                        .matcher(html)
                        .results()
                        .map(MatchResult::group)
                        .distinct())
                .toList();
    }

    private void subscribe(String name, Set<String> topics, Form form, @Nullable Locale language) {
        home.subscribe(name + "@example.org");
        long id = session.get(Subscribers.class)
                .find(new EmailAddress(name + "@example.org"))
                .orElseThrow()
                .id();
        Preferences wanted = new Preferences(topics, Frequency.EACH, null, null, null, form, language);
        session.get(Readers.class).choose(TestHome.WEEKLY, id, wanted, home.now());
    }

    private FrozenIssue compose() {
        return compose(TestHome.WEEKLY)
                .flatMap(session.get(FrozenIssues.class)::find)
                .orElseThrow();
    }

    private Optional<IssueId> compose(String newsletter) {
        session.get(Runs.class).collect(newsletter);
        return session.get(Runs.class).compose(newsletter).issue();
    }

    private static List<String> editions(FrozenIssue issue) {
        return issue.variants().stream()
                .map(Variant::edition)
                .map(Objects::requireNonNull)
                .map(Edition::words)
                .toList();
    }
}
