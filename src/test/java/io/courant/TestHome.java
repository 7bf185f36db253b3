package io.courant;

import io.courant.audience.EmailAddress;
import io.courant.audience.Subscriber;
import io.courant.audience.Subscribers;
import io.courant.audience.Subscribers.NewSubscriber;
import io.courant.cli.Program;
import io.courant.cli.Settings;
import io.courant.issue.IssueId;
import io.courant.job.BrokerAddress;
import io.courant.job.InForce;
import io.courant.lab.FakeRelay;
import io.courant.report.Account;
import io.courant.report.Reporter;
import io.courant.store.TestDatabase;
import io.courant.upkeep.DatabaseAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * The whole program over folders of its own: one newsletter, {@code weekly}, with a folder of notes to write posts
 * into, the shipped templates, a scripted relay, and a clock that stands until it is set.
 */
public final class TestHome implements AutoCloseable {
    public static final String WEEKLY = "weekly";

    private final Path root;
    private final FakeRelay relay = new FakeRelay().start();
    private final Map<String, String> overrides = new LinkedHashMap<>();
    private Optional<BrokerAddress> broker = Optional.empty();
    private Instant now = Instant.parse("2026-11-23T07:00:00Z");

    public TestHome(Path root) {
        this.root = root;
        try {
            Files.createDirectories(notes());
            FileSystemUtils.copyRecursively(Path.of("templates"), templates());
            job(WEEKLY, """
                    title: Weekly
                    from: Weekly <weekly@news.example.org>
                    postal-address: 1 Harbour Street, Exampletown
                    home: https://news.example.org
                    template: digest
                    relay: {host: 127.0.0.1, port: %d, tls: none}
                    delivery: {retry: "5m,15m", expiry: 3d, in-doubt-after: 15m}
                    sources:
                      - name: Notes
                        folder: notes
                    topics:
                      - id: edge-ai
                        title: Edge AI
                        seeds: {edge device: 3, microcontroller: 3}
                      - id: privacy
                        title: Privacy
                        seeds: {federated learning: 3}
                    """.formatted(relay.port()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public FakeRelay relay() {
        return relay;
    }

    public Path home() {
        return root.resolve("home");
    }

    public Path jobs() {
        return root.resolve("jobs");
    }

    public Path templates() {
        return root.resolve("templates");
    }

    public Path notes() {
        return jobs().resolve("notes");
    }

    /** The file that the database is, on SQLite. */
    public Path database() {
        return home().resolve("courant.db");
    }

    /** Where the database is, unless it is that file. */
    public Optional<DatabaseAddress> address() {
        return TestDatabase.of(home());
    }

    /** Somebody else's connection to the database. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(address().map(DatabaseAddress::url).orElse("jdbc:sqlite:" + database()));
    }

    /** Changes rows behind the back of the program. */
    public void sql(String... statements) {
        try (Connection connection = connect();
                Statement change = connection.createStatement()) {
            for (String statement : statements) {
                change.executeUpdate(statement);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All rows of all tables, each with the name of its table before it. */
    public List<String> rows() {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            List<String> rows = new ArrayList<>();
            for (String table : tables(connection)) {
                try (ResultSet row = statement.executeQuery("select * from \"" + table + "\"")) {
                    while (row.next()) {
                        StringBuilder text = new StringBuilder(table);
                        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                            text.append('|').append(row.getString(i));
                        }
                        rows.add(text.toString());
                    }
                }
            }
            return rows.stream().sorted().toList();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> tables(Connection connection) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (ResultSet found =
                connection.getMetaData().getTables(null, connection.getSchema(), "%", new String[] {"TABLE"})) {
            while (found.next()) {
                tables.add(found.getString("TABLE_NAME"));
            }
        }
        return tables;
    }

    /** From now on it looks like a copy, from which nothing is sent before somebody confirms it. */
    public void becomeACopy() {
        if (TestDatabase.isSqlite()) {
            home().resolve("courant.instance").toFile().delete();
        } else {
            sql("update instance set place = 'elsewhere'");
        }
    }

    /** Writes a job file. */
    public void job(String name, String text) {
        write(jobs().resolve(name + ".yaml"), text);
    }

    /** Changes the text of a job file. */
    public void changeJob(String name, String what, String to) {
        try {
            String text = Files.readString(jobs().resolve(name + ".yaml"));
            if (!text.contains(what)) {
                throw new IllegalArgumentException("no '" + what + "' in " + text);
            }
            job(name, text.replace(what, to));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a post with one section, on federated learning. */
    public void post(String name, String title) {
        write(
                notes().resolve(name),
                "# " + title + "\n\nFederated learning keeps the data of " + title + " at home.\n");
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A setting as {@code --set} would make it, for the sessions that are opened from now on. */
    public void set(String key, String value) {
        overrides.put(key, value);
    }

    public void setClock(Instant now) {
        this.now = now;
    }

    public void advance(Duration duration) {
        now = now.plus(duration);
    }

    public Instant now() {
        return now;
    }

    /** The program as {@code main} starts it, but for the clock. */
    public Program program() {
        return new Courant(new InstantSource() {
            @Override
            public Instant instant() {
                return now;
            }
        });
    }

    /** Opens the home folder with everything that Spring puts together. */
    public Program.Session open() {
        return program().open(settings());
    }

    /** What somebody learns from an open session. */
    public <T> T in(Function<Program.Session, T> work) {
        try (Program.Session session = open()) {
            return work.apply(session);
        }
    }

    /** Does something in an open session. */
    public void with(Consumer<Program.Session> work) {
        try (Program.Session session = open()) {
            work.accept(session);
        }
    }

    public Settings settings() {
        return new Settings(
                home(),
                address(),
                broker,
                true,
                jobs(),
                templates(),
                Map.of(),
                overrides,
                false,
                new Settings.Log(false, false),
                new InForce(List.of()));
    }

    /** The broker of the sessions that are opened from now on. */
    public void broker(BrokerAddress address) {
        broker = Optional.of(address);
    }

    /** A lease on the newest issue, such as a worker elsewhere would have. */
    public void lease(String holder, long settled, Instant began, Instant until) {
        change(
                "insert into lease (issue_id, first_subscriber, last_subscriber, holder, began_at, until, settled)"
                        + " select max(id), 1, 500, ?, ?, ?, ? from issue",
                holder,
                began.toEpochMilli(),
                until.toEpochMilli(),
                settled);
    }

    /** Changes the database behind the program's back. */
    public void change(String sql, Object... values) {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Active subscribers with these addresses. */
    public void subscribe(String... addresses) {
        List<NewSubscriber> group = Stream.of(addresses)
                .map(address -> new NewSubscriber(
                        new EmailAddress(address),
                        "",
                        Subscriber.State.ACTIVE,
                        List.of(),
                        Instant.parse("2026-01-15T09:00:00Z")))
                .toList();
        with(session -> session.get(Subscribers.class).merge(group));
    }

    /** How an issue's deliveries stand. */
    public static Account account(Program.Session session, IssueId issue) {
        return session.get(Reporter.class).report(issue).orElseThrow().deliveries();
    }

    @Override
    public void close() {
        relay.close();
    }
}
