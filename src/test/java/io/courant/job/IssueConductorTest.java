package io.courant.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.TestHome;
import io.courant.delivery.Conductor.Order;
import io.courant.delivery.FrozenIssues;
import io.courant.issue.IssueId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IssueConductorTest {
    private static final IssueId ISSUE = new IssueId("weekly-2026-11-23");

    @TempDir
    private Path folder;

    private TestHome home;
    private final Onlooker onlooker = new Onlooker();
    private final List<String> remarks = new ArrayList<>();
    private Optional<String> quiet = Optional.empty();
    private long nanos;

    @BeforeEach
    void open() {
        home = new TestHome(folder);
        home.subscribe("ada@example.org");
        home.post("one.md", "One");
        home.with(session -> {
            session.get(Runs.class).collect(TestHome.WEEKLY);
            session.get(Runs.class).compose(TestHome.WEEKLY);
        });
        onlooker.listen(remarks::add);
    }

    @AfterEach
    void close() {
        home.close();
    }

    private void conduct(BiConsumer<IssueConductor, FrozenIssues> test) {
        home.with(session -> {
            FrozenIssues issues = session.get(FrozenIssues.class);
            test.accept(
                    new IssueConductor(ISSUE, issues, onlooker, () -> quiet, onlooker::progressed, () -> nanos),
                    issues);
        });
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    @Test
    void whatOtherProcessesSayIsHeardWithinAFifthOfASecond() {
        conduct((conductor, issues) -> {
            assertThat(conductor.order()).isEqualTo(Order.GO);
            issues.pause(ISSUE);
            assertThat(conductor.order()).as("it does not look all the time").isEqualTo(Order.GO);
            pass(Duration.ofMillis(200));
            assertThat(conductor.order()).isEqualTo(Order.PAUSE);
            issues.resume(ISSUE);
            pass(Duration.ofMillis(200));
            assertThat(conductor.order()).isEqualTo(Order.GO);
            issues.stop(ISSUE);
            pass(Duration.ofMillis(200));
            assertThat(conductor.order()).isEqualTo(Order.STOP);
            assertThat(remarks)
                    .satisfiesExactly(
                            paused -> assertThat(paused)
                                    .isEqualTo(ISSUE + " is paused; this process waits until 'courant resume " + ISSUE
                                            + "' lets it go on"),
                            goesOn -> assertThat(goesOn).isEqualTo(ISSUE + " goes on"),
                            stopped -> assertThat(stopped).startsWith(ISSUE + " is stopped"));
        });
    }

    @Test
    void aLongPauseEndsTheProcessForGood() {
        conduct((conductor, issues) -> {
            issues.pause(ISSUE);
            assertThat(conductor.order()).isEqualTo(Order.PAUSE);
            pass(IssueConductor.LONGEST_PAUSE.minusMillis(1));
            assertThat(conductor.order()).isEqualTo(Order.PAUSE);
            pass(Duration.ofMillis(1));
            assertThat(conductor.order()).isEqualTo(Order.STOP);
            issues.resume(ISSUE);
            pass(Duration.ofMillis(200));
            assertThat(conductor.order()).as("it has said that it ends").isEqualTo(Order.STOP);
            assertThat(remarks).last().asString().startsWith(ISSUE + " is still paused after 15 minutes");
        });
    }

    @Test
    void aPauseThatWasResumedDoesNotCountForTheNext() {
        conduct((conductor, issues) -> {
            issues.pause(ISSUE);
            assertThat(conductor.order()).isEqualTo(Order.PAUSE);
            pass(Duration.ofMinutes(10));
            issues.resume(ISSUE);
            assertThat(conductor.order()).isEqualTo(Order.GO);
            issues.pause(ISSUE);
            pass(Duration.ofMinutes(10));
            assertThat(conductor.order()).isEqualTo(Order.PAUSE);
        });
    }

    @Test
    void whoWatchesMayStopAPausedSend() {
        conduct((conductor, issues) -> {
            issues.pause(ISSUE);
            assertThat(conductor.order()).isEqualTo(Order.PAUSE);
            onlooker.requestStop();
            assertThat(conductor.order()).isEqualTo(Order.STOP);
        });
    }

    @Test
    void quietHoursEndASendAndSayWhatGoesOn() {
        conduct((conductor, issues) -> {
            assertThat(conductor.order()).isEqualTo(Order.GO);
            quiet = Optional.of("it is night");
            pass(Duration.ofMillis(200));
            assertThat(conductor.order()).isEqualTo(Order.STOP);
            quiet = Optional.empty();
            pass(Duration.ofMillis(200));
            assertThat(conductor.order()).as("the send has ended").isEqualTo(Order.STOP);
            assertThat(remarks).containsExactly("it is night");
        });
    }
}
