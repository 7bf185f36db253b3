package io.courant.post;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.net.URI;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Feeds in XML. */
@Fuzzer
class FeedFuzz {
    private static final URI ADDRESS = URI.create("https://example.org/blog/feed.xml");

    @MethodSource("shared")
    @FuzzTest
    void feeds(byte[] input) {
        Trial.of(input, FeedFuzz::read);
    }

    static Stream<byte[]> shared() throws IOException {
        return Trial.sharedFeeds(".xml");
    }

    static void read(byte[] feed) {
        String type = Trial.choice(
                feed, "application/xml", "text/xml; charset=iso-8859-1", "text/html", "", "a;charset=utf-16");
        Promises.areKeptBy(FeedForm.read("feed.xml", feed, type.isEmpty() ? null : type, ADDRESS));
    }
}
