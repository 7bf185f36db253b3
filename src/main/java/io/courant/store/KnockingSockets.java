package io.courant.store;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Map;
import javax.net.SocketFactory;
import jdk.net.ExtendedSocketOptions;

/**
 * Sockets to a server that may be at work for minutes before it answers, and may be behind a cable that was pulled: either
 * way it is silent, and TCP gives up after a quarter of an hour. So after a while each knocks at the server's door. Who
 * opens is waited for; who cannot be reached any more will not answer either. This is of waiting for an answer: a question
 * so large that it does not fit into the system's buffers waits for as long as TCP does.
 */
public final class KnockingSockets extends SocketFactory {
    /** Twice this is less than a lease lasts: whoever has one learns in time that it cannot renew it. */
    private static final Duration SILENCE = Duration.ofSeconds(5);

    /** Of a server that has forgotten the connection, while nothing is on the way to it. */
    private static final Map<SocketOption<Integer>, Integer> KEEP_ALIVE = Map.of(
            ExtendedSocketOptions.TCP_KEEPIDLE, 10,
            ExtendedSocketOptions.TCP_KEEPINTERVAL, 5,
            ExtendedSocketOptions.TCP_KEEPCOUNT, 3);

    private final Duration silence;

    /** For the driver, which knows it by its name. */
    public KnockingSockets() {
        this(SILENCE);
    }

    /** @param silence so long a server may be silent before one knocks, and so long is waited until it opens */
    KnockingSockets(Duration silence) {
        this.silence = silence;
    }

    @Override
    public Socket createSocket() {
        return new Knocking(silence);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress here, int herePort) throws IOException {
        return connected(new InetSocketAddress(host, port), new InetSocketAddress(here, herePort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress here, int herePort) throws IOException {
        return connected(new InetSocketAddress(host, port), new InetSocketAddress(here, herePort));
    }

    private Socket connected(SocketAddress server) throws IOException {
        return connected(server, new InetSocketAddress(0));
    }

    private Socket connected(SocketAddress server, SocketAddress here) throws IOException {
        Socket socket = createSocket();
        try {
            socket.bind(here);
            socket.connect(server);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static final class Knocking extends Socket {
        private final Duration silence;
        private volatile int patience; // in milliseconds; 0: without end

        private Knocking(Duration silence) {
            this.silence = silence;
        }

        @Override
        public void connect(SocketAddress server, int timeout) throws IOException {
            super.connect(server, timeout);
            for (var option : KEEP_ALIVE.entrySet()) {
                if (supportedOptions().contains(option.getKey())) {
                    setOption(option.getKey(), option.getValue());
                }
            }
        }

        @Override
        public synchronized void setSoTimeout(int timeout) {
            patience = timeout;
        }

        @Override
        public synchronized int getSoTimeout() {
            return patience;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read() throws IOException {
                    byte[] one = new byte[1];
                    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
                }

                @Override
                public int read(byte[] into, int from, int length) throws IOException {
                    return patiently(in, into, from, length);
                }
            };
        }

        private int patiently(InputStream in, byte[] into, int from, int length) throws IOException {
            long begun = System.nanoTime();
            long left = patience;
            while (true) {
                boolean isLast = patience > 0 && left <= silence.toMillis();
                super.setSoTimeout((int) (isLast ? left : silence.toMillis()));
                try {
                    return in.read(into, from, length);
                } catch (SocketTimeoutException e) {
                    left = patience
                            - Duration.ofNanos(System.nanoTime() - begun).toMillis();
                    if (isLast || (patience > 0 && left <= 0)) {
                        throw e;
                    }
                    knock(e);
                }
            }
        }

        private void knock(SocketTimeoutException unanswered) throws IOException {
            try (Socket another = new Socket()) {
                another.connect(getRemoteSocketAddress(), (int) silence.toMillis());
            } catch (IOException e) {
                IOException cut = new IOException(
                        getRemoteSocketAddress() + " has not answered for " + silence.toSeconds()
                                + " s, and cannot be reached any more (" + e.getMessage() + ")",
                        e);
                cut.addSuppressed(unanswered);
                throw cut;
            }
        }
    }
}
