package io.courant.store;

import static org.assertj.core.api.Assertions.assertThat;

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
}
