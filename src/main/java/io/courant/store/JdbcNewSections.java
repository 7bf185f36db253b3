package io.courant.store;

import io.courant.issue.Choice;
import io.courant.issue.Issue;
import io.courant.issue.IssueId;
import io.courant.issue.NewSections;
import io.courant.issue.Newsletter;
import io.courant.issue.Telling;
import io.courant.post.Source;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

class JdbcNewSections implements NewSections {
    /**
     * Every section of the newsletter's sources with all that decides about it. A post that was known before the
     * newsletter read its source counts from when it began to; one that came later, from the reading before.
     */
    private static final String CONSIDERED = """
            with wanted as (
              select json_extract(j.value, '$.key') as source,
                     cast(json_extract(j.value, '$.lookBack') as bigint) as look_back,
                     json_extract(j.value, '$.updates') as updates, coalesce(r.since, :now) as since
              from json_each(:sources) j
                left join subscription r on r.newsletter = :newsletter and r.source = json_extract(j.value, '$.key')
            ),
            counted as (
              select p.id, p.source, p.item, p.revision, p.seen, p.last_seen, p.published, p.read_before, p.archived,
                     w.look_back, w.since, w.updates,
                     (select max(q.revision) from post q where q.source = p.source and q.item = p.item) as latest
              from wanted w join post p on p.source = w.source
            ),
            known as (
              select p.*,
                     case when p.latest > 1 then (
                       select max(q.revision) from post q cross join section t cross join issued_section i
                       where q.source = p.source and q.item = p.item and t.post_id = q.id
                         and i.newsletter = :newsletter and i.section_id = t.id) end as issued,
                     p.latest > 1 and exists (
                       select 1 from post q cross join section t cross join carried_over c
                       where q.source = p.source and q.item = p.item and q.revision < p.revision and t.post_id = q.id
                         and c.newsletter = :newsletter and c.section_id = t.id) as has_waited
              from counted p
            ),
            considered as (
              select p.id as post, p.*,
                     case
                       when p.seen < p.since or p.read_before is null or p.read_before > p.seen
                         or p.read_before < p.since then p.since
                       else p.read_before
                     end as reference,
                     p.revision = case
                       when p.latest = 1 then 1
                       when p.updates = 'RESEND' then p.latest
                       else coalesce(p.issued, case p.updates when 'IGNORE' then 1 else p.latest end)
                     end as is_current,
                     p.updates = 'RESEND' and p.issued < p.revision as is_again
              from known p
            ),
            judged as (
              select *,
                     case
                       when not is_current and issued < revision and updates <> 'RESEND' then 'sent'
                       when not is_current then 'later'
                       when is_again or has_waited then ''
                       when archived then 'undated'
                       when seen < since and last_seen < since then 'gone'
                       when look_back is not null and published < reference - look_back then 'old'
                       else ''
                     end as verdict
              from considered
            )
            """;

    private static final String NEW = CONSIDERED + """
            select s.id, s.heading, s.subheadings, s.text, p.post, t.title, t.link, p.source, p.published, p.revision,
                   c.section_id is not null as waited, h.choice, coalesce(p.is_again, false) as is_again,
                   exists (select 1 from section u cross join issued_section i
                           where u.post_id = p.post and i.section_id = u.id and i.newsletter = :newsletter) as is_told
            from judged p
              join section s on s.post_id = p.post
              join post t on t.id = p.post
              left join carried_over c on c.newsletter = :newsletter and c.section_id = s.id
              left join choice h on h.newsletter = :newsletter and h.section_id = s.id
            where coalesce(h.choice, '') <> 'DROP'
              and (p.verdict = '' and c.section_id is null or p.is_current and c.times <= :carryOver)
              and not exists (select 1 from issued_section i where i.newsletter = :newsletter and i.section_id = s.id)
              and not exists (select 1 from merged_post m where m.newsletter = :newsletter and m.post_id = p.post)
            order by p.source, s.id
            """;

