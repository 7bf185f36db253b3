package io.courant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.TestHome;
import io.courant.delivery.Approvals;
import io.courant.editor.Editor;
import io.courant.editor.EditorName;
import io.courant.editor.Editors;
import io.courant.editor.Invitations;
import io.courant.editor.Role;
import io.courant.issue.IssueId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who lets an issue go out, and when it does. */
class ApproveCommandTest {
    private static final String ISSUE = "weekly-2026-11-23";

    @TempDir
    private Path folder;

    private TestHome home;
    private Shell shell;

    @BeforeEach
    void open() {
        home = new TestHome(folder);
        home.subscribe("ada@example.org");
        shell = new Shell(home);
        home.post("one.md", "Apples");
    }

    @AfterEach
    void close() {
        home.close();
    }

    private void compose(String settings) {
        home.changeJob(TestHome.WEEKLY, "topics:", settings + "\ntopics:");
        shell.courant("collect", "weekly").ending(ExitCode.DONE);
        shell.courant("compose", "weekly").ending(ExitCode.DONE);
    }

    private int mails() {
        return home.relay().taken().size();
    }

    @Test
    void twoPeopleApproveWhatTheySaw() {
        compose("approval: two");
        String hash = shell.courant("status", ISSUE, "--json")
                .ending(ExitCode.DONE)
                .json()
                .get("hash")
                .asString();
        assertThat(shell.courant("approve", ISSUE, "--by", "ada", "--hash", hash, "--json")
                        .ending(ExitCode.DONE)
                        .json()
                        .get("hash")
                        .asString())
                .isEqualTo(hash);
        assertThat(shell.courant("approve", ISSUE, "--by", "ada")
                        .ending(ExitCode.FAILED)
                        .err())
                .contains("ada has approved " + ISSUE + " before; another person must do it");
        assertThat(shell.courant("status", ISSUE).err()).contains("by somebody other than ada");
        assertThat(shell.courant("approve", ISSUE, "--by", "bob", "--hash", hash.replace(hash.charAt(0), 'x'))
                        .ending(ExitCode.FAILED)
                        .err())
                .contains("is not what you saw");
        shell.courant("approve", ISSUE, "--by", "bob", "--hash", hash).ending(ExitCode.DONE);
        assertThat(shell.courant("status", "--json").json().get(0).get("hash").isNull())
                .as("nothing is left to approve")
                .isTrue();
        shell.courant("send", ISSUE).ending(ExitCode.DONE);
        assertThat(mails()).isEqualTo(1);
    }

    @Test
    void whereEditorsHaveAccountsTwoOfThemApprove() {
        compose("approval: two");
        home.with(session -> {
            for (String name : List.of("ada", "bob")) {
                Role role = name.equals("ada") ? Role.PUBLISHER : Role.EDITOR;
                Editor editor = session.get(Editors.class).add(new EditorName(name), role, home.now());
                String token = session.get(Invitations.class)
                        .invite(editor, Invitations.LASTS)
                        .token();
                assertThat(session.get(Invitations.class).accept(token, "four words about nothing"))
                        .isPresent();
            }
        });
        shell.courant("approve", ISSUE, "--by", "ada").ending(ExitCode.DONE);
        assertThat(shell.courant("approve", ISSUE, "--by", "ADA")
                        .ending(ExitCode.FAILED)
                        .err())
                .contains("ADA has approved " + ISSUE + " before");
        for (String stranger : List.of("ada at home", "bob")) {
            assertThat(shell.courant("approve", ISSUE, "--by", stranger)
                            .ending(ExitCode.FAILED)
                            .err())
                    .contains(stranger + " is no editor who may approve");
        }
        assertThat(shell.courant("audit", "--json").ending(ExitCode.DONE).out()).contains("for ada");
        shell.courant("send", ISSUE).ending(ExitCode.FAILED);
        assertThat(mails()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "edit weekly Apples --heading Pears",
                "edit weekly Apples --teaser Sweet.",
                "edit weekly --subject Another",
                "pin weekly Cherries",
                "drop weekly Cherries",
                "assign weekly Apples edge-ai",
                "next weekly"
            })
    void whatIsMadeAnewAfterAChangeIsNotApproved(String change) {
        home.post("two.md", "Plums");
        compose("approval: true");
        String seen = approved(ISSUE);
        home.post("three.md", "Cherries");
        shell.courant("collect", "weekly").ending(ExitCode.DONE);
        shell.courant(change.split(" ", -1)).ending(ExitCode.DONE);
        shell.courant("compose", "weekly", "--again").ending(ExitCode.DONE);
        String anew = ISSUE + "-2";
        shell.courant("send", ISSUE).ending(ExitCode.FAILED);
        shell.courant("send", anew).ending(ExitCode.FAILED);
        shell.courant("run", "weekly").ending(ExitCode.DONE);
        assertThat(shell.courant("approve", anew, "--hash", seen)
                        .ending(ExitCode.FAILED)
                        .err())
                .contains("is not what you saw");
        assertThat(mails()).isZero();
        approved(anew);
        shell.courant("send", anew).ending(ExitCode.DONE);
        assertThat(mails()).isEqualTo(1);
    }

