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
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who gets which edition of an issue: most get the whole, the others are asked for what they want, one by one. */
final class JdbcPlan {
    private static final int GROUP = 5_000;
    private static final Pattern COMMA = Pattern.compile(",");

    /**
     * Variants with any of the items: with the same, or, in another newsletter, with one of the same heading that has the
     * same address or the same text. The newsletter's own revisions of a post are its own affair.
     */
    private static final String HOLDERS = """
            with wanted as (select cast(value as bigint) as id from json_each(:sections)),
            told as (
              select id, id as other, false as elsewhere from wanted
              union all
              select w.id, t.id, true
              from wanted w
                join section s on s.id = w.id
                join post p on p.id = s.post_id
                join post q on q.link = p.link and q.id <> p.id
                join section t on t.post_id = q.id and t.heading = s.heading
              union all
              select w.id, t.id, true
              from wanted w
                join section s on s.id = w.id
                join section t on t.heading = s.heading and t.text = s.text and t.id <> s.id
            )
            select x.issue_id, x.number, told.id
            from told
              join variant_section x on x.section_id = told.other
              join issue i on i.id = x.issue_id
            where not told.elsewhere or i.newsletter <> :newsletter
            """;

    /** Who may get anything but the whole at once; the states are of deliveries that they have, or will have. */
    private static final String SPECIAL = """
            (%s or coalesce(p.topics, '[]') <> '[]' or coalesce(p.frequency, 'EACH') <> 'EACH' or p.hour is not null
              or coalesce(p.paused_until, 0) > :now or c.subscriber_id is not null or s.form <> 'HTML'
              or coalesce(s.language, :language) <> :language)
            """;

    private static final String HAS_SOME = """
            exists (select 1 from delivery d
                    where d.subscriber_id = s.id and d.issue_id in (:freshIssues)
                      and d.issue_id || ':' || d.variant in (:fresh)
                      and d.state in ('READY', 'SENDING', 'DEFERRED', 'IN_DOUBT', 'ACCEPTED'))
            """;

    private static final String ANY_ALIKE = """
            select exists (
              select 1 from subscriber s
                left join reader p on p.newsletter = :newsletter and p.subscriber_id = s.id
                left join coverage c on c.newsletter = :newsletter and c.subscriber_id = s.id
              where %s and not %s)
            """;

    // The limit keeps SQLite from working the domain out anew each time that the group's expression names it.
    private static final String ALIKE = """
            insert into delivery (issue_id, subscriber_id, variant, domain_group, state)
            select :issue, s.id, :whole, %s, case when x.address_key is null then 'READY' else 'SUPPRESSED' end
            from (select s.id, s.address_key, substr(s.address_key, instr(s.address_key, '@') + 1) as domain
                  from subscriber s
                    left join reader p on p.newsletter = :newsletter and p.subscriber_id = s.id
                    left join coverage c on c.newsletter = :newsletter and c.subscriber_id = s.id
                  where %s and not %s limit 9223372036854775807) s
              left join suppression x on x.address_key = s.address_key
            """;
    private static final String WISHES = """
            select s.id, s.joined, s.language, s.zone, s.form, p.joined_at, p.topics, p.frequency, p.hour,
                   p.paused_until, c.until, c.due_at,
                   (select string_agg(d.issue_id || ':' || d.variant, ',') from delivery d
                    where d.subscriber_id = s.id and d.issue_id in (:issues)
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
                         cast(json_extract(j.value, '$[1]') as bigint) as variant,
                         cast(json_extract(j.value, '$[2]') as bigint) as due
                  from json_each(:copies) j join subscriber r on r.id = cast(json_extract(j.value, '$[0]') as bigint)
                  limit 9223372036854775807) s
              left join suppression x on x.address_key = s.address_key
            """;
    private static final String COVER = """
            insert into coverage (newsletter, subscriber_id, until, due_at, issue_id)
            select :newsletter, cast(json_extract(j.value, '$[0]') as bigint), :until,
                   coalesce(cast(json_extract(j.value, '$[2]') as bigint), :until), :issue
            from json_each(:copies) j where cast(json_extract(j.value, '$[3]') as bigint) = 1
            on conflict (newsletter, subscriber_id) do update
              set until_before = coverage.until, due_before = coverage.due_at,
                  until = excluded.until, due_at = excluded.due_at, issue_id = excluded.issue_id
            """;

