package io.courant.store;

import io.courant.audience.Frequency;
import io.courant.audience.Preferences;
import io.courant.delivery.FrozenIssues.Frozen;
import io.courant.issue.Editions;
import io.courant.issue.Editions.Copy;
import io.courant.issue.Editions.Coverage;
import io.courant.issue.Editions.Wish;
import io.courant.issue.Newsletter;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who gets which edition of an issue: most get the first, the others are asked for what they want, one by one. */
final class JdbcPlan {
    private static final int GROUP = 5_000;
    private static final Pattern COMMA = Pattern.compile(",");

    /**
     * Variants with any of the items: with the same, or, in another newsletter, with one that says the same at the same
     * address. The newsletter's own revisions of a post are its own affair.
     */
    private static final String HOLDERS = """
            with wanted as (select value as id from json_each(:sections)),
            told as (
              select id, id as other, 0 as elsewhere from wanted
              union all
              select w.id, t.id, 1
              from wanted w
                join section s on s.id = w.id
                join post p on p.id = s.post_id
                join post q on q.link = p.link and q.id <> p.id
                join section t on t.post_id = q.id and t.heading = s.heading
            )
            select x.issue_id, x.number, told.id
            from told
              join variant_section x on x.section_id = told.other
              join issue i on i.id = x.issue_id
            where not told.elsewhere or i.newsletter <> :newsletter
            """;

    /** Who may get anything but the first edition at once; the states are of deliveries that they have, or will have. */
    private static final String SPECIAL = """
            (coalesce(p.topics, '[]') <> '[]' or coalesce(p.frequency, 'EACH') <> 'EACH' or p.hour is not null
              or coalesce(p.paused_until, 0) > :now or c.subscriber_id is not null or s.form <> 'HTML'
              or coalesce(s.language, :language) <> :language
              or exists (select 1 from json_each(:fresh) f
                           join delivery d on d.issue_id = f.value ->> 0 and d.subscriber_id = s.id
                         where d.variant = f.value ->> 1
                           and d.state in ('READY', 'SENDING', 'DEFERRED', 'IN_DOUBT', 'ACCEPTED')))
            """;

    // The limit keeps SQLite from working the domain out anew each time that the group's expression names it.
    private static final String ALIKE = """
            insert into delivery (issue_id, subscriber_id, variant, domain_group, state)
            select :issue, s.id, 1, %s, case when x.address_key is null then 'READY' else 'SUPPRESSED' end
            from (select s.id, s.address_key, substr(s.address_key, instr(s.address_key, '@') + 1) as domain
                  from subscriber s
                    left join reader p on p.newsletter = :newsletter and p.subscriber_id = s.id
                    left join coverage c on c.newsletter = :newsletter and c.subscriber_id = s.id
                  where %s and not %s limit -1) s
              left join suppression x on x.address_key = s.address_key
            """;
    private static final String WISHES = """
            select s.id, s.joined, s.language, s.zone, s.form, p.joined_at, p.topics, p.frequency, p.hour,
                   p.paused_until, c.until, c.due_at,
                   (select group_concat(h.key) from json_each(:holders) h
                      join delivery d on d.issue_id = h.value ->> 0 and d.subscriber_id = s.id
                    where d.variant = h.value ->> 1
                      and d.state in ('READY', 'SENDING', 'DEFERRED', 'IN_DOUBT', 'ACCEPTED')) as got
            from subscriber s
              left join reader p on p.newsletter = :newsletter and p.subscriber_id = s.id
              left join coverage c on c.newsletter = :newsletter and c.subscriber_id = s.id
            where %s and %s
            """;
    private static final String SPECIALLY = """
            insert into delivery (issue_id, subscriber_id, variant, domain_group, state, due_at)
            select :issue, s.id, s.variant, %s, case when x.address_key is null then 'READY' else 'SUPPRESSED' end, s.due
            from (select r.id, r.address_key, substr(r.address_key, instr(r.address_key, '@') + 1) as domain,
                         j.value ->> 1 as variant, j.value ->> 2 as due
                  from json_each(:copies) j join subscriber r on r.id = j.value ->> 0 limit -1) s
              left join suppression x on x.address_key = s.address_key
            """;
    private static final String COVER = """
            insert into coverage (newsletter, subscriber_id, until, due_at, issue_id)
            select :newsletter, j.value ->> 0, :until, coalesce(j.value ->> 2, :until), :issue
            from json_each(:copies) j where j.value ->> 3
            on conflict (newsletter, subscriber_id) do update
              set until_before = until, due_before = due_at,
                  until = excluded.until, due_at = excluded.due_at, issue_id = excluded.issue_id
            """;

    /** An issue that nobody got never was. */
    static final List<String> UNCOVER = List.of(
            "delete from coverage where until_before is null"
                    + " and issue_id = (select id from issue where name = :name)",
            "update coverage set until = until_before, due_at = due_before, issue_id = null, until_before = null,"
                    + " due_before = null where issue_id = (select id from issue where name = :name)");

    private final JdbcClient write;
    private final JdbcClient read;

    JdbcPlan(JdbcClient write, JdbcClient read) {
        this.write = write;
        this.read = read;
    }

    /** Asks the editions for everybody who wants something special. */
    void survey(Newsletter newsletter, Editions editions) {
        wishes(newsletter, editions, wish -> editions.of(wish.wish()));
    }

