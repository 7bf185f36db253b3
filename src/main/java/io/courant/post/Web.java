package io.courant.post;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SchemePortResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.CharCodingConfig;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.net.URIAuthority;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Fetches documents over http and https, many at once: from public addresses only, within the limits of a policy, and
 * no faster than a host can bear. Everything that goes wrong is an answer. Nothing is kept but connections and the
 * hosts' own wishes, so one of these serves a whole run.
 */
final class Web implements AutoCloseable {
    private static final int MAX_REDIRECTS = 5;
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Http1Config HEADERS = Http1Config.custom()
            .setMaxLineLength(16 * 1024)
            .setMaxHeaderCount(200)
            .build();

    /** Kept connections, too, so well below the number of files that a process may open. */
    private static final int MAX_CONNECTIONS = 256;

    private static final int SHORT_BODY = 64 * 1024;
    private static final String INTERRUPTED = "fetching was interrupted; try again";
    private static final String QUEUE = "courant.queue";
    private static final String ACCEPT = "application/atom+xml, application/rss+xml, application/feed+json,"
            + " application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7,"
            + " text/html;q=0.5, */*;q=0.1";

    private final FetchPolicy policy;
    private final InstantSource clock;
    private final PrivateHosts privateHosts;
    private final Map<String, HostQueue> queues = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor watchdog = new ScheduledThreadPoolExecutor(1, daemons("web-watchdog"));
    private final ExecutorService lookups = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), daemons("web-lookup"));
    private final CheckedLookup lookup;
    private final PoolingHttpClientConnectionManager connections;
    private final CloseableHttpClient client;

    /** @param clock tells how far the moment is that a busy server names */
    Web(FetchPolicy policy, InstantSource clock) {
        // No proxy of the system gets hold of these: what connects to a proxy is not what was checked.
        this(policy, clock, InetAddress::getAllByName, () -> new Socket(Proxy.NO_PROXY));
    }

    Web(FetchPolicy policy, InstantSource clock, CheckedLookup.Names names, Supplier<Socket> sockets) {
        this.policy = policy;
        this.clock = clock;
        this.privateHosts = new PrivateHosts(policy.privateHosts());
        this.lookup = new CheckedLookup(
                names, privateHosts, lookups, host -> queue(host).own());
        watchdog.setRemoveOnCancelPolicy(true);
        watchdog.setKeepAliveTime(10, TimeUnit.SECONDS);
        watchdog.allowCoreThreadTimeOut(true);
        connections = connections(sockets);
        client = HttpClients.custom()
                .setConnectionManager(connections)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(timeout(policy.timeout()))
                        .setConnectionRequestTimeout(timeout(policy.timeout()))
                        .setAuthenticationEnabled(false)
                        .setProtocolUpgradeEnabled(false)
                        .build())
                .setUserAgent(userAgent())
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableContentCompression() // ContentCoding counts what it unpacks
                .disableCookieManagement()
                .disableAuthCaching()
                .disableConnectionState()
                .addExecInterceptorBefore(ChainElement.MAIN_TRANSPORT.name(), "sent", (request, scope, chain) -> {
                    if (scope.clientContext.getAttribute(QUEUE) instanceof HostQueue queue) {
                        queue.sent();
                    }
                    return chain.proceed(request, scope);
                })
                .build();
    }

    private PoolingHttpClientConnectionManager connections(Supplier<Socket> sockets) {
        return new Connections(sockets)
                .setDnsResolver(lookup)
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(HEADERS)
                        // A char for each byte, so that validators go back just as they came.
                        .charCodingConfig(CharCodingConfig.custom()
                                .setCharset(StandardCharsets.ISO_8859_1)
                                .build())
                        .build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(
                                timeout(CONNECT.compareTo(policy.timeout()) < 0 ? CONNECT : policy.timeout()))
                        .setSocketTimeout(timeout(policy.timeout()))
                        .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS) // servers close what they keep soon
                        .build())
                .setMaxConnTotal(Math.max(MAX_CONNECTIONS, policy.parallel()))
                .setMaxConnPerRoute(Math.max(2, policy.parallel())) // HostQueue lets fewer through
                .build();
    }

    static final class Connections extends PoolingHttpClientConnectionManagerBuilder {
        private final Supplier<Socket> sockets;

        Connections(Supplier<Socket> sockets) {
            this.sockets = sockets;
        }

        @Override
        protected HttpClientConnectionOperator createConnectionOperator(
                SchemePortResolver ports, DnsResolver lookup, TlsSocketStrategy tls) {
            return new DefaultHttpClientConnectionOperator(
                    proxy -> sockets.get(), ports, lookup, scheme -> scheme.equals("https") ? tls : null);
        }
    }

    static ThreadFactory daemons(String name) {
        return task -> {
            Thread daemon = new Thread(task, name);
            daemon.setDaemon(true);
            return daemon;
        };
    }

    private static Timeout timeout(Duration duration) {
        return Timeout.of(duration);
    }

    static String userAgent() {
        String version = Web.class.getPackage().getImplementationVersion();
        return version == null ? "Courant" : "Courant/" + version;
    }

    private HostQueue queue(String host) {
        return queues.computeIfAbsent(host, unused -> new HostQueue(policy));
    }

    /**
     * Whether a host is the publisher's own by the policy, so that it need not be spared. A name whose addresses alone
     * say so is known once it was asked.
     */
    boolean isPrivate(URI uri) {
        try {
            WebAddress address = WebAddress.of(uri);
            HostQueue queue = queues.get(address.host());
            return privateHosts.names(address.host()) || (queue != null && queue.isOwn());
        } catch (RefusedAddress refused) {
            return false;
        }
    }

    /**
     * The document at an address, after as many redirects as it takes. This waits for the host's turn first, which does
     * not count against the time-out.
     *
     * @param known of the document that the caller has
     */
    WebAnswer get(URI uri, Validators known) {
        try {
            return new Fetch(uri, known).answer();
        } catch (RefusedAddress refused) {
            return failed(0, refused.problem());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return failed(0, INTERRUPTED);
        }
    }

    /** Ends what is under way; nothing may be fetched any more. */
    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
        watchdog.shutdownNow();
        lookups.shutdownNow();
    }

    private static WebAnswer.Failed failed(int status, String problem) {
        return new WebAnswer.Failed(status, problem, null);
    }

    /** One document, from the first request to the last. */
    private final class Fetch {
        private final URI first;
        private final Validators known;
        private final Set<WebAddress> visited = new HashSet<>();
        private WebAddress at;
        private long nanosLeft = policy.timeout().toNanos();
        private boolean allPermanent = true;
        private @Nullable URI movedTo;

        Fetch(URI first, Validators known) throws RefusedAddress {
            this.first = first;
            this.known = known;
            this.at = WebAddress.of(first);
        }

        WebAnswer answer() throws RefusedAddress, InterruptedException {
            for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
                if (!visited.add(at)) {
                    return failed(0, "redirects in a circle, back to " + at.uri() + "; tell its owner");
                }
                WebAnswer answer = ask();
                if (answer != null) {
                    return answer;
                }
            }
            return failed(0, "redirects more than " + MAX_REDIRECTS + " times; tell its owner");
        }

        /** The answer, or null after one step to where a redirect leads. */
        private @Nullable WebAnswer ask() throws RefusedAddress, InterruptedException {
            HostQueue queue = queue(at.host());
            if (privateHosts.names(at.host())) {
                queue.own();
            }
            queue.enter();
            try {
                WebAnswer rest = queue.rest();
                return rest == null ? exchange(queue) : rest;
            } finally {
                queue.leave();
            }
        }

        private @Nullable WebAnswer exchange(HostQueue queue) throws RefusedAddress {
            HttpGet request = request();
            HttpClientContext context = HttpClientContext.create();
            context.setAttribute(QUEUE, queue);
            long start = System.nanoTime();
            lookup.allow(Math.max(0, nanosLeft));
            Future<?> alarm = watchdog.schedule(request::cancel, Math.max(0, nanosLeft), TimeUnit.NANOSECONDS);
            ClassicHttpResponse response = null;
            boolean whole = false;
            try {
                response = open(request, context);
                Step step = step(response, queue);
                whole = step.whole();
                return step.answer();
            } catch (RefusedAddress refused) {
                throw refused;
            } catch (IOException cause) {
                if (Thread.currentThread().isInterrupted()) {
                    return failed(0, INTERRUPTED);
                }
                boolean late = System.nanoTime() - start >= nanosLeft;
                return failed(0, late ? WebTrouble.late(policy.timeout()) : WebTrouble.of(cause));
            } finally {
                alarm.cancel(false);
                if (!whole) {
                    request.cancel(); // or else closing would read all that the server still sends
                }
                close(response);
                nanosLeft -= System.nanoTime() - start;
            }
        }

        private ClassicHttpResponse open(HttpGet request, HttpClientContext context) throws IOException {
            try {
                return client.executeOpen(new HttpHost(at.scheme(), at.host(), at.port()), request, context);
            } catch (RefusedAddress refused) {
                throw visited.size() == 1
                        ? refused
                        : new RefusedAddress("redirects to " + at.uri() + ", and " + refused.problem());
            }
        }

        private HttpGet request() {
            HttpGet request = new HttpGet(at.uri());
            request.setAuthority(new URIAuthority(at.host(), at.port()));
            request.setHeader("Accept", ACCEPT);
            request.setHeader("Accept-Encoding", ContentCoding.ACCEPTED);
            at.credentials(first).ifPresent(login -> request.setHeader("Authorization", login));
            if (known.etag() != null) {
                request.setHeader("If-None-Match", known.etag());
            }
            if (known.lastModified() != null) {
                request.setHeader("If-Modified-Since", known.lastModified());
            }
            return request;
        }

        private static void close(@Nullable ClassicHttpResponse response) {
            try {
                if (response != null) {
                    response.close();
                }
            } catch (IOException cancelled) {
                // what was wanted of it is known by now
            }
        }

        private Step step(ClassicHttpResponse response, HostQueue queue) throws IOException {
            int status = response.getCode();
            return switch (status) {
                case 200, 203 -> new Step(content(response), true);
                case 301, 302, 303, 307, 308 -> redirect(response, status);
                case 304 -> new Step(unchanged(), skip(response));
                case 410 -> new Step(gone(), skip(response));
                case 204, 205 -> new Step(nothing(status), skip(response));
                case 429, 503 -> new Step(busy(response, queue), skip(response));
                default -> new Step(failed(status, WebTrouble.of(status)), skip(response));
            };
        }

        private WebAnswer content(ClassicHttpResponse response) throws IOException {
            HttpEntity entity = response.getEntity();
            if (entity == null) {
                return nothing(response.getCode());
            }
            byte[] bytes = ContentCoding.read(entity.getContent(), all(response, "Content-Encoding"));
            if (bytes.length == 0) {
                return nothing(response.getCode());
            }
            Map<String, String> headers = headers(response);
            Validators validators = new Validators(headers.get("etag"), headers.get("last-modified"));
            return new WebAnswer.Content(at.uri(), movedTo, bytes, validators, headers);
        }

        private Step redirect(ClassicHttpResponse response, int status) throws IOException {
            Header location = response.getFirstHeader("Location");
            if (location == null) {
                return new Step(
                        failed(status, "redirects (" + status + ") without saying where to; tell its owner"),
                        skip(response));
            }
            at = at.redirected(location.getValue());
            allPermanent &= status == 301 || status == 308;
            if (allPermanent) {
                movedTo = at.uriWithLoginOf(first);
            }
            return new Step(null, skip(response));
        }

        private WebAnswer unchanged() {
            return known.equals(Validators.NONE)
                    ? failed(304, "the server answered 304 (unchanged) although nothing was known yet; tell its owner")
                    : new WebAnswer.Unchanged(movedTo);
        }

        private WebAnswer gone() {
            // After a temporary redirect it is that address which is gone, and the feed may come back.
            return allPermanent ? new WebAnswer.Gone() : failed(410, WebTrouble.of(410));
        }

        private WebAnswer busy(ClassicHttpResponse response, HostQueue queue) {
            Map<String, String> headers = headers(response);
            Duration wait = RetryAfter.of(headers.get("retry-after"), headers.get("date"), clock.instant())
                    .orElse(null);
            var answer = new WebAnswer.Failed(response.getCode(), WebTrouble.of(response.getCode()), wait);
            if (wait != null) {
                queue.rest(answer, wait);
            }
            return answer;
        }
    }

    /**
     * What one request led to.
     *
     * @param answer or null if a redirect is to be followed
     * @param whole whether the body was read to its end, so that the connection can be used again
     */
    private record Step(@Nullable WebAnswer answer, boolean whole) {}

    private static WebAnswer nothing(int status) {
        return failed(status, "the server sent nothing; try again later");
    }

    /** Reads over a body that nobody wants, if it is short. */
    private static boolean skip(ClassicHttpResponse response) {
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            return true;
        }
        if (entity.getContentLength() > SHORT_BODY) {
            return false;
        }
        try {
            InputStream body = entity.getContent();
            return body.readNBytes(SHORT_BODY).length < SHORT_BODY && body.read() < 0;
        } catch (IOException broken) {
            return false; // what the answer is, its status has said
        }
    }

    private static String all(ClassicHttpResponse response, String name) {
        StringBuilder all = new StringBuilder();
        for (Header header : response.getHeaders(name)) {
            all.append(all.length() == 0 ? "" : ",").append(header.getValue());
        }
        return all.toString();
    }

    private static Map<String, String> headers(ClassicHttpResponse response) {
        Map<String, String> headers = new HashMap<>();
        for (Header header : response.getHeaders()) {
            headers.putIfAbsent(header.getName().toLowerCase(Locale.ROOT), header.getValue());
        }
        return headers;
    }
}