    /** Whom an issue has not reached after all: what they were to get waits for their next mail. */
    static final List<String> UNREACHED = uncover("""
             and subscriber_id in (
               select d.subscriber_id from delivery d
               where d.issue_id = coverage.issue_id and d.state in ('CANCELLED', 'EXPIRED') and d.in_doubt = 0)
            """);

    /** An issue that nobody got never was. */
    static final List<String> UNCOVER = uncover("");

    private static List<String> uncover(String condition) {
        String ofIssue = " issue_id = (select id from issue where name = :name)" + condition;
        return List.of(
                "delete from coverage where until_before is null and" + ofIssue,
                "update coverage set until = until_before, due_at = due_before, issue_id = null, until_before = null,"
                        + " due_before = null where" + ofIssue);
    }

    private final JdbcClient write;
    private final Dialect dialect;

    JdbcPlan(JdbcClient write, Dialect dialect) {
        this.write = write;
        this.dialect = dialect;
    }

    /** Asks the editions for everybody; if anybody gets the whole, it is the first. */
    void survey(JdbcClient read, Newsletter newsletter, Editions editions) {
        Set<String> fresh = fresh(read, newsletter, editions);
        whole(read, newsletter, editions, fresh);
        wishes(read, newsletter, editions, fresh, wish -> editions.of(wish.wish()));
    }

    /** Who gets which copy, as of now. */
    Copies copies(JdbcClient read, Frozen frozen) {
        Newsletter newsletter = frozen.newsletter();
        Set<String> fresh = fresh(read, newsletter, frozen.editions());
        Copies copies = new Copies(frozen, fresh, whole(read, newsletter, frozen.editions(), fresh));
        wishes(read, newsletter, frozen.editions(), fresh, copies::take);
        copies.close();
        return copies;
    }

    /**
     * Plans the deliveries of an issue, in a transaction of the caller's.
     *
     * @param copies nobody's wishes may have changed since
     * @return how many
     */
    long plan(long issue, Frozen frozen, Copies copies) {
        String groups = GroupExpression.of(frozen.groups(), "s.domain");
        join(write, false);
        long special = copies.groups.stream()
                .mapToLong(group -> specially(issue, frozen, groups, group))
                .sum();
        return special
                + copies.whole
                        .map(whole -> alike(issue, frozen, copies.fresh, groups, whole.edition()))
                        .orElse(0);
    }

    /** The copy of all who want nothing special; empty if there are none, or nothing is new. */
    private Optional<Copy> whole(JdbcClient read, Newsletter newsletter, Editions editions, Set<String> fresh) {
        if (!editions.isFresh()) {
            return Optional.empty();
        }
        boolean any = asked(
                        read,
                        newsletter,
                        editions,
                        fresh,
                        special -> ANY_ALIKE.formatted(Membership.of(newsletter.audience()), special))
                .query(Boolean.class)
                .single();
        return any ? editions.of(Wish.NOTHING_SPECIAL) : Optional.empty();
    }

    private int specially(long issue, Frozen frozen, String groups, String copies) {
        write.sql(COVER)
                .param("newsletter", frozen.newsletter().name())
                .param("issue", issue)
                .param("until", frozen.editions().date().toEpochMilli())
                .param("copies", copies)
                .update();
        return write.sql(SPECIALLY.formatted(groups))
                .param("issue", issue)
                .param("copies", copies)
                .update();
    }

    private int alike(long issue, Frozen frozen, Set<String> fresh, String groups, int whole) {
        Newsletter newsletter = frozen.newsletter();
        return asked(
                        write,
                        newsletter,
                        frozen.editions(),
                        fresh,
                        special -> ALIKE.formatted(groups, Membership.of(newsletter.audience()), special))
                .param("issue", issue)
                .param("whole", whole)
                .update();
    }

    private void wishes(
            JdbcClient read, Newsletter newsletter, Editions editions, Set<String> fresh, Consumer<Asking> taker) {
        Map<String, Set<Long>> holders = holders(read, newsletter, editions.sections(false));
        asked(
                        read,
                        newsletter,
                        editions,
                        fresh,
                        special -> WISHES.formatted(Membership.of(newsletter.audience()), special))
                .param("issues", issues(holders.keySet()))
                .withFetchSize(GROUP)
                .query(row -> {
                    taker.accept(asking(row, holders));
                });
    }

