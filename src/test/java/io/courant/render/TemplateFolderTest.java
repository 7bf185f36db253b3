package io.courant.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplateFolderTest {
    @TempDir
    Path temp;

    @Test
    void listsTemplatesAndNotWhatTheyShare() {
        TemplateFolder folder = new TestTemplates(temp)
                .write("shared/words.ftl", "")
                .write("README.md", "")
                .write(".git/config", "")
                .folder();
        assertThat(folder.names()).containsExactly("plain");
        assertThat(folder.has("plain")).isTrue();
        assertThat(folder.has("shared")).isFalse();
        assertThat(folder.has("..")).isFalse();
    }

    @Test
    void refusesAFolderThatIsNotThere() {
        assertThatThrownBy(() -> new TemplateFolder(temp.resolve("gone")))
                .isInstanceOf(TemplateError.class)
                .hasMessageStartingWith("template folder " + temp.resolve("gone") + " cannot be read");
    }

    @Test
    void readsTemplatesInsideAZipFile() throws IOException {
        URI zip = URI.create("jar:" + temp.resolve("t.zip").toUri());
        try (FileSystem files = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
            new TestTemplates(files.getPath("/shipped/templates"))
                    .write("shared/part.ftl", "shared text")
                    .write("plain/text.ftl", "<#include '/shared/part.ftl'>\n${isue}");
        }
        try (FileSystem files = FileSystems.newFileSystem(zip, Map.of())) {
            TemplateFolder folder = new TemplateFolder(files.getPath("/shipped/templates"));
            assertThat(folder.names()).containsExactly("plain");
            assertThatThrownBy(() ->
                            new Renderer(folder, () -> "n").render(SampleIssue.newsletter("plain"), SampleIssue.ISSUE))
                    .hasMessage("templates/plain/text.ftl:2:3: unknown variable 'isue' (did you mean 'issue'?)");
        }
    }

    @Test
    void anEditorsChangeShowsInTheNextRendering() throws IOException {
        TestTemplates templates = new TestTemplates(temp);
        Renderer renderer = templates.renderer();
        assertThat(renderer.render(SampleIssue.newsletter("plain"), SampleIssue.ISSUE)
                        .subject())
                .isEqualTo("deep-learning-2026-11-23");
        templates.write("plain/subject.ftl", "Changed");
        Files.setLastModifiedTime(
                temp.resolve("plain/subject.ftl"), java.nio.file.attribute.FileTime.fromMillis(1_000_000));
        assertThat(renderer.render(SampleIssue.newsletter("plain"), SampleIssue.ISSUE)
                        .subject())
                .isEqualTo("Changed");
    }
}
