package io.courant.post;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/**
 * Posts to programs elsewhere: to public hosts, and to those that an editor named, as {@link Web} fetches. No redirect is
 * followed, nothing of an answer is read but its status, and each post ends within {@link #TIMEOUT}.
 */
public final class Caller implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private final ScheduledThreadPoolExecutor watchdog =
            new ScheduledThreadPoolExecutor(1, Web.daemons("call-watchdog"));
    private final ExecutorService lookups = Executors.newCachedThreadPool(Web.daemons("call-lookup"));
    private final CheckedLookup lookup;
    private final CloseableHttpClient client;

    /** @param privateHosts as in {@link FetchPolicy} */
    public Caller(Set<String> privateHosts) {
        lookup = new CheckedLookup(InetAddress::getAllByName, new PrivateHosts(privateHosts), lookups, host -> {});
        Timeout timeout = Timeout.of(TIMEOUT);
        PoolingHttpClientConnectionManager connections = new Web.Connections(() -> new Socket(Proxy.NO_PROXY))
                .setDnsResolver(lookup)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(timeout)
                        .setSocketTimeout(timeout)
                        .build())
                .build();
        client = HttpClients.custom()
                .setConnectionManager(connections)
                .setUserAgent(Web.userAgent())
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableContentCompression()
                .disableCookieManagement()
                .disableAuthCaching()
                .build();
    }

    /**
     * What came of it.
     *
     * @param status 0: there was no answer
     */
    public record Answer(int status, String words) {}

    /** Posts JSON. */
    public Answer post(URI uri, Map<String, String> headers, byte[] body) {
        HttpPost request = new HttpPost(uri);
        headers.forEach(request::setHeader);
        request.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
        lookup.allow(TIMEOUT.toNanos());
        Future<?> alarm = watchdog.schedule(request::cancel, TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        try {
            WebAddress at = WebAddress.of(uri);
            try (var response = client.executeOpen(new HttpHost(at.scheme(), at.host(), at.port()), request, null)) {
                int status = response.getCode();
                request.cancel(); // or else closing would read all that the server still sends
                return new Answer(status, "HTTP status " + status);
            }
        } catch (RefusedAddress refused) {
            return new Answer(0, refused.problem());
        } catch (IOException cause) {
            return new Answer(
                    0, request.isCancelled() ? "no answer within " + TIMEOUT.toSeconds() + " s" : WebTrouble.of(cause));
        } finally {
            alarm.cancel(false);
        }
    }

    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
        watchdog.shutdownNow();
        lookups.shutdownNow();
    }
}