    private static final String FATES = CONSIDERED + """
            select s.id, s.heading, t.title, t.link, p.source, p.published, p.seen, p.since, p.look_back, p.verdict,
                   c.times, h.choice, ii.name as issued_in, ci.name as carried_by, m.reason as merged, mi.name as merged_in
            from judged p
              join section s on s.post_id = p.post
              join post t on t.id = p.post
              left join issued_section i on i.newsletter = :newsletter and i.section_id = s.id
              left join issue ii on ii.id = i.issue_id
              left join carried_over c on c.newsletter = :newsletter and c.section_id = s.id
              left join issue ci on ci.id = c.issue_id
              left join choice h on h.newsletter = :newsletter and h.section_id = s.id
              left join merged_post m on m.newsletter = :newsletter and m.post_id = p.post
              left join issue mi on mi.id = m.issue_id
            where p.last_seen >= :from
            order by p.seen desc, p.source, s.id
            """;

    private static final String TELLINGS = """
            select p.id, p.link, p.title, p.source, p.language,
                   p.intro || '\n' || coalesce((select string_agg(s.heading || '\n' || s.text, '\n' order by s.position)
                                               from section s where s.post_id = p.id), '') as text
            from post p
            where p.id in (select cast(value as bigint) from json_each(:posts))
               or p.id in (select s.post_id from issue i
                             join issued_section x on x.newsletter = i.newsletter and x.issue_id = i.id
                             join section s on s.id = x.section_id
                           where i.newsletter = :newsletter and i.frozen_at >= :since)
            order by p.id
            """;
    private static final String REPEATED = """
            insert into merged_post (newsletter, post_id, issue_id, into_post, reason)
            select :newsletter, :post, min(x.issue_id), :into, :reason
            from section s join issued_section x on x.newsletter = :newsletter and x.section_id = s.id
            where s.post_id = :into
            having count(*) > 0
            on conflict (newsletter, post_id) do nothing
            """;

    private static final String CHOOSE = """
            insert into choice (newsletter, section_id, choice, chosen_at) values (:newsletter, :section, :choice, :at)
            on conflict (newsletter, section_id)
              do update set choice = excluded.choice, chosen_at = excluded.chosen_at
            """;

    private final JdbcClient write;
    private final JdbcClient read;

    JdbcNewSections(JdbcClient write, JdbcClient read) {
        this.write = write;
        this.read = read;
    }

    @Override
    public List<Telling> tellings(Newsletter newsletter, Collection<Long> posts, Instant since) {
        Map<String, String> groups = new HashMap<>();
        newsletter
                .sources()
                .forEach(source -> groups.put(source.key(), source.terms().mergeGroup()));
        return read.sql(TELLINGS)
                .param("posts", Json.write(posts))
                .param("newsletter", newsletter.name())
                .param("since", since.toEpochMilli())
                .query((row, number) -> {
                    String link = row.getString("link");
                    return new Telling(
                            row.getString("id"),
                            link == null ? null : URI.create(link),
                            row.getString("title"),
                            row.getString("text"),
                            row.getString("source"),
                            groups.getOrDefault(row.getString("source"), ""),
                            row.getString("language"));
                })
                .list();
    }

    @Override
    public void repeated(Newsletter newsletter, List<Issue.Merged> repeats) {
        for (Issue.Merged repeat : repeats) {
            write.sql(REPEATED)
                    .param("newsletter", newsletter.name())
                    .param("post", repeat.post())
                    .param("into", repeat.into())
                    .param("reason", repeat.why())
                    .update();
        }
    }

    @Override
    public List<NewSection> of(Newsletter newsletter, Instant now) {
        return asked(NEW, newsletter, now)
                .param("carryOver", newsletter.quotas().carryOver())
                .query((row, number) -> new NewSection(
                        JdbcSectionedPosts.section(row),
                        row.getBoolean("waited"),
                        row.getBoolean("is_again"),
                        row.getBoolean("is_told"),
                        choice(row)))
                .list();
    }

    @Override
    public List<Fate> fates(Newsletter newsletter, Instant now, Instant since) {
        return asked(FATES, newsletter, now)
                .param("from", since.toEpochMilli())
                .query((row, number) -> fate(row, newsletter))
                .list();
    }

