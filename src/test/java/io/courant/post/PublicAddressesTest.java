package io.courant.post;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressesTest {
    /** First and last address of every block that is refused, and their neighbours that are not. */
    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, this network",
        "0.255.255.255, this network",
        "1.0.0.0, public",
        "9.255.255.255, public",
        "10.0.0.0, private",
        "10.255.255.255, private",
        "11.0.0.0, public",
        "100.63.255.255, public",
        "100.64.0.0, shared behind a provider's NAT",
        "100.127.255.255, shared behind a provider's NAT",
        "100.128.0.0, public",
        "126.255.255.255, public",
        "127.0.0.0, loopback",
        "127.0.0.1, loopback",
        "127.255.255.255, loopback",
        "128.0.0.0, public",
        "169.253.255.255, public",
        "169.254.0.0, link-local",
        "169.254.169.254, link-local",
        "169.254.255.255, link-local",
        "169.255.0.0, public",
        "172.15.255.255, public",
        "172.16.0.0, private",
        "172.31.255.255, private",
        "172.32.0.0, public",
        "191.255.255.255, public",
        "192.0.0.0, protocol assignments",
        "192.0.0.255, protocol assignments",
        "192.0.1.0, public",
        "192.0.1.255, public",
        "192.0.2.0, documentation",
        "192.0.2.255, documentation",
        "192.0.3.0, public",
        "192.88.98.255, public",
        "192.88.99.0, 6to4 relay",
        "192.88.99.255, 6to4 relay",
        "192.88.100.0, public",
        "192.167.255.255, public",
        "192.168.0.0, private",
        "192.168.255.255, private",
        "192.169.0.0, public",
        "198.17.255.255, public",
        "198.18.0.0, benchmarks",
        "198.19.255.255, benchmarks",
        "198.20.0.0, public",
        "198.51.99.255, public",
        "198.51.100.0, documentation",
        "198.51.100.255, documentation",
        "198.51.101.0, public",
        "203.0.112.255, public",
        "203.0.113.0, documentation",
        "203.0.113.255, documentation",
        "203.0.114.0, public",
        "223.255.255.255, public",
        "224.0.0.0, multicast",
        "239.255.255.255, multicast",
        "240.0.0.0, reserved",
        "255.255.255.254, reserved",
        "255.255.255.255, broadcast",
        "::, unspecified",
        "::1, loopback",
        "::2, 'this network, as IPv4-compatible'",
        "::127.0.0.1, 'loopback, as IPv4-compatible'",
        "::ffff:0:10.0.0.1, 'private, as translated IPv4'",
        "64:ff9b::10.0.0.1, 'private, as NAT64'",
        "64:ff9b::169.254.169.254, 'link-local, as NAT64'",
        "64:ff9b::8.8.8.8, public",
        "64:ff9b::1:8.8.8.8, reserved",
        "64:ff9b:1::, local NAT64",
        "64:ff9b:1:ffff:ffff:ffff:ffff:ffff, local NAT64",
        "64:ff9b:2::, reserved",
        "100::, discarded",
        "100::ffff:ffff:ffff:ffff, discarded",
        "100:0:0:1::, reserved",
        "1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, reserved",
        "2000::, public",
        "2000:ffff:ffff:ffff:ffff:ffff:ffff:ffff, public",
        "2001::, Teredo",
        "2001:0:ffff:ffff:ffff:ffff:ffff:ffff, Teredo",
        "2001:1::1, protocol assignments",
        "2001:2::, protocol assignments",
        "2001:10::, ORCHID",
        "2001:1f:ffff::, ORCHID",
        "2001:20::, ORCHID",
        "2001:2f:ffff::, ORCHID",
        "2001:30::, protocol assignments",
        "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff, protocol assignments",
        "2001:200::, public",
        "2001:db7:ffff:ffff:ffff:ffff:ffff:ffff, public",
        "2001:db8::, documentation",
        "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff, documentation",
        "2001:db9::, public",
        "2001:ffff:ffff:ffff:ffff:ffff:ffff:ffff, public",
        "2002::, 6to4",
        "2002:7f00:1::, 6to4",
        "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 6to4",
        "2003::, public",
        "2606:2800:220:1:248:1893:25c8:1946, public",
        "3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff, public",
        "3fff::, documentation",
        "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff, documentation",
        "3fff:1000::, public",
        "3fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, public",
        "4000::, reserved",
        "5f00::, reserved",
        "fbff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, reserved",
        "fc00::, private",
        "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, private",
        "fe00::, reserved",
        "fe7f:ffff:ffff:ffff:ffff:ffff:ffff:ffff, reserved",
        "fe80::, link-local",
        "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff, link-local",
        "fec0::, site-local",
        "feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, site-local",
        "ff00::, multicast",
        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, multicast",
        "::ffff:127.0.0.1, loopback",
        "::ffff:8.8.8.8, public"
    })
    void anAddressIsPublicOrOfAKindThatIsNot(String literal, String kind) throws UnknownHostException {
        InetAddress address = InetAddress.getByName(literal);
        assertThat(PublicAddresses.objection(address).orElse("public")).isEqualTo(kind);
        assertThat(PublicAddresses.isPublic(address)).isEqualTo(kind.equals("public"));
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1",
        "127.0.0.1., 127.0.0.1",
        "１２７.0.0.1, 127.0.0.1",
        "①②⑦。0。0。1, 127.0.0.1",
        "[::1], 0:0:0:0:0:0:0:1",
        "[0:0::1]:8080, 0:0:0:0:0:0:0:1",
        "[::ffff:127.0.0.1], 127.0.0.1",
        "[::ffff:7f00:1], 127.0.0.1",
        "Blog.Example, blog.example",
        "blog.example.:8080, blog.example",
        "localhost, localhost",
        "a_b.blog.example, a_b.blog.example",
        "-odd-.example, -odd-.example",
        "bücher.example, xn--bcher-kva.example",
        "BÜCHER.example., xn--bcher-kva.example",
        "例え。テスト, xn--r8jz45g.xn--zckzah",
        "1.example, 1.example",
        "127.0.0.1.example, 127.0.0.1.example",
        "ada:pw@blog.example, blog.example",
        "ada@bob@blog.example, blog.example"
    })
    void aHostIsReadInOneSpelling(String authority, String host) throws Exception {
        assertThat(WebAddress.of(new URI("http://" + authority + "/feed")).host())
                .isEqualTo(host);
    }

    @ParameterizedTest
    @CsvSource({
        "2130706433, ambiguous",
        "0x7f000001, ambiguous",
        "0x7f.1, ambiguous",
        "0X7F.0.0.1, ambiguous",
        "017700000001, ambiguous",
        "0177.0.0.1, ambiguous",
        "127.1, ambiguous",
        "127.0.1, ambiguous",
        "127.0.0.01, ambiguous",
        "127.0.0.0x1, ambiguous",
        "256.0.0.1, ambiguous",
        "1.2.3.4.5, ambiguous",
        "127.1., ambiguous",
        "0, ambiguous",
        "１２７.1, ambiguous",
        "127.0.0.1%2e, with % in it",
        "%31%32%37.0.0.1, with % in it",
        "[fe80::1%25eth0], names a network interface",
        "[fe80::1%eth0], names a network interface",
        "a..example, no valid host name",
        ".example, no valid host name",
        "example.., no valid host name",
        "a!b.example, no valid host name",
        "faß.example, xn-- form",
        "a\u200Db.example, xn-- form",
        "℀.example, xn-- form",
        "blog.example:0, no valid port",
        "blog.example:65536, no valid port",
        "blog.example:99999999999, no valid port",
        "blog.example:x, no valid port"
    })
    void aHostThatIsSpelledAmbiguouslyOrWronglyIsRefused(String authority, String why) {
        assertThatThrownBy(() -> WebAddress.of(new URI("http://" + authority + "/feed")))
                .isInstanceOf(RefusedAddress.class)
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ftp://blog.example/", "file:///etc/hostname", "feed", "http:feed", "http:///feed", "mailto:a@b"
            })
    void onlyHttpAndHttpsAreTheWeb(String address) {
        assertThatThrownBy(() -> WebAddress.of(new URI(address)))
                .isInstanceOf(RefusedAddress.class)
                .hasMessage("is no web address (expected http://… or https://…)");
    }

    @ParameterizedTest
    @CsvSource({
        "http://blog.example, http://blog.example/",
        "HTTP://Blog.Example:80/a?b#c, http://blog.example/a?b",
        "https://blog.example:443, https://blog.example/",
        "https://blog.example:80/x, https://blog.example:80/x",
        "http://blog.example?q, http://blog.example/?q",
        "http://blog.example/ä?ö, http://blog.example/%C3%A4?%C3%B6",
        "http://ada:pw@blog.example/x, http://blog.example/x",
        "http://[::1]:8080/x, http://[0:0:0:0:0:0:0:1]:8080/x"
    })
    void anAddressIsAskedForInOneForm(String given, String asked) throws Exception {
        assertThat(WebAddress.of(new URI(given)).uri()).isEqualTo(URI.create(asked));
    }

    @ParameterizedTest
    @CsvSource({
        "/b, http://blog.example/b",
        "b, http://blog.example/dir/b",
        "?q=1, http://blog.example/dir/feed?q=1",
        "../../b, http://blog.example/b",
        "//other.example/b, http://other.example/b",
        "https://blog.example/, https://blog.example/",
        "/a b|c, http://blog.example/a%20b%7Cc",
        "/100%, http://blog.example/100%25",
        "/a[1], http://blog.example/a%5B1%5D",
        "/?a[1]=2, http://blog.example/?a[1]=2",
        "/b#part, http://blog.example/b"
    })
    void aRedirectIsResolvedWhereItStands(String location, String target) throws Exception {
        WebAddress from = WebAddress.of(new URI("http://blog.example/dir/feed?old"));
        assertThat(from.redirected(location).uri()).isEqualTo(URI.create(target));
    }

    @Test
    void aRedirectInUtf8OrLatin1IsUnderstood() throws Exception {
        WebAddress from = WebAddress.of(new URI("http://blog.example/"));
        assertThat(from.redirected("http://b\u00C3\u00BCcher.example/\u00C3\u00BC")
                        .uri())
                .isEqualTo(URI.create("http://xn--bcher-kva.example/%C3%BC"));
        assertThat(from.redirected("/\u00FC").uri()).isEqualTo(URI.create("http://blog.example/%C3%BC"));
    }

    @Test
    void privateHostsAreNamesAddressesAndBlocks() throws UnknownHostException, URISyntaxException {
        PrivateHosts hosts = new PrivateHosts(
                Set.of("Intra.Example.", "bücher.example", "10.1.0.0/16", "192.168.1.7", "fd00::/8", "[::1]"));
        assertThat(hosts.names("intra.example")).isTrue();
        assertThat(hosts.names("xn--bcher-kva.example")).isTrue();
        assertThat(hosts.names("other.example")).isFalse();
        assertThat(hosts.names("a.intra.example")).isFalse();
        assertThat(hosts.names("10.1.255.255")).isTrue();
        assertThat(hosts.names("10.2.0.0")).isFalse();
        assertThat(hosts.contains(InetAddress.getByName("10.1.0.0"))).isTrue();
        assertThat(hosts.contains(InetAddress.getByName("10.0.255.255"))).isFalse();
        assertThat(hosts.contains(InetAddress.getByName("192.168.1.7"))).isTrue();
        assertThat(hosts.contains(InetAddress.getByName("192.168.1.8"))).isFalse();
        assertThat(hosts.contains(InetAddress.getByName("fdff::1"))).isTrue();
        assertThat(hosts.contains(InetAddress.getByName("fe00::1"))).isFalse();
        assertThat(hosts.contains(v6("::1"))).isTrue();
    }

    @Test
    void aBlockMayEndWithinAByteAndHoldEverything() throws UnknownHostException {
        AddressBlock all = AddressBlock.of("0.0.0.0/0").orElseThrow();
        assertThat(all.contains(InetAddress.getByName("255.1.2.3"))).isTrue();
        assertThat(all.contains(v6("::1"))).isFalse();
        AddressBlock odd = AddressBlock.of("10.0.0.128/25").orElseThrow();
        assertThat(odd.contains(InetAddress.getByName("10.0.0.127"))).isFalse();
        assertThat(odd.contains(InetAddress.getByName("10.0.0.255"))).isTrue();
        assertThat(AddressBlock.of("10.0.0.0/33")).isEmpty();
        assertThat(AddressBlock.of("10.0.0.0/")).isEmpty();
        assertThat(AddressBlock.of("::/129")).isEmpty();
        assertThat(AddressBlock.of("fe80::1%eth0")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "127.1", "http://intra.example", "a b", "", "intra.example:80"})
    void aPrivateHostThatIsNoneIsRefused(String host) {
        assertThatThrownBy(() -> new FetchPolicy(1, Duration.ZERO, Duration.ZERO, Duration.ZERO, 1, Set.of(host)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected a host name, an address or a block such as 10.1.0.0/16, found '" + host + "'");
    }

    @Test
    void anAddressMadeOfBytesIsNotTakenForAnother() throws UnknownHostException {
        byte[] mapped = HexFormat.of().parseHex("00000000000000000000ffff7f000001");
        assertThat(PublicAddresses.isPublic(InetAddress.getByAddress("x", mapped)))
                .isFalse();
    }

    private static InetAddress v6(String literal) throws UnknownHostException {
        return InetAddress.getByName(literal);
    }
}
