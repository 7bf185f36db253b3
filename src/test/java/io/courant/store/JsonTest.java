package io.courant.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.courant.issue.Issue;
import io.courant.issue.Item;
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
}
