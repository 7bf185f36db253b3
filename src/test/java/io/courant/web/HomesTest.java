package io.courant.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.audience.Mailbox;
import io.courant.audience.Segment;
import io.courant.issue.Newsletter;
import java.net.URI;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HomesTest {
    private static final Newsletter A = newsletter("a", "https://one.example");
    private static final Newsletter B = newsletter("b", "https://two.example/dl/");
    private static final Newsletter C = newsletter("c", "https://two.example");
    private static final Newsletter D = newsletter("d", "https://TWO.example/dl");

    private static Newsletter newsletter(String name, String home) {
        return new Newsletter(
                name,
                name,
                Mailbox.parse(name + "@example.org"),
                null,
                "1 Harbour Street",
                URI.create(home),
                Locale.ENGLISH,
                ZoneOffset.UTC,
                List.of(),
                List.of(),
                false,
                Segment.ALL,
                "digest",
                Newsletter.Quotas.DEFAULT,
                false);
    }

    private static List<String> found(Homes homes, String host, String path) {
        return homes.find(host, path).stream()
                .flatMap(home -> Stream.concat(
                        Stream.of(home.path()), home.newsletters().stream().map(Newsletter::name)))
                .toList();
    }

    @Test
    void theOnlyHomeIsMeantWhateverTheHost() {
        Homes homes = new Homes(List.of(B, D));
        assertThat(found(homes, "two.example", "/dl/u/x")).containsExactly("/dl", "b", "d");
        assertThat(found(homes, "localhost", "/dl/")).containsExactly("/dl", "b", "d");
        assertThat(found(homes, "localhost", "/dlx/")).isEmpty();
        assertThat(found(homes, "localhost", "/")).isEmpty();
    }

    @Test
    void hostAndLongestPathDecideBetweenSeveral() {
        Homes homes = new Homes(List.of(A, B, C));
        assertThat(found(homes, "one.example", "/dl/")).containsExactly("", "a");
        assertThat(found(homes, "Two.Example", "/dl/u/x")).containsExactly("/dl", "b");
        assertThat(found(homes, "two.example", "/u/x")).containsExactly("", "c");
    }

    @Test
    void onAStrangeHostANewsletterStandsBelowItsName() {
        Homes homes = new Homes(List.of(A, B, C));
        assertThat(found(homes, "localhost", "/b/u/x")).containsExactly("/b", "b");
        assertThat(found(homes, "evil.example", "/u/x")).isEmpty();
        assertThat(homes.find("localhost", "/b/").orElseThrow().own()).isFalse();
    }
}
