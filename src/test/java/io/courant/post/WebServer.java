package io.courant.post;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;
import org.jspecify.annotations.Nullable;

/** A web server whose answers are written byte by byte, right or wrong. It keeps connections open. */
final class WebServer implements AutoCloseable {
    private final ServerSocket listening;
    private final Map<String, Page> pages = new ConcurrentHashMap<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    final List<Request> requests = new CopyOnWriteArrayList<>();

    /** What came in: header names in small letters, and which connection, from 1, brought it when. */
    record Request(String target, Map<String, String> headers, int connection, long nanos) {
        @Nullable
        String header(String name) {
            return headers.get(name);
        }
    }

    /** Writes an answer; the connection breaks if it throws. */
    interface Page {
        void answer(Request request, OutputStream out) throws IOException, InterruptedException;
    }

    WebServer() throws IOException {
        this(ServerSocketFactory.getDefault());
    }

    WebServer(ServerSocketFactory sockets) throws IOException {
        listening = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        thread(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    SocketAddress address() {
        return listening.getLocalSocketAddress();
    }

    String at(String target) {
        return "http://127.0.0.1:" + port() + target;
    }

    /** Answers requests for a target, query included, and for all below it if it ends with a star. */
    void page(String target, Page page) {
        pages.put(target, page);
    }

    /** The status line with headers, and a body with its length. */
    void page(String target, String head, String body) {
        page(target, head, body.getBytes(StandardCharsets.UTF_8));
    }

    void page(String target, String head, byte[] body) {
        page(target, (request, out) -> {
            out.write(head("HTTP/1.1 " + head + "\nContent-Length: " + body.length));
            out.write(body);
        });
    }

    static byte[] head(String lines) {
        return (lines.replace("\n", "\r\n") + "\r\n\r\n").getBytes(StandardCharsets.UTF_8);
    }

    private void accept() throws IOException {
        while (true) {
            Socket socket = listening.accept();
            open.add(socket);
            int number = connections.incrementAndGet();
            thread(() -> serve(socket, number));
        }
    }

    private void serve(Socket socket, int connection) throws IOException, InterruptedException {
        try (socket) {
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            for (String head = head(in); head != null; head = head(in)) {
                Request request = request(head, connection);
                requests.add(request);
                page(request.target()).answer(request, out);
                out.flush();
            }
        }
    }

    private Page page(String target) {
        Page exact = pages.get(target);
        if (exact != null) {
            return exact;
        }
        return pages.entrySet().stream()
                .filter(page -> page.getKey().endsWith("*")
                        && target.startsWith(
                                page.getKey().substring(0, page.getKey().length() - 1)))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse((request, out) -> out.write(head("HTTP/1.1 404 Not Found\nContent-Length: 0")));
    }

    private static @Nullable String head(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (true) {
            int next = in.read();
            if (next < 0) {
                return null;
            }
            bytes.write(next);
            String head = bytes.toString(StandardCharsets.ISO_8859_1);
            if (next == '\n' && head.endsWith("\r\n\r\n")) {
                return head;
            }
        }
    }

    private static Request request(String head, int connection) {
        Map<String, String> headers = new HashMap<>();
        String[] lines = head.split("\r\n");
        for (String line : List.of(lines).subList(1, lines.length)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return new Request(lines[0].replaceAll("^\\S+ | .*$", ""), headers, connection, System.nanoTime());
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private static void thread(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException | InterruptedException closed) {
                // the client or the test had enough
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
