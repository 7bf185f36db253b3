package io.courant.post;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Feeds in JSON. */
@Fuzzer
class JsonFeedFuzz {
    @MethodSource("shared")
    @FuzzTest
    void feeds(byte[] input) {
        Trial.of(input, FeedFuzz::read);
    }

    static Stream<byte[]> shared() throws IOException {
        return Trial.sharedFeeds(".json");
    }
}
