package io.courant.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.courant.delivery.Deliveries.Claim;
import io.courant.delivery.Deliveries.Settlement;
import io.courant.delivery.Demand;
import io.courant.delivery.DomainGroups;
import io.courant.delivery.Lease;
import io.courant.delivery.Outcome;
import io.courant.delivery.Phase;
import io.courant.delivery.Reply;
import io.courant.delivery.SubscriberRange;
import io.courant.issue.IssueId;
import io.courant.store.ExplainedDataSource.Plan;
import io.courant.upkeep.DatabaseAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/**
 * What a send asks of PostgreSQL again and again is found by an index, without a look at what is settled, whatever the
 * server believes of the table meanwhile.
 */
@Timeout(120)
class PostgresPlansTest {
    private static final Instant NOW = Instant.parse("2026-11-27T09:00:00Z");
    private static final IssueId ISSUE = new IssueId("weekly-2026-11-05");
    private static final int DELIVERIES = 50_000;
    private static final int PART = 10_000;
    private static final int CLAIMS = 100;
    private static final int FEW = 3 * CLAIMS;

    /** Four issues that were sent, of which the server knows, and a fifth without deliveries. */
    private static final List<String> PAST = List.of(
            "insert into message (sha256, packed, bytes) values ('m', false, '')",
            """
            insert into subscriber (id, address, address_key, name, state, joined)
            select n, 'r' || n || '@example.org', 'r' || n || '@example.org', '', 'ACTIVE', 0
            from generate_series(1, %d) n
            """.formatted(DELIVERIES),
            """
            insert into issue (id, name, newsletter, state, subject, candidates, content, imprint, frozen_at)
            select n, 'weekly-2026-11-0' || n, 'weekly', 'APPROVED', '', 1, '{}', '{}', 0 from generate_series(1, 5) n
            """,
            "insert into variant (issue_id, number, name, sha256) select id, 1, 'all', 'm' from issue",
            """
            insert into delivery (issue_id, subscriber_id, variant, domain_group, state, attempt)
            select i.id, s.id, 1, case when s.id % 4 = 0 then 'google' else '' end, 'ACCEPTED', 1
            from issue i, subscriber s where i.id < 5
            """,
            """
            insert into delivery_attempt (issue_id, subscriber_id, attempt, at, phase, reply, outcome)
            select issue_id, subscriber_id, 1, 0, 'RCPT', '450 later', 'DEFERRED'
            from delivery where subscriber_id % 10 = 0
            """,
            "alter table delivery set (autovacuum_enabled = false)", // it would come at any time
            "vacuum analyze");

    private static final String FREEZE = """
            insert into delivery (issue_id, subscriber_id, variant, domain_group, state)
            select 5, id, 1, case when id % 4 = 0 then 'google' else '' end, 'READY' from subscriber
            """;
    private static final String SETTLE = """
            update delivery set state = 'ACCEPTED', attempt = 1 where issue_id = 5 and subscriber_id % 10 <> 0
            """;

    private static final String FORGET = "delete from pg_statistic where starelid = cast('delivery' as regclass)";

    @TempDir
    private static Path folder;

    private static DatabaseAddress past;

    /** What the server believes of the table. */
    private enum Belief {
        RIGHT(FREEZE, "analyze delivery"),
        NO_SUCH_ISSUE(FREEZE),
        NOTHING_SENT(FREEZE, "analyze delivery", SETTLE),
        NO_SUCH_ISSUE_OF_WHICH_MOST_IS_SENT(FREEZE, SETTLE),
        /** It has never looked, nor was anything sent before. */
        NOTHING("truncate delivery cascade", FORGET, FREEZE, SETTLE),
        /** There is nothing but this issue, of which nothing was sent. */
        NOTHING_ELSE("truncate delivery cascade", FREEZE, "analyze delivery", SETTLE);

        private final String statements;

        Belief(String... statements) {
            this.statements = String.join(";", statements);
        }
    }

    private PostgresDatabase database;
    private JdbcClient sql;
    private ExplainedDataSource explained;
    private JdbcDeliveries deliveries;
    private JdbcLedger ledger;

    @BeforeAll
    static void fill() {
        past = TestPostgres.of(folder);
        try (PostgresDatabase database = PostgresDatabase.at(folder, past)) {
            JdbcClient sql = JdbcClient.create(database.writer());
            Assumptions.assumeTrue(
                    sql.sql("select current_setting('is_superuser') = 'on'")
                            .query(Boolean.class)
                            .single(),
                    "the server explains its plans to a superuser only");
            PAST.forEach(statement -> sql.sql(statement).update());
        }
    }

