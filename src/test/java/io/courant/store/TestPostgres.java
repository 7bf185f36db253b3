package io.courant.store;

import io.courant.upkeep.DatabaseAddress;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * A real PostgreSQL server: one of its own for each process of tests, which ends with it, or that of
 * {@code COURANT_TEST_DATABASE}, an address of which the user may create databases.
 */
public final class TestPostgres {
    private static final String TEMPLATE = "courant_template";
    private static final Map<Path, DatabaseAddress> BY_HOME = new HashMap<>();
    private static String server = "";

    private TestPostgres() {}

    /** The database of a home folder: always the same for the same folder, and at first without rows. */
    public static synchronized DatabaseAddress of(Path home) {
        return BY_HOME.computeIfAbsent(home.toAbsolutePath().normalize(), folder -> {
            String name = "courant_" + ProcessHandle.current().pid() + "_" + BY_HOME.size();
            run("create database " + name + " template " + template());
            DatabaseAddress address = address(name);
            JdbcClient client = JdbcClient.create(new DriverManagerDataSource(address.url()));
            new ServerInstance(client, client, folder).begin(); // the template's would tell of a copy
            return address;
        });
    }

    /** An empty database. */
    static synchronized DatabaseAddress empty(String name) {
        run("drop database if exists " + name, "create database " + name);
        return address(name);
    }

    /** What the server makes of another database that nobody has open. */
    static synchronized DatabaseAddress copy(String of, String name) {
        run("drop database if exists " + name, "create database " + name + " template " + of);
        return address(name);
    }

    private static String template() {
        String name = TEMPLATE + "_" + ProcessHandle.current().pid();
        if (BY_HOME.isEmpty()) {
            run("drop database if exists " + name, "create database " + name);
            try (PostgresDatabase template = PostgresDatabase.at(Path.of("."), address(name))) {
                JdbcClient.create(template.writer()).sql("delete from instance").update();
            }
        }
        return name;
    }

    private static DatabaseAddress address(String name) {
        return new DatabaseAddress(server().replaceFirst("/[^/?]*(\\?|$)", "/" + name + "$1"), null, null);
    }

    private static void run(String... statements) {
        try (Connection connection = DriverManager.getConnection(server());
                Statement statement = connection.createStatement()) {
            for (String one : statements) {
                statement.execute(one);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(String.join("; ", statements), e);
        }
    }

    private static String server() {
        if (server.isEmpty()) {
            server = Optional.ofNullable(System.getenv("COURANT_TEST_DATABASE")).orElseGet(TestPostgres::started);
        }
        return server;
    }

    private static String started() {
        try {
            EmbeddedPostgres started = EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "off") // no test cuts the power
                    .setServerConfig("max_connections", "300")
                    .start(); // it ends with the process
            return started.getJdbcUrl("postgres", "postgres");
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL does not start", e);
        }
    }
}
