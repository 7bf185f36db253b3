package io.courant.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.courant.issue.Issue;
import io.courant.issue.Item;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CountedLinksTest {
    private static final URI FIRST = URI.create("https://example.org/ten-trends");
    private static final URI SECOND = URI.create("https://example.org/second");
    private static final URI SCRIPT = URI.create("javascript:alert(1)");

    @TempDir
    private Path folder;

    private final Issue newer = Samples.issue(1);
    private final Issue older = Samples.issue(2).linking(link -> SECOND);
    private final Issue bad = Samples.issue(3).linking(link -> SCRIPT);
    private CountedLinks links;

    @BeforeEach
    void number() {
        links = new CountedLinks(
                Samples.newsletter(), newer.id(), List.of(newer, older, bad), new TokenSigner(TokenKeys.in(folder)), 1);
    }

    @Test
    void linksAreNumberedByTheIssuesWhateverIsPrintedFirst() {
        assertThat(links.of(items(older))).isEqualTo(Map.of(2, SECOND));
        assertThat(links.of(items(newer, older, older))).isEqualTo(Map.of(1, FIRST, 2, SECOND));
    }

    @Test
    void anAddressThatNoMailLeadsToIsNotAmongThem() {
        assertThat(links.of(items(bad))).isEmpty();
    }

    @Test
    void whatStandsInNoneOfTheIssuesHasNoNumber() {
        assertThatThrownBy(() -> links.counted(URI.create("https://example.org/other")))
                .hasMessage("https://example.org/other stands in none of the issues, so it has no number");
    }

    private static Stream<Item> items(Issue... issues) {
        return Stream.of(issues).flatMap(issue -> issue.items().stream());
    }
}
