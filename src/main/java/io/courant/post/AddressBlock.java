package io.courant.post;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** A block of addresses in CIDR notation (RFC 4632, RFC 4291 section 2.3), such as {@code 10.1.0.0/16}. */
public final class AddressBlock {
    /** Without leading zeros, which some read as octal (RFC 6943 section 3.1.1). */
    private static final Pattern IPV4 =
            Pattern.compile("(?:(?:0|[1-9]\\d?|1\\d\\d|2[0-4]\\d|25[0-5])(?:\\.(?!$)|$)){4}");

    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]{0,60}:[0-9a-fA-F:.]{0,60}");
    private static final Pattern BITS = Pattern.compile("\\d{1,3}");

    private final byte[] base;
    private final int bits;

    private AddressBlock(byte[] base, int bits) {
        this.base = base;
        this.bits = bits;
    }

    /** A block, or a single address; empty if the text is neither. Bits beyond the prefix are not looked at. */
    static Optional<AddressBlock> of(String text) {
        int slash = text.indexOf('/');
        String prefix = slash < 0 ? "" : text.substring(slash + 1);
        return literal(slash < 0 ? text : text.substring(0, slash)).flatMap(address -> {
            byte[] base = address.getAddress();
            int most = base.length * Byte.SIZE;
            if (slash >= 0 && !BITS.matcher(prefix).matches()) {
                return Optional.empty();
            }
            int bits = slash < 0 ? most : Integer.parseInt(prefix);
            return bits > most ? Optional.empty() : Optional.of(new AddressBlock(base, bits));
        });
    }

    /** The block of so many leading bits that an address belongs to. */
    public static AddressBlock around(InetAddress address, int bits) {
        return new AddressBlock(address.getAddress(), bits);
    }

    /** The address that a text spells, without brackets; nothing is looked up. */
    public static Optional<InetAddress> literal(String text) {
        if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException noAddress) {
            return Optional.empty();
        }
    }

    boolean contains(InetAddress address) {
        return contains(address.getAddress());
    }

    boolean contains(byte[] address) {
        if (address.length != base.length) {
            return false;
        }
        int whole = bits / Byte.SIZE;
        for (int i = 0; i < whole; i++) {
            if (address[i] != base[i]) {
                return false;
            }
        }
        int rest = Byte.SIZE - bits % Byte.SIZE;
        return rest == Byte.SIZE || (address[whole] & 0xff) >> rest == (base[whole] & 0xff) >> rest;
    }

    /** In CIDR notation, with nothing but zeros beyond the prefix. */
    @Override
    public String toString() {
        byte[] network = base.clone();
        for (int bit = bits; bit < network.length * Byte.SIZE; bit++) {
            network[bit / Byte.SIZE] &= (byte) ~(0x80 >> bit % Byte.SIZE);
        }
        try {
            return InetAddress.getByAddress(network).getHostAddress() + "/" + bits;
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 or 16 bytes are an address", e);
        }
    }
}
