package io.courant.desk;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.courant.delivery.FrozenIssue;
import io.courant.delivery.FrozenIssues;
import io.courant.delivery.Headline;
import io.courant.delivery.MailParts;
import io.courant.issue.Choice;
import io.courant.issue.Edit;
import io.courant.issue.Edits;
import io.courant.issue.IssueId;
import io.courant.issue.NewSections;
import io.courant.issue.NewSections.NewSection;
import io.courant.issue.Newsletter;
import io.courant.job.HomeLock;
import io.courant.job.JobFolder;
import io.courant.lab.Taken;
import io.courant.report.Account;
import io.courant.report.Reporter;
import io.courant.section.Assignments;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** What became of what was pressed at a desk: asked of the database and of the relay. */
record Backstage(TestDesk desk) {
    private Newsletter newsletter() {
        return desk.get(JobFolder.class).load(TestDesk.NEWSLETTER).newsletter();
    }

    private List<NewSection> candidates() {
        return desk.get(NewSections.class).of(newsletter(), desk.home().now());
    }

    Set<Long> newSections() {
        return candidates().stream().map(one -> one.section().id()).collect(Collectors.toSet());
    }

    @Nullable
    Choice choice(long section) {
        return candidates().stream()
                .filter(one -> one.section().id() == section)
                .findFirst()
                .orElseThrow()
                .choice();
    }

    @Nullable
    String topic(long section) {
        return Objects.requireNonNull(desk.get(Assignments.class)
                        .of(newsletter().beat(), List.of(section))
                        .get(section))
                .topic();
    }

    List<String> edits() {
        return desk.get(Edits.class).of(TestDesk.NEWSLETTER).stream()
                .map((Edit edit) -> edit.kind() + " " + edit.about() + " " + edit.value())
                .toList();
    }

    Headline headline(String issue) {
        return desk.get(FrozenIssues.class).headline(new IssueId(issue)).orElseThrow();
    }

    Account account(String issue) {
        return desk.get(Reporter.class).report(new IssueId(issue)).orElseThrow().deliveries();
    }

    static String words(Taken mail) {
        return MailParts.of(mail.content().getBytes(ISO_8859_1)).text();
    }

    int mails(String issue) {
        return (int) desk.home().relay().taken().stream()
                .filter(mail -> mail.messageId().startsWith(issue + ".")
                        && !mail.content().contains("X-Courant-Test"))
                .count();
    }

    void awaitMails(String issue, int atLeast) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> mails(issue) >= atLeast);
    }

    void awaitNobody() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> HomeLock.holder(desk.home().home()).isEmpty());
    }

    void awaitFinished(String issue) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> headline(issue).state() == FrozenIssue.State.FINISHED);
    }
}