    private static @Nullable Choice choice(ResultSet row) throws SQLException {
        String choice = row.getString("choice");
        return choice == null ? null : Choice.valueOf(choice);
    }

    @Override
    public void choose(Newsletter newsletter, long section, Choice choice, Instant at) {
        write.sql(CHOOSE)
                .param("newsletter", newsletter.name())
                .param("section", section)
                .param("choice", choice.name())
                .param("at", at.toEpochMilli())
                .update();
    }

    @Override
    public boolean unchoose(Newsletter newsletter, long section, Collection<Choice> choices) {
        return write.sql("delete from choice where newsletter = :newsletter and section_id = :section"
                                + " and choice in (:choices)")
                        .param("newsletter", newsletter.name())
                        .param("section", section)
                        .param("choices", choices.stream().map(Enum::name).toList())
                        .update()
                > 0;
    }

    private JdbcClient.StatementSpec asked(String question, Newsletter newsletter, Instant now) {
        return read.sql(question)
                .param("newsletter", newsletter.name())
                .param(
                        "sources",
                        Json.write(newsletter.sources().stream()
                                .map(JdbcNewSections::asked)
                                .toList()))
                .param("now", now.toEpochMilli());
    }

    private static Map<String, Object> asked(Source source) {
        Map<String, Object> asked = new HashMap<>();
        asked.put("key", source.key());
        asked.put("updates", source.terms().updates().name());
        Duration lookBack = source.terms().lookBack();
        if (lookBack != null) {
            asked.put("lookBack", lookBack.toMillis());
        }
        return asked;
    }

    private static Fate fate(ResultSet row, Newsletter newsletter) throws SQLException {
        String link = row.getString("link");
        String issued = row.getString("issued_in");
        String merged = row.getString("merged");
        String carried = row.getString("carried_by");
        int times = row.getInt("times");
        String verdict = row.getString("verdict");
        Fate.State state;
        String issue = null;
        String reason = "";
        if (issued != null) {
            state = Fate.State.ISSUED;
            issue = issued;
        } else if (merged != null) {
            state = Fate.State.MERGED;
            issue = row.getString("merged_in");
            reason = merged;
        } else if (verdict.equals("sent") || verdict.equals("later")) {
            state = Fate.State.MERGED;
            reason = verdict.equals("sent")
                    ? "it was in an issue before it was edited"
                    : "a later revision took its place";
        } else if (choice(row) == Choice.DROP) {
            state = Fate.State.EXPIRED;
            reason = Fate.DROPPED;
        } else if (carried != null && times > newsletter.quotas().carryOver()) {
            state = Fate.State.EXPIRED;
            issue = carried;
            reason = "it did not fit into " + times + " issues in a row";
        } else if (carried != null) {
            state = Fate.State.CARRIED_OVER;
            issue = carried;
        } else {
            state = verdict.isEmpty() ? Fate.State.NEW : Fate.State.EXPIRED;
            reason = expired(verdict, row, newsletter);
        }
        if (reason.isEmpty() && issued == null && choice(row) != null) {
            reason = choice(row) == Choice.LEAD ? "pinned as the lead" : "pinned";
        }
        return new Fate(
                row.getLong("id"),
                row.getString("source"),
                row.getString("heading"),
                row.getString("title"),
                link == null ? null : URI.create(link),
                Instant.ofEpochMilli(row.getLong("published")),
                Instant.ofEpochMilli(row.getLong("seen")),
                state,
                issue == null ? null : new IssueId(issue),
                reason);
    }

    private static String expired(String verdict, ResultSet row, Newsletter newsletter) throws SQLException {
        String since = date(row.getLong("since"), newsletter);
        return switch (verdict) {
            case "undated" -> "undated, and there already when the source was first read";
            case "gone" ->
                "gone from its source before " + since + ", when " + newsletter.title() + " began to read it";
            case "old" ->
                "older by more than "
                        + Duration.ofMillis(row.getLong("look_back")).toDays()
                        + " days than the last look at its source before it was found";
            default -> "";
        };
    }

    private static String date(long millis, Newsletter newsletter) {
        return LocalDate.ofInstant(Instant.ofEpochMilli(millis), newsletter.zone())
                .toString();
    }
}
