package io.courant.bounce;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.courant.post.Fuzzer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Mails that come back, from anybody. */
@Fuzzer
class ReturnedMailFuzz {
    private static final Path SHARED = Path.of("..", "shared", "data", "bounces");
    private static final long LARGEST_SEED = 8 * 1024;

    @MethodSource("shared")
    @FuzzTest
    void mails(byte[] input) {
        read(input);
    }

    static Stream<byte[]> shared() throws IOException {
        if (!Files.isDirectory(SHARED)) {
            return Stream.of(new byte[0]);
        }
        try (Stream<Path> files = Files.list(SHARED)) {
            Stream.Builder<byte[]> seeds = Stream.builder();
            for (Path file : files.filter(name -> name.toString().endsWith(".eml"))
                    .sorted()
                    .toList()) {
                if (Files.size(file) <= LARGEST_SEED) {
                    seeds.add(Files.readAllBytes(file));
                }
            }
            return seeds.build();
        }
    }

    static void read(byte[] input) {
        ReturnedMail mail = ReturnedMailReaderTest.read(input);
        assertThat(mail.addressees()).hasSizeLessThanOrEqualTo(50).allMatch(address -> address.contains("@"));
        assertThat(mail.reports()).hasSizeLessThanOrEqualTo(100);
        for (Report report : mail.reports()) {
            assertThat(report.status()).matches("|[245]\\.\\d{1,2}\\.\\d{1,3}");
            assertThat(report.reply()).matches("|[245]\\d\\d");
            assertThat(report.evidence()).doesNotContain("\n", "\r", "\0").hasSizeLessThanOrEqualTo(300);
        }
    }
}
