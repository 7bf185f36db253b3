package io.courant.section;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Keeps what the topics of a newsletter made of each section of its sources. What was assigned under other topics does
 * not count, but an editor's word does as long as the newsletter has the topic.
 */
public interface Assignments {

    /** What is kept of these sections; those without an assignment are left out. */
    Map<Long, Assignment> of(Beat beat, Collection<Long> sections);

    /** Ids of all sections of the newsletter's sources that have no assignment, the oldest post first. */
    List<Long> missing(Beat beat);

    /** Keeps assignments, all or none. */
    void keep(Beat beat, Map<Long, Assignment> assigned);

    /** Notes what an editor said of a section. */
    void correct(Beat beat, long section, List<String> topics, Instant at);

    /** Forgets what an editor said of a section; false if nobody said anything. */
    boolean withdraw(Beat beat, long section);

    /**
     * The posts of a newsletter's sources, week by week. A post counts on the day when it came out, once, with the
     * topics of all its sections; a post that tells what another one tells does not count. Where there are sources with
     * more than a year of posts, those with less do not count.
     *
     * @param untold ids of posts that do not count, besides those that issues have merged
     * @param end the day that the last week ends with
     * @param zone in which days are counted
     * @return oldest first, from the week of the first post on; empty when there is no post
     */
    List<Week> weeks(Beat beat, Collection<Long> untold, LocalDate end, ZoneId zone);
}
