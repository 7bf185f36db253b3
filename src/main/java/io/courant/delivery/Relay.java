package io.courant.delivery;

import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The SMTP server that takes our mail, and how to talk to it.
 *
 * @param username with {@code passwordFile}, or neither
 * @param passwordFile file whose first line is the password; secrets stand in files, never in job files
 */
public record Relay(
        String host,
        int port,
        Tls tls,
        @Nullable String username,
        @Nullable Path passwordFile,
        Timeouts timeouts) {

    /** How the connection is protected. */
    public enum Tls {
        /** Not at all; for a relay on the same machine. Refused together with a login. */
        NONE,
        /** STARTTLS (RFC 3207), required, certificate and name checked. */
        STARTTLS,
        /** TLS from the first byte (RFC 8314), certificate and name checked. */
        TLS
    }

    /**
     * RFC 5321 §4.5.3.2.
     *
     * @param reply wait for a reply before the final dot
     * @param dot wait for the reply to the final dot
     * @param message all steps of one message together: a relay must not hold a sender up with every step anew
     */
    public record Timeouts(Duration connect, Duration write, Duration reply, Duration dot, Duration message) {
        /** The least that RFC 5321 asks for, except for connecting, which a person may be waiting for. */
        public static final Timeouts DEFAULT = new Timeouts(
                Duration.ofSeconds(30),
                Duration.ofMinutes(3),
                Duration.ofMinutes(5),
                Duration.ofMinutes(10),
                Duration.ofMinutes(20));

        public Timeouts {
            if (Stream.of(connect, write, reply, dot, message).anyMatch(time -> time.isZero() || time.isNegative())) {
                throw new IllegalArgumentException("each of the relay's time-outs must be longer than 0");
            }
        }
    }

    public Relay {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " is not between 1 and 65535");
        }
        if ((username == null) != (passwordFile == null)) {
            throw new IllegalArgumentException("username and password-file belong together; only one is set");
        }
        if (username != null && tls == Tls.NONE) {
            throw new IllegalArgumentException("a login would cross the network in clear; set tls to starttls or tls");
        }
    }

    /** Host and port as people write them. */
    public String name() {
        return host + ":" + port;
    }
}
