package io.courant.post;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.jspecify.annotations.Nullable;

/** Says what kept a document from being fetched, and what an editor can do about it. */
final class WebTrouble {
    private WebTrouble() {}

    /** Of an answer that is no document. */
    static String of(int status) {
        return "the server answered " + status + "; " + advice(status);
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

    /** Of a fetch that took longer than it may. */
    static String late(Duration timeout) {
        return "the server did not answer in time (" + words(timeout) + "); try again later";
    }

    private static String words(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }

    /** Of a request that had no answer, or half of one. */
    static String of(IOException cause) {
        if (cause instanceof RefusedAddress refused) {
            return refused.problem();
        }
        if (cause instanceof ContentCoding.Unreadable unreadable) {
            return String.valueOf(unreadable.getMessage());
        }
        if (cause instanceof UnknownHostException) {
            return "no such host; check the address and the network";
        }
        if (cause instanceof SSLException tls) {
            return tls(tls);
        }
        if (cause instanceof SocketTimeoutException) { // a connection's, too
            return "the server did not answer in time; try again later";
        }
        if (cause instanceof NoRouteToHostException) {
            return "the server cannot be reached; check the address and the network";
        }
        if (cause instanceof ConnectException) {
            return "the server refuses connections; check the address and its port, or try again later";
        }
        return halfway(cause);
    }

    private static String halfway(IOException cause) {
        if (find(cause, MessageConstraintException.class) != null) {
            return "the server sends too many or too long headers; tell its owner";
        }
        if (cause instanceof NoHttpResponseException) {
            return "the server closed the connection without an answer; try again later";
        }
        if (cause instanceof MalformedChunkCodingException
                || cause instanceof ConnectionClosedException
                || cause instanceof EOFException) {
            return "the answer broke off before its end; try again later";
        }
        if (cause instanceof SocketException) {
            return "the connection broke (" + said(cause) + "); try again later";
        }
        if (cause instanceof InterruptedIOException) {
            return "fetching was interrupted; try again later";
        }
        if (find(cause, HttpException.class) != null) {
            return "the server does not speak HTTP as it should (" + said(cause)
                    + "); check the address and its port, or tell its owner";
        }
        return "cannot be fetched (" + said(cause) + "); check the address and the network";
    }

    private static String tls(SSLException cause) {
        String said = said(cause);
        String lower = said.toLowerCase(Locale.ROOT);
        if (lower.contains("unrecognized ssl message") || lower.contains("plaintext")) {
            return "the server does not speak TLS there; check the port, or try http:// instead of https://";
        }
        boolean expired = find(cause, java.security.cert.CertificateExpiredException.class) != null;
        if (expired) {
            return "the server's certificate has expired; tell its owner";
        }
        boolean certificate = lower.contains("certificate")
                || lower.contains("certification path")
                || lower.contains("subject alternative");
        return (certificate ? "the server's certificate is not trusted (" : "no safe connection can be made (") + said
                + "); check the address, or tell its owner";
    }

    private static <T> @Nullable T find(Throwable in, Class<T> type) {
        return Stream.iterate(in, cause -> cause != null, Throwable::getCause)
                .limit(10)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElse(null);
    }

    private static String said(Throwable cause) {
        String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return TitleLine.oneLine(message.length() > 200 ? message.substring(0, 200) + "…" : message);
    }
}
