package io.courant.delivery;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes the sockets of one connection for Jakarta Mail, which never sets TCP_NODELAY: with a relay on the same
 * machine, Nagle's algorithm and delayed acknowledgements leave 22 messages a second. Knows the sockets afterwards, so
 * that a message can be written in one piece and a connection that stalls can be closed from outside.
 */
final class RelaySockets {
    private final SSLSocketFactory tls;
    private volatile @Nullable Socket raw;
    private volatile @Nullable Socket outer;

    RelaySockets(SSLSocketFactory tls) {
        this.tls = tls;
    }

    SocketFactory plain() {
        return new Plain();
    }

    SSLSocketFactory tls() {
        return new Tls();
    }

    /** Where bytes to the relay go, through TLS if there is TLS. */
    OutputStream output() throws IOException {
        return socket().getOutputStream();
    }

    /** Our end of the connection. */
    InetAddress localAddress() throws IOException {
        return socket().getLocalAddress();
    }

    /** Ends every read and write on the connection with an exception. */
    void abort() {
        Socket socket = raw; // closing TLS would wait for a writer that is stuck
        if (socket != null) {
            try {
                socket.close();
            } catch (IOException e) {
                // It is closed all the same.
            }
        }
    }

    private Socket socket() throws IOException {
        Socket socket = outer;
        if (socket == null) {
            throw new IOException("not connected");
        }
        return socket;
    }

    private Socket keep(Socket connection, Socket socket) throws IOException {
        connection.setTcpNoDelay(true);
        raw = connection;
        outer = socket;
        return socket;
    }

    private final class Plain extends SocketFactory {
        @Override
        public Socket createSocket() {
            try {
                Socket socket = new Socket();
                return keep(socket, socket);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public Socket createSocket(String host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
            throw new UnsupportedOperationException();
        }
    }

    private final class Tls extends SSLSocketFactory {
        /** Jakarta Mail always lays TLS over a connected socket, at once or after STARTTLS. */
        @Override
        public Socket createSocket(Socket connected, String host, int port, boolean autoClose) throws IOException {
            return keep(connected, tls.createSocket(connected, host, port, autoClose));
        }

        @Override
        public String[] getDefaultCipherSuites() {
            return tls.getDefaultCipherSuites();
        }

        @Override
        public String[] getSupportedCipherSuites() {
            return tls.getSupportedCipherSuites();
        }

        @Override
        public Socket createSocket(String host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
            throw new UnsupportedOperationException();
        }
    }
}
