package io.courant.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.TestHome;
import io.courant.audience.EmailAddress;
import io.courant.audience.Form;
import io.courant.audience.Frequency;
import io.courant.audience.Preferences;
import io.courant.audience.Readers;
import io.courant.audience.Subscribers;
import io.courant.delivery.FrozenIssues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An issue of hundreds of editions, which workers print together. */
class SharedPressTest {
    private static final int TOPICS = 8;
    private static final int READERS = 1 << TOPICS; // each wants other topics, and the first all of them
    private static final Pattern PRINTED = Pattern.compile("press run=\\d+ printed=(\\d+)");

    @TempDir
    private Path folder;

    private Installation installation() throws IOException {
        Installation all = new Installation(folder, READERS, READERS, "{retry: \"1s,2s\", expiry: 3d}");
        StringBuilder topics = new StringBuilder("topics:\n");
        for (int i = 0; i < TOPICS; i++) {
            topics.append("  - {id: t%d, title: T%d, seeds: {magnetic compass%d: 3}}\n".formatted(i, i, i));
            Files.writeString(
                    all.jobs().resolve("notes").resolve("t" + i + ".md"),
                    "# Compass %d\n\nA magnetic compass%d shows where north is.\n".formatted(i, i));
        }
        Path job = all.jobs().resolve(TestHome.WEEKLY + ".yaml");
        Files.writeString(job, Files.readString(job).replace("topics:\n", "quotas: {items: 20}\n" + topics));
        all.in(session -> {
            for (int i = 0; i < READERS; i++) {
                int wanted = i;
                Set<String> chosen = IntStream.range(0, TOPICS)
                        .filter(topic -> (wanted >> topic & 1) == 1)
                        .mapToObj(topic -> "t" + topic)
                        .collect(Collectors.toSet());
                long reader = session.get(Subscribers.class)
                        .find(new EmailAddress("reader%06d@example.org".formatted(i)))
                        .orElseThrow()
                        .id();
                session.get(Readers.class)
                        .choose(
                                TestHome.WEEKLY,
                                reader,
                                new Preferences(
                                        chosen,
                                        Frequency.EACH,
                                        null,
                                        null,
                                        null,
                                        i % 2 == 0 ? Form.HTML : Form.TEXT,
                                        null),
                                Instant.now());
            }
            return null;
        });
        return all;
    }

    @Test
    void workersPrintIt() throws IOException, InterruptedException {
        try (Installation all = installation()) {
            all.startBroker();
            all.startWorker("worker1");
            all.startWorker("worker2");
            all.startManager();
            all.process("manager").waitFor();
            all.runToTheEnd();
            all.everybodyGotItAndEverySecondCopyIsExplained();
            assertThat(editions(all)).isEqualTo(READERS);
            assertThat(printed(all, "worker1") + printed(all, "worker2"))
                    .as("all but those that the manager looks at: the whole, and one in each form")
                    .isEqualTo(READERS - 2);
        }
    }

    @Test
    void oneWithOtherTemplatesPrintsNothingAndSaysWhatToDo() throws IOException, InterruptedException {
        try (Installation all = installation()) {
            Path template = all.templates("stranger").resolve("digest/text.ftl");
            Files.writeString(template, Files.readString(template) + "So long.\n");
            all.startBroker();
            all.startWorker("stranger");
            all.startManager();
            all.process("manager").waitFor();
            all.runToTheEnd();
            all.everybodyGotItAndEverySecondCopyIsExplained();
            assertThat(all.said("stranger"))
                    .contains("otherwise than the machine that makes the issue", "give it the same", "'templates'");
            assertThat(printed(all, "stranger")).isZero();
            assertThat(editions(all)).as("the manager has printed them").isEqualTo(READERS);
            assertThat(all.setAside()).isZero();
        }
    }

    @Test
    void whenNobodyElsePrintsTheManagerDoes() throws IOException, InterruptedException {
        try (Installation all = installation()) {
            all.startBroker();
            all.startManager();
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> all.said("manager").contains("this machine prints the rest: no other does"));
            all.startWorker("worker1");
            all.process("manager").waitFor();
            all.runToTheEnd();
            all.everybodyGotItAndEverySecondCopyIsExplained();
            assertThat(editions(all)).isEqualTo(READERS);
            assertThat(printed(all, "worker1")).isZero();
            assertThat(all.setAside()).isZero();
        }
    }

    private static int editions(Installation all) {
        return all.in(session -> session.get(FrozenIssues.class)
                .find(all.onlyIssue())
                .orElseThrow()
                .variants()
                .size());
    }

    private static int printed(Installation all, String name) throws IOException {
        return PRINTED.matcher(all.said(name))
                .results()
                .mapToInt(found -> Integer.parseInt(found.group(1)))
                .sum();
    }
}
