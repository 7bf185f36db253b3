package io.courant.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.audience.Mailbox;
import io.courant.audience.Segment;
import io.courant.issue.Brand;
import io.courant.issue.Colour;
import io.courant.issue.Issue;
import io.courant.issue.Item;
import io.courant.issue.Newsletter;
import java.net.URI;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class JsonTest {
    @Test
    void anItemThatWasFrozenBeforeMachinesWroteIsNoneOfTheirs() {
        String frozen = """
                {"section": 1, "heading": "H", "post": "P", "link": null, "source": "S",
                 "published": "2026-11-20T12:00:00Z", "teaser": "T.", "reading": "PT1M",
                 "assignment": {"topic": "", "score": 0.0, "reasons": []}, "why": "", "updated": false}
                """;
        Item item = Json.read(frozen, Item.class);
        assertThat(item.machineWritten()).isFalse();
        assertThat(item.also()).isEmpty();
        assertThat(item.opening()).isEmpty();
        Item written = new Item(
                item.section(),
                item.heading(),
                item.post(),
                item.link(),
                item.source(),
                item.published(),
                item.teaser(),
                item.reading(),
                item.assignment(),
                item.why(),
                item.updated(),
                item.also(),
                true,
                "The beginning.",
                true);
        assertThat(Json.read(Json.write(written), Item.class)).isEqualTo(written);
    }

    @Test
    void anIssueThatWasFrozenBeforeThereWereTrendsIsReadAsItWas() {
        String item = """
                {"section": 1, "heading": "H", "post": "P", "link": "https://example.org/1", "source": "S",
                 "published": "2026-11-20T12:00:00Z", "teaser": "T.", "reading": "PT1M",
                 "assignment": {"topic": "edge", "score": 1.5,
                                "reasons": [{"term": "edge device", "field": "body", "weight": 1.5}]},
                 "why": "Top match.", "updated": false, "also": []}
                """;
        Issue issue = Json.read("""
                {"id": {"value": "weekly-2026-11-23"}, "newsletter": "weekly", "date": "2026-11-23T06:00:00Z",
                 "sections": [{"topic": {"id": "edge", "title": "Edge", "seeds": [{"term": "edge device", "weight": 3}]},
                               "items": [%s]}],
                 "brief": [], "carriedOver": [{"section": 2, "heading": "Later"}], "merged": []}
                """.formatted(item), Issue.class);
        assertThat(issue.sections().get(0).trend()).isNull();
        assertThat(issue.lead().assignment().topics()).containsExactly("edge");
        assertThat(issue.lead().assignment().reasons().get(0).words()).isEqualTo("edge device in the body");
        assertThat(Json.read(Json.write(issue), Issue.class)).isEqualTo(issue);
    }

    @Test
    void aDraftThatWasFrozenBeforeThereWereBrandsLooksAsItsTemplateDoes() {
        Newsletter newsletter = new Newsletter(
                "weekly",
                "Weekly",
                Mailbox.parse("Weekly <weekly@example.org>"),
                null,
                "1 Street",
                URI.create("https://news.example.org"),
                Locale.ENGLISH,
                ZoneOffset.UTC,
                List.of(),
                List.of(),
                false,
                Segment.ALL,
                "digest",
                Newsletter.Quotas.DEFAULT,
                false);
        Newsletter branded = newsletter.withBrand(new Brand(
                new Colour("#9c2f1b"),
                null,
                null,
                null,
                null,
                null,
                new Brand.Logo(URI.create("https://example.org/l.png"), "Weekly", 160, 40),
                null,
                "Georgia"));
        assertThat(Json.read(Json.write(branded), Newsletter.class)).isEqualTo(branded);
        String before = Json.write(newsletter).replaceFirst(",\"brand\":\\{[^}]*}", "");
        assertThat(before).doesNotContain("brand");
        assertThat(Json.read(before, Newsletter.class)).isEqualTo(newsletter);
    }
}
