package io.courant.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.issue.Issue;
import io.courant.issue.Item;
import java.nio.file.Path;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SizeBudgetTest {
    private static final Renderer RENDERER = new Renderer(new TemplateFolder(Path.of("templates")), () -> "n0nce");
    private static final Specimens.Specimen SIXTY = specimen("sixty items");

    @Test
    void anIssueThatFitsStaysWhole() {
        SizeBudget.Fitted fitted = new SizeBudget(RENDERER).fit(SampleIssue.NEWSLETTER, SampleIssue.ISSUE, null);
        assertThat(fitted.issue()).isEqualTo(SampleIssue.ISSUE);
    }

    @Test
    void theLowestRankedItemsAreLeftOutOfTheHtmlAndCarriedOver() {
        SizeBudget.Fitted fitted = new SizeBudget(RENDERER).fit(SIXTY.newsletter(), SIXTY.issue(), null);
        Issue issue = fitted.issue();
        assertThat(issue.beyond()).isNotEmpty().hasSizeLessThan(40);
        assertThat(issue.items()).isEqualTo(SIXTY.issue().items());
        assertThat(issue.carriedOver().stream().map(Issue.CarriedOver::section)).containsAll(issue.beyond());
        assertThat(issue.carriedOver())
                .hasSize(SIXTY.issue().carriedOver().size() + issue.beyond().size());
        List<Long> brief = issue.brief().stream().map(Item::section).toList();
        assertThat(issue.beyond()).startsWith(brief.get(brief.size() - 1)).containsAll(brief);
        issue.sections()
                .forEach(section ->
                        assertThat(issue.isBeyond(section.items().get(0))).isFalse());
    }

    @Test
    void noMoreIsLeftOutThanTheBudgetAsksFor() {
        SizeBudget.Fitted fitted = new SizeBudget(RENDERER).fit(SIXTY.newsletter(), SIXTY.issue(), null);
        assertThat(MailRules.encodedLength(fitted.rendering().html())).isLessThanOrEqualTo(SizeBudget.TARGET);
        List<Long> beyond = fitted.issue().beyond();
        Issue oneFewer = SIXTY.issue()
                .leavingOut(SIXTY.issue().items().stream()
                        .filter(item -> beyond.subList(0, beyond.size() - 1).contains(item.section()))
                        .toList());
        assertThat(MailRules.encodedLength(
                        RENDERER.render(SIXTY.newsletter(), oneFewer).html()))
                .isGreaterThan(SizeBudget.TARGET);
    }

    @Test
    void whatIsLeftOutIsCountedLinkedAndStandsInTheTextAndOnTheWeb() {
        SizeBudget.Fitted fitted = new SizeBudget(RENDERER).fit(SIXTY.newsletter(), SIXTY.issue(), null);
        Document html = Jsoup.parse(fitted.rendering().html());
        String page = SIXTY.newsletter().page(SIXTY.issue().id()).toString();
        int counted = html.select("a[href=" + page + "]").stream()
                .mapToInt(link -> Integer.parseInt("0" + link.text().replaceAll("\\D", "")))
                .sum();
        assertThat(counted).isEqualTo(fitted.issue().beyond().size());
        String web = RENDERER.web(SIXTY.newsletter(), fitted.issue());
        assertThat(Jsoup.parse(web).select("h3, li")).hasSize(60);
        assertThat(web).doesNotContain("n0nce", "and " + counted);
        assertThat(fitted.rendering().text().lines().filter(line -> line.startsWith("* ")))
                .hasSize(60);
    }

    @Test
    void aTemplateThatIsTooLargeInItselfLeavesNothingOut(@TempDir Path folder) {
        Renderer large = new TestTemplates(folder)
                .write("plain/html.ftlh", "<h1>x</h1><p>" + "x".repeat(MailRules.MAX_HTML_BYTES) + "</p>")
                .renderer();
        SizeBudget.Fitted fitted = new SizeBudget(large).fit(SampleIssue.newsletter("plain"), SampleIssue.ISSUE, null);
        assertThat(fitted.issue()).isEqualTo(SampleIssue.ISSUE);
    }

    private static Specimens.Specimen specimen(String name) {
        return Specimens.all("digest").stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
