package io.courant.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The template that is shipped, on a sample issue and on all specimens. After a wanted change of the design, rewrite
 * the golden files with {@code mvn -Dtest=DigestTemplateTest -Dgolden=rewrite test} and read the difference.
 */
class DigestTemplateTest {
    private static final String NONCE = "n0nce";
    private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");
    private static final Renderer RENDERER = new Renderer(new TemplateFolder(Path.of("templates")), () -> NONCE);

    static Stream<Rendering> specimens() {
        SizeBudget budget = new SizeBudget(RENDERER);
        return Specimens.all("digest").stream()
                .map(one -> budget.fit(one.newsletter(), one.issue()).rendering());
    }

    @Test
    void theSampleIssueLooksAsItDid() throws IOException {
        Rendering rendering = RENDERER.render(SampleIssue.NEWSLETTER, SampleIssue.ISSUE);
        compare("digest.subject.txt", rendering.subject() + "\n");
        compare("digest.html", rendering.html());
        compare("digest.txt", rendering.text());
    }

    @Test
    void everyShippedTemplatePassesTheCheck() {
        List<String> names = new TemplateFolder(Path.of("templates")).names();
        assertThat(names).contains("digest");
        names.forEach(RENDERER::check);
    }

    @Test
    void twoRenderingsDifferInTheNonceOnly() {
        Renderer other = new Renderer(new TemplateFolder(Path.of("templates")), Renderer.randomNonces());
        Rendering one = RENDERER.render(SampleIssue.NEWSLETTER, SampleIssue.ISSUE);
        Rendering two = other.render(SampleIssue.NEWSLETTER, SampleIssue.ISSUE);
        assertThat(two.nonce()).hasSize(32).isNotEqualTo(one.nonce());
        assertThat(two.html().replace(two.nonce(), NONCE)).isEqualTo(one.html());
        assertThat(two.text().replace(two.nonce(), NONCE)).isEqualTo(one.text());
        assertThat(two.subject()).isEqualTo(one.subject());
    }

    @ParameterizedTest
    @MethodSource("specimens")
    void theSubjectIsShortAndThePreheaderSaysSomethingElse(Rendering rendering) {
        assertThat(rendering.subject().codePointCount(0, rendering.subject().length()))
                .isBetween(10, 78);
        Element preheader = Jsoup.parse(rendering.html()).body().child(0).child(0);
        assertThat(preheader.attr("style")).contains("display:none");
        assertThat(preheader.text().codePointCount(0, preheader.text().length()))
                .as(preheader.text())
                .isBetween(40, 90);
        assertThat(preheader.text()).isNotEqualTo(rendering.subject());
    }

    @ParameterizedTest
    @MethodSource("specimens")
    void theHtmlIsFitForMail(Rendering rendering) {
        Document document = Jsoup.parse(rendering.html());
        Element wrapper = document.body().child(0);
        assertThat(MailRules.flaws(Letter.specimen(rendering))).noneMatch(Flaw::isError);
        assertThat(MailRules.encodedLength(rendering.html())).isLessThan(MailRules.MAX_HTML_BYTES);
        assertThat(document.select("html[lang][dir], body > [lang][dir]")).hasSize(2);
        assertThat(wrapper.attr("dir")).isEqualTo(document.expectFirst("html").attr("dir"));
        assertThat(document.select("h1")).hasSize(1);
        assertThat(document.select("table:not([role=presentation])")).isEmpty();
        assertThat(document.select("[style*='font-size:1px']")).hasSize(1); // the preheader
        assertThat(Pattern.compile("font-size:(\\d+)px").matcher(wrapper.html()).results())
                .allMatch(size -> size.group(1).equals("1") || Integer.parseInt(size.group(1)) >= 14);
        assertThat(document.select("a")).allMatch(link -> !link.text().isBlank());
        assertThat(document.select("meta[name=color-scheme], meta[name=supported-color-schemes]"))
                .allMatch(meta -> meta.attr("content").equals("light dark"));
        assertThat(rendering.html()).contains("<!--[if mso]><table role=\"presentation\" width=\"600\"");
    }

    @ParameterizedTest
    @MethodSource("specimens")
    void everyColourHasItsDarkRule(Rendering rendering) {
        Document document = Jsoup.parse(rendering.html());
        String dark = document.expectFirst("style").data();
        for (Element element : document.body().select("[style*=color]")) {
            assertThat(element.classNames())
                    .as(element.cssSelector())
                    .anyMatch(name -> dark.contains("." + name + "{"));
        }
    }

    @ParameterizedTest
    @MethodSource("specimens")
    void theTextIsCompleteAndNarrow(Rendering rendering) {
        assertThat(rendering.text().lines())
                .allMatch(
                        line -> line.contains("://") || TextWrap.columns(line.replace(NONCE, "")) <= TextWrap.COLUMNS);
        assertThat(rendering.text()).contains(Hole.UNSUBSCRIBE_URL.marker(NONCE), "Example Press");
        assertThat(rendering.text().codePoints()).allMatch(c -> c == '\n' || !Character.isISOControl(c));
        for (Element link : Jsoup.parse(rendering.html()).select("a")) {
            assertThat(rendering.text()).contains(link.attr("href"));
        }
    }

    @Test
    void aHostileTitleIsShownAndNeverRun() {
        Specimens.Specimen hostile = Specimens.all("digest").stream()
                .filter(one -> one.name().equals("hostile titles"))
                .findFirst()
                .orElseThrow();
        Rendering rendering = RENDERER.render(hostile.newsletter(), hostile.issue());
        Document document = Jsoup.parse(rendering.html());
        assertThat(document.select("script, iframe, img:not([src^=cid:topic-]), svg, [onclick], [onerror], [onload]"))
                .isEmpty();
        assertThat(document.expectFirst("h3").text())
                .isEqualTo("<script>alert('1')</script> Bcc: all@example.org ${7*7} <#include '/x'>");
    }

    private static void compare(String name, String actual) throws IOException {
        Path file = GOLDEN.resolve(name);
        if ("rewrite".equals(System.getProperty("golden"))) {
            Files.createDirectories(GOLDEN);
            Files.writeString(file, actual);
        }
        assertThat(actual).isEqualTo(Files.readString(file));
    }
}
