package io.courant.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.TestHome;
import io.courant.audience.Readers.Standing;
import io.courant.delivery.Token;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Newsletters that are at home in one place, below a path. */
class SharedHomeTest {
    @TempDir
    private Path folder;

    private static void share(TestHome home) {
        home.subscribe(TestSite.ADA);
        home.changeJob(TestHome.WEEKLY, "https://news.example.org", "https://news.example.org/dl/");
        try {
            String weekly = Files.readString(home.jobs().resolve("weekly.yaml"));
            home.job("daily", weekly.replace("title: Weekly", "title: Daily\nbrand: {accent: \"#1d4ed8\"}"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void eachHasItsOwnPagesAndATokenTellsWhose() {
        try (TestSite site = new TestSite(folder, SharedHomeTest::share)) {
            assertThat(site.get("/dl/").body())
                    .contains("/dl/subscribe/daily", "/dl/subscribe/weekly", "/dl/archive/weekly/");
            assertThat(site.get("/dl/subscribe/daily").body()).contains("Subscribe to <bdi>Daily", "#1d4ed8");
            assertThat(site.get("/dl/archive/weekly/").body())
                    .contains("https://news.example.org/dl/archive/weekly-2026-11-23/")
                    .contains("https://news.example.org/dl/archive/weekly/feed.xml");
            assertThat(site.get("/dl/archive/weekly-2026-11-23/").status()).isEqualTo(200);
            assertThat(site.get("/dl/archive/weekly/feed.xml").status()).isEqualTo(200);
            assertThat(site.get("/dl/archive/feed.xml").status()).isEqualTo(404);
            assertThat(site.get("/").status()).isEqualTo(404);
            assertThat(site.get("/").body()).isEqualTo("There is nothing here.\n");

            long ada = site.find(TestSite.ADA).orElseThrow();
            String daily = "/dl/u/" + site.sign(Token.unsubscribe("daily", ada));
            assertThat(site.get(daily).body()).contains("Leave <bdi>Daily", "action=\"" + daily + "\"");
            assertThat(site.post(daily, "").body()).contains(daily + "/undo");
            assertThat(site.reader(ada).standing()).as("weekly").isEqualTo(Standing.BY_SEGMENT);
            assertThat(site.post("/dl/u/" + site.sign(Token.unsubscribe("weekly", ada)), "")
                            .status())
                    .isEqualTo(200);
            assertThat(site.reader(ada).standing()).as("weekly").isEqualTo(Standing.LEFT);
        }
    }
}
