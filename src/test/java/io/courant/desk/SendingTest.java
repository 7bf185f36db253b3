package io.courant.desk;

import static io.courant.desk.TestDesk.press;
import static org.assertj.core.api.Assertions.assertThat;

import io.courant.cli.Shell;
import io.courant.delivery.DeliveryState;
import io.courant.delivery.FrozenIssue;
import io.courant.delivery.FrozenIssues;
import io.courant.editor.Role;
import io.courant.issue.IssueId;
import io.courant.job.HomeLock;
import io.courant.lab.Step;
import io.courant.report.Account;
import io.courant.report.Reporter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.htmlunit.WebClient;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A send from the desk to a slow relay. */
class SendingTest {
    private static final int READERS = 300;
    private static final int CONNECTIONS = 2;

    @TempDir
    private Path folder;

    private TestDesk desk;
    private IssueId issue;

    @BeforeEach
    void open() {
        desk = new TestDesk(folder);
        desk.home()
                .subscribe(IntStream.range(0, READERS)
                        .mapToObj("reader%03d@example.org"::formatted)
                        .toArray(String[]::new));
        desk.home().post("one.md", "Hospitals");
        desk.home()
                .changeJob(
                        TestDesk.NEWSLETTER,
                        "template: digest",
                        "template: digest\npace: {connections: " + CONNECTIONS + "}");
        desk.home().relay().always(Step.DOT, "delay 40ms");
        desk.editor("grace", Role.PUBLISHER);
        new Shell(desk.home()).courant("collect", TestDesk.NEWSLETTER).ending(0);
        new Shell(desk.home()).courant("compose", TestDesk.NEWSLETTER).ending(0);
        issue = desk.get(FrozenIssues.class)
                .latest(TestDesk.NEWSLETTER)
                .orElseThrow()
                .id();
    }

    @AfterEach
    void close() {
        desk.close();
    }

    private Account account() {
        return desk.get(Reporter.class).report(issue).orElseThrow().deliveries();
    }

    private int taken() {
        return desk.home().relay().taken().size();
    }

    private void awaitTaken(int atLeast) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> taken() >= atLeast);
    }

    private void awaitNobody() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> HomeLock.holder(desk.home().home()).isEmpty());
    }

    @Test
    void stoppedAtFullSpeedNoMoreThanWhatWasInFlightGoesOutAndAllIsWrittenDown() {
        try (WebClient browser = desk.signedIn("grace")) {
            press(desk.open(browser, "/i/" + issue), "Send now");
            awaitTaken(20);
            HtmlPage page = press(desk.open(browser, "/i/" + issue), "Stop");
            assertThat(page.asNormalizedText()).contains("stopped", "Stopped. Nothing is with a relay any more.");
            int after = taken();
            awaitNobody();
            assertThat(taken()).isEqualTo(after).isLessThan(READERS);
            assertThat(account().of(DeliveryState.ACCEPTED)).isEqualTo(after);
            assertThat(account().of(DeliveryState.SENDING)).isZero();
            assertThat(account().of(DeliveryState.READY)).isEqualTo(READERS - after);
            press(page, "Go on");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(90))
                    .until(() -> desk.get(FrozenIssues.class)
                            .state(issue)
                            .orElseThrow()
                            .isOver());
        }
        assertThat(desk.home().relay().taken())
                .extracting(mail -> mail.recipient())
                .hasSize(READERS)
                .doesNotHaveDuplicates();
    }

    @Test
    void aPageIsToldHowTheSendGetsOnAndWhenItTurns() {
        try (WebClient browser = desk.signedIn("grace")) {
            String session = browser.getCookieManager().getCookie("JSESSIONID").getValue();
            HttpRequest events = HttpRequest.newBuilder(URI.create(desk.url("/i/" + issue + "/events")))
                    .header("Cookie", "JSESSIONID=" + session)
                    .build();
            press(desk.open(browser, "/i/" + issue), "Send now");
            List<String> lines = new ArrayList<>();
            HttpResponse<InputStream> answer =
                    HttpClient.newHttpClient().send(events, HttpResponse.BodyHandlers.ofInputStream());
            assertThat(answer.headers().firstValue("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
            try (BufferedReader stream =
                    new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
                for (String line = stream.readLine(); line != null; line = stream.readLine()) {
                    lines.add(line);
                    if (lines.size() == 2) {
                        press(desk.open(browser, "/i/" + issue), "Stop");
                    }
                }
            }
            assertThat(lines).contains("event:progress", "event:turn", "data:" + FrozenIssue.State.STOPPED);
            assertThat(lines.get(1)).startsWith("data:{").contains("\"candidates\":" + READERS, "\"sending\":");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatIsLetGoOnGoesOutAlthoughSomebodyElseUsedTheFolderJustThen() {
        desk.get(FrozenIssues.class).stop(issue);
        try (WebClient browser = desk.signedIn("grace")) {
            HtmlPage page = HomeLock.holding(
                    desk.home().home(), "testing", () -> press(desk.open(browser, "/i/" + issue), "Go on"));
            assertThat(page.asNormalizedText()).contains("It goes on.");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(90))
                    .until(() -> desk.get(FrozenIssues.class)
                            .state(issue)
                            .orElseThrow()
                            .isOver());
        }
    }
}
