package io.courant.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.courant.TestHome;
import io.courant.issue.Summarising;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SummariserReaderTest {
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
    void aJobThatSaysNothingAsksNobody() {
        assertThat(read("")).isNull();
    }

    @Test
    void allIsReadAndTheKeyLiesBesideTheJobFile() {
        assertThat(
                        read(
                                "summariser: {url: http://localhost:11434/v1, model: small, key-file: llm.key, timeout: 5s, most: 7}\n"))
                .isEqualTo(new Summarising(
                        URI.create("http://localhost:11434/v1"),
                        "small",
                        home.jobs().resolve("llm.key"),
                        Duration.ofSeconds(5),
                        7));
    }

    @Test
    void onlyUrlAndModelMustBeSaid() {
        assertThat(read("summariser: {url: https://llm.example/v1, model: small}\n"))
                .isEqualTo(new Summarising(
                        URI.create("https://llm.example/v1"), "small", null, Duration.ofSeconds(20), 30));
        assertThat(refused("summariser: {most: 7}\n"))
                .contains("key 'url' is missing")
                .contains("key 'model' is missing");
    }

    @Test
    void whatCannotBeIsToldByLine() {
        assertThat(refused("summariser: {url: \"https://llm.example/v1?key=1\", model: small}\n"))
                .contains("weekly.yaml:", "a key belongs in key-file");
        assertThat(refused("summariser: {url: http://llm.example/v1, model: small, key-file: k}\n"))
                .contains("weekly.yaml:", "would cross the network in clear");
        assertThat(refused("summariser: {url: https://llm.example/v1, model: small, modle: x}\n"))
                .contains("modle");
    }

    private @Nullable Summarising read(String summariser) {
        home.changeJob(TestHome.WEEKLY, "template: digest\n", "template: digest\n" + summariser);
        Summarising read = jobs().load(TestHome.WEEKLY).newsletter().summarising();
        home.changeJob(TestHome.WEEKLY, "template: digest\n" + summariser, "template: digest\n");
        return read;
    }

    private String refused(String summariser) {
        home.changeJob(TestHome.WEEKLY, "template: digest\n", "template: digest\n" + summariser);
        String message = Objects.requireNonNull(
                        catchThrowableOfType(JobFileException.class, () -> jobs().load(TestHome.WEEKLY)))
                .getMessage();
        home.changeJob(TestHome.WEEKLY, "template: digest\n" + summariser, "template: digest\n");
        return String.valueOf(message);
    }

    private JobFolder jobs() {
        return new JobFolder(home.jobs(), List.of("digest"), Map.of(), Map.of());
    }
}
