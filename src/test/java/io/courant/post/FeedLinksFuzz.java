package io.courant.post;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Web pages that may link to feeds. */
@Fuzzer
class FeedLinksFuzz {
    private static final URI PAGE = URI.create("https://example.org/blog/");

    @FuzzTest
    void pages(byte[] input) {
        Trial.of(input, FeedLinksFuzz::read);
    }

    private static void read(byte[] page) {
        String type = Trial.choice(page, "text/html; charset=utf-8", "application/xhtml+xml", "text/xml", "");
        FeedLinks.isPage(page, type.isEmpty() ? null : type);
        List<URI> links = FeedLinks.in(page, type.isEmpty() ? null : type, PAGE);
        links.forEach(link -> Promises.isWeb("link", link));
        Promises.isTrue(
                FeedLinks.best(page, type.isEmpty() ? null : type, PAGE)
                        .equals(links.isEmpty() ? Optional.empty() : Optional.of(links.get(0))),
                "best",
                links.toString());
    }
}
