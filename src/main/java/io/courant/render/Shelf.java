package io.courant.render;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that the templates of the archive see.
 *
 * @param list web address of the page that lists all issues
 * @param feed web address of the Atom feed
 * @param updated when the newest issue came out, as Atom writes it (RFC 4287 §3.3)
 * @param issues the newest first
 */
record Shelf(Page.Masthead newsletter, String list, String feed, String updated, List<Entry> issues) {
    /**
     * An issue in a list.
     *
     * @param link web address of its page
     * @param published as Atom writes it
     * @param date in the newsletter's language
     * @param page what is in it; absent where only the list is made
     */
    record Entry(
            String id,
            String link,
            String subject,
            String published,
            String date,
            int year,
            int items,
            @Nullable Page page) {}
}
