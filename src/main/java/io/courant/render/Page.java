package io.courant.render;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a template sees: texts and numbers, no code. The names of the components are the names that editors write,
 * as {@code templates/README.md} explains them.
 *
 * @param edition what its readers asked for
 * @param lead the item that the issue opens with; it also stands first in its section
 * @param briefMore how many more there are than in brief and under the topics, left out for the size of the HTML
 * @param carriedOver how many new items wait for the next issue
 * @param web whether this is the issue's page on the web, which is for nobody in particular
 * @param reader whom the mail is for; absent on the web
 */
record Page(
        Masthead newsletter,
        Dateline issue,
        Cut edition,
        Entry lead,
        List<Part> sections,
        List<Entry> brief,
        int briefMore,
        int carriedOver,
        boolean web,
        @Nullable Reader reader) {

    /**
     * The newsletter itself.
     *
     * @param postalAddress on one line
     * @param archive web address of the list of all issues
     * @param language BCP 47 tag
     * @param dir {@code ltr} or {@code rtl}, from the language
     * @param script a word for the script of the language, from which fonts follow
     */
    record Masthead(
            String title,
            String home,
            String archive,
            String postalAddress,
            String language,
            String dir,
            String script,
            Look brand) {}

    /**
     * What the newsletter wants of its looks: colours as {@code #rrggbb}, families as CSS lists them. All of it may be
     * absent.
     */
    record Look(
            @Nullable String accent,
            @Nullable String accentDark,
            @Nullable String paper,
            @Nullable String paperDark,
            @Nullable String ink,
            @Nullable String inkDark,
            @Nullable Logo logo,
            @Nullable String headings,
            @Nullable String body) {}

    /** A picture that stands for the newsletter, in CSS pixels. */
    record Logo(String src, String alt, int width, int height) {}

    /**
     * This number of the newsletter.
     *
     * @param link web address of this issue's page
     * @param date in the newsletter's language and time zone
     * @param period from the oldest item's day to the issue's
     * @param minutes to read all that is linked under the topics
     * @param introduction what an editor says first, in paragraphs; possibly none
     * @param preheader what an editor wants to be seen after the subject; possibly empty
     */
    record Dateline(
            String id,
            String link,
            String date,
            String period,
            long posts,
            int sources,
            long minutes,
            List<String> introduction,
            String preheader) {}

    /**
     * What the readers of an edition asked for.
     *
     * @param topics titles of those that they chose and it has something of; empty if they chose none
     * @param since day since which all stands in it that was issued; absent for one issue
     */
    record Cut(List<String> topics, @Nullable String since) {}

    /**
     * A topic with its items.
     *
     * @param posts how many posts the items are parts of
     * @param more how many more items there are, left out for the size of the HTML
     * @param trend where the topic goes; absent when nothing is known of it
     */
    record Part(
            String title,
            long posts,
            List<Entry> items,
            int more,
            @Nullable Movement trend) {}

    /**
     * Where a topic goes.
     *
     * @param label {@code new}, {@code rising}, {@code steady}, {@code fading} or {@code unknown}
     * @param evidence in words
     * @param picture address of a small picture of the topic's share of the posts, week by week
     * @param alt what that picture shows, in words and numbers
     */
    record Movement(String label, String evidence, String picture, String alt) {}

    /**
     * One item.
     *
     * @param link absolute, http or https; absent for a post without one
     * @param teaser possibly empty
     * @param post title of the post that it comes from
     * @param part whether it is a part of a longer post
     * @param why in words, what brought it here; possibly empty
     * @param lead whether the issue opens with it
     * @param topic title of its section; empty for an item in brief
     * @param updated whether its post was edited since it was first seen
     * @param also where else the same story is told
     * @param machineWritten whether the teaser is a summary by a machine
     * @param opening of the lead, its first sentences; else empty
     * @param edited whether an editor wrote the teaser
     */
    record Entry(
            String title,
            @Nullable String link,
            String source,
            String date,
            long minutes,
            String teaser,
            String post,
            boolean part,
            String why,
            boolean lead,
            String topic,
            boolean updated,
            List<Elsewhere> also,
            boolean machineWritten,
            String opening,
            boolean edited) {}

    /**
     * Another place where a story is told.
     *
     * @param link absolute, http or https; absent for a post without one
     */
    record Elsewhere(String source, @Nullable String link) {}

    /** The {@link Hole}s. */
    record Reader(String address, String since, String unsubscribeUrl, String preferencesUrl) {}
}
