package io.courant.post;

import java.net.IDN;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An http or https address, taken apart the way it is asked: what is checked is what is connected to.
 *
 * @param scheme in small letters
 * @param host a name in ASCII and small letters, without a dot at its end, or an address without brackets
 * @param port or -1 for that of the scheme
 * @param target path and query, in ASCII
 */
record WebAddress(String scheme, String host, int port, String target) {
    private static final int LONGEST_NAME = 253; // RFC 1035 section 2.3.4, without the length bytes
    private static final Pattern LABEL = Pattern.compile("[a-z0-9_-]{1,63}"); // hosts with an underscore do exist
    private static final Pattern NUMBER = Pattern.compile("\\d+|0[xX][0-9a-fA-F]*");
    private static final Pattern PORT = Pattern.compile("\\d{0,5}");

    /** IDNA 2003 and 2008 make different names of them (RFC 5894 section 7.2), and Java knows IDNA 2003 only. */
    private static final Pattern DEVIATION = Pattern.compile("[ßς\\u200C\\u200D]");

    static WebAddress of(URI uri) throws RefusedAddress {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        String authority = uri.getRawAuthority();
        if (!(scheme.equals("http") || scheme.equals("https")) || authority == null) {
            throw new RefusedAddress("is no web address (expected http://… or https://…)");
        }
        String hostAndPort = authority.substring(authority.lastIndexOf('@') + 1);
        int colon = hostAndPort.startsWith("[")
                ? hostAndPort.indexOf(':', hostAndPort.indexOf(']') + 1)
                : hostAndPort.lastIndexOf(':');
        String host = colon < 0 ? hostAndPort : hostAndPort.substring(0, colon);
        int port = port(colon < 0 ? "" : hostAndPort.substring(colon + 1));
        boolean usual = port == (scheme.equals("http") ? 80 : 443);
        return new WebAddress(scheme, host(host), usual ? -1 : port, target(uri));
    }

    private static int port(String text) throws RefusedAddress {
        if (text.isEmpty()) {
            return -1;
        }
        int port = PORT.matcher(text).matches() ? Integer.parseInt(text) : 0;
        if (port < 1 || port > 65535) {
            throw new RefusedAddress("has no valid port ('" + text + "'; expected 1 to 65535); correct the address");
        }
        return port;
    }

    private static String host(String text) throws RefusedAddress {
        if (text.contains("%")) {
            throw new RefusedAddress(
                    text.startsWith("[")
                            ? "names a network interface (" + text
                                    + "), which is not public; leave out % and all after it"
                            : "has a host name with % in it (" + text + "); write the name as it is");
        }
        if (text.startsWith("[") && text.endsWith("]")) {
            return AddressBlock.literal(text.substring(1, text.length() - 1))
                    .map(InetAddress::getHostAddress)
                    .orElseThrow(() -> new RefusedAddress("has no valid IPv6 address (" + text + "); correct it"));
        }
        return hostName(text);
    }

    /** A name or an IPv4 address in the one spelling that is used here. */
    static String hostName(String text) throws RefusedAddress {
        String ascii = ascii(text).toLowerCase(Locale.ROOT);
        String name = ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii;
        String[] labels = name.split("\\.", -1);
        if (NUMBER.matcher(labels[labels.length - 1]).matches()) {
            // Which address this is depends on who reads it: 0177.0.0.1 is 127.0.0.1 to C and 177.0.0.1 to Java.
            return AddressBlock.literal(name)
                    .map(InetAddress::getHostAddress)
                    .orElseThrow(() -> new RefusedAddress("has an ambiguous address (" + text
                            + ", which programs read in different ways); write four decimal numbers without leading"
                            + " zeros, such as 198.51.100.7"));
        }
        for (String label : labels) {
            if (!LABEL.matcher(label).matches() || name.length() > LONGEST_NAME) {
                throw new RefusedAddress(
                        text.isEmpty()
                                ? "has no host; correct the address"
                                : "has no valid host name ('" + text + "'); correct the address");
            }
        }
        return name;
    }

    static String ascii(String name) throws RefusedAddress {
        if (StandardCharsets.US_ASCII.newEncoder().canEncode(name)) {
            return name;
        }
        var deviation = DEVIATION.matcher(name);
        if (deviation.find()) {
            throw new RefusedAddress("has a host name that programs read in different ways (%s, because of U+%04X);"
                            .formatted(name, (int) deviation.group().charAt(0))
                    + " write it in its xn-- form");
        }
        try {
            return IDN.toASCII(name, IDN.USE_STD3_ASCII_RULES); // a letter that hides a slash or an @ is refused
        } catch (IllegalArgumentException noName) {
            throw new RefusedAddress("has no valid host name ('" + name + "'); write it in its xn-- form");
        }
    }

