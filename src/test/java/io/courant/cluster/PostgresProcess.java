package io.courant.cluster;

import io.courant.upkeep.DatabaseAddress;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A PostgreSQL server with a folder and a port of its own, which can be killed and started again. */
final class PostgresProcess implements AutoCloseable {
    private final Path data;
    private final int port;
    private EmbeddedPostgres server;

    PostgresProcess(Path data) throws IOException {
        this.data = data;
        this.port = freePort();
        this.server = started();
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
                .setServerConfig("fsync", "off") // processes are killed here, machines are not
                .setPGStartupWait(Duration.ofSeconds(60))
                .start();
    }

    DatabaseAddress address() {
        return new DatabaseAddress(
                "jdbc:postgresql://127.0.0.1:" + port + "/postgres?connectTimeout=5&socketTimeout=20",
                "postgres",
                null);
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

    /** Whether it answers. */
    boolean isUp() {
        try (Connection connection = DriverManager.getConnection(address().url(), "postgres", "")) {
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
