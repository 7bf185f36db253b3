package io.courant.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.courant.TestHome;
import io.courant.audience.EmailAddress;
import io.courant.audience.Subscribers;
import io.courant.delivery.DeliveryState;
import io.courant.delivery.FrozenIssue;
import io.courant.delivery.FrozenIssues;
import io.courant.issue.IssueId;
import io.courant.issue.Item;
import io.courant.job.Runs.Composed;
import io.courant.render.TemplateError;
import io.courant.report.Account;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.util.FileSystemUtils;

class ComposeJobTest {
    @TempDir
    private Path folder;

    private TestHome home;

    @BeforeEach
    void open() {
        home = new TestHome(folder);
        home.subscribe("ada@example.org");
    }

    @AfterEach
    void close() {
        home.close();
    }

    private Composed compose(String newsletter) {
        return home.in(session -> {
            session.get(Runs.class).collect(newsletter);
            return session.get(Runs.class).compose(newsletter);
        });
    }

    private Composed compose() {
        return compose(TestHome.WEEKLY);
    }

    private List<IssueId> issues() {
        return home.in(session -> session.get(FrozenIssues.class).list(TestHome.WEEKLY));
    }

    private FrozenIssue issue(Composed composed) {
        return home.in(session -> session.get(FrozenIssues.class)
                .find(composed.issue().orElseThrow())
                .orElseThrow());
    }

    private List<String> headings(Composed composed) {
        return issue(composed).issue().items().stream().map(Item::heading).toList();
    }

    @Test
    void nothingNewMakesNoIssue() {
        assertThat(compose().issue()).isEmpty();
        assertThat(compose().skipped()).isEqualTo("no new posts");
        assertThat(issues()).isEmpty();
    }

    @Test
    void whatIsNewBecomesAnIssueWithItsRecipients() {
        home.subscribe("ada@example.org", "bob@example.org");
        home.post("one.md", "One");
        home.post("two.md", "Two");
        Composed composed = compose();
        assertThat(composed.issue()).contains(new IssueId("weekly-2026-11-23"));
        assertThat(headings(composed)).containsExactlyInAnyOrder("One", "Two");
        FrozenIssue issue = issue(composed);
        assertThat(issue.state()).isEqualTo(FrozenIssue.State.APPROVED);
        assertThat(issue.candidates()).isEqualTo(2);
        assertThat(issue.variants()).hasSize(1);
        assertThat(issue.issue().items())
                .allSatisfy(item -> assertThat(item.assignment().topic()).isEqualTo("privacy"))
                .allSatisfy(item -> assertThat(item.why()).isNotBlank());
    }

    @Test
    void anIssueForNobodyWouldUseUpItsItemsAndIsNotMade() {
        home.changeJob(TestHome.WEEKLY, "template: digest", "template: digest\naudience: {tags: [nobody]}");
        home.post("one.md", "One");
        assertThat(compose().skipped())
                .isEqualTo("no active subscriber with one of the tags nobody; import some with"
                        + " 'courant subscribers import'");
        assertThat(issues()).isEmpty();
        home.changeJob(TestHome.WEEKLY, "audience: {tags: [nobody]}", "audience: {tags: []}");
        assertThat(headings(compose())).containsExactly("One");
    }

    @Test
    void whyThereIsNobodyNamesEachConditionOfTheAudience() {
        home.changeJob(
                TestHome.WEEKLY,
                "template: digest",
                "template: digest\naudience: {tags: [b, a], topics: [privacy], languages: [en], joined-since: 2036-01-31}");
        home.post("one.md", "One");
        assertThat(compose().skipped())
                .isEqualTo("no active subscriber with one of the tags a, b and with one of the topics privacy and"
                        + " with one of the languages en and who joined since 2036-01-31; import some with"
                        + " 'courant subscribers import'");
    }

    @Test
    void composingTwiceMakesOneIssue() {
        home.post("one.md", "One");
        Composed first = compose();
        Composed second = compose();
        assertThat(first.issue()).isPresent();
        assertThat(second.issue()).isEmpty();
        assertThat(second.skipped()).isEqualTo("no new posts since 2026-11-23");
        assertThat(issues()).hasSize(1);
    }

    @Test
    void aSecondIssueOfADayHoldsOnlyWhatIsNewSinceTheFirst() {
        home.post("one.md", "One");
        compose();
        home.post("two.md", "Two");
        Composed second = compose();
        assertThat(second.issue()).contains(new IssueId("weekly-2026-11-23-2"));
        assertThat(headings(second)).containsExactly("Two");
    }

