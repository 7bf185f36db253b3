package io.courant.post;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.lab.KeyStores;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateExpiredException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WebTest {
    private static final String FEED = "<rss version=\"2.0\"><channel><title>A blog</title></channel></rss>";
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2025-11-01T00:00:00Z"));
    private static final FetchPolicy OURS = new FetchPolicy(
            8, Duration.ofMillis(150), Duration.ZERO, Duration.ofSeconds(20), 10, Set.of("127.0.0.1", "::1"));

    private final List<AutoCloseable> toClose = new ArrayList<>();
    private WebServer server;
    private Web web;

    @BeforeEach
    void open() throws IOException {
        server = closing(new WebServer());
        web = closing(new Web(OURS, CLOCK));
        server.page("/feed", "200 OK\nContent-Type: application/rss+xml", FEED);
    }

    @AfterEach
    void close() throws Exception {
        Collections.reverse(toClose);
        for (AutoCloseable one : toClose) {
            one.close();
        }
    }

    private <T extends AutoCloseable> T closing(T one) {
        toClose.add(one);
        return one;
    }

    private WebAnswer get(String address) {
        return web.get(URI.create(address), Validators.NONE);
    }

    private WebAnswer.Content content(String target) {
        return (WebAnswer.Content) get(server.at(target));
    }

    private WebAnswer.Failed failed(String target) {
        return (WebAnswer.Failed) get(server.at(target));
    }

    private void redirect(String from, int status, String location) {
        server.page(from, status + " Moved\nLocation: " + location, "moved");
    }

    private static FetchPolicy within(Duration timeout) {
        return new FetchPolicy(8, OURS.spacing(), Duration.ZERO, timeout, 10, OURS.privateHosts());
    }

    /**
     * The internet as these tests have it: names stand for public addresses, and whatever is connected to is written down
     * and led to the server of the test.
     */
    private static final class Internet implements CheckedLookup.Names {
        private final Map<String, List<String>> answers;
        private final SocketAddress server;
        final List<String> lookedUp = new CopyOnWriteArrayList<>();
        final List<String> connectedTo = new CopyOnWriteArrayList<>();

        /** @param answers to the lookups of a name: addresses with spaces between, the last for good */
        Internet(WebServer server, Map<String, List<String>> answers) {
            this.server = server.address();
            this.answers = answers;
        }

        @Override
        public InetAddress[] addresses(String name) throws UnknownHostException {
            lookedUp.add(name);
            List<String> known = answers.get(name);
            if (known == null) {
                throw new UnknownHostException(name);
            }
            long times = lookedUp.stream().filter(name::equals).count();
            String[] texts = known.get((int) Math.min(times, known.size()) - 1).split(" ", -1);
            InetAddress[] addresses = new InetAddress[texts.length];
            for (int i = 0; i < texts.length; i++) {
                addresses[i] = InetAddress.getByAddress(
                        name, InetAddress.getByName(texts[i]).getAddress());
            }
            return addresses;
        }

        Socket socket() {
            return new Socket() {
                @Override
                public void connect(SocketAddress to, int timeout) throws IOException {
                    connectedTo.add(((InetSocketAddress) to).getAddress().getHostAddress());
                    super.connect(server, timeout);
                }
            };
        }
    }

    private Web on(Internet internet, FetchPolicy policy) {
        return closing(new Web(policy, CLOCK, internet, internet::socket));
    }

    private static FetchPolicy spaced(int millis, String... privateHosts) {
        return new FetchPolicy(
                8, Duration.ofMillis(millis), Duration.ZERO, Duration.ofSeconds(20), 10, Set.of(privateHosts));
    }

    @Test
    void aDocumentComesWithWhatIsKnownOfIt() {
        server.page(
                "/full",
                "200 OK\nContent-Type: application/atom+xml\nETag: W/\"caf\u00E9 1\"\n"
                        + "Last-Modified: Sat, 1 Nov 2025 00:00:00 GMT\nX-Two: 1\nx-two: 2",
                FEED);
        WebAnswer.Content full = content("/full");
        assertThat(new String(full.bytes(), StandardCharsets.UTF_8)).isEqualTo(FEED);
        assertThat(full.uri()).isEqualTo(URI.create(server.at("/full")));
        assertThat(full.movedTo()).isNull();
        assertThat(full.contentType()).isEqualTo("application/atom+xml");
        assertThat(full.headers()).containsEntry("x-two", "1");
        assertThat(full.validators().lastModified()).isEqualTo("Sat, 1 Nov 2025 00:00:00 GMT");
        assertThat(content("/feed").validators()).isEqualTo(Validators.NONE);
    }

    @Test
    void theRequestSaysWhoAsksAndForWhat() {
        content("/feed");
        WebServer.Request request = server.requests.get(0);
        assertThat(request.header("user-agent")).isEqualTo("Courant");
        assertThat(request.header("accept")).contains("application/rss+xml", "application/atom+xml");
        assertThat(request.header("accept-encoding")).isEqualTo("gzip, deflate");
        assertThat(request.header("host")).isEqualTo("127.0.0.1:" + server.port());
        assertThat(request.headers()).doesNotContainKeys("upgrade", "cookie", "authorization", "if-none-match");
    }

    @Test
    void validatorsGoBackExactlyAsTheyCame() {
        server.page("/tagged", (request, out) -> {
            boolean known = "W/\"caf\u00C3\u00A9\"".equals(request.header("if-none-match"))
                    && "yesterday".equals(request.header("if-modified-since"));
            out.write(WebServer.head(
                    known
                            ? "HTTP/1.1 304 Not Modified"
                            : "HTTP/1.1 200 OK\nETag: W/\"café\"\nLast-Modified: yesterday\nContent-Length: 1"));
            out.write(known ? new byte[0] : new byte[] {'x'});
        });
        redirect("/moved", 301, "/tagged");
        Validators validators = content("/tagged").validators();
        assertThat(web.get(URI.create(server.at("/tagged")), validators)).isEqualTo(new WebAnswer.Unchanged(null));
        assertThat(web.get(URI.create(server.at("/moved")), validators))
                .isEqualTo(new WebAnswer.Unchanged(URI.create(server.at("/tagged"))));
    }

    @Test
    void unchangedIsNoAnswerIfNothingWasKnown() {
        server.page("/304", "304 Not Modified", "");
        assertThat(failed("/304").status()).isEqualTo(304);
        assertThat(failed("/304").problem()).contains("304 (unchanged) although nothing was known");
    }

    @Test
    void permanentRedirectsAtTheStartAreRememberedAndOthersAreNot() {
        redirect("/a", 301, "/b");
        redirect("/b", 308, "/c");
        redirect("/c", 302, "/d");
        redirect("/d", 301, "/feed");
        redirect("/e", 307, "/b");
        redirect("/f", 303, "/feed");
        assertThat(content("/a").movedTo()).isEqualTo(URI.create(server.at("/c")));
        assertThat(content("/a").uri()).isEqualTo(URI.create(server.at("/feed")));
        assertThat(content("/d").movedTo()).isEqualTo(URI.create(server.at("/feed")));
        assertThat(content("/e").movedTo()).isNull();
        assertThat(content("/f").movedTo()).isNull();
    }

    @Test
    void fiveRedirectsAreFollowedAndACircleIsNot() {
        for (int i = 1; i <= 6; i++) {
            redirect("/" + i, 302, i == 1 ? "/feed" : "/" + (i - 1));
        }
        redirect("/round", 302, "/about");
        redirect("/about", 302, "/round#again");
        assertThat(content("/5").bytes()).isNotEmpty();
        assertThat(failed("/6").problem()).isEqualTo("redirects more than 5 times; tell its owner");
        assertThat(failed("/round").problem())
                .isEqualTo("redirects in a circle, back to " + server.at("/round") + "; tell its owner");
    }

    @ParameterizedTest
    @CsvSource({
        "ftp://blog.example/, 'redirects to ftp://blog.example/, which is no web address'",
        "file:///etc/hostname, which is no web address",
        "http://10.0.0.1/, 'redirects to http://10.0.0.1/, and 10.0.0.1 is no public address (private)'",
        "http://[::ffff:10.0.0.1]/, 10.0.0.1 is no public address (private)",
        "http://169.254.169.254/latest/, 169.254.169.254 is no public address (link-local)",
        "http://2130706433/, 'redirects to http://2130706433/, which has an ambiguous address'",
        "http://ada:secret@127.0.0.1/, redirects to an address with a name or password in it (http://127.0.0.1/)",
        "http://[fe80::1%25lo]/, names a network interface",
        "'http://[', which is no address",
        "'http://a b/', which is no address"
    })
    void whereARedirectLeadsIsCheckedLikeTheFirst(String location, String why) {
        redirect("/away", 301, location);
        assertThat(failed("/away").problem()).contains(why).doesNotContain("secret");
    }

    @Test
    void aRedirectThatSaysNotWhereToIsAFault() {
        server.page("/lost", "302 Found", "");
        assertThat(failed("/lost").problem()).isEqualTo("redirects (302) without saying where to; tell its owner");
    }

    @Test
    void aNameAndPasswordGoToTheirServerOnly() throws IOException {
        WebServer other = closing(new WebServer());
        other.page("/feed", "200 OK", FEED);
        redirect("/inside", 301, "/feed");
        redirect("/outside", 302, other.at("/feed"));
        String login = "http://ada:p%40ss@127.0.0.1:" + server.port();
        WebAnswer.Content inside = (WebAnswer.Content) get(login + "/inside");
        assertThat(inside.uri()).isEqualTo(URI.create(server.at("/feed")));
        assertThat(inside.movedTo()).isEqualTo(URI.create(login + "/feed"));
        assertThat(server.requests)
                .extracting(request -> request.header("authorization"))
                .containsExactly("Basic YWRhOnBAc3M=", "Basic YWRhOnBAc3M=");
        assertThat(get(login + "/outside")).isInstanceOf(WebAnswer.Content.class);
        assertThat(other.requests.get(0).headers()).doesNotContainKey("authorization");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://2130706433/",
                "http://0x7f.1/",
                "http://0177.0.0.1/",
                "http://127.1/",
                "http://0x7f000001/"
            })
    void anAmbiguousSpellingOfAnAddressIsRefused(String address) {
        assertThat(((WebAnswer.Failed) get(address)).problem()).contains("has an ambiguous address (");
    }

    @Test
    void anAddressThatIsNotPublicIsRefusedUnlessTheEditorNamesIt() {
        Web strict = closing(new Web(FetchPolicy.DEFAULT, CLOCK));
        URI feed = URI.create(server.at("/feed"));
        assertThat(strict.get(feed, Validators.NONE))
                .isEqualTo(new WebAnswer.Failed(
                        0,
                        "127.0.0.1 is no public address (loopback); if it is yours, name it under fetch.private-hosts"
                                + " in the job file (or say --set fetch.private-hosts=127.0.0.1)",
                        null));
        assertThat(strict.get(URI.create("http://LOCALHOST.:" + server.port() + "/feed"), Validators.NONE))
                .extracting(answer -> ((WebAnswer.Failed) answer).problem())
                .asString()
                .startsWith("the host localhost is at ")
                .contains(", which is no public address (loopback)", "fetch.private-hosts=localhost");
        assertThat(server.requests).isEmpty();
        for (String ours : List.of("127.0.0.1", "127.0.0.0/8")) {
            Web named = closing(new Web(spaced(0, ours), CLOCK));
            assertThat(named.get(feed, Validators.NONE)).isInstanceOf(WebAnswer.Content.class);
            assertThat(named.isPrivate(feed)).isTrue();
        }
        Web named = closing(new Web(spaced(0, "LocalHost."), CLOCK));
        assertThat(named.get(URI.create("http://localhost:" + server.port() + "/feed"), Validators.NONE))
                .isInstanceOf(WebAnswer.Content.class);
    }

    @Test
    void oneAddressThatIsNotPublicCondemnsTheHost() {
        Internet internet = new Internet(server, Map.of("blog.example", List.of("93.184.215.14 10.0.0.1")));
        WebAnswer answer =
                on(internet, FetchPolicy.DEFAULT).get(URI.create("http://blog.example/feed"), Validators.NONE);
        assertThat(((WebAnswer.Failed) answer).problem())
                .startsWith("the host blog.example is at 10.0.0.1, which is no public address (private)");
        assertThat(internet.connectedTo).isEmpty();
    }

    @Test
    void theAddressThatWasCheckedIsTheOneThatIsConnectedTo() {
        Internet rebinding = new Internet(server, Map.of("blog.example", List.of("93.184.215.14", "127.0.0.1")));
        Web strict = on(rebinding, spaced(0));
        URI feed = URI.create("http://blog.example/feed");
        assertThat(strict.get(feed, Validators.NONE)).isInstanceOf(WebAnswer.Content.class);
        assertThat(rebinding.lookedUp).containsExactly("blog.example");
        assertThat(rebinding.connectedTo).containsExactly("93.184.215.14");
        assertThat(server.requests.get(0).header("host")).isEqualTo("blog.example");
        server.page("/feed", (request, out) -> {
            throw new IOException("closes the connection");
        });
        assertThat(strict.get(feed, Validators.NONE)).isInstanceOf(WebAnswer.Failed.class);
        WebAnswer rebound = strict.get(feed, Validators.NONE);
        assertThat(((WebAnswer.Failed) rebound).problem()).contains("is at 127.0.0.1, which is no public address");
        assertThat(rebinding.connectedTo).containsOnly("93.184.215.14");
    }

    @Test
    void hostsOfAllSpellingsAreFound() {
        Internet internet = new Internet(
                server,
                Map.of(
                        "xn--bcher-kva.example", List.of("93.184.215.14"),
                        "blog.example", List.of("2606:2800:21f:cb07:6820:80da:af6b:8b2c")));
        Web strict = on(internet, spaced(0));
        assertThat(strict.get(URI.create("http://bücher.example/feed"), Validators.NONE))
                .isInstanceOf(WebAnswer.Content.class);
        assertThat(strict.get(URI.create("http://Blog.example./feed"), Validators.NONE))
                .isInstanceOf(WebAnswer.Content.class);
        assertThat(strict.get(URI.create("http://[2606:2800:21f::1]/feed"), Validators.NONE))
                .isInstanceOf(WebAnswer.Content.class);
        assertThat(server.requests)
                .extracting(request -> request.header("host"))
                .containsExactly("xn--bcher-kva.example", "blog.example", "[2606:2800:21f:0:0:0:0:1]");
        assertThat(internet.lookedUp).containsExactly("xn--bcher-kva.example", "blog.example");
    }

    @Test
    void aHostThatIsNotThereIsSaidToBe() {
        Internet internet = new Internet(server, Map.of());
        assertThat(on(internet, spaced(0)).get(URI.create("http://blog.example/"), Validators.NONE))
                .isEqualTo(new WebAnswer.Failed(0, "no such host; check the address and the network", null));
    }

    @Test
    void aLookupThatHangsEndsWithTheTimeOut() {
        CountDownLatch never = new CountDownLatch(1);
        Web hanging = closing(new Web(
                within(Duration.ofMillis(200)),
                CLOCK,
                name -> {
                    try {
                        never.await();
                    } catch (InterruptedException end) {
                        Thread.currentThread().interrupt();
                    }
                    throw new UnknownHostException(name);
                },
                Socket::new));
        assertThat(hanging.get(URI.create("http://blog.example/"), Validators.NONE))
                .isEqualTo(
                        new WebAnswer.Failed(0, "the server did not answer in time (200 ms); try again later", null));
    }

    @Test
    void proxiesOfTheSystemAreNotUsed() {
        List<String> names = List.of("socksProxyHost", "socksProxyPort", "http.proxyHost", "http.proxyPort");
        System.setProperty("socksProxyHost", "127.0.0.1");
        System.setProperty("socksProxyPort", "1");
        System.setProperty("http.proxyHost", "127.0.0.1");
        System.setProperty("http.proxyPort", "1");
        System.setProperty("http.nonProxyHosts", "");
        try {
            Web direct = closing(new Web(OURS, CLOCK));
            assertThat(direct.get(URI.create(server.at("/feed")), Validators.NONE))
                    .isInstanceOf(WebAnswer.Content.class);
        } finally {
            names.forEach(System::clearProperty);
            System.clearProperty("http.nonProxyHosts");
        }
    }

    private void packed(String target, String coding, byte[] body) {
        server.page(target, "200 OK\nContent-Encoding: " + coding, body);
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }

    private static byte[] deflate(byte[] content, boolean raw) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, raw);
        try (OutputStream out = new DeflaterOutputStream(bytes, deflater)) {
            out.write(content);
        }
        deflater.end();
        return bytes.toByteArray();
    }

    private static byte[] join(byte[] one, byte[] other) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(one);
        bytes.writeBytes(other);
        return bytes.toByteArray();
    }

    @Test
    void bodiesAreUnpackedAsTheyCome() throws IOException {
        byte[] feed = FEED.getBytes(StandardCharsets.UTF_8);
        packed("/gzip", "gzip", gzip(feed));
        packed("/x-gzip", "X-GZip", gzip(feed));
        packed(
                "/parts",
                "gzip",
                join(
                        gzip("<rss ".getBytes(StandardCharsets.UTF_8)),
                        gzip(FEED.substring(5).getBytes(StandardCharsets.UTF_8))));
        packed("/zlib", "deflate", deflate(feed, false));
        packed("/raw", "deflate", deflate(feed, true));
        packed("/twice", "gzip, deflate", deflate(gzip(feed), false));
        packed("/identity", "identity", feed);
        for (String target : List.of("/gzip", "/x-gzip", "/parts", "/zlib", "/raw", "/twice", "/identity")) {
            assertThat(new String(content(target).bytes(), StandardCharsets.UTF_8))
                    .as(target)
                    .isEqualTo(FEED);
        }
        assertThat(server.requests)
                .as("a body read to its end leaves its connection for the next")
                .extracting(WebServer.Request::connection)
                .containsOnly(1);
    }

    @Test
    void aBodyThatCannotBeUnpackedSaysSo() throws IOException {
        byte[] zipped = gzip(FEED.getBytes(StandardCharsets.UTF_8));
        packed("/br", "br", zipped);
        packed("/zstd", "gzip, zstd", zipped);
        packed("/thrice", "gzip, gzip, gzip", gzip(gzip(zipped)));
        packed("/cut", "gzip", Arrays.copyOf(zipped, zipped.length - 12));
        byte[] wrong = zipped.clone();
        wrong[zipped.length - 6] ^= 1; // in the checksum
        packed("/wrong", "gzip", wrong);
        packed("/plain", "gzip", FEED.getBytes(StandardCharsets.UTF_8));
        packed("/undeflatable", "deflate", FEED.getBytes(StandardCharsets.UTF_8));
        assertThat(failed("/br").problem())
                .isEqualTo("comes packed as 'br' although only gzip, deflate were offered; tell its owner");
        assertThat(failed("/zstd").problem()).contains("'zstd'");
        assertThat(failed("/thrice").problem()).isEqualTo("comes packed 3 times over; tell its owner");
        for (String target : List.of("/cut", "/wrong", "/plain")) {
            assertThat(failed(target).problem())
                    .isEqualTo("comes packed as 'gzip' but cannot be unpacked; try again later or tell its owner");
        }
        assertThat(failed("/undeflatable").problem()).contains("'deflate' but cannot be unpacked");
    }

    @Test
    void whatIsTooLargeIsNotReadToItsEnd() throws IOException {
        byte[] part = gzip(new byte[1024 * 1024]);
        byte[] empty = gzip(new byte[0]);
        AtomicLong sent = new AtomicLong();
        endless("/bomb", "Content-Encoding: gzip", part, sent);
        endless("/husks", "Content-Encoding: gzip", empty, sent);
        endless("/plain", "X: y", new byte[8192], sent);
        for (String target : List.of("/bomb", "/husks", "/plain")) {
            sent.set(0);
            assertThat(failed(target).problem()).as(target).isEqualTo(PostReader.tooLarge(null));
            // What lies in the buffers of both ends counts as sent.
            assertThat(sent).as(target).hasValueLessThan(PostReader.MAX_BYTES + 16_000_000L);
        }
        server.page("/bomb2", "200 OK\nContent-Encoding: gzip, gzip", gzip(gzip(new byte[PostReader.MAX_BYTES + 1])));
        assertThat(failed("/bomb2").problem()).isEqualTo(PostReader.tooLarge(null));
        server.page("/largest", "200 OK\nContent-Encoding: gzip", gzip(new byte[PostReader.MAX_BYTES]));
        assertThat(content("/largest").bytes()).hasSize(PostReader.MAX_BYTES);
    }

    private void endless(String target, String header, byte[] part, AtomicLong sent) {
        server.page(target, (request, out) -> {
            out.write(WebServer.head("HTTP/1.1 200 OK\n" + header));
            while (true) {
                out.write(part);
                sent.addAndGet(part.length);
            }
        });
    }

    @Test
    void theTimeOutIsForTheWholeFetch() {
        server.page("/silent", (request, out) -> Thread.sleep(60_000));
        server.page("/headers", (request, out) -> drip(out, "HTTP/1.1 200 OK\r\nX: ", "y"));
        server.page("/body", (request, out) -> drip(out, "HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n", "y"));
        server.page(
                "/chunks",
                (request, out) -> drip(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\ny\r\n"));
        server.page("/100", (request, out) -> drip(out, "", "HTTP/1.1 100 Continue\r\n\r\n"));
        server.page("/404", (request, out) -> drip(out, "HTTP/1.1 404 Not Found\r\nContent-Length: 99\r\n\r\n", "y"));
        server.page("/slow*", (request, out) -> {
            Thread.sleep(150);
            out.write(WebServer.head("HTTP/1.1 302 Found\nContent-Length: 0\nLocation: "
                    + request.target().replace("/slow", "/slow/")));
        });
        Web hurried = closing(new Web(within(Duration.ofMillis(500)), CLOCK));
        for (String target : List.of("/silent", "/headers", "/body", "/chunks", "/100", "/slow")) {
            long start = System.nanoTime();
            assertThat(hurried.get(URI.create(server.at(target)), Validators.NONE))
                    .as(target)
                    .isEqualTo(new WebAnswer.Failed(
                            0, "the server did not answer in time (500 ms); try again later", null));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).as(target).isLessThan(Duration.ofSeconds(5));
        }
        assertThat(((WebAnswer.Failed) hurried.get(URI.create(server.at("/404")), Validators.NONE)).status())
                .isEqualTo(404);
        assertThat(hurried.get(URI.create(server.at("/feed")), Validators.NONE)).isInstanceOf(WebAnswer.Content.class);
    }

    private static void drip(OutputStream out, String start, String drop) throws IOException, InterruptedException {
        out.write(start.getBytes(StandardCharsets.UTF_8));
        while (true) {
            out.write(drop.getBytes(StandardCharsets.UTF_8));
            out.flush();
            Thread.sleep(50);
        }
    }

    @Test
    void aServerThatAcceptsNobodyEndsWithTheTimeOut() throws IOException {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<Socket> waiting = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                Socket socket = closing(new Socket());
                waiting.add(socket);
                try {
                    socket.connect(full.getLocalSocketAddress(), 100);
                } catch (IOException backlogIsFull) {
                    break;
                }
            }
            Web hurried = closing(new Web(within(Duration.ofMillis(300)), CLOCK));
            URI feed = URI.create("http://127.0.0.1:" + full.getLocalPort() + "/");
            assertThat(((WebAnswer.Failed) hurried.get(feed, Validators.NONE)).problem())
                    .startsWith("the server did not answer in time");
            assertThat(waiting).isNotEmpty();
        }
    }

    @Test
    void whatBreaksIsSaidInPlainWords() throws IOException {
        server.page("/gone-away", (request, out) -> {
            throw new IOException("closes the connection");
        });
        server.page("/half", (request, out) -> {
            out.write(WebServer.head("HTTP/1.1 200 OK\nContent-Length: 100"));
            out.write("<rss>".getBytes(StandardCharsets.UTF_8));
            throw new IOException("closes the connection");
        });
        byte[] zipped = gzip(FEED.getBytes(StandardCharsets.UTF_8));
        server.page("/half-zipped", (request, out) -> {
            out.write(
                    WebServer.head("HTTP/1.1 200 OK\nContent-Encoding: gzip\nContent-Length: " + (zipped.length + 1)));
            out.write(zipped);
            throw new IOException("closes the connection");
        });
        server.page("/half-chunk", (request, out) -> {
            out.write(WebServer.head("HTTP/1.1 200 OK\nTransfer-Encoding: chunked"));
            out.write("5\r\n<rss>\r\n5\r\n<c".getBytes(StandardCharsets.UTF_8));
            throw new IOException("closes the connection");
        });
        server.page("/no-chunk", (request, out) -> {
            out.write(WebServer.head("HTTP/1.1 200 OK\nTransfer-Encoding: chunked"));
            out.write("<rss></rss>\r\n".getBytes(StandardCharsets.UTF_8));
        });
        server.page("/long", "200 OK\nX: " + "y".repeat(20_000), FEED);
        server.page("/many", "200 OK" + "\nX: y".repeat(300), FEED);
        server.page("/smtp", (request, out) -> {
            out.write("220 mail.example ESMTP\r\n500 unknown\r\n".repeat(200).getBytes(StandardCharsets.UTF_8));
            throw new IOException("closes the connection");
        });
        assertThat(failed("/gone-away").problem())
                .isEqualTo("the server closed the connection without an answer; try again later");
        for (String target : List.of("/half", "/half-zipped", "/half-chunk", "/no-chunk")) {
            assertThat(failed(target).problem())
                    .as(target)
                    .isEqualTo("the answer broke off before its end; try again later");
        }
        assertThat(failed("/long").problem())
                .isEqualTo("the server sends too many or too long headers; tell its owner");
        assertThat(failed("/many").problem())
                .isEqualTo("the server sends too many or too long headers; tell its owner");
        assertThat(failed("/smtp").problem()).contains("; ");
        assertThat(((WebAnswer.Failed) get("http://127.0.0.1:1/")).problem())
                .isEqualTo("the server refuses connections; check the address and its port, or try again later");
    }

    private interface Meeting {
        void with(Socket client) throws IOException;
    }

    /** What comes of asking a server that does just this with a client. */
    private String problem(String scheme, Meeting meeting) throws IOException {
        try (ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> {
                try (Socket socket = listening.accept()) {
                    meeting.with(socket);
                } catch (IOException end) {
                    // the test is over
                }
            });
            thread.start();
            return ((WebAnswer.Failed) get(scheme + "://127.0.0.1:" + listening.getLocalPort() + "/")).problem();
        }
    }

    @Test
    void aResetConnectionIsSaidToHaveBroken() throws IOException {
        assertThat(problem("http", client -> {
                    int unused = client.getInputStream().read();
                    client.setSoLinger(true, 0);
                }))
                .matches("the connection broke \\(.*\\); try again later");
    }

    @Test
    void aServerWithoutTlsIsSaidToHaveNone() throws IOException {
        assertThat(problem("https", client -> {
                    byte[] hello = new byte[100];
                    int unused = client.getInputStream().read(hello);
                    client.getOutputStream().write(WebServer.head("HTTP/1.1 400 Bad Request\nConnection: close"));
                }))
                .isEqualTo("the server does not speak TLS there; check the port, or try http:// instead of https://");
    }

    @ParameterizedTest
    @CsvSource({
        "204, the server sent nothing; try again later",
        "200, the server sent nothing; try again later",
        "300, the server answered 300; open the address in a browser and correct it",
        "401, 'the server answered 401; it does not let this program read the feed; ask its owner or use another address'",
        "404, the server answered 404; the feed is gone or has moved; look up its new address",
        "500, the server answered 500; it has a fault; try again later",
        "503, 'the server answered 503; it is busy; fetch less often or try again later'"
    })
    void anAnswerWithoutADocumentSaysWhatToDo(int status, String problem) {
        server.page("/status", status == 204 ? "204 None\nX: y" : status + " X", "");
        assertThat(get(server.at("/status"))).isEqualTo(new WebAnswer.Failed(status, problem, null));
    }

    @Test
    void goneIsGoneUnlessATemporaryRedirectLedThere() {
        server.page("/gone", "410 Gone", "");
        redirect("/moved", 301, "/gone");
        redirect("/elsewhere", 302, "/gone");
        assertThat(get(server.at("/gone"))).isEqualTo(new WebAnswer.Gone());
        assertThat(get(server.at("/moved"))).isEqualTo(new WebAnswer.Gone());
        assertThat(failed("/elsewhere").status()).isEqualTo(410);
    }

    @Test
    void documentsMayComeFromTransformersAndWithoutALength() {
        server.page("/203", "203 Transformed", FEED);
        server.page("/until-closed", (request, out) -> {
            out.write(WebServer.head("HTTP/1.0 200 OK"));
            out.write(FEED.getBytes(StandardCharsets.UTF_8));
            throw new IOException("closes the connection");
        });
        assertThat(content("/203").bytes()).hasSize(FEED.length());
        assertThat(content("/until-closed").bytes()).hasSize(FEED.length());
    }

    @ParameterizedTest
    @CsvSource({
        "120, , PT2M",
        "' 120 ', , PT2M",
        "0, , ",
        "-5, , ",
        "soon, , ",
        "1e3, , ",
        "99999999999999999999999, , PT168H",
        "31536000, , PT168H",
        "'Sat, 01 Nov 2025 00:01:00 GMT', , PT1M",
        "'Sat, 01 Nov 2025 00:01:00 GMT', 'Sat, 01 Nov 2025 00:00:30 GMT', PT30S",
        "'Saturday, 01-Nov-25 00:01:00 GMT', , PT1M",
        "'Fri, 31 Oct 2025 00:01:00 GMT', , ",
        "'Sun, 01 Nov 2099 00:01:00 GMT', , PT168H"
    })
    void howLongToLeaveAServerAloneIsReadAsItMeansIt(String header, String date, String wait) {
        assertThat(RetryAfter.of(header, date, CLOCK.instant()))
                .isEqualTo(Optional.ofNullable(wait).map(Duration::parse));
    }

    @Test
    void aHostThatWantsToBeLeftAloneIsNotAskedAgain() {
        server.page("/busy", "429 Slow Down\nRetry-After: 3600", "");
        server.page("/shut", "503 Shut\nRetry-After: nonsense", "");
        assertThat(failed("/shut").retryAfter()).isNull();
        assertThat(content("/feed").bytes()).isNotEmpty();
        WebAnswer.Failed busy = failed("/busy");
        assertThat(busy.status()).isEqualTo(429);
        assertThat(busy.retryAfter()).isEqualTo(Duration.ofHours(1));
        int asked = server.requests.size();
        WebAnswer.Failed unasked = failed("/feed");
        assertThat(unasked.status()).as("no answer was had").isZero();
        assertThat(unasked.problem()).isEqualTo(busy.problem());
        assertThat(unasked.retryAfter()).isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
        assertThat(server.requests).hasSize(asked);
    }

    @Test
    void requestsToOneHostStartApartAndRedirectsCount() throws Exception {
        redirect("/moved", 301, "/feed");
        Internet internet = new Internet(
                server, Map.of("blog.example", List.of("93.184.215.14"), "other.example", List.of("93.184.215.15")));
        Web strict = on(internet, spaced(500));
        List<WebAnswer> answers = together(
                strict,
                "http://blog.example/moved",
                "http://blog.example/feed",
                "http://BLOG.example.:8080/feed",
                "http://other.example/feed");
        assertThat(answers).allSatisfy(answer -> assertThat(answer).isInstanceOf(WebAnswer.Content.class));
        List<Long> starts = server.requests.stream()
                .filter(request -> String.valueOf(request.header("host")).startsWith("blog.example"))
                .map(WebServer.Request::nanos)
                .sorted()
                .toList();
        assertThat(starts).hasSize(4);
        assertThat(IntStream.range(1, 4).mapToLong(i -> starts.get(i) - starts.get(i - 1)))
                .allSatisfy(gap -> assertThat(Duration.ofNanos(gap))
                        .isGreaterThan(Duration.ofMillis(300))); // they arrive a little later than they start
    }

    /** The answers to requests that were all made at once. */
    private List<WebAnswer> together(Web web, String... addresses) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(addresses.length);
        try {
            List<Future<WebAnswer>> answers = new ArrayList<>();
            for (String address : addresses) {
                answers.add(threads.submit(() -> web.get(URI.create(address), Validators.NONE)));
            }
            List<WebAnswer> all = new ArrayList<>();
            for (Future<WebAnswer> answer : answers) {
                all.add(answer.get(30, TimeUnit.SECONDS));
            }
            return all;
        } finally {
            threads.shutdownNow();
        }
    }

    private static String[] times(int count, String address) {
        return Collections.nCopies(count, address).toArray(String[]::new);
    }

    /** Notes how many requests are under way at once; each takes some time. */
    private AtomicInteger crowd(String target) {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        server.page(target, (request, out) -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            Thread.sleep(300);
            now.decrementAndGet();
            out.write(WebServer.head("HTTP/1.1 200 OK\nContent-Length: 1"));
            out.write('x');
        });
        return most;
    }

    @Test
    void theWorldsHostsGetTwoRequestsAtATimeAndOursAsManyAsThereAre() throws Exception {
        Map<String, List<String>> names =
                Map.of("blog.example", List.of("93.184.215.14"), "intra.example", List.of("10.1.2.3"));
        AtomicInteger most = crowd("/crowd");
        Web theirs = on(new Internet(server, names), spaced(1));
        assertThat(together(theirs, times(6, "http://blog.example/crowd"))).hasSize(6);
        assertThat(most).hasValue(2);
        for (String ours : List.of("intra.example", "10.1.0.0/16")) {
            most.set(0);
            Web named = on(new Internet(server, names), spaced(3000, ours));
            URI intra = URI.create("http://intra.example/crowd");
            long start = System.nanoTime();
            assertThat(together(named, times(6, intra.toString())))
                    .allSatisfy(answer -> assertThat(answer).isInstanceOf(WebAnswer.Content.class));
            assertThat(most.get()).as(ours).isGreaterThan(2);
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as("not spaced")
                    .isLessThan(Duration.ofSeconds(3));
            assertThat(named.isPrivate(intra)).isTrue();
            assertThat(named.isPrivate(URI.create("http://blog.example/"))).isFalse();
        }
    }

    @Test
    void waitingForATurnIsNotTimedAndHoldsNobodyElseUp() throws Exception {
        server.page("/slow", (request, out) -> Thread.sleep(60_000));
        Internet internet = new Internet(
                server, Map.of("slow.example", List.of("93.184.215.14"), "blog.example", List.of("93.184.215.15")));
        Web strict = on(
                internet,
                new FetchPolicy(8, Duration.ofMillis(10), Duration.ZERO, Duration.ofMillis(700), 10, Set.of()));
        String[] addresses = times(6, "http://slow.example/slow");
        addresses[4] = "http://slow.example/feed";
        addresses[5] = "http://blog.example/feed";
        long start = System.nanoTime();
        AtomicLong other = new AtomicLong();
        Thread elsewhere = new Thread(() -> {
            WebAnswer answer = strict.get(URI.create("http://blog.example/feed"), Validators.NONE);
            other.set(answer instanceof WebAnswer.Content ? System.nanoTime() - start : -1);
        });
        elsewhere.start();
        List<WebAnswer> answers = together(strict, addresses);
        elsewhere.join();
        assertThat(answers.subList(0, 4))
                .allSatisfy(answer -> assertThat(((WebAnswer.Failed) answer).problem())
                        .startsWith("the server did not answer in time"));
        assertThat(answers.get(4)).isInstanceOf(WebAnswer.Content.class);
        assertThat(answers.get(5)).isInstanceOf(WebAnswer.Content.class);
        assertThat(Duration.ofNanos(other.get())).isBetween(Duration.ofNanos(1), Duration.ofMillis(690));
    }

    @Test
    void whoWaitsForAHostThatWantsToBeLeftAloneIsToldAtOnce() throws Exception {
        server.page("/busy", "503 Busy\nRetry-After: 60", "");
        Internet internet = new Internet(server, Map.of("blog.example", List.of("93.184.215.14")));
        Web strict = on(internet, spaced(10_000));
        long start = System.nanoTime();
        List<WebAnswer> answers = together(strict, times(5, "http://blog.example/busy"));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(9));
        assertThat(answers)
                .extracting(answer -> ((WebAnswer.Failed) answer).problem())
                .containsOnly("the server answered 503; it is busy; fetch less often or try again later");
        assertThat(answers)
                .extracting(answer -> ((WebAnswer.Failed) answer).status())
                .containsOnlyOnce(503)
                .contains(0);
        assertThat(server.requests).hasSize(1);
    }

    @Test
    void whoIsInterruptedWhileWaitingStops() throws Exception {
        Internet internet = new Internet(server, Map.of("blog.example", List.of("93.184.215.14")));
        Web strict = on(internet, spaced(60_000));
        URI feed = URI.create("http://blog.example/feed");
        assertThat(strict.get(feed, Validators.NONE)).isInstanceOf(WebAnswer.Content.class);
        List<WebAnswer> answers = new CopyOnWriteArrayList<>();
        Thread waiting = new Thread(() -> answers.add(strict.get(feed, Validators.NONE)));
        waiting.start();
        waiting.interrupt();
        waiting.join(10_000);
        assertThat(answers).containsExactly(new WebAnswer.Failed(0, "fetching was interrupted; try again", null));
    }

    @Test
    void turnsComeInTheOrderTheyWereAskedFor() throws Exception {
        HostQueue queue = new HostQueue(spaced(20));
        List<Integer> order = new CopyOnWriteArrayList<>();
        List<Thread> threads = new ArrayList<>();
        queue.enter();
        queue.enter();
        for (int i = 0; i < 5; i++) {
            int number = i;
            Thread thread = new Thread(() -> {
                try {
                    queue.enter();
                    order.add(number);
                    queue.leave();
                } catch (InterruptedException end) {
                    order.add(-1);
                }
            });
            threads.add(thread);
            thread.start();
            while (thread.getState() != Thread.State.WAITING && thread.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
        }
        queue.leave();
        queue.leave();
        for (Thread thread : threads) {
            thread.join(10_000);
        }
        assertThat(order).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void aCertificateIsCheckedAndATlsConnectionEndsInTimeToo(@TempDir Path folder) throws Exception {
        KeyStores keys = new KeyStores(folder);
        try {
            for (String name : List.of("good", "other")) {
                WebServer secure =
                        closing(new WebServer(context(keys.file(name)).getServerSocketFactory()));
                secure.page("/feed", "200 OK", FEED);
                secure.page(
                        "/body", (request, out) -> drip(out, "HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n", "y"));
                URI feed = URI.create("https://localhost:" + secure.port() + "/feed");
                Web untrusting = closing(new Web(spaced(0, "localhost"), CLOCK));
                assertThat(((WebAnswer.Failed) untrusting.get(feed, Validators.NONE)).problem())
                        .as(name)
                        .startsWith("the server's certificate is not trusted (");
                trust(keys.file(name));
                Web trusting = closing(new Web(
                        new FetchPolicy(
                                8, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(2), 10, Set.of("localhost")),
                        CLOCK));
                WebAnswer answer = trusting.get(feed, Validators.NONE);
                if (name.equals("good")) {
                    assertThat(answer).isInstanceOf(WebAnswer.Content.class);
                    assertThat(trusting.get(feed.resolve("/body"), Validators.NONE))
                            .extracting(late -> ((WebAnswer.Failed) late).problem())
                            .isEqualTo("the server did not answer in time (2 s); try again later");
                } else {
                    assertThat(((WebAnswer.Failed) answer).problem())
                            .startsWith("the server's certificate is not trusted (");
                }
                System.clearProperty("javax.net.ssl.trustStore");
            }
        } finally {
            System.clearProperty("javax.net.ssl.trustStore");
            System.clearProperty("javax.net.ssl.trustStorePassword");
        }
    }

    @Test
    void anExpiredCertificateIsSaidToHaveExpired() {
        SSLException refused = new SSLHandshakeException("PKIX path validation failed");
        refused.initCause(new CertificateExpiredException());
        assertThat(WebTrouble.of(refused)).isEqualTo("the server's certificate has expired; tell its owner");
    }

    private static void trust(Path store) {
        System.setProperty("javax.net.ssl.trustStore", store.toString());
        System.setProperty("javax.net.ssl.trustStorePassword", "changeit");
    }

    private static SSLContext context(Path store) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, "changeit".toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, "changeit".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}
