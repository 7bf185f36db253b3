package io.courant.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.TestHome;
import io.courant.cli.Shell;
import io.courant.cluster.TestBroker;
import io.courant.editor.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.htmlunit.WebClient;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerPagesTest {
    private static final String AGAIN = "Give what was set aside another chance";

    @TempDir
    private Path folder;

    private TestHome home;

    @BeforeEach
    void prepare() {
        home = new TestHome(folder);
        home.setClock(Instant.now()); // a lease lasts by the clock of the database
        home.subscribe("ada@example.org");
        home.post("one.md", "Hospitals");
        new Shell(home).courant("run", TestHome.WEEKLY).ending(0);
    }

    @AfterEach
    void close() {
        home.close();
    }

    @Test
    void withoutABrokerThePageSaysThatOneMachineSends() {
        try (TestDesk desk = new TestDesk(home)) {
            desk.editor("ada", Role.READER);
            try (WebClient browser = desk.signedIn("ada")) {
                assertThat(desk.open(browser, "/").asNormalizedText()).doesNotContain("Workers");
                assertThat(desk.open(browser, "/workers").asNormalizedText())
                        .contains("sends from one machine", "Nobody delivers anything now");
            }
        }
    }

    @Test
    void whoDeliversIsShownAndWhatWasSetAsideGetsAnotherChance() throws Exception {
        Instant now = home.now();
        home.lease("mail1/42", 3_000, now.minusSeconds(100), now.plusSeconds(90));
        home.lease("mail2/43", 7, now.minusSeconds(9_000), now.minusSeconds(3_600));
        try (TestBroker broker = new TestBroker(folder.resolve("broker"))) {
            broker.setAside(1);
            home.broker(broker.address());
            try (TestDesk desk = new TestDesk(home)) {
                desk.editor("eve", Role.EDITOR);
                desk.editor("ada", Role.PUBLISHER);
                try (WebClient browser = desk.signedIn("eve")) {
                    assertThat(desk.open(browser, "/workers").asNormalizedText())
                            .contains("mail1/42", "1 to 500", "3,000", "30", "at work", "90 seconds left")
                            .contains("mail2/43", "cut off")
                            .contains("Parts are set aside when")
                            .doesNotContain(AGAIN);
                }
                try (WebClient browser = desk.signedIn("ada")) {
                    HtmlPage page =
                            desk.open(browser, "/").getAnchorByText("Workers").click();
                    assertThat(TestDesk.press(page, AGAIN).asNormalizedText())
                            .contains("1 part put in again")
                            .doesNotContain(AGAIN);
                    assertThat(desk.open(browser, "/audit").asNormalizedText()).contains("parts requeue");
                }
            }
        }
    }

    @Test
    void aBrokerThatIsAwayIsToldAndHidesNobody() throws IOException {
        home.lease("mail1/42", 3, home.now().minusSeconds(10), home.now().plusSeconds(90));
        home.broker(TestBroker.nobodyAt());
        try (TestDesk desk = new TestDesk(home)) {
            desk.editor("ada", Role.READER);
            try (WebClient browser = desk.signedIn("ada")) {
                assertThat(desk.open(browser, "/workers").asNormalizedText())
                        .contains("The broker does not answer", "mail1/42");
            }
        }
    }
}
