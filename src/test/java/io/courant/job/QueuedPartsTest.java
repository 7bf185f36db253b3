package io.courant.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.courant.TestHome;
import io.courant.cli.Program;
import io.courant.delivery.DeliveryState;
import io.courant.issue.IssueId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;

class QueuedPartsTest {
    @TempDir
    private Path folder;

    private TestHome home;
    private Program.Session session;
    private IssueId issue;
    private StepExecution deliver;
    private final Queue queue = new Queue();
    private Duration patience = Duration.ofSeconds(1);
    private volatile boolean stopped;

    @BeforeEach
    void open() {
        home = new TestHome(folder);
        home.subscribe("ada@example.org", "bob@example.org", "eve@example.org");
        home.post("one.md", "One");
        session = home.open();
        session.get(Runs.class).collect(TestHome.WEEKLY);
        issue = session.get(Runs.class).compose(TestHome.WEEKLY).issue().orElseThrow();
        JobRepository repository = session.get(JobRepository.class);
        JobParameters parameters =
                new JobParametersBuilder().addString(Run.ISSUE, issue.value()).toJobParameters();
        JobExecution execution = repository.createJobExecution(
                repository.createJobInstance(SendJob.NAME, parameters), parameters, new ExecutionContext());
        deliver = repository.createStepExecution("deliver", execution);
    }

    @AfterEach
    void close() {
        session.close();
        home.close();
    }

    /** A broker as a test wants it. */
    private static final class Queue implements PartQueue {
        private final List<Long> waiting = new ArrayList<>();
        private volatile boolean away;
        private int puts;

        private void answer() {
            if (away) {
                throw new BrokerException("broker q.example.org:61616: cannot be used", new IllegalStateException());
            }
        }

        @Override
        public void put(long jobExecution, Collection<Long> parts) {
            answer();
            waiting.addAll(parts);
            puts++;
        }

        @Override
        public long waiting() {
            answer();
            return waiting.size();
        }

        @Override
        public long takers() {
            throw new UnsupportedOperationException();
        }

        @Override
        public long dead() {
            answer();
            return 0;
        }

        @Override
        public Set<Long> dead(long jobExecution) {
            answer();
            return Set.of();
        }

        @Override
        public int requeue() {
            throw new UnsupportedOperationException();
        }

        @Override
        public String name() {
            return "q.example.org:61616";
        }
    }

    private Collection<StepExecution> handle(Consumer<StepExecution> meanwhile) throws InterruptedException {
        Parts parts = session.get(Parts.class);
        return new QueuedParts(queue, session.get(JobRepository.class), meanwhile, () -> stopped, patience)
                .done(deliver, parts.split(deliver, Duration.ofSeconds(5)));
    }

    private void work() {
        for (long part : List.copyOf(queue.waiting)) {
            try {
                session.get(PartWork.class).work(part, () -> true);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            queue.waiting.remove(part);
        }
    }

    @Test
    void aBrokerThatStaysAwayIsGivenUpInWordsAndWithoutItTheIssueIsSent() throws InterruptedException {
        assertThatThrownBy(() -> handle(step -> queue.away = true))
                .isInstanceOf(BrokerException.class)
                .hasMessageStartingWith("broker q.example.org:61616: cannot be used")
                .hasMessageContaining("It has been away for 1 s");
        session.get(Runs.class).send(issue);
        assertThat(TestHome.account(session, issue).of(DeliveryState.ACCEPTED)).isEqualTo(3);
    }

    @Test
    void whoIsToldToStopDoesNotWaitForABrokerThatIsAway() {
        patience = Duration.ofMinutes(10);
        assertThatThrownBy(() -> handle(step -> {
                    queue.away = true;
                    stopped = true;
                }))
                .isInstanceOf(BrokerException.class)
                .hasMessageContaining("It has been away for");
    }

    @Test
    void aBrokerThatComesBackInTimeIsGoneOnWith() throws InterruptedException {
        Thread back = new Thread(() -> {
            try {
                Thread.sleep(patience.toMillis() / 2);
                queue.away = false;
            } catch (InterruptedException e) {
                // the test is over
            }
        });
        queue.away = true;
        back.start();
        assertThat(handle(step -> work())).hasSize(1);
        assertThat(home.relay().taken()).hasSize(3);
    }

    @Test
    void whatABrokerHasLostIsPutInAgain() throws InterruptedException {
        assertThat(handle(step -> {
                    if (queue.puts == 1) {
                        queue.waiting.clear();
                    } else {
                        work();
                    }
                }))
                .hasSize(1);
        assertThat(queue.puts).isEqualTo(2);
        assertThat(home.relay().taken()).hasSize(3);
    }

    @Test
    void aRunThatAnotherProcessHasTakenOverDoesNotWaitForItsParts() {
        assertThatThrownBy(() -> handle(step -> session.get(JobOperator.class).recover(deliver.getJobExecution())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("another process has taken over");
        assertThat(queue.puts).isEqualTo(1);
    }
}
