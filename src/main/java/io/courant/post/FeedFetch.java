package io.courant.post;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** Fetches a feed over http or https, within limits of time, size and redirects. */
final class FeedFetch {
    private static final Timeout CONNECT = Timeout.ofSeconds(10);
    private static final Timeout RESPONSE = Timeout.ofSeconds(30);
    private static final int MAX_REDIRECTS = 5;

    private FeedFetch() {}

    /**
     * What a server answered.
     *
     * @param uri where the last redirect led
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
    record Fetched(URI uri, byte[] content, @Nullable String contentType) {}

    static Fetched get(URI uri) {
        if (!Links.isWeb(uri)) {
            throw new PostException(uri.toString(), "is no web address (expected http://… or https://…)");
        }
        RequestConfig limits = RequestConfig.custom()
                .setResponseTimeout(RESPONSE)
                .setConnectionRequestTimeout(CONNECT)
                .setMaxRedirects(MAX_REDIRECTS)
                .build();
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(CONNECT)
                        .setSocketTimeout(RESPONSE)
                        .build())
                .build();
        try (CloseableHttpClient client = HttpClients.custom()
                .setUserAgent("Courant")
                .setDefaultRequestConfig(limits)
                .setConnectionManager(connections)
                .disableAutomaticRetries()
                .disableCookieManagement()
                .build()) {
            HttpClientContext context = HttpClientContext.create();
            return client.execute(new HttpGet(uri), context, response -> fetched(uri, context, response));
        } catch (IOException cause) {
            throw new PostException(uri.toString(), unreachable(cause));
        }
    }

    private static Fetched fetched(URI uri, HttpClientContext context, ClassicHttpResponse response)
            throws IOException {
        if (response.getCode() != 200) {
            throw new PostException(
                    uri.toString(), "the server answered " + response.getCode() + "; " + advice(response.getCode()));
        }
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            throw new PostException(uri.toString(), "the server sent nothing; try again later");
        }
        try (InputStream in = entity.getContent()) {
            byte[] content = in.readNBytes(PostReader.MAX_BYTES + 1); // counted after inflation
            if (content.length > PostReader.MAX_BYTES) {
                throw new PostException(uri.toString(), PostReader.tooLarge(null));
            }
            var redirects = context.getRedirectLocations();
            URI last = redirects == null || redirects.size() == 0 ? uri : redirects.get(redirects.size() - 1);
            return new Fetched(last, content, entity.getContentType());
        }
    }

    private static String advice(int status) {
        return switch (status) {
            case 401, 403 -> "it does not let this program read the feed; ask its owner or use another address";
            case 404, 410 -> "the feed is gone or has moved; look up its new address";
            case 429, 503 -> "it is busy; fetch less often or try again later";
            default ->
                status >= 500 ? "it has a fault; try again later" : "open the address in a browser and correct it";
        };
    }

    private static String unreachable(IOException cause) {
        if (cause instanceof UnknownHostException) {
            return "no such host; check the address and the network";
        }
        if (cause instanceof SocketTimeoutException) {
            return "the server did not answer in time; try again later";
        }
        String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return "cannot be fetched (" + TitleLine.oneLine(why) + "); check the address and the network";
    }
}
