package io.courant.consent;

import io.courant.post.AddressBlock;
import java.net.InetAddress;

/**
 * Where a request came from.
 *
 * @param client IP address, as text
 */
public record Origin(String client) {
    private static final int IPV4_BYTES = 4;
    private static final int IPV4_PREFIX = 24;
    private static final int IPV6_PREFIX = 48;

    public Origin {
        client = client.replaceFirst("%.*", ""); // RFC 4007 §11: a zone means something on one machine only
        address(client);
    }

    /** The network that is counted as one client: a /24 of IPv4, a /48 of IPv6, as sites are given them (RFC 6177). */
    public String block() {
        InetAddress address = address(client);
        boolean ipv4 = address.getAddress().length == IPV4_BYTES;
        return AddressBlock.around(address, ipv4 ? IPV4_PREFIX : IPV6_PREFIX).toString();
    }

    private static InetAddress address(String client) {
        return AddressBlock.literal(client)
                .orElseThrow(() -> new IllegalArgumentException("the client's address is no IP address"));
    }
}
