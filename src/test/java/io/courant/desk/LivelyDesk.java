package io.courant.desk;

import io.courant.audience.EmailAddress;
import io.courant.audience.Subscribers;
import io.courant.cli.Shell;
import io.courant.delivery.FrozenIssues;
import io.courant.editor.Role;
import io.courant.issue.IssueId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * A desk where much has happened: the shipped newsletter with an issue that was refused for some, one that waits for
 * approval and one that waits for its hour; a newsletter that has nothing to say, a source that fails, and a job file with
 * a mistake.
 */
final class LivelyDesk implements AutoCloseable {
    private static final String NEWSLETTER = "deep-learning";
    private static final String REFUSED = "reader010@example.org";
    private static final int READERS = 60;

    private final TestDesk desk;
    private final Path folder;
    private final IssueId sent;
    private final IssueId counting;
    private final IssueId waiting;

    LivelyDesk(Path folder) throws IOException {
        this.folder = folder;
        desk = new TestDesk(folder);
        FileSystemUtils.copyRecursively(Path.of("jobs"), desk.home().jobs());
        String relay = "relay: {host: 127.0.0.1, port: " + desk.home().relay().port() + ", tls: none}";
        desk.home().changeJob(NEWSLETTER, "relay: {host: localhost, port: 25, tls: none}", relay);
        desk.home().changeJob(NEWSLETTER, "approval: false", "approval: true");
        desk.home().changeJob(NEWSLETTER, "  tags: [deep-learning]", "  tags: []");
        desk.home()
                .changeJob(
                        NEWSLETTER,
                        "sources:",
                        "sources:\n  - name: Compiler Gazette\n    feed: http://127.0.0.1:9/compiler-gazette.atom");
        desk.home()
                .changeJob(
                        TestDesk.NEWSLETTER,
                        "template: digest",
                        "template: digest\napproval: true\nzone: Europe/Berlin");
        desk.home().job("monthly", """
                title: The Month in Robotics
                from: Robotics <robotics@news.example.org>
                postal-address: 1 Harbour Street, Exampletown
                home: https://news.example.org
                template: letter
                cron: "0 0 9 1 * *"
                relay: {host: 127.0.0.1, port: %d, tls: none}
                sources:
                  - name: Robot Notes
                    folder: notes
                    look-back: 1d
                topics:
                  - id: grippers
                    title: Grippers
                    seeds: {soft gripper: 3}
                """.formatted(desk.home().relay().port()));
        desk.home().job("draft-of-a-job", "title: Not finished\ntemplat: digest\n");
        people();
        hide("2026-09", "2026-10", "2026-11");
        sent = made(NEWSLETTER, "2026-08-31T05:00:00Z");
        refuseSome();
        shell("approve", sent.value());
        shell("send", NEWSLETTER);
        desk.home().post("one.md", "Hospitals");
        counting = made(TestDesk.NEWSLETTER, "2026-11-20T07:00:00Z");
        shell("approve", counting.value(), "--at", "2026-11-23T11:00");
        publish("2026-09", "2026-10");
        waiting = made(NEWSLETTER, "2026-11-09T06:00:00Z");
        publish("2026-11");
        desk.home().setClock(Instant.parse("2026-11-23T09:30:00Z"));
        shell("collect", NEWSLETTER);
        Files.writeString(list(), """
                email,name,tags
                ada@example.org,Ada,deep-learning
                reader001@example.org,Reader,
                nobody,No Address,
                new@example.org,Somebody New,"deep-learning,robotics"
                """);
    }

    /** Takes the posts of these months away, until they are published. */
    private void hide(String... months) throws IOException {
        move(desk.home().jobs().resolve("samples"), folder.resolve("later"), months);
    }

    private void publish(String... months) throws IOException {
        move(folder.resolve("later"), desk.home().jobs().resolve("samples"), months);
    }

    private static void move(Path from, Path to, String... months) throws IOException {
        List<Path> posts;
        try (Stream<Path> all = Files.walk(from)) {
            posts = all.filter(file ->
                            Stream.of(months).anyMatch(file.getFileName().toString()::startsWith))
                    .toList();
        }
        for (Path post : posts) {
            Path there = to.resolve(from.relativize(post));
            Files.createDirectories(there.getParent());
            Files.move(post, there);
        }
    }

    private void people() {
        desk.home()
                .subscribe(IntStream.range(0, READERS)
                        .mapToObj("reader%03d@example.org"::formatted)
                        .toArray(String[]::new));
        shell("subscribers", "suppress", "reader050@example.org", "--reason", "asked for by telephone");
        desk.editor("grace", Role.OWNER);
        desk.editor("ada.lovelace", Role.PUBLISHER);
        desk.editor("alan", Role.READER);
    }

    private void refuseSome() {
        desk.home().relay().onRecipient(REFUSED, "550 5.1.1 no such user here");
        desk.home().relay().onRecipient("reader011@example.org", "550 5.1.1 no such user here");
        desk.home()
                .relay()
                .onRecipient("reader012@example.org", "554 5.7.1 message looks like bulk mail; see our policy");
    }

    private void shell(String... line) {
        new Shell(desk.home()).courant(line).ending(0);
    }

    private IssueId made(String newsletter, String at) {
        desk.home().setClock(Instant.parse(at));
        shell("collect", newsletter);
        shell("compose", newsletter);
        return desk.get(FrozenIssues.class).latest(newsletter).orElseThrow().id();
    }

    TestDesk desk() {
        return desk;
    }

    IssueId sent() {
        return sent;
    }

    IssueId counting() {
        return counting;
    }

    IssueId waiting() {
        return waiting;
    }

    /** The id of a subscriber whose mail was refused. */
    long refused() {
        return desk.get(Subscribers.class)
                .find(new EmailAddress(REFUSED))
                .orElseThrow()
                .id();
    }

    /** A list with old and new subscribers, and a line that is wrong. */
    Path list() {
        return folder.resolve("list.csv");
    }

    @Override
    public void close() {
        desk.close();
    }
}
