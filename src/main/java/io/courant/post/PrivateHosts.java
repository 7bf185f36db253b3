package io.courant.post;

import java.net.InetAddress;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/** The hosts that an editor lets Courant ask although they are not on the public internet. */
final class PrivateHosts {
    private final Set<String> names = new HashSet<>();
    private final Set<AddressBlock> blocks = new LinkedHashSet<>();

    /**
     * Takes names, addresses and blocks.
     *
     * @throws IllegalArgumentException if one is none of them
     */
    PrivateHosts(Set<String> hosts) {
        hosts.forEach(this::add);
    }

    private void add(String host) {
        String text = host.strip();
        boolean bracketed = text.startsWith("[") && text.endsWith("]");
        AddressBlock.of(bracketed ? text.substring(1, text.length() - 1) : text)
                .ifPresentOrElse(blocks::add, () -> names.add(name(text)));
    }

    private static String name(String text) {
        try {
            return WebAddress.hostName(text);
        } catch (RefusedAddress refused) {
            throw new IllegalArgumentException(
                    "expected a host name, an address or a block such as 10.1.0.0/16, found '" + text + "'", refused);
        }
    }

    /** @throws IllegalArgumentException if one is neither a name, an address nor a block */
    static void check(Set<String> hosts) {
        PrivateHosts unused = new PrivateHosts(hosts);
    }

    /** Whether a host is named, whatever its addresses are, or is an address that is. */
    boolean names(String host) {
        return names.contains(host)
                || AddressBlock.literal(host).filter(this::contains).isPresent();
    }

    boolean contains(InetAddress address) {
        return blocks.stream().anyMatch(block -> block.contains(address));
    }
}
