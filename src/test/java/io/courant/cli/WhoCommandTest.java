package io.courant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.TestHome;
import io.courant.audience.EmailAddress;
import io.courant.audience.Form;
import io.courant.audience.Frequency;
import io.courant.audience.Preferences;
import io.courant.audience.Readers;
import io.courant.audience.Subscribers;
import io.courant.lab.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class WhoCommandTest {
    @TempDir
    private Path folder;

    private TestHome home;
    private Shell shell;

    @BeforeEach
    void open() {
        home = new TestHome(folder);
        shell = new Shell(home);
        home.post("one.md", "One");
        home.changeJob(TestHome.WEEKLY, "template: digest", "template: digest\npace: {connections: 1}");
    }

    @AfterEach
    void close() {
        home.close();
    }

    private JsonNode who(String... options) {
        String[] command = new String[options.length + 3];
        command[0] = "who";
        command[1] = "weekly";
        command[2] = "--json";
        System.arraycopy(options, 0, command, 3, options.length);
        return shell.courant(command).ending(ExitCode.DONE).json();
    }

    @Test
    void everyDeliveryIsListedWithItsReason() {
        home.subscribe("ada@example.org", "bob@example.org", "eve@example.org");
        home.relay().onRecipient("bob@example.org", "550 5.1.1 no such mailbox");
        home.relay().onRecipient("eve@example.org", "450 4.2.1 busy");
        shell.courant("run", "weekly").ending(ExitCode.PARTLY_SENT);
        assertThat(shell.courant("who", "weekly").ending(ExitCode.DONE).out().lines())
                .containsExactly(
                        "ada@example.org                          accepted    1",
                        "bob@example.org                          rejected    1  refused: 550 5.1.1 no such mailbox",
                        "eve@example.org                          deferred    1  deferred once: 450 4.2.1 busy");
        JsonNode rejected = who("--state", "Rejected");
        assertThat(rejected).hasSize(1);
        JsonNode bob = rejected.get(0);
        assertThat(bob.propertyNames())
                .containsExactly("address", "messageId", "state", "attempts", "inDoubt", "due", "reason");
        assertThat(bob.get("address").asString()).isEqualTo("bob@example.org");
        assertThat(bob.get("messageId").asString()).matches("weekly-2026-11-23\\.[a-z2-7]{16}@news\\.example\\.org");
        assertThat(bob.get("state").asString()).isEqualTo("rejected");
        assertThat(bob.get("inDoubt").asInt()).isZero();
        assertThat(bob.get("attempts").get(0).propertyNames()).containsExactly("at", "phase", "reply", "outcome");
        assertThat(bob.get("attempts").get(0).get("at").asString()).isEqualTo("2026-11-23T07:00:00Z");
        assertThat(bob.get("attempts").get(0).get("phase").asString()).isEqualTo("rcpt");
        assertThat(bob.get("attempts").get(0).get("outcome").asString()).isEqualTo("rejected");
        JsonNode ada = who("--state", "accepted").get(0);
        assertThat(ada.get("reason").isNull()).isTrue();
        assertThat(home.relay().taken().get(0).content())
                .contains("Message-ID: <" + ada.get("messageId").asString() + ">");
        assertThat(who("--state", "expired")).isEmpty();
    }

    @Test
    void whoWasInDoubtIsListedAfterItWasSentAgain() {
        home.subscribe("ada@example.org", "bob@example.org");
        home.relay().on(Step.DOT, "take-and-drop");
        shell.courant("run", "weekly").ending(ExitCode.PARTLY_SENT);
        assertThat(who("--state", "in-doubt").get(0).get("state").asString()).isEqualTo("inDoubt");
        home.advance(Duration.ofMinutes(16));
        shell.courant("run", "weekly").ending(ExitCode.DONE);
        JsonNode doubtful = who("--state", "IN_DOUBT");
        assertThat(doubtful).hasSize(1);
        assertThat(doubtful.get(0).get("state").asString()).isEqualTo("accepted");
        assertThat(doubtful.get(0).get("inDoubt").asInt()).isEqualTo(1);
        assertThat(doubtful.get(0).get("reason").asString())
                .startsWith("in doubt once: ")
                .endsWith("; taken at a later attempt, so a second copy is possible");
    }

    @Test
    void whoWaitsForTheHourThatTheyChoseIsListedWithIt() {
        home.changeJob(TestHome.WEEKLY, "template: digest", "zone: Europe/Berlin\ntemplate: digest");
        home.subscribe("ada@example.org");
        home.with(session -> session.get(Readers.class)
                .choose(
                        TestHome.WEEKLY,
                        session.get(Subscribers.class)
                                .find(new EmailAddress("ada@example.org"))
                                .orElseThrow()
                                .id(),
                        new Preferences(Set.of(), Frequency.EACH, 18, null, null, Form.HTML, null),
                        home.now()));
        shell.courant("run", "weekly").ending(ExitCode.DONE);
        assertThat(shell.courant("who", "weekly").ending(ExitCode.DONE).out())
                .contains("waits for the hour that its reader chose, until 2026-11-23 18:00 (Europe/Berlin)");
        assertThat(who().get(0).get("due").asString()).isEqualTo("2026-11-23T17:00:00Z");
    }

    @Test
    void aStateThatDoesNotExistIsRefusedWithASuggestion() {
        assertThat(shell.courant("who", "weekly", "--state", "acepted")
                        .ending(ExitCode.USAGE)
                        .err())
                .contains("no state 'acepted' (did you mean 'accepted'?); there are ready, sending, accepted, deferred,"
                        + " rejected, in-doubt, expired, cancelled, suppressed");
    }
}
