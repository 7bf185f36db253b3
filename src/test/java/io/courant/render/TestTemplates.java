package io.courant.render;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A template folder that a test writes. The template is called {@code plain} and works until it is changed. */
final class TestTemplates {
    private final Path folder;
    private Duration deadline = Duration.ofSeconds(10);

    TestTemplates(Path folder) {
        this.folder = folder;
        write("plain/subject.ftl", "${issue.id}");
        write(
                "plain/html.ftlh",
                page(
                        "<h1>${newsletter.title}</h1><#if reader??><a href=\"${reader.unsubscribeUrl}\">Unsubscribe</a></#if>"));
        write("plain/text.ftl", "${newsletter.title}\n${reader.unsubscribeUrl}");
    }

    /** A page whose language is told as mail needs it. */
    static String page(String content) {
        return "<html lang=\"en\" dir=\"ltr\"><body><div lang=\"en\" dir=\"ltr\">" + content + "</div></body></html>";
    }

    TestTemplates write(String file, String content) {
        try {
            Path path = folder.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    TemplateFolder folder() {
        return new TemplateFolder(folder);
    }

    TestTemplates deadline(Duration time) {
        deadline = time;
        return this;
    }

    Renderer renderer() {
        return new Renderer(folder(), () -> "n0nce", deadline);
    }

    Rendering render() {
        return renderer().render(SampleIssue.newsletter("plain"), SampleIssue.ISSUE);
    }

    /** What a text template gives. */
    String text(String template) {
        return write("plain/text.ftl", template).render().text().strip();
    }
}
