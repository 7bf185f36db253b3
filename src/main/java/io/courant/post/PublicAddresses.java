package io.courant.post;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tells addresses of the public internet from those of a machine, a local network or no network at all, by IANA's
 * special-purpose address registries (RFC 6890) and the address space that is allotted at all. Whoever writes a feed's
 * address or a redirect could else make this machine read what only it can reach.
 */
final class PublicAddresses {
    /** Refused whole, even where a registry lets single addresses in them through: no web server is at these. */
    private static final Map<AddressBlock, String> IPV4 = blocks(
            "0.0.0.0/8", "this network", // RFC 791
            "10.0.0.0/8", "private", // RFC 1918
            "100.64.0.0/10", "shared behind a provider's NAT", // RFC 6598
            "127.0.0.0/8", "loopback", // RFC 1122
            "169.254.0.0/16", "link-local", // RFC 3927
            "172.16.0.0/12", "private", // RFC 1918
            "192.0.0.0/24", "protocol assignments", // RFC 6890
            "192.0.2.0/24", "documentation", // RFC 5737
            "192.88.99.0/24", "6to4 relay", // RFC 7526
            "192.168.0.0/16", "private", // RFC 1918
            "198.18.0.0/15", "benchmarks", // RFC 2544
            "198.51.100.0/24", "documentation", // RFC 5737
            "203.0.113.0/24", "documentation", // RFC 5737
            "224.0.0.0/4", "multicast", // RFC 5771
            "255.255.255.255/32", "broadcast", // RFC 919
            "240.0.0.0/4", "reserved"); // RFC 1112

    private static final Map<AddressBlock, String> IPV6 = blocks(
            "::/128", "unspecified", // RFC 4291
            "::1/128", "loopback", // RFC 4291
            "64:ff9b:1::/48", "local NAT64", // RFC 8215
            "100::/64", "discarded", // RFC 6666
            "2001::/32", "Teredo", // RFC 4380
            "2001:10::/28", "ORCHID", // RFC 4843
            "2001:20::/28", "ORCHID", // RFC 7343
            "2001::/23", "protocol assignments", // RFC 2928
            "2001:db8::/32", "documentation", // RFC 3849
            "2002::/16", "6to4", // RFC 7526 took it out of use
            "3fff::/20", "documentation", // RFC 9637
            "fc00::/7", "private", // RFC 4193
            "fe80::/10", "link-local", // RFC 4291
            "fec0::/10", "site-local", // RFC 3879
            "ff00::/8", "multicast"); // RFC 4291

    /** All that is allotted as global unicast so far (IANA's IPv6 address space registry). */
    private static final AddressBlock GLOBAL_UNICAST = block("2000::/3");

    /** Addresses that hold one of IPv4 in their last four bytes; as public as that is. */
    private static final Map<AddressBlock, String> EMBEDDING = blocks(
            "::ffff:0:0:0/96", "translated IPv4", // RFC 2765
            "64:ff9b::/96", "NAT64", // RFC 6052; where a network has IPv6 only, every IPv4 host is found here
            "::/96", "IPv4-compatible"); // RFC 4291

    private PublicAddresses() {}

    static boolean isPublic(InetAddress address) {
        return objection(address).isEmpty();
    }

    /** What kind of address it is, if it is not a public one. */
    static Optional<String> objection(InetAddress address) {
        return objection(address.getAddress());
    }

    private static Optional<String> objection(byte[] address) {
        if (address.length == 4) {
            return find(IPV4, address);
        }
        if (isMapped(address)) {
            return objection(embedded(address)).map(kind -> kind + ", mapped to IPv6");
        }
        Optional<String> special = find(IPV6, address);
        if (special.isPresent() || GLOBAL_UNICAST.contains(address)) {
            return special;
        }
        return find(EMBEDDING, address)
                .map(form -> objection(embedded(address)).map(kind -> kind + ", as " + form))
                .orElse(Optional.of("reserved"));
    }

    /** Java turns these into IPv4 wherever it makes addresses of bytes, but a resolver need not. */
    private static boolean isMapped(byte[] address) {
        byte[] head = new byte[12];
        head[10] = head[11] = (byte) 0xff;
        return Arrays.equals(head, Arrays.copyOf(address, 12));
    }

    private static byte[] embedded(byte[] address) {
        return Arrays.copyOfRange(address, 12, 16);
    }

    private static Optional<String> find(Map<AddressBlock, String> blocks, byte[] address) {
        return blocks.entrySet().stream()
                .filter(block -> block.getKey().contains(address))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** In the order given: the first that fits names the kind. */
    private static Map<AddressBlock, String> blocks(String... blocksAndKinds) {
        Map<AddressBlock, String> blocks = new LinkedHashMap<>();
        for (int i = 0; i < blocksAndKinds.length; i += 2) {
            blocks.put(block(blocksAndKinds[i]), blocksAndKinds[i + 1]);
        }
        return blocks;
    }

    private static AddressBlock block(String text) {
        return AddressBlock.of(text).orElseThrow(() -> new IllegalStateException(text));
    }
}
