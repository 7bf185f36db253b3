package io.courant.web;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

/**
 * Decides from what a request says of itself whether a person followed a link. It must be a GET; no header may say that
 * the page is fetched ahead of time; the User-Agent must be a browser's and none of a known scanner or robot; and where a
 * browser says what the page is for (Fetch Metadata), it must be to be looked at. What a single request cannot show is
 * left to {@link Bursts}.
 */
final class ClickRules {
    /** Where browsers say that nobody asked for the page yet. */
    private static final List<String> PURPOSE = List.of("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz");

    private static final Pattern AHEAD = Pattern.compile("prefetch|prerender|preview", Pattern.CASE_INSENSITIVE);
    private static final List<String> FETCH =
            List.of("Sec-Fetch-Mode", "Sec-Fetch-Dest", "Sec-Fetch-Site", "Sec-Fetch-User");
    /** How the User-Agent of a browser begins, also of the browser inside a mail program. */
    private static final Pattern BROWSER =
            Pattern.compile("(mozilla|opera|lynx|w3m|dillo|netsurf|elinks|links)[/ ].*", Pattern.CASE_INSENSITIVE);

    private static final Pattern MACHINE = Pattern.compile(
            "(?<!cu)bot|crawl|spider|slurp" // Cubot makes telephones
                    + "|preview|scan|check|monitor|validator|archiver|fetcher|externalhit|imageproxy|mailproxy"
                    + "|headless|phantomjs|selenium|puppeteer|playwright"
                    + "|curl|wget|python|java/|java-http|httpclient|http-client|okhttp|libwww-perl|axios|node-fetch|ruby|php"
                    + "|safelinks|barracuda|proofpoint|mimecast|messagelabs|symantec|fireeye|trellix|trendmicro"
                    + "|forcepoint|sophos|ironport|cloudmark|urldefense|zscaler",
            Pattern.CASE_INSENSITIVE);

    private ClickRules() {}

    /** Whether this is a person's request, as far as it shows. */
    static boolean isPerson(HttpMethod method, HttpHeaders headers) {
        return method.equals(HttpMethod.GET)
                && PURPOSE.stream()
                        .flatMap(name -> values(headers, name))
                        .noneMatch(value -> AHEAD.matcher(value).find())
                && isBrowser(headers)
                && isNavigation(headers);
    }

    private static boolean isBrowser(HttpHeaders headers) {
        List<String> agents = values(headers, HttpHeaders.USER_AGENT).toList();
        return agents.size() == 1
                && BROWSER.matcher(agents.get(0)).matches()
                && !MACHINE.matcher(agents.get(0)).find();
    }

    /** Old browsers, and some inside mail programs, say nothing about it. */
    private static boolean isNavigation(HttpHeaders headers) {
        boolean silent =
                FETCH.stream().flatMap(name -> values(headers, name)).findAny().isEmpty();
        return silent || (says(headers, "Sec-Fetch-Mode", "navigate") && says(headers, "Sec-Fetch-Dest", "document"));
    }

    private static boolean says(HttpHeaders headers, String name, String value) {
        return values(headers, name)
                .map(one -> one.strip().toLowerCase(Locale.ROOT))
                .toList()
                .equals(List.of(value));
    }

    private static Stream<String> values(HttpHeaders headers, String name) {
        return headers.getOrEmpty(name).stream();
    }
}
