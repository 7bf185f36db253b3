package io.courant.cluster;

import io.courant.upkeep.DatabaseAddress;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A PostgreSQL server with a folder and a port of its own, which can be killed and started again. */
final class PostgresProcess implements AutoCloseable {
    private final Path data;
    private final String host;
    private final int port;
    private EmbeddedPostgres server;

    PostgresProcess(Path data) throws IOException {
        this(data, "127.0.0.1");
    }

    /** @param host another address of this machine where it is to listen, and lets everybody in */
    PostgresProcess(Path data, String host) throws IOException {
        this.data = data;
        this.host = host;
        this.port = freePort();
        this.server = started();
        if (!host.equals("127.0.0.1")) {
            Files.writeString(data.resolve("pg_hba.conf"), "host all all samenet trust\n", StandardOpenOption.APPEND);
            try (Connection connection = connection();
                    Statement statement = connection.createStatement()) {
                statement.execute("select pg_reload_conf()");
            } catch (SQLException e) {
                throw new IOException(e);
            }
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private EmbeddedPostgres started() throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPort(port)
                .setServerConfig("listen_addresses", host.equals("127.0.0.1") ? host : "127.0.0.1," + host)
                .setServerConfig("fsync", "off") // processes are killed here, machines are not
                .setPGStartupWait(Duration.ofSeconds(60))
                .start();
    }

    DatabaseAddress address() {
        return address("127.0.0.1", port);
    }

    /** As it is known at the other end of a cable. */
    static DatabaseAddress address(String host, int port) {
        return new DatabaseAddress("jdbc:postgresql://" + host + ":" + port + "/postgres", "postgres", null);
    }

    int port() {
        return port;
    }

    /** As kill -9 does, with all that it has begun. */
    void kill() throws IOException, InterruptedException {
        long pid = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
        ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
        List<ProcessHandle> children = postmaster.descendants().toList();
        postmaster.destroyForcibly();
        for (ProcessHandle child : children) {
            child.destroyForcibly();
        }
        for (ProcessHandle one : children) {
            while (one.isAlive()) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
        try {
            server.close(); // forgets it; there is nothing left to stop
        } catch (IOException e) {
            // it says so
        }
        Files.deleteIfExists(data.resolve("postmaster.pid"));
    }

    void start() throws IOException {
        server = started();
    }

    Connection connection() throws SQLException {
        return DriverManager.getConnection(address().url(), "postgres", "");
    }

    /** Whether it answers. */
    boolean isUp() {
        try (Connection connection = connection()) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
