package io.courant.dns;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Internet addresses of hosts, asked of {@link Records} and of nobody else. */
final class Addresses {
    private static final Pattern LITERAL = Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    private final Records records;

    Addresses(Records records) {
        this.records = records;
    }

    List<InetAddress> of(String host) {
        if (LITERAL.matcher(host).matches()) {
            return List.of(parse(host));
        }
        return Stream.of(Records.Type.A, Records.Type.AAAA)
                .flatMap(type -> records.of(host, type).stream())
                .map(Addresses::parse)
                .toList();
    }

    /** An address in digits; asks nobody. */
    static InetAddress parse(String literal) {
        try {
            if (LITERAL.matcher(literal).matches()) {
                return InetAddress.getAllByName(literal)[0];
            }
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("'" + literal + "' is no internet address", e);
        }
        throw new IllegalArgumentException("'" + literal + "' is no internet address");
    }

    /** Whether receivers may see it as a sender. */
    static boolean isPublic(InetAddress address) {
        boolean uniqueLocal = address instanceof Inet6Address && (address.getAddress()[0] & 0xFE) == 0xFC; // RFC 4193
        return !address.isLoopbackAddress()
                && !address.isSiteLocalAddress()
                && !address.isLinkLocalAddress()
                && !address.isAnyLocalAddress()
                && !uniqueLocal;
    }

    /** Whether two addresses have so many first bits in common. */
    static boolean share(InetAddress one, InetAddress other, int bits) {
        byte[] first = one.getAddress();
        byte[] second = other.getAddress();
        if (first.length != second.length) {
            return false;
        }
        for (int i = 0; i < bits; i++) {
            int mask = 0x80 >> (i % 8);
            if ((first[i / 8] & mask) != (second[i / 8] & mask)) {
                return false;
            }
        }
        return true;
    }
}
