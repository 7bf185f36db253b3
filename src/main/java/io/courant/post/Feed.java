package io.courant.post;

import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jsoup.nodes.Entities;
import org.jspecify.annotations.Nullable;

/**
 * A feed as it stands, in Atom's terms (RFC 4287), whatever its format: nothing is left out of it, and nothing made up.
 *
 * @param title one line; empty if the feed has none
 * @param link the page that it belongs to, http or https
 * @param language BCP 47 tag, if the feed says
 */
public record Feed(
        String title, @Nullable URI link, @Nullable String language, List<Entry> entries) {
    public Feed {
        entries = List.copyOf(entries);
    }

    /**
     * An entry or item.
     *
     * @param id guid or id, else the link, else the title; empty if there is none of them
     * @param link where to read it, http or https
     * @param title one line; empty if there is none
     * @param body sanitised; empty if there is none
     */
    public record Entry(
            String id,
            @Nullable URI link,
            String title,
            @Nullable String author,
            @Nullable Instant published,
            @Nullable Instant updated,
            List<String> categories,
            Body body) {
        public Entry {
            categories = List.copyOf(categories);
        }

        /** The body as HTML, with a paragraph for each of a plain text. */
        public String html() {
            if (body.isEmpty() || body.form() == Body.Form.HTML) {
                return body.content();
            }
            return Arrays.stream(body.content().strip().split("\\n{2,}"))
                    .map(paragraph -> "<p>" + Entities.escape(paragraph) + "</p>")
                    .collect(Collectors.joining("\n"));
        }
    }
}
