package io.courant.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.TestHome;
import io.courant.audience.EmailAddress;
import io.courant.audience.Form;
import io.courant.audience.Frequency;
import io.courant.audience.Preferences;
import io.courant.audience.Readers;
import io.courant.audience.Subscribers;
import io.courant.cli.Program;
import io.courant.delivery.FrozenIssues;
import io.courant.issue.IssueId;
import io.courant.lab.Step;
import io.courant.lab.Taken;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an issue owed to readers of few mails, whom it has not reached, stands in their next mail; nothing else does. */
class UnreachedReadersTest {
    private static final String RARE = "rare@example.org";
    private static final String OFTEN = "often@example.org";

    @TempDir
    private Path folder;

    private TestHome home;
    private Program.Session session;

    @BeforeEach
    void open() {
        home = new TestHome(folder);
        home.setClock(Instant.parse("2026-11-23T07:00:00Z")); // a Monday
        home.subscribe(RARE, OFTEN);
        session = home.open();
    }

    @AfterEach
    void close() {
        session.close();
        home.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Frequency.class,
            names = {"DAILY", "WEEKLY"})
    void anIssueThatIsCancelledBeforeItReachedThemIsInTheirNextMail(Frequency frequency) {
        choose(frequency, null);
        home.relay().onRecipient(RARE, "450 4.2.1 mailbox busy");
        IssueId issue = issue("One");
        send(issue);
        assertThat(got(OFTEN)).containsExactly("One");
        session.get(FrozenIssues.class).cancel(issue, home.now());

        home.advance(Duration.ofHours(1));
        send(issue("Two"));
        assertThat(got(RARE)).as("the same day: they have had no mail yet").containsExactly("One", "Two");
        assertThat(got(OFTEN)).containsExactly("One", "Two");
    }

    @Test
    void anIssueThatWasCancelledWhileItWaitedForTheirHourIsInTheirNextMail() {
        choose(Frequency.DAILY, 9);
        IssueId issue = issue("One");
        send(issue);
        session.get(FrozenIssues.class).cancel(issue, home.now());

        home.advance(Duration.ofHours(2));
        send(catchUp().orElseThrow());
        assertThat(got(RARE)).containsExactly("One");
        assertThat(got(OFTEN)).containsExactly("One");
    }

    @Test
    void anIssueThatNobodyGotIsNewForAllOfThem() {
        choose(Frequency.WEEKLY, null);
        session.get(FrozenIssues.class).cancel(issue("One"), home.now());

        home.advance(Duration.ofDays(1));
        send(issue("Two"));
        assertThat(got(RARE)).containsExactly("One", "Two");
        assertThat(got(OFTEN)).containsExactly("One", "Two");
    }

    @Test
    void anIssueThatExpiredForThemIsInTheirNextMail() {
        choose(Frequency.WEEKLY, null);
        home.relay().onRecipient(RARE, "450 4.2.1 mailbox busy", "450 4.2.1 mailbox busy");
        IssueId issue = issue("One");
        send(issue);
        home.advance(Duration.ofDays(3).plusMinutes(1));
        send(issue);
        assertThat(session.get(FrozenIssues.class).state(issue).orElseThrow().isOver())
                .isTrue();
        assertThat(got(RARE)).isEmpty();

        send(catchUp().orElseThrow());
        assertThat(got(RARE)).as("on Thursday of the same week").containsExactly("One");
    }

    @Test
    void whatWasSentIsNotSentAgainAlthoughTheIssueIsCancelled() {
        choose(Frequency.DAILY, null);
        home.relay().onRecipient(OFTEN, "450 4.2.1 mailbox busy");
        IssueId issue = issue("One");
        send(issue);
        assertThat(got(RARE)).containsExactly("One");
        session.get(FrozenIssues.class).cancel(issue, home.now());

        home.advance(Duration.ofHours(1));
        assertThat(catchUp()).as("they have had their mail of the day").isEmpty();
        home.advance(Duration.ofDays(1));
        send(issue("Two"));
        assertThat(mails(RARE)).containsExactly(List.of("One"), List.of("Two"));
    }

    @Test
    void whatMayHaveArrivedIsNotSentAgainAlthoughTheIssueIsCancelled() {
        choose(Frequency.DAILY, null);
        session.get(Subscribers.class)
                .suppress(new EmailAddress(OFTEN), "bounced", home.now()); // so that the dot is the other's
        home.relay().on(Step.DOT, "take-and-drop");
        IssueId issue = issue("One");
        send(issue);
        session.get(FrozenIssues.class).cancel(issue, home.now());

        home.advance(Duration.ofDays(1));
        send(issue("Two"));
        assertThat(mails(RARE)).containsExactly(List.of("One"), List.of("Two"));
    }

    private void choose(Frequency frequency, @Nullable Integer hour) {
        long id = session.get(Subscribers.class)
                .find(new EmailAddress(RARE))
                .orElseThrow()
                .id();
        Preferences wanted = new Preferences(Set.of(), frequency, hour, null, ZoneId.of("UTC"), Form.HTML, null);
        session.get(Readers.class)
                .choose(TestHome.WEEKLY, id, wanted, home.now().minus(Duration.ofDays(30)));
    }

    /** A new post, and the issue that it is in. */
    private IssueId issue(String title) {
        home.post(title + ".md", title);
        session.get(Runs.class).collect(TestHome.WEEKLY);
        return catchUp().orElseThrow();
    }

    private Optional<IssueId> catchUp() {
        return session.get(Runs.class).compose(TestHome.WEEKLY).issue();
    }

    private void send(IssueId issue) {
        session.get(Runs.class).send(issue);
    }

    private List<String> got(String address) {
        return mails(address).stream().flatMap(List::stream).sorted().toList();
    }

    /** Which of the posts each of their mails holds. */
    private List<List<String>> mails(String address) {
        return home.relay().taken().stream()
                .filter(mail -> mail.recipient().equals(address))
                .map(Taken::content)
                .map(content -> Stream.of("One", "Two")
                        .filter(title -> content.contains("the data of " + title))
                        .toList())
                .toList();
    }
}
