package io.courant;

import io.courant.audience.EmailAddress;
import io.courant.audience.Subscriber;
import io.courant.audience.Subscribers;
import io.courant.audience.Subscribers.NewSubscriber;
import io.courant.cli.Settings;
import io.courant.delivery.FrozenIssue;
import io.courant.delivery.FrozenIssues;
import io.courant.delivery.Press;
import io.courant.delivery.PressRun;
import io.courant.delivery.TokenSigner;
import io.courant.issue.IssueId;
import io.courant.issue.Newsletter;
import io.courant.job.JobFolder;
import io.courant.job.Runs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What it takes to give each of many readers what they chose: 40 topics, four frequencies, four languages, two forms.
 * Three in five readers chose topics, out of as many combinations as are asked for; the others get all. Planning is timed
 * apart from printing: the one goes with the number of readers, the other with that of editions.
 */
public final class Choices {
    private static final int TOPICS = 40;
    private static final Instant NOW = Instant.parse("2026-11-23T06:00:00Z");
    private static final List<String> FREQUENCIES = List.of("EACH", "DAILY", "WEEKLY", "MONTHLY");

    private static final Random GIBBERISH = new Random(11);

    private Choices() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        int readers = Integer.parseInt(arguments[1]);
        int combinations = Integer.parseInt(arguments[2]);
        int issues = Integer.parseInt(arguments[3]); // from the second on it must be known who has what
        write(folder);
        publish(folder, 1);
        Settings settings = new Settings(
                folder.resolve("home"), folder.resolve("jobs"), Path.of("templates"), Map.of(), Map.of(), false, new Settings.Log(false, false));
        AtomicReference<Instant> clock = new AtomicReference<>(NOW);
        InstantSource now = clock::get;
        try (HomeSession session = new HomeSession(settings, now)) {
            subscribe(session, readers, combinations);
            for (int day = 1; day <= issues; day++) {
                run(session, day, readers, combinations, clock.get());
                clock.set(clock.get().plus(Duration.ofDays(1)));
                publish(folder, day + 1);
            }
        }
    }

    private static void write(Path folder) throws Exception {
        Files.createDirectories(folder.resolve("jobs/posts"));
        Files.createDirectories(folder.resolve("home"));
        StringBuilder topics = new StringBuilder();
        for (int topic = 0; topic < TOPICS; topic++) {
            topics.append("  - {id: t%d, title: Topic %d, seeds: {%s: 3}}\n".formatted(topic, topic, word(topic)));
        }
        Files.writeString(folder.resolve("jobs/choices.yaml"), """
                title: Choices
                from: Choices <choices@news.example.org>
                postal-address: 1 Harbour Street, Exampletown
                home: https://news.example.org
                template: digest
                quotas: {per-topic: 2, items: 80, brief: 0}
                relay: {host: 127.0.0.1, port: 1, tls: none}
                sources:
                  - {name: Posts, folder: posts}
                topics:
                """ + topics);
    }

    /** Words that no other post has, so that none is taken for another's story. */
    private static String gibberish(int words) {
        return IntStream.range(0, words)
                .mapToObj(i -> GIBBERISH.ints(6, 'a', 'z').mapToObj(Character::toString).collect(Collectors.joining())
                        + (i % 12 == 11 ? "." : ""))
                .collect(Collectors.joining(" "));
    }

    private static void publish(Path folder, int day) throws Exception {
        for (int topic = 0; topic < TOPICS; topic++) {
            for (int post = 0; post < 2; post++) {
                Files.writeString(
                        folder.resolve("jobs/posts/" + day + "-" + topic + "-" + post + ".md"),
                        "# %s and %s\n\nAll of %s. %s\n"
                                .formatted(word(topic), gibberish(2), word(topic), gibberish(60)));
            }
        }
    }

    private static String word(int topic) {
        return "word" + (char) ('a' + topic / 26) + (char) ('a' + topic % 26);
    }

    private static void subscribe(HomeSession session, int readers, int combinations) {
        Subscribers subscribers = session.get(Subscribers.class);
        List<NewSubscriber> group = new ArrayList<>();
        for (int i = 1; i <= readers; i++) {
            group.add(new NewSubscriber(
                    new EmailAddress("reader" + i + "@example.org"), "", Subscriber.State.ACTIVE, List.of(), NOW));
            if (group.size() == 1_000 || i == readers) {
                subscribers.merge(group);
                group.clear();
            }
        }
        Random random = new Random(7);
        List<String> choices = IntStream.range(0, combinations)
                .mapToObj(i -> random.ints(1 + random.nextInt(8), 0, TOPICS)
                        .mapToObj(topic -> "\"t" + topic + "\"")
                        .collect(Collectors.toCollection(TreeSet::new))
                        .toString())
                .toList();
        JdbcClient sql = session.get(JdbcClient.class);
        session.get(TransactionTemplate.class).executeWithoutResult(status -> {
            for (int i = 1; i <= readers; i++) {
                sql.sql("insert into reader (newsletter, subscriber_id, topics, frequency, hour) values"
                                + " ('choices', ?, ?, ?, ?)")
                        .param(i)
                        .param(i % 5 < 3 ? choices.get(i % combinations) : "[]")
                        .param(FREQUENCIES.get(i / 5 % 4))
                        .param(i % 3 == 0 ? (Integer) (i % 24) : null)
                        .update();
            }
            sql.sql("update subscriber set form = 'TEXT' where id % 20 = 0").update();
            sql.sql("update subscriber set language = 'de' where id % 16 = 1").update();
        });
    }

    private static void run(HomeSession session, int day, int readers, int combinations, Instant now)
            throws Exception {
        Newsletter newsletter = session.get(JobFolder.class).load("choices").newsletter();
        Runs runs = session.get(Runs.class);
        runs.collect("choices");
        Press press = session.get(Press.class);
        Press.Proof.Printed proof = (Press.Proof.Printed) press.proof(newsletter, now);
        PressRun run = press.run(press.forme(newsletter, proof, false), session.get(TokenSigner.class));
        long start = System.nanoTime();
        session.get(FrozenIssues.class).survey(newsletter, run.editions());
        double surveyed = seconds(start);
        int editions = run.editions().all().size();
        start = System.nanoTime();
        IssueId issue = runs.compose("choices").issue().orElseThrow();
        double composed = seconds(start);
        FrozenIssue frozen = session.get(FrozenIssues.class).find(issue).orElseThrow();
        long bytes = session.get(JdbcClient.class)
                .sql("select sum(length(bytes)) from message")
                .query(Long.class)
                .single();
        System.out.printf(
                "issue %d: %,d readers, %,d combinations of %d topics: %,d editions, %,d mails%n",
                day, readers, combinations, TOPICS, frozen.variants().size(), frozen.candidates());
        System.out.printf("finding out who gets which edition  %.1f s (%,d editions)%n", surveyed, editions);
        System.out.printf(
                "composing, printing, freezing       %.1f s, %.1f ms an edition%n",
                composed, 1_000 * (composed - 2 * surveyed) / frozen.variants().size());
        System.out.printf("messages in the database            %,d KB%n", bytes >> 10);
        System.out.printf("memory at the most                  %s%n", peak());
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    /** Of the process, as Linux counts it. */
    private static String peak() throws Exception {
        Path status = Path.of("/proc/self/status");
        return Files.exists(status)
                ? Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("VmHWM"))
                        .findFirst()
                        .orElse("unknown")
                        .replaceAll("VmHWM:\\s*", "")
                : "unknown";
    }
}