    @Test
    void aPostIsNewHoweverOldItIsAndWhateverTheClockSays() throws IOException {
        home.post("one.md", "One");
        compose();
        home.advance(Duration.ofDays(-400));
        Files.writeString(
                home.notes().resolve("2019-05-01-old.md"), "# Old but unseen\n\nAn edge device of its time.\n");
        Composed second = compose();
        assertThat(headings(second)).containsExactly("Old but unseen");
        home.advance(Duration.ofDays(4000));
        assertThat(compose().issue()).isEmpty();
    }

    @Test
    void whatIsOldToOneNewsletterIsNewToAnother() throws IOException {
        String weekly = Files.readString(home.jobs().resolve("weekly.yaml"));
        home.job("daily", weekly.replace("title: Weekly", "title: Daily"));
        home.post("one.md", "One");
        assertThat(headings(compose())).containsExactly("One");
        assertThat(compose("daily").skipped())
                .as("ada has it, and nobody else reads")
                .isEqualTo("nobody's mail is due, or holds any of the new items; they stay new");
        home.subscribe("bob@example.org");
        Composed daily = compose("daily");
        assertThat(daily.issue()).contains(new IssueId("daily-2026-11-23"));
        assertThat(headings(daily)).containsExactly("One");
        assertThat(compose("daily").issue()).isEmpty();
    }

    @Test
    void whatDoesNotFitWaitsAndGoesOutBesideTheNextNewPosts() {
        home.changeJob(TestHome.WEEKLY, "template: digest", "template: digest\nquotas: {per-topic: 1, brief: 0}");
        home.post("one.md", "One");
        home.post("two.md", "Two");
        Composed first = compose();
        assertThat(issue(first).issue().carriedOver()).hasSize(1);
        Composed nothing = compose();
        assertThat(nothing.issue()).isEmpty();
        assertThat(nothing.skipped())
                .isEqualTo("no new posts since 2026-11-23; 1 item carried over waits for the next issue");
        home.changeJob(TestHome.WEEKLY, "per-topic: 1", "per-topic: 9");
        home.post("three.md", "Three");
        Composed second = compose();
        assertThat(headings(second)).hasSize(2).contains("Three");
        assertThat(headings(first)).hasSize(1).doesNotContainAnyElementsOf(headings(second));
    }

    @Test
    void onlyActiveSubscribersOfTheAudienceAreCandidates() {
        home.subscribe("ada@example.org", "gone@example.org", "blocked@example.org");
        home.with(session -> {
            Subscribers subscribers = session.get(Subscribers.class);
            subscribers.unsubscribe(
                    subscribers
                            .find(new EmailAddress("gone@example.org"))
                            .orElseThrow()
                            .id(),
                    home.now());
            subscribers.suppress(new EmailAddress("blocked@example.org"), "complaint", home.now());
        });
        home.post("one.md", "One");
        Composed composed = compose();
        Account account =
                home.in(session -> TestHome.account(session, composed.issue().orElseThrow()));
        assertThat(account.candidates()).isEqualTo(2);
        assertThat(account.of(DeliveryState.READY)).isEqualTo(1);
        assertThat(account.of(DeliveryState.SUPPRESSED)).isEqualTo(1);
        assertThat(account.isBalanced()).isTrue();
    }

    @Test
    void aTemplateThatIsBrokenFreezesNothing() throws IOException {
        Files.writeString(home.templates().resolve("digest").resolve("text.ftl"), "${issue.dat}");
        home.post("one.md", "One");
        assertThatThrownBy(this::compose)
                .isInstanceOf(TemplateError.class)
                .hasMessageContaining("text.ftl")
                .hasMessageContaining("dat");
        assertThat(issues()).isEmpty();
        FileSystemUtils.copyRecursively(Path.of("templates"), home.templates());
        assertThat(headings(compose())).containsExactly("One");
    }

    @Test
    void aRunThatWasKilledDoesNotStopTheNext() {
        home.post("one.md", "One");
        Composed composed = home.in(session -> {
            Killed.run(session.get(JobRepository.class), ComposeJob.NAME, Run.NEWSLETTER, TestHome.WEEKLY);
            session.get(Runs.class).collect(TestHome.WEEKLY);
            return session.get(Runs.class).compose(TestHome.WEEKLY);
        });
        assertThat(headings(composed)).containsExactly("One");
    }
}
