package io.courant.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SandboxTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    Path temp;

    private TestTemplates templates;

    @BeforeEach
    void templates() throws IOException {
        templates = new TestTemplates(Files.createDirectory(temp.resolve("templates")));
        Files.writeString(temp.resolve("secret.ftl"), "SECRET");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${'freemarker.template.utility.Execute'?new()('id')}",
                "${'freemarker.template.utility.ObjectConstructor'?new()('java.io.File', '/')}",
                "${'freemarker.template.utility.JythonRuntime'?new()}",
                "${issue?api.getClass()}",
                "${issue.getClass()}",
                "${issue.class}",
                "${issue.toString()}",
                "${issue.hashCode()}",
                "${issue.id.getBytes()}",
                "${sections.size()}",
                "${issue.id()}",
                "${.data_model.class}",
                "<#assign x = 'freemarker.template.utility.Execute'?new()>${x('id')}",
            })
    void aTemplateCanNeitherCreateNorCallAnything(String template) {
        assertThatThrownBy(() -> templates.text(template))
                .isInstanceOf(TemplateError.class)
                .hasMessageStartingWith("templates/plain/text.ftl:1:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<#include '../../secret.ftl'>",
                "<#include '/../secret.ftl'>",
                "<#include '%s/secret.ftl'>",
                "<#include 'file:%s/secret.ftl'>",
                "<#include '..\\\\..\\\\secret.ftl'>",
                "<#import '../../secret.ftl' as s>",
                "<#include '*/secret.ftl'>",
                "<#include 'link.ftl'>",
                "<#include 'linked/secret.ftl'>",
            })
    void nothingOutsideTheFolderIsIncluded(String template) throws IOException {
        Files.createSymbolicLink(temp.resolve("templates/plain/link.ftl"), temp.resolve("secret.ftl"));
        Files.createSymbolicLink(temp.resolve("templates/plain/linked"), temp);
        assertThatThrownBy(() -> templates.text(template.formatted(temp)))
                .isInstanceOf(TemplateError.class)
                .hasMessageStartingWith("templates/plain/text.ftl:1:1: ")
                .hasMessageNotContaining("SECRET");
    }

    @Test
    void aFileThatIsNoTemplateIsNotIncluded() throws IOException {
        Files.writeString(temp.resolve("templates/passwords.txt"), "SECRET");
        assertThatThrownBy(() -> templates.text("<#include '/passwords.txt'>"))
                .hasMessage("templates/plain/text.ftl:1:1: templates/passwords.txt not found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<#list 1.. as n>${n}</#list>",
                "<#list 1.. as n><#assign x = n></#list>",
                "<#list 1..400000000 as n></#list>",
                "<#attempt><#list 1.. as n><#assign x = n></#list><#recover>fine</#attempt>",
                "<#macro again><@again/></#macro><@again/>",
                "<#function again><#return again()></#function>${again()}",
                "<#assign s = 'xxxxxxxxxx'><#list 1..40 as n><#assign s = s + s>${s}</#list>",
            })
    @Timeout(20)
    void aTemplateWithoutEndIsStopped(String template) {
        assertThatThrownBy(() -> templates.deadline(SECOND).text(template))
                .isInstanceOf(TemplateError.class)
                .hasMessageMatching("(?s)templates/plain/text\\.ftl:1:\\d+: .*(end|without|more than).*");
    }

    @Test
    @Timeout(20)
    void aStoppedTemplateLeavesNoThreadBehind() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet(); // of other tests, one of which cannot be stopped
        assertThatThrownBy(() -> templates.deadline(SECOND).text("<#list 1.. as n><#assign x = n></#list>"))
                .hasMessageContaining("not finished after 1 s; is there a loop without end?");
        await().atMost(Duration.ofSeconds(15))
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> !before.contains(thread))
                        .noneMatch(thread -> thread.getName().equals("render plain/text.ftl")));
    }

    @Test
    void anUnescapedFileCannotWriteIntoHtml() {
        templates.write("shared/bad.ftl", "<#macro title>${lead.title}</#macro>");
        templates.write("plain/html.ftlh", "<#import '/shared/bad.ftl' as bad><@bad.title/>");
        assertThatThrownBy(templates::render)
                .hasMessage("templates/shared/bad.ftl:1:15: writes into plain/html.ftlh without escaping for HTML; let"
                        + " this file's name end in .ftlh");
    }

    @Test
    void numbersAndDatesDoNotDependOnTheMachine() {
        assertThat(templates.text("${1234567} ${0.5} ${lead.lead} ${issue.date}"))
                .isEqualTo("1234567 0.5 true November 23, 2026");
    }
}
