package io.courant.post;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Posts in Markdown with front matter. */
@Fuzzer
class MarkdownFuzz {
    @TempDir
    private Path folder;

    @FuzzTest
    void posts(byte[] input) {
        Trial.of(input, this::read);
    }

    private void read(byte[] post) throws IOException {
        Promises.areKeptBy(PostReader.read(Files.write(folder.resolve("2025-09-14-a-post.md"), post)));
    }
}