    private String approved(String issue) {
        return shell.courant("approve", issue, "--json")
                .ending(ExitCode.DONE)
                .json()
                .get("hash")
                .asString();
    }

    @Test
    void whatWasApprovedGoesOutWhateverHappensAroundIt() throws IOException {
        compose("approval: true");
        String seen = approved(ISSUE);
        home.post("two.md", "Plums");
        Files.writeString(home.templates().resolve("digest/subject.ftl"), "Nothing like it");
        home.changeJob(TestHome.WEEKLY, "title: Weekly", "title: Fortnightly");
        home.subscribe("bob@example.org");
        Stream.of(
                        "collect weekly",
                        "edit weekly --subject Another",
                        "status weekly",
                        "lint " + ISSUE,
                        "send " + ISSUE + " --dry-run",
                        "pause " + ISSUE,
                        "resume " + ISSUE)
                .forEach(command -> shell.courant(command.split(" ", -1)).ending(ExitCode.DONE));
        assertThat(shell.courant("status", ISSUE, "--json").json().get("state").asString())
                .isEqualTo("approved");
        home.with(session -> assertThat(session.get(Approvals.class)
                        .seal(new IssueId(ISSUE))
                        .orElseThrow()
                        .hash())
                .isEqualTo(seen));
        shell.courant("send", ISSUE).ending(ExitCode.DONE);
        assertThat(home.relay().taken())
                .singleElement()
                .satisfies(mail -> assertThat(mail.content()).contains("Apples").doesNotContain("Nothing like it"));
    }

    @Test
    void sendingBeginsWhenTheGracePeriodIsOver() {
        compose("approval: true\ngrace: 10m");
        assertThat(shell.courant("approve", ISSUE).ending(ExitCode.DONE).err())
                .contains("sending begins at Monday, 23 November 2026, 07:10:00 (Z)", "courant cancel " + ISSUE);
        assertThat(shell.courant("send", ISSUE).ending(ExitCode.DONE).err())
                .contains("sending begins after 2026-11-23T07:10:00Z");
        shell.courant("run", "weekly").ending(ExitCode.DONE);
        assertThat(mails()).isZero();
        home.advance(Duration.ofMinutes(10));
        shell.courant("run", "weekly").ending(ExitCode.DONE);
        assertThat(mails()).isEqualTo(1);
    }

    @Test
    void whatIsCancelledWithinTheGracePeriodIsNotSent() {
        compose("approval: true\ngrace: 10m");
        shell.courant("approve", ISSUE).ending(ExitCode.DONE);
        assertThat(shell.courant("cancel", ISSUE).ending(ExitCode.DONE).err()).contains("nobody got it");
        home.advance(Duration.ofMinutes(11));
        shell.courant("send", ISSUE).ending(ExitCode.FAILED);
        assertThat(mails()).isZero();
    }

    @Test
    void aTimeIsOneOfTheNewslettersClock() {
        compose("approval: true\nzone: Europe/Berlin");
        assertThat(shell.courant("approve", ISSUE, "--at", "yesterday")
                        .ending(ExitCode.FAILED)
                        .err())
                .contains("--at yesterday is no time");
        assertThat(shell.courant("approve", ISSUE, "--at", "2026-11-23T07:59")
                        .ending(ExitCode.FAILED)
                        .err())
                .contains("has passed");
        assertThat(shell.courant("approve", ISSUE, "--at", "07:30", "--json")
                        .ending(ExitCode.DONE)
                        .json()
                        .get("sendAfter")
                        .asString())
                .isEqualTo("2026-11-24T06:30:00Z");
        shell.courant("approve", ISSUE, "--withdraw").ending(ExitCode.DONE);
        assertThat(shell.courant("send", ISSUE).ending(ExitCode.FAILED).err()).contains("awaits approval");
        home.setClock(Instant.parse("2026-11-24T07:00:00Z"));
        assertThat(mails()).isZero();
    }

    @Test
    void whatChangedAfterItsApprovalDoesNotGoOut() throws SQLException {
        compose("approval: true");
        shell.courant("approve", ISSUE).ending(ExitCode.DONE);
        try (Connection connection = home.connect();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("update issue set subject = 'Another'");
        }
        assertThat(shell.courant("send", ISSUE).ending(ExitCode.FAILED).err())
                .contains("is not sent, because it is not what was approved: its subject changed since");
        assertThat(mails()).isZero();
        assertThat(shell.courant("status", ISSUE).out()).contains("awaiting approval");
        shell.courant("approve", ISSUE).ending(ExitCode.DONE);
        shell.courant("send", ISSUE).ending(ExitCode.DONE);
        assertThat(mails()).isEqualTo(1);
    }

    @Test
    void aGracePeriodWithoutAnApprovalIsRefused() {
        home.changeJob(TestHome.WEEKLY, "topics:", "grace: 10m\ntopics:");
        assertThat(shell.courant("compose", "weekly").ending(ExitCode.INVALID).err())
                .contains("weekly.yaml:", "set approval: true, too");
    }
}