    private static String target(URI uri) {
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return percentEncoded(path + query, "");
    }

    URI uri() {
        return uri("");
    }

    private URI uri(String login) {
        String written = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return URI.create(scheme + "://" + login + written + (port < 0 ? "" : ":" + port) + target);
    }

    /** With the name and password that another address of the same server has. */
    URI uriWithLoginOf(URI other) {
        String login = login(other);
        return uri(login == null || !isSameServer(other) ? "" : login + "@");
    }

    /** What name and password in an address are in a header (RFC 7617), if it has some and they are for this server. */
    Optional<String> credentials(URI other) {
        String login = login(other);
        if (login == null || !isSameServer(other)) {
            return Optional.empty();
        }
        String decoded = URI.create("//" + login + "@host").getUserInfo();
        return Optional.of("Basic " + Base64.getEncoder().encodeToString(decoded.getBytes(StandardCharsets.UTF_8)));
    }

    private boolean isSameServer(URI other) {
        try {
            WebAddress address = of(other);
            return address.scheme.equals(scheme) && address.host.equals(host) && address.port == port;
        } catch (RefusedAddress refused) {
            return false;
        }
    }

    private static @Nullable String login(URI uri) {
        String authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
        int at = authority.lastIndexOf('@');
        return at <= 0 ? null : percentEncoded(authority.substring(0, at), "@");
    }

    /** An address as it may be shown: without a name and a password. */
    static String shown(URI uri) {
        return uri.toString().replaceFirst("^([a-zA-Z][a-zA-Z0-9+.-]*:)?//[^/?#]*@", "$1//");
    }

    /**
     * Where a redirect from here leads.
     *
     * @param location header (RFC 9110 section 10.2.2), a char for each byte
     */
    WebAddress redirected(String location) throws RefusedAddress {
        String text =
                percentEncoded(utf8(location).replaceAll("[\\t\\r\\n]", "").strip(), "");
        URI next;
        try {
            next = resolve(text);
        } catch (URISyntaxException noUri) {
            try {
                next = resolve(percentEncoded(text, "[]"));
            } catch (URISyntaxException stillNone) {
                throw new RefusedAddress("redirects to '" + text + "', which is no address; tell its owner");
            }
        }
        String shown = shown(next);
        if (!shown.equals(next.toString())) {
            throw new RefusedAddress("redirects to an address with a name or password in it (" + shown
                    + "); ask its owner for the right address");
        }
        try {
            return of(next);
        } catch (RefusedAddress refused) {
            throw new RefusedAddress("redirects to " + shown + ", which " + refused.problem());
        }
    }

    private URI resolve(String reference) throws URISyntaxException {
        // Java resolves by RFC 2396, where a query alone replaces the file's name too.
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query);
        URI to = new URI(reference.startsWith("?") ? path + reference : reference);
        URI resolved = reference.isEmpty() ? uri() : uri().resolve(to);
        String above = resolved.getRawPath();
        if (above == null || !above.startsWith("/../")) {
            return resolved;
        }
        return new URI(resolved.toString().replaceFirst("^(https?://[^/]*)(/\\.\\.)+/", "$1/"));
    }

    /** As UTF-8, which servers send whatever the RFC says; else as Latin-1. */
    private static String utf8(String header) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(header.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException latin) {
            return header;
        }
    }

    /** Encodes what may not stand in an address (RFC 3986 section 2); letters of other scripts only after the host. */
    private static String percentEncoded(String text, String others) {
        int start = afterHost(text);
        StringBuilder encoded = new StringBuilder(text.substring(0, start));
        text.substring(start).codePoints().forEach(c -> {
            boolean illegal = c <= ' ' || c >= 0x7f || "\"<>\\^`{|}".indexOf(c) >= 0 || others.indexOf(c) >= 0;
            if (!illegal) {
                encoded.appendCodePoint(c);
            } else {
                for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                    encoded.append("%%%02X".formatted(b & 0xff));
                }
            }
        });
        return encoded.toString().replaceAll("%(?![0-9a-fA-F]{2})", "%25");
    }

    private static int afterHost(String text) {
        var start = Pattern.compile("^(?:[a-zA-Z][a-zA-Z0-9+.-]*:)?//[^/?#]*").matcher(text);
        return start.find() ? start.end() : 0;
    }
}
