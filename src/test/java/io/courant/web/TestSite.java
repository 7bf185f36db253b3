package io.courant.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.courant.TestHome;
import io.courant.audience.EmailAddress;
import io.courant.audience.Readers;
import io.courant.audience.Subscribers;
import io.courant.cli.Program;
import io.courant.cli.Shell;
import io.courant.consent.Outbox;
import io.courant.delivery.MailParts;
import io.courant.delivery.Token;
import io.courant.delivery.TokenSigner;
import io.courant.job.PageServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** The real server over a home with one newsletter and an issue that went out to Ada and Bob. */
final class TestSite implements AutoCloseable {
    static final String NEWSLETTER = TestHome.WEEKLY;
    static final String ADA = "ada@example.org";
    static final String BOB = "bob@example.org";

    private final TestHome home;
    private final Program.Session session;
    private final PageServer.Running server;

    TestSite(Path folder) {
        this(folder, home -> home.subscribe(ADA, BOB));
    }

    /** @param prepared what is done before the issue goes out */
    TestSite(Path folder, Consumer<TestHome> prepared) {
        home = new TestHome(folder);
        prepared.accept(home);
        home.post("one.md", "Hospitals");
        new Shell(home).courant("run", NEWSLETTER).ending(0);
        session = home.open();
        server = session.get(PageServer.class).start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    TestHome home() {
        return home;
    }

    <T> T get(Class<T> type) {
        return session.get(type);
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.port() + path;
    }

    /** The id of somebody new, who reads the newsletter. */
    long subscriber(String address) {
        home.subscribe(address);
        return find(address).orElseThrow();
    }

    Optional<Long> find(String address) {
        return get(Subscribers.class).find(new EmailAddress(address)).map(one -> one.id());
    }

    Readers.Reader reader(long subscriber) {
        return get(Readers.class).find(NEWSLETTER, subscriber).orElseThrow();
    }

    String sign(Token token) {
        return get(TokenSigner.class).sign(token);
    }

    String unsubscribe(long subscriber) {
        return "/u/" + sign(Token.unsubscribe(NEWSLETTER, subscriber));
    }

    String preferences(long subscriber) {
        return "/p/" + sign(Token.preferences(NEWSLETTER, subscriber));
    }

    /** The path in the newest mail to an address that begins like this. */
    String mailed(String address, String beginning) {
        sendAll();
        return home.relay().taken().stream()
                .filter(mail -> mail.recipient().equals(address))
                .flatMap(mail -> paths(mail.content()).stream())
                .filter(path -> path.startsWith(beginning))
                .reduce((first, last) -> last)
                .orElseThrow(() -> new AssertionError("no mail to " + address + " leads to " + beginning));
    }

    /** Whatever is to be mailed is: by this thread, or by the server's. */
    void sendAll() {
        get(Outbox.class).sendDue();
        Awaitility.await()
                .until(() -> home.rows().stream().noneMatch(row -> row.matches("request\\|.*\\|(READY|SENDING)\\|.*")));
    }

    /** The paths of all that a mail links to at the newsletter's home. */
    static List<String> paths(String mail) {
        MailParts parts = MailParts.of(mail.getBytes(ISO_8859_1));
        return Pattern.compile("https://news\\.example\\.org(/[^\\s\"<>]*)")
                .matcher(parts.html() + "\n" + parts.text())
                .results()
                .map(link -> link.group(1))
                .distinct()
                .toList();
    }

    /** An answer, as it came. */
    record Reply(int status, String head, String body) {
        Optional<String> header(String name) {
            return head.lines()
                    .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst();
        }
    }

    Reply get(String path) {
        return send("GET", path, "");
    }

    Reply post(String path, String form) {
        return send("POST", path, form, "Content-Type: application/x-www-form-urlencoded");
    }

    /** A request byte for byte as it is said here, but for its Host, which may be among the headers. */
    Reply send(String method, String path, String body, String... headers) {
        List<String> head = new ArrayList<>(List.of(method + " " + path + " HTTP/1.1", "Connection: close"));
        head.addAll(List.of(headers));
        if (head.stream().noneMatch(line -> line.startsWith("Host:"))) {
            head.add("Host: news.example.org");
        }
        byte[] content = body.getBytes(UTF_8);
        boolean chunked = head.contains("Transfer-Encoding: chunked");
        if (!chunked && (content.length > 0 || method.equals("POST"))) {
            head.add("Content-Length: " + content.length);
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write((String.join("\r\n", head) + "\r\n\r\n").getBytes(ISO_8859_1));
            socket.getOutputStream().write(content);
            socket.getOutputStream().flush();
            String said = new String(socket.getInputStream().readAllBytes(), UTF_8);
            int end = said.indexOf("\r\n\r\n");
            return new Reply(Integer.parseInt(said.substring(9, 12)), said.substring(0, end), said.substring(end + 4));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All rows of all tables. */
    List<String> dump() {
        sendAll(); // what waits would change by itself
        return home.rows();
    }

    @Override
    public void close() {
        server.close();
        session.close();
        home.close();
    }
}
