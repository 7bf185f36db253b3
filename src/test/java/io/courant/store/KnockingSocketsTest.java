package io.courant.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.courant.faults.Cable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KnockingSocketsTest {
    private static final Duration SILENCE = Duration.ofSeconds(1);

    private ServerSocket server;
    private Cable cable;
    private Socket socket;
    private Socket other;

    @BeforeEach
    void connect() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        cable = new Cable(server.getLocalPort());
        socket = new KnockingSockets(SILENCE).createSocket(InetAddress.getLoopbackAddress(), cable.port());
        other = server.accept();
    }

    @AfterEach
    void close() throws IOException {
        other.close();
        socket.close();
        cable.close();
        server.close();
    }

    private static void later(Duration wait, Answer answer) {
        Thread thread = new Thread(() -> {
            try {
                Thread.sleep(wait.toMillis());
                answer.give();
            } catch (IOException | InterruptedException e) {
                // then there is none
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private interface Answer {
        void give() throws IOException;
    }

    @Test
    void aServerThatIsLongAtWorkIsWaitedFor() throws IOException {
        socket.setSoTimeout(60_000);
        later(
                SILENCE.multipliedBy(3).plusMillis(500),
                () -> other.getOutputStream().write(7));
        assertThat(socket.getInputStream().read()).isEqualTo(7);
    }

    @Test
    void aServerThatCannotBeReachedAnyMoreIsNotWaitedFor() throws IOException {
        socket.setSoTimeout(60_000);
        Instant begun = Instant.now();
        cable.pull();
        assertThatThrownBy(() -> socket.getInputStream().read())
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(SocketTimeoutException.class)
                .hasMessageContaining("has not answered for 1 s, and cannot be reached any more");
        assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(6));
    }

    @Test
    void patienceEndsWhenItIsToldTo() throws IOException {
        socket.setSoTimeout(300);
        assertThat(socket.getSoTimeout()).isEqualTo(300);
        Instant begun = Instant.now();
        assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(2));
    }
}