    private JdbcClient.StatementSpec asked(
            JdbcClient client,
            Newsletter newsletter,
            Editions editions,
            Set<String> fresh,
            UnaryOperator<String> statement) {
        join(client, true);
        return client.sql(statement.apply(SPECIAL.formatted(fresh.isEmpty() ? "false" : HAS_SOME)))
                .params(Membership.parameters(newsletter.name(), newsletter.audience()))
                .param("now", editions.date().toEpochMilli())
                .param("language", newsletter.language().toLanguageTag())
                .param("fresh", fresh)
                .param("freshIssues", issues(fresh));
    }

    /** Variants of other issues that have anything new of this one; asked before it has any itself. */
    private Set<String> fresh(JdbcClient read, Newsletter newsletter, Editions editions) {
        return holders(read, newsletter, editions.sections(true)).keySet();
    }

    private void join(JdbcClient client, boolean all) {
        dialect.joining(all).ifPresent(statement -> client.sql(statement).update());
    }

    /** Never an empty list, which is no SQL. */
    private static Set<Long> issues(Set<String> holders) {
        return holders.isEmpty()
                ? Set.of(0L)
                : holders.stream()
                        .map(place -> Long.valueOf(place.substring(0, place.indexOf(':'))))
                        .collect(Collectors.toSet());
    }

    /** Which of the items stand in which variants, by {@code issue:number}. */
    private Map<String, Set<Long>> holders(JdbcClient read, Newsletter newsletter, Set<Long> sections) {
        Map<String, Set<Long>> holders = new HashMap<>();
        join(read, false);
        read.sql(HOLDERS)
                .param("sections", Json.write(sections))
                .param("newsletter", newsletter.name())
                .query(row -> {
                    holders.computeIfAbsent(
                                    row.getLong("issue_id") + ":" + row.getLong("number"), key -> new HashSet<>())
                            .add(row.getLong("id"));
                });
        return holders;
    }

    /** Somebody and what they want. */
    private record Asking(long subscriber, Wish wish) {}

    private static Asking asking(ResultSet row, Map<String, Set<Long>> holders) throws SQLException {
        Set<Long> got = new HashSet<>();
        String places = row.getString("got");
        if (places != null) {
            COMMA.splitAsStream(places).forEach(place -> got.addAll(holders.getOrDefault(place, Set.of())));
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

    /** The whole, if anybody gets it, and the copies of readers who want something special, in groups as JSON. */
    static final class Copies {
        private final Frozen frozen;
        private final Set<String> fresh;
        private final Optional<Copy> whole;
        private final List<String> groups = new ArrayList<>();
        private final List<List<@Nullable Object>> group = new ArrayList<>();
        private boolean unprinted;

        private Copies(Frozen frozen, Set<String> fresh, Optional<Copy> whole) {
            this.frozen = frozen;
            this.fresh = fresh;
            this.whole = whole;
            whole.ifPresent(this::noteUnprinted);
        }

        /** Whether somebody wants an edition that was not printed. */
        boolean isUnprinted() {
            return unprinted;
        }

        private void take(Asking asking) {
            Wish wish = asking.wish();
            Optional<Copy> copy = frozen.editions().of(wish);
            if (copy.isEmpty()) {
                return;
            }
            noteUnprinted(copy.get());
            Preferences wanted = wish.preferences();
            Instant due = copy.get().dueAt();
            List<@Nullable Object> row = new ArrayList<>();
            row.add(asking.subscriber());
            row.add(copy.get().edition());
            row.add(due.isAfter(frozen.editions().date()) ? due.toEpochMilli() : null);
            row.add(wanted.frequency() != Frequency.EACH || wish.coverage() != null ? 1 : 0);
            group.add(row);
            if (group.size() == GROUP) {
                close();
            }
        }

        private void noteUnprinted(Copy copy) {
            unprinted |= copy.edition() > frozen.prints().size();
        }

        private void close() {
            groups.add(Json.write(group));
            group.clear();
        }
    }
}
