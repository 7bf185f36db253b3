package io.courant.bounce;

import io.courant.delivery.Relay.Tls;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

/** Where a newsletter's mail comes back to, as its job file says. */
public sealed interface BouncePlace {
    /** As messages call it. */
    String name();

    /** A folder on this machine that a mail server delivers into, with {@code new} and {@code cur}. */
    record Maildir(Path folder) implements BouncePlace {
        @Override
        public String name() {
            return "maildir " + folder;
        }
    }

    /**
     * A folder of an IMAP server (RFC 3501).
     *
     * @param passwordFile file whose first line is the password; secrets stand in files, never in job files
     * @param timeout for connecting, and for each answer
     */
    record Imap(String host, int port, Tls tls, String username, Path passwordFile, String folder, Duration timeout)
            implements BouncePlace {
        private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|.*:.*");

        public Imap {
            if (tls == Tls.NONE && !isHere(host)) {
                throw new IllegalArgumentException(
                        "the login would cross the network in clear; set tls to starttls or tls");
            }
            if (timeout.isZero() || timeout.isNegative()) {
                throw new IllegalArgumentException("the mailbox's timeout must be longer than 0");
            }
        }

        /** Whether what is said to the host stays on this machine; no name is looked up to find out. */
        private static boolean isHere(String host) {
            try {
                return host.equalsIgnoreCase("localhost")
                        || (ADDRESS.matcher(host).matches()
                                && InetAddress.getByName(host).isLoopbackAddress());
            } catch (UnknownHostException e) {
                return false;
            }
        }

        /** The port that servers have for it (RFC 3501 §2.1, RFC 8314 §7.1). */
        public static int usualPort(Tls tls) {
            return tls == Tls.TLS ? 993 : 143;
        }

        @Override
        public String name() {
            return "mailbox " + host + ":" + port;
        }
    }
}
