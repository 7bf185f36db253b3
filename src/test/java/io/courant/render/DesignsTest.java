package io.courant.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.issue.Brand;
import io.courant.issue.Colour;
import io.courant.issue.Editorial;
import io.courant.issue.Issue;
import io.courant.issue.Newsletter;
import io.courant.words.Phrasebook;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The templates that are shipped, on a sample issue and on all specimens. After a wanted change of the design, rewrite
 * the golden files with {@code mvn -Dtest=DesignsTest -Dgolden=rewrite test} and read the difference.
 */
class DesignsTest {
    private static final String NONCE = "n0nce";
    private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");
    private static final Renderer RENDERER = new Renderer(new TemplateFolder(Path.of("templates")), () -> NONCE);

    private static final List<String> DESIGNS = List.of("brief", "digest", "letter");
    private static final List<Named<Rendering>> SPECIMENS =
            DESIGNS.stream().flatMap(DesignsTest::rendered).toList();

    private static Stream<Named<Rendering>> rendered(String design) {
        SizeBudget budget = new SizeBudget(RENDERER);
        return Specimens.all(design).stream()
                .map(one -> Named.of(
                        design + ", " + one.name(),
                        budget.fit(one.newsletter(), one.issue(), null).rendering()));
    }

    static List<Named<Rendering>> specimens() {
        return SPECIMENS;
    }

    static List<String> designs() {
        return DESIGNS;
    }

    @ParameterizedTest
    @MethodSource("designs")
    void theSampleIssueLooksAsItDid(String design) throws IOException {
        Rendering rendering = RENDERER.render(SampleIssue.newsletter(design), SampleIssue.ISSUE);
        compare(design + ".subject.txt", rendering.subject() + "\n");
        compare(design + ".html", rendering.html());
        compare(design + ".txt", rendering.text());
    }

    @ParameterizedTest
    @MethodSource("designs")
    void whatAnEditorSaysOfTheIssueComesFirst(String design) throws IOException {
        Newsletter newsletter = SampleIssue.newsletter(design);
        Issue issue = SampleIssue.ISSUE.under(new Editorial(
                List.of("Dear readers, <b>this week</b> was about privacy.", "Write to us: what did you miss?"),
                "Edited & short",
                "The editor's own words after the subject, for those who only look."));
        Rendering rendering = RENDERER.render(newsletter, issue);
        compare(design + ".edited.subject.txt", rendering.subject() + "\n");
        compare(design + ".edited.html", rendering.html());
        compare(design + ".edited.txt", rendering.text());
        assertThat(MailRules.preheader(rendering.html()))
                .isEqualTo(issue.editorial().preheader());
        assertThat(Jsoup.parse(RENDERER.web(newsletter, issue)).select(".intro").eachText())
                .isEqualTo(issue.editorial().introduction());
    }

    @Test
    void everyShippedTemplatePassesTheCheck() {
        assertThat(new TemplateFolder(Path.of("templates")).names()).isEqualTo(DESIGNS);
        DESIGNS.forEach(RENDERER::check);
    }

