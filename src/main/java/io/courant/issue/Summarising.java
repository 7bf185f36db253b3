package io.courant.issue;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whom a newsletter asks to write its summaries: an endpoint that speaks as OpenAI's chat completions do.
 *
 * @param url what {@code /chat/completions} is appended to
 * @param keyFile file whose first line is the key, if one is needed; secrets stand in files, never in job files
 * @param timeout for one answer as a whole
 * @param most how many summaries an issue may ask for
 */
public record Summarising(URI url, String model, @Nullable Path keyFile, Duration timeout, int most) {
    /** Unless the job file says otherwise. */
    public static final Duration TIMEOUT = Duration.ofSeconds(20);

    /** Unless the job file says otherwise. */
    public static final int MOST = 30;

    public Summarising {
        if (url.getRawQuery() != null || url.getRawFragment() != null || url.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "the summariser's url ends with its path, as http://localhost:11434/v1 does; a key belongs in key-file");
        }
        if (timeout.isZero() || timeout.isNegative()) {
            throw new IllegalArgumentException("the summariser's timeout must be longer than 0");
        }
        if (keyFile != null && !"https".equalsIgnoreCase(url.getScheme()) && !isThisMachine(url.getHost())) {
            throw new IllegalArgumentException(
                    "the summariser's key would cross the network in clear; use an https url");
        }
    }

    /** The same, but nobody is asked any more: what was answered before is all there is. */
    Summarising askingNobody() {
        return new Summarising(url, model, keyFile, timeout, 0);
    }

    private static boolean isThisMachine(String host) {
        return host.equalsIgnoreCase("localhost") || host.matches("127(\\.\\d{1,3}){3}") || host.equals("[::1]");
    }
}
