package io.courant.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.audience.Form;
import io.courant.delivery.Forme;
import io.courant.delivery.PressRuns;
import io.courant.delivery.Print;
import io.courant.delivery.Samples;
import io.courant.issue.Edition;
import io.courant.issue.IssueId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@EachDatabase
class JdbcPressRunsTest {
    private static final Instant NOW = Instant.parse("2026-11-27T07:00:00Z");

    @TempDir
    private Path folder;

    private TestStore store;
    private PressRuns runs;

    @BeforeEach
    void open() {
        store = new TestStore(folder);
        runs = store.pressRuns();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aRunIsPrintedPartByPart() {
        Forme forme = forme("one");
        long run = runs.begin(forme, List.of(print(1)), List.of(edition(2), edition(3), edition(4)), NOW);

        assertThat(runs.forme(run)).contains(forme);
        assertThat(runs.unprinted(run, 1, 3)).containsExactly(edition(2), edition(3));
        runs.print(run, List.of(print(4), print(2)));
        assertThat(runs.unprinted(run, 1, 4)).containsExactly(edition(3));
        assertThat(runs.prints(run)).containsExactly(print(1), print(2), print(4));
        assertThat(runs.printed(run)).isEqualTo(3);
    }

    @Test
    void ofARunThatHasEndedNothingIsLeftToPrint() {
        long run = runs.begin(forme("one"), List.of(), List.of(edition(1)), NOW);
        long other = runs.begin(forme("two"), List.of(), List.of(edition(1)), NOW);
        runs.end(run);
        runs.print(run, List.of(print(1))); // by somebody who was late

        assertThat(runs.forme(run)).isEmpty();
        assertThat(runs.unprinted(run, 1, 9)).isEmpty();
        assertThat(runs.prints(run)).isEmpty();
        assertThat(runs.unprinted(other, 1, 9)).containsExactly(edition(1));
    }

    @Test
    void whatTheDeadHaveLeftIsForgottenAfterADay() {
        long left = runs.begin(forme("one"), List.of(), List.of(edition(1)), NOW);
        runs.begin(forme("two"), List.of(), List.of(), NOW.plus(Duration.ofHours(23)));
        assertThat(runs.forme(left)).isPresent();
        runs.begin(forme("two"), List.of(), List.of(), NOW.plus(Duration.ofHours(25)));
        assertThat(runs.forme(left)).isEmpty();
        assertThat(runs.unprinted(left, 1, 1)).isEmpty();
    }

    private static Forme forme(String newsletter) {
        return new Forme(
                Samples.newsletter(newsletter, List.of()),
                new IssueId(newsletter + "-2026-11-27"),
                NOW,
                null,
                null,
                List.of(new IssueId(newsletter + "-2026-11-20")),
                true);
    }

    private static Edition edition(int number) {
        return new Edition(number, List.of("Privacy"), Locale.GERMAN, Form.TEXT, null, List.of(7L, (long) number));
    }

    private static Print print(int number) {
        return new Print("digest-" + number, edition(number), "%064x".formatted(number), List.of(7L));
    }
}
