package io.courant.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateErrorTest {
    @TempDir
    Path temp;

    private TestTemplates templates;

    @BeforeEach
    void templates() throws IOException {
        templates = new TestTemplates(Files.createDirectory(temp.resolve("templates")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "${isue.title}|3|unknown variable 'isue.title' (did you mean 'issue'?)",
                "${issue.titel}|3|unknown variable 'issue.titel'",
                "${newsletter.titel}|3|unknown variable 'newsletter.titel' (did you mean 'newsletter.title'?)",
                "${newsletter.titel!'x'}|3|unknown variable 'newsletter.titel' (did you mean 'newsletter.title'?)",
                "${isue!}|3|unknown variable 'isue' (did you mean 'issue'?)",
                "<#if lead.lnik??>x</#if>|6|unknown variable 'lead.lnik' (did you mean 'lead.link'?)",
                "<#attempt>${isue}<#recover></#attempt>|13|unknown variable 'isue' (did you mean 'issue'?)",
                "<#list sections as s>${s.tilte}</#list>|24|unknown variable 's.tilte' (did you mean 's.title'?)",
                "<#list sections as sect>${sec.title}</#list>|27|unknown variable 'sec.title' (did you mean 'sect'?)",
                "${zzzzzzzz}|3|unknown variable 'zzzzzzzz'",
                "${cut(lead.title)}|1|cut takes a text and a number, as in cut(item.title, 60)",
            })
    void aWrongNameIsShownWithItsPlaceAndTheRightName(String template, int column, String message) {
        assertThatThrownBy(() -> templates.text("fine\n\n" + template))
                .isInstanceOf(TemplateError.class)
                .hasMessage("templates/plain/text.ftl:3:" + column + ": " + message);
    }

    @Test
    void aMissingLinkIsExplained() {
        assertThatThrownBy(() -> templates.text("<#list sections[2].items as item>\n  ${item.link}\n</#list>"))
                .hasMessage(
                        "templates/plain/text.ftl:2:5: 'item.link' has no value here; write <#if item.link??>…</#if>"
                                + " around it or a default, as in ${item.link!'none'}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<#if lead.part>|2:15|Unexpected end of file reached. You have an unclosed #if.",
                "${lead.title|2:12|Unexpected end of file reached. You have an unclosed \"{\".",
                "<#lst sections as s></#lst>|2:2|Unknown directive: #lst.",
                "${lead.title?uper}|2:14|Unknown built-in: \"uper\".",
            })
    void aSyntaxErrorIsShownWithItsPlace(String template, String place, String message) {
        assertThatThrownBy(() -> templates.text("fine\n" + template))
                .isInstanceOf(TemplateError.class)
                .hasMessageStartingWith("templates/plain/text.ftl:" + place + ": " + message);
    }

    @Test
    void aMistakeInAnIncludedFileIsShownThere() {
        templates.write("shared/part.ftl", "a\n ${isue.id}");
        assertThatThrownBy(() -> templates.text("<#include '/shared/part.ftl'>"))
                .hasMessage("templates/shared/part.ftl:2:4: unknown variable 'isue.id' (did you mean 'issue'?)");
        templates.write("shared/part.ftl", "a\n<#if>");
        assertThatThrownBy(() -> templates.text("<#include '/shared/part.ftl'>"))
                .hasMessageStartingWith("templates/shared/part.ftl:2:");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "${say('unsubscribe')}|3:1: templates/words/en.properties has no words for 'unsubscribe'"
                        + " (did you mean 'unsubscribed'?)",
                "${say('read', 1)}|3:1: templates/words/en.properties: read has a place {1} for which there is nothing"
                        + " to say (found '{0} at {1}')",
                "${say(1)}|3:1: say takes a key and what is said, as in say('posts', issue.posts)",
                "${say('read', sections)}|3:1: say takes texts and numbers, as in say('posts', issue.posts)",
                "${readable('red', '#ffffff')}|3:1: expected a colour such as \"#9c2f1b\" (in quotes), found 'red'",
                "${mix('#ffffff')}|3:1: mix takes two colours and a percentage, as in mix('#ffffff', '#1f1c17', 20)"
            })
    void aWrongCallInASharedMacroIsShownThere(String call, String message) {
        templates.write("words/en.properties", "read = {0} at {1}\nunsubscribed = Gone");
        templates.write("shared/parts.ftl", "<#macro part>\n\n" + call + "\n</#macro>");
        assertThatThrownBy(() -> templates.text("<#import '/shared/parts.ftl' as parts><@parts.part/>"))
                .isInstanceOf(TemplateError.class)
                .hasMessage("templates/shared/parts.ftl:" + message);
    }

    @Test
    void wordsThatAreNowhereAreMissed() {
        assertThatThrownBy(() -> templates.text("${say('read')}"))
                .hasMessageContaining("templates/words/en.properties not found; say(…) takes its words from there");
    }

    @Test
    void checkFindsWordsThatOneLanguageLacks() {
        templates.write("words/en.properties", "read = Read").write("words/pt.properties", "raed = Ler");
        templates.write("plain/text.ftl", "${reader.unsubscribeUrl}\n${say('read')}");
        assertThatThrownBy(() -> templates.renderer().check("plain"))
                .hasMessage("templates/plain/text.ftl:2:1: templates/words/pt.properties has no words for 'read'"
                        + " (did you mean 'raed'?)");
    }

    @Test
    void aMissingTemplateIsNamedWithTheNearest() {
        templates.write("weekly/subject.ftl", "x");
        assertThat(templates.folder().names()).containsExactly("plain", "weekly");
        assertThatThrownBy(() -> templates.renderer().render(SampleIssue.newsletter("wekly"), SampleIssue.ISSUE))
                .hasMessage("template 'wekly' not found in templates/ (did you mean 'weekly'?)");
        assertThatThrownBy(() -> templates.renderer().check("weekly"))
                .hasMessage(
                        "templates/weekly/html.ftlh is missing: a template needs subject.ftl, html.ftlh and text.ftl");
    }

    @Test
    void aFileThatIsNotUtf8IsNamed() throws IOException {
        Files.write(temp.resolve("templates/plain/subject.ftl"), new byte[] {'a', (byte) 0xE4, 'b'});
        assertThatThrownBy(templates::render)
                .hasMessageContaining("templates/plain/subject.ftl is not UTF-8 text; save it as UTF-8");
    }

    @Test
    void anEmptySubjectIsRefused() {
        templates.write("plain/subject.ftl", " \n ");
        assertThatThrownBy(templates::render)
                .hasMessage("templates/plain/subject.ftl: gave an empty subject (expected one line of text)");
    }

    @Test
    void brokenCssIsRefused() {
        templates.write("plain/html.ftlh", "<style>p { color: </style><p>x");
        assertThatThrownBy(templates::render)
                .hasMessageStartingWith("templates/plain/html.ftlh: the <style> element is not CSS");
    }

    @Test
    void checkFindsWhatOnlyAnItemWithoutLinkShows() {
        templates.write(
                "plain/text.ftl",
                "${reader.unsubscribeUrl}\n<#list sections as s><#list s.items as i>${i.link}</#list></#list>");
        assertThatThrownBy(() -> templates.renderer().check("plain"))
                .hasMessageStartingWith("templates/plain/text.ftl:2:44: 'i.link' has no value here");
    }

    @Test
    void checkFindsAMailThatNobodyCouldLeave() {
        templates.write("plain/text.ftl", "${newsletter.title}");
        assertThatThrownBy(() -> templates.renderer().check("plain"))
                .hasMessageStartingWith(
                        "templates/plain: text does not show the unsubscribe page; add ${reader.unsubscribeUrl}")
                .hasMessageEndingWith("(specimen issue 'normal')");
    }

    @Test
    void checkFindsAPostThatWouldRunAsHtml() {
        templates.write(
                "plain/html.ftlh",
                TestTemplates.page("<h1>x</h1><#if reader??><a href='${reader.unsubscribeUrl}'>Leave</a></#if>"
                        + " ${lead.title?no_esc}"));
        assertThatThrownBy(() -> templates.renderer().check("plain"))
                .hasMessage("templates/plain: html has a <script>, which mail must not have; leave it out"
                        + " (specimen issue 'hostile titles')");
    }
}
