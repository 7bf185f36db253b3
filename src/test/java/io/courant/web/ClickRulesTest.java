package io.courant.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

class ClickRulesTest {
    private static final String CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)"
            + " Chrome/142.0.0.0 Safari/537.36";

    private static HttpHeaders browser(String agent) {
        HttpHeaders headers = new HttpHeaders();
        headers.set("User-Agent", agent);
        headers.set("Sec-Fetch-Mode", "navigate");
        headers.set("Sec-Fetch-Dest", "document");
        headers.set("Sec-Fetch-Site", "none");
        return headers;
    }

    private static boolean counts(HttpHeaders headers) {
        return ClickRules.isPerson(HttpMethod.GET, headers);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "OPTIONS", "POST"})
    void onlyGetCounts(String method) {
        assertThat(counts(browser(CHROME))).isTrue();
        assertThat(ClickRules.isPerson(HttpMethod.valueOf(method), browser(CHROME)))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "Sec-Purpose, prefetch, false",
        "Sec-Purpose, prefetch;prerender, false",
        "Sec-Purpose, prefetch;anonymous-client-ip, false",
        "Purpose, prefetch, false",
        "Purpose, preview, false",
        "X-Purpose, preview, false",
        "X-Moz, Prefetch, false",
        "Purpose, reading, true",
        "Sec-Fetch-Mode, navigate, true",
        "Sec-Fetch-Mode, no-cors, false",
        "Sec-Fetch-Mode, cors, false",
        "Sec-Fetch-Dest, empty, false",
        "Sec-Fetch-Dest, iframe, false",
        "Sec-Fetch-Dest, image, false",
        "Sec-Fetch-User, ?1, true",
        "Sec-Fetch-Site, cross-site, true"
    })
    void whatABrowserSaysOfItsPurposeDecides(String name, String value, boolean counts) {
        HttpHeaders headers = browser(CHROME);
        headers.set(name, value);
        assertThat(counts(headers)).isEqualTo(counts);
    }

    @Test
    void halfOfFetchMetadataIsNone() {
        HttpHeaders headers = browser(CHROME);
        headers.remove("Sec-Fetch-Dest");
        assertThat(counts(headers)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 | true",
                "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0 | true",
                "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Thunderbird/140.5.0 | true",
                "Mozilla/5.0 (Linux; Android 9; CUBOT X18 Plus) AppleWebKit/537.36 Chrome/120.0 Mobile | true",
                "Lynx/2.9.2 libwww-FM/2.14 SSL-MM/1.4.1 | true",
                "w3m/0.5.3 | true",
                "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html) | false",
                "Mozilla/5.0 AppleWebKit/537.36 (compatible; bingbot/2.0) Chrome/116.0.1938.76 Safari/537.36 | false",
                "Mozilla/5.0 (Windows NT 6.1) AppleWebKit/534+ BingPreview/1.0b | false",
                "Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/142.0.0.0 Safari/537.36 | false",
                "Mozilla/5.0 (compatible; Barracuda Sentinel) | false",
                "Mozilla/5.0 (compatible; Proofpoint URL Defense) | false",
                "Mozilla/5.0 Mimecast Url Protect | false",
                "Mozilla/5.0 (compatible; MSIE 9.0) SafeLinks | false",
                "Mozilla/5.0 (compatible; Yahoo! Slurp) | false",
                "Mozilla/5.0 (compatible; MailScanner) | false",
                "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy) | false",
                "curl/8.14.1 | false",
                "Wget/1.25.0 | false",
                "python-requests/2.32 | false",
                "Java/17.0.17 | false",
                "Java-http-client/17.0.17 | false",
                "Go-http-client/2.0 | false",
                "Whatever/1.0 | false"
            })
    void theUserAgentMustBeABrowsersAndNoMachines(String agent, boolean counts) {
        HttpHeaders silent = new HttpHeaders();
        silent.set("User-Agent", agent);
        assertThat(counts(silent)).isEqualTo(counts);
        assertThat(counts(browser(agent))).isEqualTo(counts);
    }

    @Test
    void whoDoesNotSayWhatItIsDoesNotCount() {
        HttpHeaders nameless = browser(CHROME);
        nameless.remove("User-Agent");
        assertThat(counts(nameless)).isFalse();
        assertThat(counts(new HttpHeaders())).isFalse();
    }
}
