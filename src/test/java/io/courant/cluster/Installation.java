package io.courant.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.Courant;
import io.courant.RealTime;
import io.courant.TestHome;
import io.courant.audience.EmailAddress;
import io.courant.audience.Subscriber;
import io.courant.audience.Subscribers;
import io.courant.audience.Subscribers.NewSubscriber;
import io.courant.cli.Program;
import io.courant.cli.Settings;
import io.courant.delivery.DeliveryState;
import io.courant.delivery.FrozenIssue;
import io.courant.delivery.FrozenIssues;
import io.courant.delivery.Ledger;
import io.courant.delivery.TokenKeys;
import io.courant.delivery.TokenSigner;
import io.courant.faults.Cable;
import io.courant.issue.IssueId;
import io.courant.job.BrokerAddress;
import io.courant.job.InForce;
import io.courant.lab.Audit;
import io.courant.lab.FakeRelay;
import io.courant.lab.RelayLog;
import io.courant.report.Account;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.springframework.util.FileSystemUtils;

/**
 * An installation of several machines, each a process with a home folder of its own: PostgreSQL, a broker, a manager
 * and workers, all real, and all of which may be killed. The relay keeps the log that an audit asks for.
 */
final class Installation implements AutoCloseable {
    private static final int RUNS = 400;
    private static final int GROUP = 5_000;
    private static final String PASSWORD = "between ourselves";

    private final Path root;
    private final String host;
    private final PostgresProcess postgres;
    private final BrokerAddress broker;
    private final FakeRelay relay = new FakeRelay();
    private final int subscribers;
    private boolean hasBroker = true;
    private final Map<String, Process> processes = new HashMap<>();
    private final Map<String, Map<Server, Cable>> cables = new HashMap<>();

    private final Map<String, List<String>> places = new HashMap<>();

    /** Who is called by others. */
    enum Server {
        BROKER,
        POSTGRES,
        RELAY
    }

    Installation(Path root, int subscribers, String delivery) throws IOException {
        this(root, subscribers, Math.max(100, subscribers / 40), delivery);
    }

    /** @param part how many deliveries a part has at most */
    Installation(Path root, int subscribers, int part, String delivery) throws IOException {
        this(root, subscribers, part, delivery, "127.0.0.1");
    }

    /** @param host where the servers are, for those who are not on this machine */
    Installation(Path root, int subscribers, int part, String delivery, String host) throws IOException {
        this.root = root;
        this.host = host;
        this.subscribers = subscribers;
        this.postgres = new PostgresProcess(root.resolve("postgres"), host);
        this.broker = new BrokerAddress(host, PostgresProcess.freePort(), PASSWORD);
        Files.createDirectories(jobs().resolve("notes"));
        FileSystemUtils.copyRecursively(Path.of("templates"), root.resolve("templates"));
        Files.writeString(jobs().resolve(TestHome.WEEKLY + ".yaml"), """
                title: Weekly
                from: Weekly <weekly@news.example.org>
                postal-address: 1 Harbour Street, Exampletown
                home: https://news.example.org
                template: digest
                relay: {host: 127.0.0.1, port: %d, tls: none}
                delivery: %s
                parts: {size: %d}
                sources:
                  - name: Notes
                    folder: notes
                topics:
                  - id: privacy
                    title: Privacy
                    seeds: {federated learning: 3}
                """.formatted(relay.port(), delivery, part));
        for (String title : List.of("One", "Two")) {
            Files.writeString(
                    jobs().resolve("notes").resolve(title + ".md"),
                    "# " + title + "\n\nFederated learning keeps the data of " + title + " at home.\n");
        }
        relay.log(RelayLog.open(relayLog(), InstantSource.system()));
        subscribe();
    }

    private void subscribe() {
        in(session -> {
            session.get(TokenSigner.class).newestKey(); // made once, and copied to every machine
            for (int from = 0; from < subscribers; from += GROUP) {
                session.get(Subscribers.class)
                        .merge(IntStream.range(from, Math.min(from + GROUP, subscribers))
                                .mapToObj(i -> new NewSubscriber(
                                        new EmailAddress("reader%06d@example.org".formatted(i)),
                                        "",
                                        Subscriber.State.ACTIVE,
                                        List.of(),
                                        Instant.parse("2026-01-15T09:00:00Z")))
                                .toList());
            }
            return null;
        });
    }

    FakeRelay relay() {
        return relay;
    }

    PostgresProcess postgres() {
        return postgres;
    }

    Path jobs() {
        return root.resolve("jobs");
    }

    private Path home(String name) {
        return root.resolve(name);
    }

    private Path relayLog() {
        return root.resolve("relay.log");
    }

