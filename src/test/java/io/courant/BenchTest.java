package io.courant;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark is compiled when it is run; that must not be when it is found out that it cannot be. */
class BenchTest {
    @TempDir
    private Path classes;

    @Test
    void theBenchmarkCompiles() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        try (Stream<Path> sources = Files.list(Path.of("src", "bench"));
                StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<Path> java =
                    sources.filter(file -> file.toString().endsWith(".java")).toList();
            assertThat(java).isNotEmpty();
            boolean compiled = compiler.getTask(
                            said,
                            files,
                            null,
                            List.of("-nowarn", "-proc:none", "-d", classes.toString()),
                            null,
                            files.getJavaFileObjectsFromPaths(java))
                    .call();
            assertThat(compiled).as(said.toString()).isTrue();
        }
    }
}