    @BeforeEach
    void open() {
        String name = past.url().replaceFirst(".*/([^?]*).*", "$1");
        database = PostgresDatabase.at(folder, TestPostgres.copy(name, name + "_plans"));
        sql = JdbcClient.create(database.writer());
        explained = new ExplainedDataSource(database.writer());
        JdbcClient client = JdbcClient.create(explained);
        deliveries = new JdbcDeliveries(client, explained, database);
        ledger = new JdbcLedger(client, Dialect.POSTGRES);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void believe(Belief belief) {
        sql.sql(belief.statements).update();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NOTHING_ELSE")
    void aSendFindsByAnIndexWhatItAsksFor(Belief belief) {
        believe(belief);
        explained.planFor("force_custom_plan");
        send(new SubscriberRange(1, PART));
        explained.planFor("force_generic_plan");
        send(new SubscriberRange(2 * PART + 1, 3 * PART));
    }

    /** The key leads to the issue as well as the index then, and has what is sent in between. */
    @Test
    void whereNothingElseWasEverSentAClaimStillStaysWithinItsPart() {
        believe(Belief.NOTHING_ELSE);
        explained.planFor("force_custom_plan");
        SubscriberRange part = new SubscriberRange(2 * PART + 1, 3 * PART);
        Lease lease = deliveries.lease(ISSUE, part, "test");
        explained.taken();
        assertThat(lookingAt(PART, () -> deliveries.claim(ISSUE, Demand.of(lease, CLAIMS), NOW)))
                .hasSize(CLAIMS);
    }

    @Test
    void withoutTheIndexOfWhatIsOpenThisTestFails() {
        believe(Belief.NOTHING_SENT);
        sql.sql("drop index delivery_open").update();
        assertThatThrownBy(() -> send(new SubscriberRange(1, PART)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("deliveries looked at by");
    }

    private void send(SubscriberRange part) {
        lookingAt(DELIVERIES, () -> ledger.parts(ISSUE, 0));
        Lease lease = lookingAt(0, () -> deliveries.lease(ISSUE, part, "test"));
        lookingAt(0, () -> deliveries.renew(lease, 0));
        lookingAt(PART, () -> ledger.counts(ISSUE, part));
        lookingAt(PART, () -> ledger.openGroups(ISSUE, part));
        List<Claim> first = claim(lease);
        Demand byGroup =
                new Demand(lease, Map.of("google", CLAIMS / 2, DomainGroups.OTHERS, CLAIMS / 2), Set.of(), true);
        List<Claim> second = lookingAt(
                6 * FEW, // what is of another group is passed over
                () -> deliveries.settleAndClaim(ISSUE, settled(first), byGroup, NOW));
        lookingAt(FEW, () -> deliveries.markDots(ISSUE, second));
        lookingAt(FEW, () -> deliveries.settle(ISSUE, settled(second)));
        claim(lease);
        lookingAt(FEW, () -> ledger.inFlight(ISSUE));
        lookingAt(FEW, () -> deliveries.release(ISSUE, lease));
        claim(lease);
        sql.sql("update lease set until = 0").update();
        assertThat(lookingAt(FEW, () -> deliveries.recover(ISSUE, NOW, NOW, 2))).isEqualTo(CLAIMS);
        lookingAt(FEW, () -> deliveries.clamp(ISSUE, NOW, NOW));
        assertThat(lookingAt(FEW, () -> deliveries.resend(ISSUE, NOW, 2))).isEqualTo(CLAIMS);
        lookingAt(FEW, () -> deliveries.assumeSent(ISSUE));
        lookingAt(FEW, () -> deliveries.expire(ISSUE, NOW));
        lookingAt(DELIVERIES, () -> ledger.scheduled(ISSUE, NOW));
        lookingAt(DELIVERIES, () -> ledger.nextDue(ISSUE));
        lookingAt(DELIVERIES, () -> ledger.counts(ISSUE));
    }

    private List<Claim> claim(Lease lease) {
        List<Claim> claims = lookingAt(FEW, () -> deliveries.claim(ISSUE, Demand.of(lease, CLAIMS), NOW));
        assertThat(claims).hasSize(CLAIMS);
        return claims;
    }

    /** Of each ten, one is deferred. */
    private static List<Settlement> settled(List<Claim> claims) {
        return claims.stream()
                .map(claim -> claim.settled(
                        claim.subscriber() % 10 == 1
                                ? new Outcome.Deferred(Phase.RCPT, new Reply(450, "later"))
                                : new Outcome.Accepted(new Reply(250, "queued")),
                        NOW,
                        claim.subscriber() % 10 == 1 ? NOW.plusSeconds(60) : null))
                .toList();
    }

    private void lookingAt(long most, Runnable work) {
        lookingAt(most, () -> {
            work.run();
            return true;
        });
    }

    /** Does something, each statement of which must be content with so many deliveries. */
    private <T> T lookingAt(long most, Supplier<T> work) {
        T answer = work.get();
        List<Plan> plans = explained.taken();
        assertThat(plans).isNotEmpty().allSatisfy(plan -> {
            assertThat(plan.nodes().filter(PostgresPlansTest::readsWhole))
                    .as("%s", plan)
                    .isEmpty();
            assertThat(plan.nodes().mapToLong(PostgresPlansTest::looked).sum())
                    .as("deliveries looked at by %s", plan)
                    .isLessThanOrEqualTo(most);
        });
        return answer;
    }

    private static boolean readsWhole(JsonNode node) {
        return node.path("Node Type").asString().equals("Seq Scan")
                && Set.of("delivery", "delivery_attempt", "subscriber")
                        .contains(node.path("Relation Name").asString(""));
    }

    private static long looked(JsonNode node) {
        if (!node.path("Node Type").asString().endsWith("Scan")
                || !node.path("Relation Name").asString("").equals("delivery")) {
            return 0;
        }
        return Math.round(node.path("Actual Loops").asLong(0)
                * (node.path("Actual Rows").asDouble(0)
                        + node.path("Rows Removed by Filter").asDouble(0)
                        + node.path("Rows Removed by Index Recheck").asDouble(0)));
    }
}