    /** What is between a process and a server, from when the process starts the next time. */
    Cable cable(String name, Server server) throws IOException {
        Cable cable = new Cable(InetAddress.getByName(host), direct(server));
        cables.computeIfAbsent(name, none -> new EnumMap<>(Server.class)).put(server, cable);
        return cable;
    }

    private int direct(Server server) {
        return switch (server) {
            case BROKER -> broker.port();
            case POSTGRES -> postgres.port();
            case RELAY -> relay.port();
        };
    }

    private int port(String name, Server server) {
        Cable cable = cables.getOrDefault(name, Map.of()).get(server);
        return cable == null ? direct(server) : cable.port();
    }

    /** The job file as it is on a machine that knows the relay by another port. */
    private Path jobs(String name) throws IOException {
        if (port(name, Server.RELAY) == relay.port()) {
            return jobs();
        }
        Path own = root.resolve(name + "-jobs");
        FileSystemUtils.copyRecursively(jobs(), own);
        Path job = own.resolve(TestHome.WEEKLY + ".yaml");
        Files.writeString(
                job,
                Files.readString(job)
                        .replace(
                                "host: 127.0.0.1, port: " + relay.port() + ",",
                                "host: " + host + ", port: " + port(name, Server.RELAY) + ","));
        return own;
    }

    /** How long the relay is waited for, in the words of a job file. */
    void relayTimeouts(String timeouts) throws IOException {
        Path job = jobs().resolve(TestHome.WEEKLY + ".yaml");
        Files.writeString(job, Files.readString(job).replace("tls: none}", "tls: none, timeouts: " + timeouts + "}"));
    }

    /** Whoever looks at the installation from here. */
    <T> T in(Function<Program.Session, T> work) {
        Settings settings = new Settings(
                home("manager"),
                Optional.of(postgres.address()),
                Optional.empty(),
                true,
                jobs(),
                root.resolve("templates"),
                Map.of(),
                Map.of(),
                false,
                new Settings.Log(false, false),
                new InForce(List.of()));
        try (Program.Session session = RealTime.program().open(settings)) {
            return work.apply(session);
        }
    }

    void startBroker() throws IOException {
        if (!processes.containsKey("broker")) {
            relay.start(); // as it has been told to behave by now
        }
        start("broker", "broker");
    }

    /** Has them copied once from where they were made. */
    private void giveKeys(String name) throws IOException {
        Path keys = home(name).resolve("keys");
        if (!Files.exists(keys)) {
            Files.createDirectories(keys);
            FileSystemUtils.copyRecursively(home("manager").resolve("keys"), keys);
        }
    }

    void startWorker(String name) throws IOException {
        giveKeys(name);
        start(name, "serve", "--role", "worker", "--verbose");
    }

    /** What a process is given that shall have other templates than the rest. */
    Path templates(String name) throws IOException {
        Path own = root.resolve(name + "-templates");
        FileSystemUtils.copyRecursively(root.resolve("templates"), own);
        return own;
    }

    /** Where a process is to be started: {@code ip netns exec …}. */
    void place(String name, String... command) {
        places.put(name, List.of(command));
    }

    /** Takes the broker's queues away, as if its disk were new. */
    void emptyBroker() throws IOException {
        FileSystemUtils.deleteRecursively(home("broker"));
    }

    /** Takes the broker out of the settings. */
    void doWithoutBroker() {
        hasBroker = false;
    }

    /** One that has made keys of its own. */
    void startStranger(String name) throws IOException {
        new TokenSigner(TokenKeys.in(home(name).resolve("keys"))).newestKey();
        start(name, "serve", "--role", "worker");
    }

    /** Makes the issue if there is none, and sends what is due of it. */
    void startManager() throws IOException {
        start("manager", "run", TestHome.WEEKLY, "--json");
    }

    /** On another machine, whose clock looks whether something is to be sent, too. */
    void startOtherManager(String name) throws IOException {
        giveKeys(name);
        start(name, "run", TestHome.WEEKLY, "--json");
    }

