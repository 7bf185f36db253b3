package io.courant.store;

import io.courant.section.Assignment;
import io.courant.section.Assignments;
import io.courant.section.Beat;
import io.courant.section.Week;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

class JdbcAssignments implements Assignments {
    /** Whether an editor's word stands: that it is about no topic, or about one that the newsletter has. */
    private static final String STANDS = """
            (a.corrected_at is not null and (a.topics = '[]' or exists (
              select 1 from json_each(a.topics) t where t.value in (select value from json_each(:ids)))))""";

    private static final String OF = """
            select section_id, assignment from assignment a
            where newsletter = :newsletter and (scheme = :scheme or %s)
              and section_id in (select cast(value as bigint) from json_each(:sections))
            """.formatted(STANDS);
    private static final String MISSING = """
            select s.id from post p join section s on s.post_id = p.id
            where p.source in (select value from json_each(:sources))
              and not exists (select 1 from assignment a where a.newsletter = :newsletter and a.section_id = s.id
                              and (a.scheme = :scheme or %s))
            order by p.published, s.id
            """.formatted(STANDS);
    /** What an editor said meanwhile stands. */
    private static final String KEEP = """
            insert into assignment as a (newsletter, section_id, scheme, topics, assignment)
            values (:newsletter, :section, :scheme, :topics, :assignment)
            on conflict (newsletter, section_id)
              do update set scheme = excluded.scheme, topics = excluded.topics, assignment = excluded.assignment,
                            corrected_at = null
              where not %s
            """.formatted(STANDS);

    private static final String CORRECT = """
            insert into assignment (newsletter, section_id, scheme, topics, assignment, corrected_at)
            values (:newsletter, :section, :scheme, :topics, :assignment, :at)
            on conflict (newsletter, section_id)
              do update set scheme = excluded.scheme, topics = excluded.topics, assignment = excluded.assignment,
                            corrected_at = excluded.corrected_at
            """;

    /** Of an edited post the first form counts; of those that had been there at first without a date, none. */
    private static final String POSTS = """
            select p.id, p.source, p.published, a.topics
            from post p
              join section s on s.post_id = p.id
              left join assignment a on a.newsletter = :newsletter and a.section_id = s.id
                and (a.scheme = :scheme or a.corrected_at is not null)
            where p.source in (select value from json_each(:sources))
              and p.revision = 1 and not p.archived and p.published < :end
              and not exists (select 1 from merged_post m where m.newsletter = :newsletter and m.post_id = p.id)
              and p.id not in (select cast(value as bigint) from json_each(:untold))
            order by p.id
            """;

    private final JdbcClient write;
    private final JdbcClient read;
    private final TransactionTemplate transactions;

    JdbcAssignments(JdbcClient write, JdbcClient read, TransactionTemplate transactions) {
        this.write = write;
        this.read = read;
        this.transactions = transactions;
    }

    @Override
    public Map<Long, Assignment> of(Beat beat, Collection<Long> sections) {
        List<String> ids = beat.taxonomy().ids();
        Map<Long, Assignment> found = new HashMap<>();
        read.sql(OF)
                .param("newsletter", beat.newsletter())
                .param("scheme", beat.taxonomy().scheme())
                .param("ids", Json.write(ids))
                .param("sections", Json.write(sections))
                .query((RowCallbackHandler) row -> {
                    Assignment kept = Json.read(row.getString("assignment"), Assignment.class);
                    List<String> topics =
                            kept.topics().stream().filter(ids::contains).toList();
                    boolean stands = !kept.isByEditor() || topics.equals(kept.topics());
                    found.put(row.getLong("section_id"), stands ? kept : Assignment.byEditor(topics));
                });
        return found;
    }

    @Override
    public List<Long> missing(Beat beat) {
        return read.sql(MISSING)
                .param("newsletter", beat.newsletter())
                .param("scheme", beat.taxonomy().scheme())
                .param("ids", Json.write(beat.taxonomy().ids()))
                .param("sources", Json.write(beat.sources()))
                .query(Long.class)
                .list();
    }

    @Override
    public void keep(Beat beat, Map<Long, Assignment> assigned) {
        String scheme = beat.taxonomy().scheme();
        String ids = Json.write(beat.taxonomy().ids());
        transactions.executeWithoutResult(status ->
                assigned.forEach((section, assignment) -> keeping(KEEP, beat.newsletter(), scheme, section, assignment)
                        .param("ids", ids)
                        .update()));
    }

    @Override
    public void correct(Beat beat, long section, List<String> topics, Instant at) {
        keeping(CORRECT, beat.newsletter(), beat.taxonomy().scheme(), section, Assignment.byEditor(topics))
                .param("at", at.toEpochMilli())
                .update();
    }

    private JdbcClient.StatementSpec keeping(
            String statement, String newsletter, String scheme, long section, Assignment assignment) {
        return write.sql(statement)
                .param("newsletter", newsletter)
                .param("section", section)
                .param("scheme", scheme)
                .param("topics", Json.write(assignment.topics()))
                .param("assignment", Json.write(assignment));
    }

    @Override
    public boolean withdraw(Beat beat, long section) {
        return write.sql("delete from assignment where newsletter = :newsletter and section_id = :section"
                                + " and corrected_at is not null")
                        .param("newsletter", beat.newsletter())
                        .param("section", section)
                        .update()
                > 0;
    }

    @Override
    public List<Week> weeks(Beat beat, Collection<Long> untold, LocalDate end, ZoneId zone) {
        WeeklyPosts weeks = new WeeklyPosts(end, zone);
        read.sql(POSTS)
                .param("newsletter", beat.newsletter())
                .param("sources", Json.write(beat.sources()))
                .param("scheme", beat.taxonomy().scheme())
                .param("untold", Json.write(untold))
                .param("end", end.plusDays(1).atStartOfDay(zone).toInstant().toEpochMilli())
                .query((RowCallbackHandler) row -> weeks.add(
                        row.getLong("id"), row.getString("source"), row.getLong("published"), row.getString("topics")));
        return weeks.list();
    }
}
