package io.courant.post;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Answers of a WordPress site, the same to every question. */
@Fuzzer
class WordPressFuzz {
    private static final URI SITE = URI.create("https://example.org/blog");

    @FuzzTest
    void answers(byte[] input) {
        Trial.of(input, WordPressFuzz::read);
    }

    private static void read(byte[] answer) {
        String pages = Trial.choice(answer, "1", "3", "", "many");
        List<URI> asked = new ArrayList<>();
        Instant since = Trial.choice(answer, Instant.EPOCH, Instant.parse("2025-09-14T00:00:00Z"));
        Feed feed = WordPress.read(SITE, since, uri -> {
            asked.add(uri);
            Promises.isTrue(asked.size() <= 2 * WordPress.MAX_PAGES, "too many questions", uri.toString());
            return new WebAnswer.Content(uri, null, answer, Validators.NONE, Map.of("x-wp-totalpages", pages));
        });
        Promises.areKeptBy(feed);
        WordPress.Site site =
                WordPress.about(SITE, uri -> new WebAnswer.Content(uri, null, answer, Validators.NONE, Map.of()));
        Promises.isOneLine("name", site.name());
        Promises.isWeb("home", site.home());
    }
}
