package io.courant.post;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Links as posts write them. */
@Fuzzer
class CanonicalLinkFuzz {
    private static final URI PAGE = URI.create("https://example.org/blog/2025/?page=1");

    @FuzzTest
    void links(byte[] input) {
        Trial.of(input, CanonicalLinkFuzz::read);
    }

    private static void read(byte[] link) {
        Links.web(new String(link, StandardCharsets.UTF_8), PAGE).ifPresent(uri -> {
            URI canonical = CanonicalLink.of(uri);
            Promises.isWeb("canonical form of " + uri, canonical);
            Promises.isTrue(
                    CanonicalLink.of(canonical).equals(canonical),
                    "canonical form of " + uri,
                    canonical + " becomes " + CanonicalLink.of(canonical));
        });
    }
}