    private void start(String name, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(places.getOrDefault(name, List.of()));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                Courant.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        root.resolve(name + ".out").toFile()))
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        root.resolve(name + ".err").toFile()));
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(variable -> variable.startsWith("COURANT_"));
        environment.put("COURANT_HOME", home(name).toString());
        environment.put("COURANT_JOBS", jobs(name).toString());
        Path own = root.resolve(name + "-templates");
        environment.put("COURANT_TEMPLATES", (Files.exists(own) ? own : root.resolve("templates")).toString());
        environment.put(
                "COURANT_DATABASE",
                PostgresProcess.address(host, port(name, Server.POSTGRES)).url());
        environment.put("COURANT_DATABASE_USER", "postgres");
        if (hasBroker) {
            environment.put("COURANT_BROKER_HOST", broker.host());
            environment.put("COURANT_BROKER_PORT", String.valueOf(port(name, Server.BROKER)));
            environment.put("COURANT_BROKER_PASSWORD", PASSWORD);
        }
        environment.put("COURANT_ROLE", "manager");
        processes.put(name, builder.start());
    }

    Process process(String name) {
        return Objects.requireNonNull(processes.get(name), name);
    }

    /** As kill -9 does; whether there was something to kill. */
    boolean kill(String name) throws InterruptedException {
        Process process = process(name);
        boolean alive = process.isAlive();
        process.destroyForcibly();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return alive;
    }

    /** As systemd does, and waits until it has ended. */
    void end(String name) throws InterruptedException {
        Process process = process(name);
        process.destroy();
        assertThat(process.waitFor(60, TimeUnit.SECONDS))
                .as(name + " has ended")
                .isTrue();
    }

    /** Waits until the relay has taken so many mails. */
    void awaitMails(long mails) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> relay.tally().recipients() >= mails);
    }

    /** Runs the manager until it says that all is done; what is deferred or in doubt has its time. */
    void runToTheEnd() throws IOException, InterruptedException {
        for (int i = 0; i < RUNS; i++) {
            startManager();
            Process manager = process("manager");
            assertThat(manager.waitFor(15, TimeUnit.MINUTES))
                    .as("the manager has ended")
                    .isTrue();
            if (manager.exitValue() == 0) {
                return;
            }
            assertThat(manager.exitValue()).as(said("manager")).isIn(3, 75);
            TimeUnit.MILLISECONDS.sleep(500); // other processes live by the real clock
        }
        throw new AssertionError("not done after " + RUNS + " runs: " + said("manager"));
    }

    /** What a process has said on standard error, from its beginning. */
    String said(String name) throws IOException {
        return Files.readString(root.resolve(name + ".err"));
    }

    IssueId onlyIssue() {
        List<IssueId> issues = in(session -> session.get(FrozenIssues.class).list(TestHome.WEEKLY));
        assertThat(issues).as("exactly one issue was made").hasSize(1);
        return issues.get(0);
    }

    /** How many parts the workers that are connected take at a time. */
    long takers() {
        try (JmsPartQueue queue = new JmsPartQueue(broker)) {
            return queue.takers();
        }
    }

    /** How many parts were set aside. */
    long setAside() {
        try (JmsPartQueue queue = new JmsPartQueue(broker)) {
            return queue.dead();
        }
    }

    /** Has the database write down each claim, with its lease and its time. */
    void watchClaims() throws SQLException {
        try (Connection connection = postgres.connection();
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    create table claimed (lease bigint not null, at bigint not null);
                    create function note_claim() returns trigger language plpgsql as $$
                    begin
                      insert into claimed values (new.lease, extract(epoch from clock_timestamp()) * 1000);
                      return null;
                    end $$;
                    create trigger note_claim after update on delivery for each row
                    when (new.state = 'SENDING' and old.state <> 'SENDING') execute function note_claim();
                    """);
        }
    }

    /** How many were claimed under leases that had ended; a moment lies between the look at a lease and the claim. */
    long claimedTooLate() throws SQLException {
        return number("select count(*) from claimed c join lease l on l.number = c.lease where c.at > l.until + 200");
    }

    long number(String query) throws SQLException {
        try (Connection connection = postgres.connection();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(query)) {
            found.next();
            return found.getLong(1);
        }
    }

    List<Ledger.Running> running() {
        return in(session -> session.get(Ledger.class).running());
    }

    /** The audit that the promise is about: all are final, everybody has the issue, every second copy is explained. */
    Audit.Findings everybodyGotItAndEverySecondCopyIsExplained() {
        IssueId issue = onlyIssue();
        Audit.Findings findings = in(session -> {
            try {
                FrozenIssue frozen = session.get(FrozenIssues.class).find(issue).orElseThrow();
                return session.get(Audit.class).audit(frozen, relayLog(), false);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        assertThat(findings.violations()).isEmpty();
        assertThat(findings.lost()).isZero();
        assertThat(findings.unexplained()).isZero();
        assertThat(findings.inTheLog()).isEqualTo(subscribers);
        Account account = in(session -> TestHome.account(session, issue));
        assertThat(account.of(DeliveryState.ACCEPTED)).isEqualTo(subscribers);
        return findings;
    }

    @Override
    public void close() throws IOException {
        for (Map<Server, Cable> some : cables.values()) {
            for (Cable cable : some.values()) {
                cable.close();
            }
        }
        processes.values().forEach(Process::destroyForcibly);
        relay.close();
        postgres.close();
    }
}
