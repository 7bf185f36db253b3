package io.courant.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.TestHome;
import io.courant.cli.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two newsletters that share a source, one of which an editor approves, and readers who are imported, choose, pause,
 * bounce, leave, come back, move and are erased, in any order: whoever may not be written to is not, and whoever may and
 * is due is, with all that they are to get and nothing that they have. More histories than in the build: {@code
 * -Dchoices.histories=100}, from {@code -Dchoices.seed=1} on.
 */
class ChoicesPropertyTest {
    @TempDir
    private Path folder;

    static LongStream seeds() {
        long first = Long.getLong("choices.seed", 1);
        return LongStream.range(first, first + Integer.getInteger("choices.histories", 1));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everybodyGetsWhatTheyAreToGetAndNobodyAnythingElse(long seed) throws IOException {
        try (TestHome home = new TestHome(folder)) {
            home.changeJob(
                    "weekly",
                    "template: digest",
                    "template: brief\nzone: UTC\nquotas: {per-topic: 90, items: 90, brief: 90}");
            String weekly = Files.readString(home.jobs().resolve("weekly.yaml"));
            home.job("other", weekly.replace("title: Weekly", "title: Other\napproval: true"));
            home.setClock(Instant.parse("2026-03-01T07:00:00Z"));
            try (Program.Session session = home.open()) {
                int mails = new History(home, session, new Random(seed)).live();
                assertThat(mails).as("mails that arrived").isGreaterThan(20);
            }
        }
    }
}