    /**
     * Plans the deliveries of an issue, in a transaction of the caller's.
     *
     * @return how many; -1 if somebody wants an edition that was not printed
     */
    long plan(long issue, Frozen frozen) {
        Newsletter newsletter = frozen.newsletter();
        Editions editions = frozen.editions();
        String groups = GroupExpression.of(frozen.groups(), "s.domain");
        Copies copies = new Copies(issue, frozen, groups);
        wishes(newsletter, editions, copies::take);
        copies.flush();
        if (copies.unprinted) {
            return -1;
        }
        return copies.count + (editions.isFresh() ? alike(issue, newsletter, editions, groups) : 0);
    }

    private int alike(long issue, Newsletter newsletter, Editions editions, String groups) {
        return asked(
                        write,
                        ALIKE.formatted(groups, Membership.of(newsletter.audience()), SPECIAL),
                        newsletter,
                        editions)
                .param("issue", issue)
                .param(
                        "fresh",
                        Json.write(holders(newsletter, editions.sections(true)).keySet()))
                .update();
    }

    private void wishes(Newsletter newsletter, Editions editions, Consumer<Asking> taker) {
        Map<List<Long>, Set<Long>> holders = holders(newsletter, editions.sections(false));
        List<List<Long>> keys = List.copyOf(holders.keySet());
        asked(read, WISHES.formatted(Membership.of(newsletter.audience()), SPECIAL), newsletter, editions)
                .param(
                        "fresh",
                        Json.write(holders(newsletter, editions.sections(true)).keySet()))
                .param("holders", Json.write(keys))
                .query(row -> {
                    taker.accept(asking(row, keys, holders));
                });
    }

    private static JdbcClient.StatementSpec asked(
            JdbcClient client, String statement, Newsletter newsletter, Editions editions) {
        return client.sql(statement)
                .params(Membership.parameters(newsletter.name(), newsletter.audience()))
                .param("now", editions.date().toEpochMilli())
                .param("language", newsletter.language().toLanguageTag());
    }

    /** Which of the items stand in which variants, by issue and number. */
    private Map<List<Long>, Set<Long>> holders(Newsletter newsletter, Set<Long> sections) {
        Map<List<Long>, Set<Long>> holders = new HashMap<>();
        read.sql(HOLDERS)
                .param("sections", Json.write(sections))
                .param("newsletter", newsletter.name())
                .query(row -> {
                    holders.computeIfAbsent(
                                    List.of(row.getLong("issue_id"), row.getLong("number")), key -> new HashSet<>())
                            .add(row.getLong("id"));
                });
        return holders;
    }

    /** Somebody and what they want. */
    private record Asking(long subscriber, Wish wish) {}

    private static Asking asking(ResultSet row, List<List<Long>> keys, Map<List<Long>, Set<Long>> holders)
            throws SQLException {
        Set<Long> got = new HashSet<>();
        String places = row.getString("got");
        if (places != null) {
            COMMA.splitAsStream(places)
                    .forEach(place -> got.addAll(holders.getOrDefault(keys.get(Integer.parseInt(place)), Set.of())));
        }
        Instant joined = Rows.instant(row, "joined_at");
        return new Asking(
                row.getLong("id"),
                new Wish(
                        JdbcReaders.preferences(row),
                        joined == null ? Instant.ofEpochMilli(row.getLong("joined")) : joined,
                        coverage(row),
                        got));
    }

    private static @Nullable Coverage coverage(ResultSet row) throws SQLException {
        Instant until = Rows.instant(row, "until");
        Instant due = Rows.instant(row, "due_at");
        return until == null || due == null ? null : new Coverage(until, due);
    }

    /** Copies of readers who want something special, written down in groups. */
    private final class Copies {
        private final long issue;
        private final Frozen frozen;
        private final String groups;
        private final List<List<@Nullable Object>> group = new ArrayList<>();
        private long count;
        private boolean unprinted;

        Copies(long issue, Frozen frozen, String groups) {
            this.issue = issue;
            this.frozen = frozen;
            this.groups = groups;
        }

        void take(Asking asking) {
            Wish wish = asking.wish();
            Optional<Copy> copy = frozen.editions().of(wish);
            if (copy.isEmpty()) {
                return;
            }
            if (copy.get().edition() > frozen.prints().size()) {
                unprinted = true;
                return;
            }
            Preferences wanted = wish.preferences();
            Instant due = copy.get().dueAt();
            List<@Nullable Object> row = new ArrayList<>();
            row.add(asking.subscriber());
            row.add(copy.get().edition());
            row.add(due.isAfter(frozen.editions().date()) ? due.toEpochMilli() : null);
            row.add(wanted.frequency() != Frequency.EACH || wish.coverage() != null);
            group.add(row);
            if (group.size() == GROUP) {
                flush();
            }
        }

        void flush() {
            if (group.isEmpty() || unprinted) {
                return;
            }
            String copies = Json.write(group);
            count += write.sql(SPECIALLY.formatted(groups))
                    .param("issue", issue)
                    .param("copies", copies)
                    .update();
            write.sql(COVER)
                    .param("newsletter", frozen.newsletter().name())
                    .param("issue", issue)
                    .param("until", frozen.editions().date().toEpochMilli())
                    .param("copies", copies)
                    .update();
            group.clear();
        }
    }
}
