package io.courant.post;

import java.time.Duration;
import java.util.Set;

/**
 * How sources on the web are fetched: fast for us, gentle to those who serve them.
 *
 * @param parallel how many are fetched side by side
 * @param spacing time between two requests to one host
 * @param every a feed is not fetched again sooner
 * @param timeout of one fetch as a whole, redirects included
 * @param pauseAfter failures in a row after which a source is left alone until an editor resumes it
 * @param privateHosts hosts that may be fetched although their addresses are not public: names, addresses, or blocks
 *     such as {@code 10.1.0.0/16}. They are the publisher's own, so neither spacing nor {@code every} holds for them
 */
public record FetchPolicy(
        int parallel, Duration spacing, Duration every, Duration timeout, int pauseAfter, Set<String> privateHosts) {
    /** Fits most newsletters. */
    public static final FetchPolicy DEFAULT =
            new FetchPolicy(8, Duration.ofSeconds(1), Duration.ofMinutes(5), Duration.ofSeconds(30), 10, Set.of());

    /** @throws IllegalArgumentException if a private host is neither a name, an address nor a block */
    public FetchPolicy {
        privateHosts = Set.copyOf(privateHosts);
        PrivateHosts.check(privateHosts);
    }

    /** The same, with other private hosts. */
    public FetchPolicy withPrivateHosts(Set<String> hosts) {
        return new FetchPolicy(parallel, spacing, every, timeout, pauseAfter, hosts);
    }
}
