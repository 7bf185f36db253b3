package io.courant.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.courant.issue.Newsletter;
import io.courant.render.NoteRenderer.Kind;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class NoteRendererTest {
    private static final TemplateFolder FOLDER = new TemplateFolder(Path.of("templates"));
    private static final Newsletter NEWSLETTER = SampleIssue.newsletter("letter");

    private final NoteRenderer renderer = new NoteRenderer(FOLDER);

    @TestFactory
    Stream<DynamicTest> everyMailKeepsTheRulesInEveryLanguage() {
        return FOLDER.languages().stream()
                .flatMap(language -> Stream.of(Kind.values())
                        .map(kind -> DynamicTest.dynamicTest(
                                kind + " in " + language,
                                () -> assertThat(renderer.flaws(NEWSLETTER, language, kind))
                                        .isEmpty())));
    }

    @Test
    void aMailSpeaksTheReadersLanguageElseTheNewsletters() {
        assertThat(text(Locale.forLanguageTag("de-AT"))).contains("Jemand, wahrscheinlich Sie");
        assertThat(text(null)).contains("Somebody, probably you");
        assertThat(text(Locale.forLanguageTag("pt"))).contains("Somebody, probably you");
    }

    @Test
    void htmlAndTextHaveTheLinkAndSayWhoWrites() {
        Rendering mail = renderer.render(NEWSLETTER, null, Kind.CONFIRM, "https://example.org/c/abc");

        assertThat(mail.subject()).isEqualTo("Please confirm: " + NEWSLETTER.title());
        assertThat(mail.html()).contains("href=\"https://example.org/c/abc\"", NEWSLETTER.title());
        assertThat(mail.text()).contains("\nhttps://example.org/c/abc\n", NEWSLETTER.title());
    }

    @Test
    void aFolderIsLookedAtAsAWhole(@TempDir Path folder) {
        renderer.check();
        TestTemplates poor = new TestTemplates(folder).write("words/en.properties", "hello = Hello");

        assertThatThrownBy(() -> new NoteRenderer(poor.folder()).check())
                .isInstanceOf(TemplateError.class)
                .hasMessageContaining("mails/subject.ftl is missing");
        poor.write("mails/subject.ftl", "${say('hello')}")
                .write("mails/html.ftlh", "Hi")
                .write("mails/text.ftl", "Hi");
        assertThatThrownBy(() -> new NoteRenderer(poor.folder()).check())
                .isInstanceOf(TemplateError.class)
                .hasMessageContaining("/mails: html <html> has no lang")
                .hasMessageContaining("mail 'confirm' in 'en'");
    }

    private String text(@Nullable Locale language) {
        return renderer.render(NEWSLETTER, language, Kind.CONFIRM, "https://example.org/c/abc")
                .text();
    }
}
