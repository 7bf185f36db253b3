package io.courant.job;

import io.courant.issue.Summarising;
import io.courant.job.YamlFile.Fields;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/** Reads what a job file says about a machine that writes summaries; a job that says nothing wants none. */
final class SummariserReader {
    private final YamlFile file;
    private final Path folder;

    SummariserReader(YamlFile file, Path folder) {
        this.file = file;
        this.folder = folder;
    }

    @Nullable
    Summarising read(Fields job) {
        Node node = job.node("summariser");
        if (node == null) {
            return null;
        }
        Fields fields = file.fields(node, "url", "model", "key-file", "timeout", "most");
        try {
            return new Summarising(
                    fields.required("url", Parse::web, URI.create("https://invalid.example")),
                    fields.text("model"),
                    fields.has("key-file") ? folder.resolve(fields.text("key-file")) : null,
                    fields.optional("timeout", Parse::duration, Summarising.TIMEOUT),
                    fields.optional("most", Parse.number(1, 500), Summarising.MOST));
        } catch (IllegalArgumentException e) {
            file.problem(node, String.valueOf(e.getMessage()));
            return null;
        }
    }
}