    @ParameterizedTest
    @MethodSource("designs")
    void anIssueSpeaksTheLanguageOfItsNewsletterAlone(String design) {
        TemplateFolder folder = new TemplateFolder(Path.of("templates"));
        Phrasebook english = folder.words(Locale.ENGLISH).book();
        for (String tag : List.of("de", "fr", "es")) {
            Locale language = Locale.forLanguageTag(tag);
            Rendering rendering = RENDERER.render(SampleIssue.newsletter(design, language), SampleIssue.ISSUE);
            String said = Jsoup.parse(rendering.html()).text() + "\n" + rendering.subject() + "\n" + rendering.text();
            Phrasebook own = folder.words(language).book();
            assertThat(said).contains(own.say("unsubscribe"), own.say("brief"), own.say("trend.rising"));
            for (String key : english.keys()) {
                for (String piece : english.phrase(key, List.of(2)).split("\\{\\d}", -1)) {
                    if (piece.strip().matches(".*\\p{L}{3}.* .*")
                            && !own.phrase(key, List.of(2)).contains(piece)) {
                        assertThat(said).doesNotContain(piece);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("designs")
    void allTextCanBeReadInLightAndDarkWhateverTheBrand(String design) {
        Colour blue = new Colour("#2f6fde");
        Colour yellow = new Colour("#f7d046");
        List<Brand> brands = List.of(
                Brand.NONE,
                new Brand(blue, null, null, null, null, null, null, null, null),
                new Brand(yellow, blue, new Colour("#9a9a9a"), yellow, null, null, null, null, null),
                new Brand(null, null, new Colour("#101820"), new Colour("#ffffff"), null, null, null, null, null));
        for (Brand brand : brands) {
            Document document =
                    Jsoup.parse(RENDERER.render(SampleIssue.newsletter(design).withBrand(brand), SampleIssue.ISSUE)
                            .html());
            String dark = document.expectFirst("style").data();
            for (Element element : document.body().select("[style~=(?:^|;)color:]")) {
                Element ground = Objects.requireNonNull(element.closest("[style*=background-color:]"));
                assertThat(new Colour(light(element, "color")).contrast(new Colour(light(ground, "background-color"))))
                        .as(brand + " " + element)
                        .isGreaterThanOrEqualTo(Colour.TEXT);
                assertThat(new Colour(dark(dark, element, "color"))
                                .contrast(new Colour(dark(dark, ground, "background-color"))))
                        .as(brand + " dark " + element)
                        .isGreaterThanOrEqualTo(Colour.TEXT);
            }
        }
    }

    private static String light(Element element, String property) {
        return found(";" + property + ":(#[0-9a-f]{3,6})", ";" + element.attr("style"));
    }

    /** The last of the element's classes in the sheet wins. */
    private static String dark(String sheet, Element element, String property) {
        String last = "";
        for (MatchResult rule : Pattern.compile("\\.(\\w+)\\{([^}]*)\\}")
                .matcher(sheet.substring(sheet.indexOf("prefers-color-scheme")))
                .results()
                .toList()) {
            String declarations = ";" + rule.group(2).replaceAll("\\s", "");
            if (element.hasClass(rule.group(1)) && declarations.contains(";" + property + ":")) {
                last = found(";" + property + ":(#[0-9a-f]{3,6})", declarations);
            }
        }
        return last;
    }

    private static String found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(1).replaceFirst("^#(.)(.)(.)$", "#$1$1$2$2$3$3"))
                .findFirst()
                .orElse("");
    }

    @Test
    void picturesWearTheBrandsAccentAsFarAsItStandsOut() {
        Brand blue = new Brand(new Colour("#0b5fa5"), null, null, null, null, null, null, null, null);
        assertThat(palette(Brand.NONE)).contains("c4573b");
        assertThat(palette(blue)).doesNotContain("c4573b").containsPattern("[0-2].[67].a.|[0-2].[67].b.");
    }

    private static String palette(Brand brand) {
        String picture = Paginator.pictures(SampleIssue.NEWSLETTER.withBrand(brand), SampleIssue.ISSUE)
                .get(0)
                .base64();
        return HexFormat.of().formatHex(Base64.getDecoder().decode(picture), 41, 53); // the chunk PLTE's data
    }

    @ParameterizedTest
    @MethodSource("designs")
    void aLogoIsShownWithItsSizeAndItsText(String design) {
        Brand.Logo logo = new Brand.Logo(URI.create("https://example.org/logo.png"), "The Courant", 160, 40);
        Brand brand = new Brand(null, null, null, null, null, null, logo, "Verdana, sans-serif", null);
        Rendering rendering = RENDERER.render(SampleIssue.newsletter(design).withBrand(brand), SampleIssue.ISSUE);
        Element image = Jsoup.parse(rendering.html()).expectFirst("img");
        assertThat(image.attr("src")).isEqualTo("https://example.org/logo.png");
        assertThat(image.attr("alt") + image.attr("width") + "x" + image.attr("height"))
                .isEqualTo("The Courant160x40");
        assertThat(Jsoup.parse(rendering.html()).expectFirst("h1").attr("style"))
                .contains("Verdana");
        assertThat(MailRules.flaws(Letter.specimen(rendering))).noneMatch(Flaw::isError);
    }

    @ParameterizedTest
    @MethodSource("designs")
    void onTheWebNobodyIsAddressedAndTheFeedIsNamed(String design) {
        String page = RENDERER.web(SampleIssue.newsletter(design), SampleIssue.ISSUE);
        Document document = Jsoup.parse(page);
        assertThat(page).doesNotContain("xHole").doesNotContain("Unsubscribe");
        assertThat(document.select(".hidden")).isEmpty();
        assertThat(document.select("link[rel=alternate][type=application/atom+xml]")
                        .attr("href"))
                .isEqualTo("https://news.example.org/deep-learning/archive/feed.xml");
        assertThat(document.select("a").eachAttr("href"))
                .contains("https://news.example.org/deep-learning/", "https://news.example.org/deep-learning/archive/");
        assertThat(document.select("img[src^=data:image/png]")).hasSize(2);
    }

    @ParameterizedTest
    @MethodSource("designs")
    void scriptsThatKnowNoSlantAndNoSpacingHaveNone(String design) {
        Specimens.all(design).stream()
                .filter(one -> one.name().equals("right to left") || one.name().equals("Chinese"))
                .map(one -> RENDERER.render(one.newsletter(), one.issue()).html())
                .forEach(html -> assertThat(html.replace("letter-spacing:14px", "")) // of the dots between sections
                        .doesNotContain("italic", "uppercase")
                        .doesNotContainPattern("letter-spacing:-?\\d"));
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
