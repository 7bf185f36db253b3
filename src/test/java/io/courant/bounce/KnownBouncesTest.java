package io.courant.bounce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.courant.bounce.Report.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bounces of many mail systems, and what each means to those who collected them. */
class KnownBouncesTest {
    private static final Path BOUNCES = Path.of("..", "shared", "data", "bounces");
    private static final Set<Kind> BOUNCED = EnumSet.of(Kind.HARD, Kind.SOFT, Kind.POLICY, Kind.RELAY, Kind.COMPLAINT);

    @BeforeEach
    void find() {
        assumeTrue(Files.exists(BOUNCES), "the shared bounces are not here: " + BOUNCES);
    }

    private static ReturnedMail read(Path file) throws IOException {
        return ReturnedMailReaderTest.read(Files.readAllBytes(file));
    }

    @Test
    void nearlyAllAreUnderstoodAsTheirCollectorsUnderstandThem() throws IOException {
        Map<String, List<String>> expected = Files.readAllLines(BOUNCES.resolve("expected.csv")).stream()
                .skip(1)
                .map(line -> List.of(line.split(",", -1)))
                .collect(Collectors.groupingBy(
                        line -> line.get(0),
                        TreeMap::new,
                        Collectors.mapping(
                                line -> String.join(" ", line.get(2), line.get(3), line.get(5), line.get(6)),
                                Collectors.toList())));
        int right = 0;
        for (Map.Entry<String, List<String>> file : expected.entrySet()) {
            List<String> found = read(BOUNCES.resolve(file.getKey())).reports().stream()
                    .map(report -> String.join(
                            " ",
                            report.status(),
                            report.reply(),
                            String.valueOf(report.kind() == Kind.HARD),
                            report.feedback()))
                    .toList();
            if (found.equals(file.getValue())) {
                right++;
            } else {
                System.out.println(file.getKey() + ": expected " + file.getValue() + ", found " + found);
            }
        }
        System.out.println("bounces understood: " + right + " of " + expected.size());
        assertThat(right / (double) expected.size()).isGreaterThanOrEqualTo(0.97);
    }

    @Test
    void noVacationAndNoLetterIsABounce() throws IOException {
        try (Stream<Path> letters = Files.list(BOUNCES.resolve("not"))) {
            for (Path letter : letters.toList()) {
                assertThat(read(letter).reports()).as(letter.toString()).isEmpty();
            }
        }
        try (Stream<Path> answers =
                Files.list(BOUNCES).filter(file -> file.getFileName().toString().startsWith("rfc3834"))) {
            for (Path answer : answers.toList()) {
                assertThat(read(answer).reports())
                        .as(answer.toString())
                        .extracting(Report::kind)
                        .isNotEmpty()
                        .doesNotContainAnyElementsOf(BOUNCED);
            }
        }
    }
}
