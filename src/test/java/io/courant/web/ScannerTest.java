package io.courant.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What programs do that look at mail before its reader does. */
@Tag("mail")
class ScannerTest {
    private static final int MAILS = 1_000;

    @TempDir
    private Path folder;

    @Test
    void whoFollowsEveryLinkOfAThousandMailsChangesNothing() {
        String[] addresses = IntStream.range(0, MAILS)
                .mapToObj(i -> "reader" + i + "@example.org")
                .toArray(String[]::new);
        try (TestSite site = new TestSite(folder, home -> home.subscribe(addresses))) {
            Set<String> paths = new TreeSet<>();
            site.home().relay().taken().forEach(mail -> paths.addAll(TestSite.paths(mail.content())));
            assertThat(paths).hasSizeGreaterThan(2 * MAILS);
            List<String> before = site.dump();
            for (String path : paths) {
                for (String method : List.of("GET", "HEAD", "OPTIONS")) {
                    assertThat(site.send(method, path, "").status())
                            .as(method + " " + path)
                            .isEqualTo(200);
                }
            }
            assertThat(site.dump()).isEqualTo(before);
        }
    }
}
