package io.courant.store;

import io.courant.audience.EmailAddress;
import io.courant.delivery.Deliveries.Claim;
import io.courant.delivery.DeliveryState;
import io.courant.delivery.Demand;
import io.courant.delivery.Lease;
import io.courant.delivery.Phase;
import io.courant.delivery.SubscriberRange;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How {@link JdbcDeliveries} finds what is due and claims it, within a transaction of its caller. */
final class JdbcClaims {
    /** Of those that are open, so few that what else is asked of them costs little. */
    private static final String OPEN = """
            select d.subscriber_id, d.attempt, d.in_doubt, d.domain_group, d.state,
                   case when d.attempt = 0 then 0 else (
                     select count(*) from delivery_attempt a
                     where a.issue_id = d.issue_id and a.subscriber_id = d.subscriber_id and a.outcome = 'DEFERRED')
                   end as deferrals,
                   s.address, s.joined, v.name as variant,
                   %s or coalesce(p.paused_until, 0) > :now or x.address_key is not null as blocked
            from (select * from delivery where issue_id = :issue%%s order by %%s limit :limit%%s) d
              join issue i on i.id = d.issue_id
              join subscriber s on s.id = d.subscriber_id
              left join reader p on p.newsletter = i.newsletter and p.subscriber_id = s.id
              join variant v on v.issue_id = d.issue_id and v.number = d.variant
              left join suppression x on x.address_key = s.address_key
            """.formatted(Membership.GONE);

    private static final String OF_RANGE = " and subscriber_id between :first and :last";
    /** The state is no parameter: then PostgreSQL would not know what it leads to. */
    private static final String DUE = """
              and state = '%s' and %s and (due_at is null or due_at <= :now)
            """;

    private static final String OF_GROUP = " and domain_group = :group";
    private static final String ONLY = """
              and state in ('READY', 'DEFERRED')
              and subscriber_id in (select id from subscriber where address_key in (:only))
            """;
    // By their key, not by their state: of that, PostgreSQL has no up-to-date idea. An expression uses no index.
    private static final String CLAIM = """
            update delivery set state = 'SENDING', attempt = attempt + 1, due_at = null, phase = :phase,
                                lease = :lease
            where issue_id = :issue and state || '' = :from and %s
            """;
    private static final String CANCEL = """
            update delivery set state = 'CANCELLED', due_at = null
            where issue_id = :issue and state || '' = :from and %s
            """;

    private final JdbcClient write;
    private final Dialect dialect;
    private final String these;

    JdbcClaims(JdbcClient write, Dialect dialect) {
        this.write = write;
        this.dialect = dialect;
        this.these = dialect.isAmong("subscriber_id", ":subscribers");
    }

    /** As {@link io.courant.delivery.Deliveries#claim} says. */
    List<Claim> claim(long issue, Demand demand, Instant now) {
        List<Claim> claims = new ArrayList<>();
        demand.byGroup().forEach((group, limit) -> claims.addAll(claim(issue, demand, group, limit, now)));
        return claims;
    }

    private List<Claim> claim(long issue, Demand demand, String group, int limit, Instant now) {
        if (!demand.only().isEmpty()) {
            return claim(issue, demand, limit, more -> only(issue, demand, now, more));
        }
        List<Claim> claims = new ArrayList<>();
        for (DeliveryState state : List.of(DeliveryState.READY, DeliveryState.DEFERRED)) {
            claims.addAll(claim(
                    issue, demand, limit - claims.size(), more -> due(issue, demand.lease(), state, group, now, more)));
        }
        return claims;
    }

    /** Claims of what is open, past whoever left meanwhile. */
    private List<Claim> claim(long issue, Demand demand, int limit, IntFunction<List<Open>> openOnes) {
        List<Claim> claims = new ArrayList<>();
        while (claims.size() < limit) {
            List<Open> open = openOnes.apply(limit - claims.size());
            List<Claim> free =
                    open.stream().filter(row -> !row.blocked()).map(Open::claim).toList();
            List<Claim> blocked =
                    open.stream().filter(Open::blocked).map(Open::claim).toList();
            move(issue, blocked, write.sql(CANCEL.formatted(these)));
            move(
                    issue,
                    free,
                    write.sql(CLAIM.formatted(these))
                            .param("phase", demand.marksDots() ? Phase.CONNECT.name() : null)
                            .param("lease", JdbcLeases.column(demand.lease())));
            claims.addAll(free);
            if (blocked.isEmpty()) {
                break; // nobody was cancelled, so asking again would find nobody else
            }
        }
        return claims;
    }

    /** One statement for all that come from the same state. */
    private static void move(long issue, List<Claim> claims, JdbcClient.StatementSpec statement) {
        Map<DeliveryState, List<Claim>> byState = claims.stream().collect(Collectors.groupingBy(Claim::from));
        byState.forEach((from, some) -> {
            List<Long> subscribers = some.stream().map(Claim::subscriber).toList();
            int changed = statement
                    .param("issue", issue)
                    .param("from", from.name())
                    .param("subscribers", Json.write(subscribers))
                    .update();
            if (changed != some.size()) {
                throw new IllegalStateException("subscribers " + subscribers + ": " + (some.size() - changed)
                        + " no longer " + from + "; somebody else was first");
            }
        });
    }

    private List<Open> due(long issue, Lease lease, DeliveryState state, String group, Instant now, int limit) {
        boolean any = group.equals(Demand.ANY_GROUP);
        boolean all = lease.range().equals(SubscriberRange.ALL);
        String due = DUE.formatted(state, dialect.isOpen());
        var query = write.sql(open(due + (any ? "" : OF_GROUP) + (all ? "" : OF_RANGE)))
                .param("issue", issue)
                .param("now", now.toEpochMilli())
                .param("limit", limit);
        if (!all) {
            query = query.param("first", lease.range().first())
                    .param("last", lease.range().last());
        }
        return (any ? query : query.param("group", Rows.groupColumn(group)))
                .query((row, number) -> open(row, lease))
                .list();
    }

    private List<Open> only(long issue, Demand demand, Instant now, int limit) {
        return write.sql(open(ONLY))
                .param("issue", issue)
                .param("now", now.toEpochMilli())
                .param("only", demand.only().stream().map(EmailAddress::key).toList())
                .param("limit", limit)
                .query((row, number) -> open(row, demand.lease()))
                .list();
    }

    private String open(String condition) {
        return OPEN.formatted(condition, dialect.claimOrder(), dialect.forUpdateSkipLocked());
    }

    private static Open open(ResultSet row, Lease lease) throws SQLException {
        return new Open(
                new Claim(
                        row.getLong("subscriber_id"),
                        row.getString("address"),
                        Instant.ofEpochMilli(row.getLong("joined")),
                        row.getString("variant"),
                        Rows.group(row.getString("domain_group")),
                        DeliveryState.valueOf(row.getString("state")),
                        row.getInt("attempt") + 1,
                        row.getInt("in_doubt"),
                        row.getInt("deferrals"),
                        lease.number()),
                row.getBoolean("blocked"));
    }

    private record Open(Claim claim, boolean blocked) {}
}
