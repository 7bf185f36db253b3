package io.courant.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.courant.TestHome;
import io.courant.issue.Brand;
import io.courant.issue.Colour;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrandReaderTest {
    @TempDir
    private Path folder;

    private TestHome home;

    @BeforeEach
    void open() {
        home = new TestHome(folder);
    }

    @AfterEach
    void close() {
        home.close();
    }

    @Test
    void aJobThatSaysNothingLooksAsItsTemplateDoes() {
        assertThat(read("")).isEqualTo(Brand.NONE);
    }

    @Test
    void allIsReadAndFamiliesNeedNoQuotes() {
        assertThat(read("""
                        brand:
                          accent: "#1D4ED8"
                          accent-dark: "#93c5fd"
                          paper: "#ffffff"
                          paper-dark: "#0d1117"
                          ink: "#111827"
                          ink-dark: "#e6edf3"
                          logo: {src: https://example.org/logo.png, alt: Weekly, width: 160, height: 40}
                          fonts: {heading: "'Gill Sans','Segoe UI', sans-serif", body: Georgia}
                        """))
                .isEqualTo(new Brand(
                        new Colour("#1d4ed8"),
                        new Colour("#93c5fd"),
                        new Colour("#ffffff"),
                        new Colour("#0d1117"),
                        new Colour("#111827"),
                        new Colour("#e6edf3"),
                        new Brand.Logo(URI.create("https://example.org/logo.png"), "Weekly", 160, 40),
                        "Gill Sans, Segoe UI, sans-serif",
                        "Georgia"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{accent: red}|expected a colour such as \"#9c2f1b\" (in quotes), found 'red'",
                "{accent: \"#f29b84\"}|accent #f29b84 has a contrast of 2.03:1 on the paper #fbf9f4; text needs 4.5:1,"
                        + " which \"#9d6556\" has",
                "{ink-dark: \"#222222\"}|ink-dark #222222 has a contrast of 1.12:1 on the paper #191714; text needs 4.5:1,"
                        + " which \"#808080\" has",
                "{paper: \"#7a7a7a\"}|paper #7a7a7a is neither light nor dark: black or white text has a contrast of at most"
                        + " 4.89:1 on it; expected 7:1 or more",
                "{fonts: {body: \"Arial; } body { color: red\"}}|expected font families such as \"Charter, Georgia, serif\"",
                "{logo: {src: http://example.org/l.png, alt: W, width: 9, height: 9}}|expected an https address",
                "{logo: {src: https://example.org/l.png, width: 900, height: 9}}|key 'alt' is missing",
                "{acent: \"#9c2f1b\"}|unknown key 'acent' (did you mean 'accent'?)",
            })
    void whatCouldNotBeReadIsRefusedWithItsLine(String brand, String message) {
        job("brand: " + brand + "\n");
        JobFileException refused = catchThrowableOfType(JobFileException.class, this::load);
        assertThat(refused.problems())
                .anySatisfy(problem ->
                        assertThat(problem).startsWith("jobs/weekly.yaml:").contains(message));
    }

    private Brand read(String brand) {
        job(brand);
        return load();
    }

    private void job(String brand) {
        home.changeJob(TestHome.WEEKLY, "template: digest\n", "template: digest\n" + brand);
    }

    private Brand load() {
        return Objects.requireNonNull(new JobFolder(home.jobs(), List.of("digest"), Map.of(), Map.of())
                .load(TestHome.WEEKLY)
                .newsletter()
                .brand());
    }
}
