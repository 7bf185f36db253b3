package io.courant.post;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class CanonicalLinkTest {
    /** Each link, and the canonical form it must have. */
    private static final String FORMS = """
            http://example.org/2024/01/a                              https://example.org/2024/01/a
            HTTPS://Example.ORG/2024/01/a                             https://example.org/2024/01/a
            https://www.example.org/a                                 https://example.org/a
            https://www.example.org./a                                https://example.org/a
            https://example.org.:8443/a                               https://example.org:8443/a
            http://example.org:80/a                                   https://example.org/a
            https://example.org:443/a                                 https://example.org/a
            http://example.org:443/a                                  https://example.org/a
            https://example.org:/a                                    https://example.org/a
            https://example.org:8080/a                                https://example.org:8080/a
            https://reader:secret@example.org/a                       https://example.org/a
            https://www.com/a                                         https://www.com/a
            https://www.co.uk/a                                       https://co.uk/a
            https://www2.example.org/a                                https://www2.example.org/a
            https://xn--mller-kva.example/a                           https://xn--mller-kva.example/a
            https://foo_bar.example/a/                                https://foo_bar.example/a
            https://[2001:db8::1]:443/a                               https://[2001:db8::1]/a
            https://[2001:db8::1]:8080/a                              https://[2001:db8::1]:8080/a
            https://example.org                                       https://example.org/
            https://example.org/                                      https://example.org/
            https://example.org/?utm_source=feed                      https://example.org/
            https://example.org/a/                                    https://example.org/a
            https://example.org//a///b                                https://example.org/a/b
            https://example.org/a/./b/../c                            https://example.org/a/c
            https://example.org/../../a                               https://example.org/a
            https://example.org/a/%2e%2E/b                            https://example.org/b
            https://example.org/a/index.html                          https://example.org/a
            https://example.org/index.php?p=7                         https://example.org/?p=7
            https://example.org/a/Default.aspx                        https://example.org/a
            https://example.org/index.php/2024/a                      https://example.org/index.php/2024/a
            https://example.org/a-index.html                          https://example.org/a-index.html
            https://example.org/%7eclub/%61                           https://example.org/~club/a
            https://example.org/caf%c3%a9                             https://example.org/caf%C3%A9
            https://example.org/café                                  https://example.org/caf%C3%A9
            https://example.org/日本                                   https://example.org/%E6%97%A5%E6%9C%AC
            https://example.org/a%2fb                                 https://example.org/a%2Fb
            https://example.org/a;jsessionid=1F?id=3                  https://example.org/a?id=3
            https://example.org/a;v=2                                 https://example.org/a;v=2
            https://example.org/a#comments                            https://example.org/a
            https://example.org/a#:~:text=word                        https://example.org/a
            https://example.org/#!/posts/12                           https://example.org/#!/posts/12
            https://example.org/#/posts/12                            https://example.org/#/posts/12
            https://example.org/#!                                    https://example.org/
            https://example.org/a#!                                   https://example.org/a
            https://example.org/a?                                    https://example.org/a
            https://example.org/a?&&                                  https://example.org/a
            https://example.org/a?utm_source=rss&utm_medium=feed      https://example.org/a
            https://example.org/a?UTM_Source=rss                      https://example.org/a
            https://example.org/a?id=3&amp;utm_source=rss             https://example.org/a?id=3
            https://example.org/a?fbclid=IwAR0x                       https://example.org/a
            https://example.org/a?gclid=x&dclid=y&gbraid=z&wbraid=w   https://example.org/a
            https://example.org/a?msclkid=x&yclid=y&twclid=z          https://example.org/a
            https://example.org/a?ttclid=x&igshid=y&li_fat_id=z       https://example.org/a
            https://example.org/a?mc_cid=x&mc_eid=y                   https://example.org/a
            https://example.org/a?_hsenc=x&_hsmi=y&__hstc=z           https://example.org/a
            https://example.org/a?vero_id=x&oly_enc_id=y&mkt_tok=z    https://example.org/a
            https://example.org/a?spm=x&cmpid=y&wt_mc=rss.red         https://example.org/a
            https://example.org/a?WT.mc_id=rss                        https://example.org/a
            https://example.org/a?at_medium=RSS&at_campaign=KARANGA   https://example.org/a
            https://example.org/a?ns_mchannel=social&ns_source=tw     https://example.org/a
            https://example.org/a?xtor=RSS-3208                       https://example.org/a
            https://example.org/a?pk_campaign=feed&mtm_kwd=x          https://example.org/a
            https://example.org/a?ref=rss                             https://example.org/a
            https://example.org/a?ref=weekly.example.com              https://example.org/a
            https://example.org/a?ref=main                            https://example.org/a?ref=main
            https://example.org/a?source=rss----7f60cf---4            https://example.org/a
            https://example.org/a?source=minutes                      https://example.org/a?source=minutes
            https://example.org/a?ref_src=twsrc%5Etfw                 https://example.org/a
            https://example.org/a?partner=rss&emc=rss                 https://example.org/a
            https://example.org/a?from=2024-01-01                     https://example.org/a?from=2024-01-01
            https://example.org/a?share=twitter                       https://example.org/a
            https://example.org/?p=123&utm_campaign=x                 https://example.org/?p=123
            https://example.org/a?b=2&a=1                             https://example.org/a?a=1&b=2
            https://example.org/a?t=2&t=1                             https://example.org/a?t=2&t=1
            https://example.org/a?q=b%20c                             https://example.org/a?q=b+c
            https://www.youtube.com/watch?v=abc_-1&feature=x          https://youtube.com/watch?feature=x&v=abc_-1
            https://example.org/a/amp                                 https://example.org/a
            https://example.org/a/amp/                                https://example.org/a
            https://example.org/a/amp/?utm_source=x                   https://example.org/a
            https://example.org/a.amp.html                            https://example.org/a.html
            https://example.org/a.amp                                 https://example.org/a
            https://example.org/a?amp                                 https://example.org/a
            https://example.org/a?amp=1                               https://example.org/a
            https://example.org/a?outputType=amp                      https://example.org/a
            https://example.org/a?amp=12                              https://example.org/a?amp=12
            https://amp.example.org/a                                 https://example.org/a
            https://www.amp.example.org/a                             https://example.org/a
            https://amp.dev/a                                         https://amp.dev/a
            https://ampere.example/a                                  https://ampere.example/a
            https://example.org/amp-guide                             https://example.org/amp-guide
            https://example.org/champ                                 https://example.org/champ
            https://example.org/amp/guide                             https://example.org/amp/guide
            https://www.google.com/amp/s/www.example.org/a/amp/       https://example.org/a
            https://www.google.co.uk/amp/example.org/a?p=1            https://example.org/a?p=1
            https://www.google.com/amp/guide                          https://google.com/amp/guide
            https://www-example-org.cdn.ampproject.org/c/s/www.example.org/a?amp=1      https://example.org/a
            https://example-org.cdn.ampproject.org/v/s/example.org/a.amp.html?usqp=x    https://example.org/a.html
            https://example-org.cdn.ampproject.org/c/example.org/a                      https://example.org/a
            https://example-org.cdn.ampproject.org/i/s/example.org/a.png    https://example-org.cdn.ampproject.org/i/s/example.org/a.png
            https://www.google.com/url?rct=j&sa=t&url=https://example.org/a%3Fp%3D4&ct=ga&cd=x    https://example.org/a?p=4
            https://www.google.com/url?q=https%3A%2F%2Fwww.example.org%2Fa%2F&sa=U      https://example.org/a
            https://www.google.com/url?q=weather                      https://google.com/url?q=weather
            https://www.google.com/url?q=javascript:alert(1)          https://google.com/url?q=javascript:alert(1)
            https://www.google.com/search?q=https://example.org/      https://google.com/search?q=https://example.org/
            http://www.bing.com/news/apiclick.aspx?ref=FexRss&aid=&url=https%3a%2f%2fexample.org%2fa&c=1    https://example.org/a
            https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.org%2Fa%3Ffbclid%3Dx&h=y    https://example.org/a
            mailto:desk@example.org                                   mailto:desk@example.org
            urn:isbn:0000000000                                       urn:isbn:0000000000
            2024/a?utm_source=x                                       2024/a?utm_source=x
            file:///a/../b                                            file:///a/../b
            http:///a                                                 http:///a
            http://.../a                                              http://.../a
            """;

    /** Links to different posts, which no canonical form may confuse. */
    private static final String DIFFERENT = """
            https://example.org/?p=1                   https://example.org/?p=2
            https://example.org/?id=1                  https://example.org/?p=1
            https://example.org/a?page=2               https://example.org/a
            https://example.org/amp-guide              https://example.org/guide
            https://example.org/amp/guide              https://example.org/guide
            https://example.org/2024/01/a              https://example.org/2024/02/a
            https://example.org/champ                  https://example.org/ch
            https://example.org/A                      https://example.org/a
            https://example.org/a                      https://example.org/a.html
            https://ampere.example/a                   https://ere.example/a
            https://amplifier.example.org/a            https://example.org/a
            https://wwwexample.org/a                   https://example.org/a
            https://blog.example.org/a                 https://example.org/a
            https://example.org:8080/a                 https://example.org/a
            https://www.youtube.com/watch?v=abc        https://www.youtube.com/watch?v=abd
            https://example.org/item?id=41             https://example.org/item?id=42
            https://example.org/a?v=1&v=2              https://example.org/a?v=2&v=1
            https://example.org/a?source=minutes       https://example.org/a?source=agenda
            https://example.org/a?ref=main             https://example.org/a?ref=next
            https://example.org/a?share=12             https://example.org/a?share=13
            https://example.org/#!/posts/1             https://example.org/#!/posts/2
            https://example.org/app#/posts/1           https://example.org/app#/posts/2
            https://example.org/a%2Fb                  https://example.org/a/b
            https://example.org/a%26b                  https://example.org/a&b
            https://example.org/a?q=x%26y              https://example.org/a?q=x&y
            https://example.org/index                  https://example.org/
            https://example.org/default                https://example.org/
            https://www.google.com/url?q=one           https://www.google.com/url?q=two
            https://news.google.com/rss/articles/CB1   https://news.google.com/rss/articles/CB2
            https://t.example/x1                       https://t.example/x2
            """;

    @TestFactory
    Stream<DynamicTest> eachLinkHasItsForm() {
        return rows(FORMS)
                .map(row -> DynamicTest.dynamicTest(
                        row[0],
                        () -> assertThat(CanonicalLink.of(URI.create(row[0]))).hasToString(row[1])));
    }

    @TestFactory
    Stream<DynamicTest> differentPostsStayDifferent() {
        return rows(DIFFERENT)
                .map(row -> DynamicTest.dynamicTest(
                        row[0] + " and " + row[1],
                        () -> assertThat(CanonicalLink.of(URI.create(row[0])))
                                .isNotEqualTo(CanonicalLink.of(URI.create(row[1])))));
    }

    @Test
    void theFormOfAnyLinkIsItsOwnForm() {
        long seed = 20261101;
        Random random = new Random(seed);
        int links = 0;
        while (links < 50_000) {
            String text = anyLink(random);
            URI link;
            try {
                link = new URI(text);
            } catch (URISyntaxException notAnAddress) {
                continue;
            }
            links++;
            URI once = CanonicalLink.of(link);
            assertThat(CanonicalLink.of(once)).as("seed %d: %s", seed, text).isEqualTo(once);
        }
    }

    private static String anyLink(Random random) {
        StringBuilder link = new StringBuilder();
        String[] pieces = {
            "http://",
            "https://",
            "HTTP://",
            "mailto:",
            "//",
            "www.",
            "amp.",
            "example.org",
            "google.com",
            "www.google.com/amp/s/",
            "a-b.cdn.ampproject.org",
            "/c/s/",
            "/url",
            "?url=",
            "q=https%3A%2F%2Fexample.org%2F",
            "http%3A//",
            ":80",
            ":443",
            ":",
            "@",
            ".",
            "..",
            "/",
            "/../",
            "/amp",
            ".amp",
            ".html",
            "index.php",
            "?",
            "&",
            "amp;",
            "amp=1",
            "utm_x=1",
            "ref=rss",
            "p=1",
            "#",
            "#!",
            "#/",
            ";jsessionid=1",
            "%2e",
            "%c3%a9",
            "%2F",
            "%25",
            "+",
            "%20",
            "é",
            "İ",
            "Σ",
            "日",
            "\uD800",
            "[::1]",
            "_",
            "a",
            "B"
        };
        link.append(random.nextInt(10) == 0 ? "" : pieces[random.nextInt(3)]);
        for (int i = random.nextInt(14); i >= 0; i--) {
            link.append(pieces[random.nextInt(pieces.length)]);
        }
        return link.toString();
    }

    private static Stream<String[]> rows(String table) {
        return table.lines().map(line -> line.split("\\s+"));
    }
}
