package io.courant.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.job.InForce.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InForceTest {
    @TempDir
    private Path folder;

    private InForce read(String text) throws IOException {
        Path jobs = Files.createDirectories(folder.resolve("jobs"));
        Files.writeString(jobs.resolve("weekly.yaml"), text);
        return new JobFolder(jobs, List.of(), Map.of("COURANT_SMTP_HOST", "mx.example.org"), Map.of("relay.port", "25"))
                .inForce("weekly");
    }

    @Test
    void everyValueSaysWhereItStands() throws IOException {
        assertThat(read("""
                        title: Weekly
                        relay: {port: 587}
                        topics:
                          - id: ai
                            seeds: {neural net: 3}
                        """).settings())
                .containsExactly(
                        new Setting("title", "Weekly", "jobs/weekly.yaml:1"),
                        new Setting("relay.host", "mx.example.org", "COURANT_SMTP_HOST"),
                        new Setting("relay.port", "25", "--set relay.port"),
                        new Setting("topics[1].id", "ai", "jobs/weekly.yaml:4"),
                        new Setting("topics[1].seeds.neural net", "3", "jobs/weekly.yaml:5"));
    }

    @Test
    void anAliasThatLeadsInCirclesEnds() throws IOException {
        assertThat(read("sources: &all\n  - *all\n").settings())
                .contains(new Setting("sources[1]", "(as above)", "jobs/weekly.yaml:1"));
    }
}
