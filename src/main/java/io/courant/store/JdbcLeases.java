package io.courant.store;

import io.courant.delivery.Lease;
import io.courant.delivery.LeaseLost;
import io.courant.delivery.SubscriberRange;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How {@link JdbcDeliveries} gives leases. They end by the clock of the database, which is the same for all who ask; a
 * database that only one process sends from needs none.
 */
final class JdbcLeases {
    /** So long a run may be cut off from the database before others take over what it was to send. */
    static final Duration LASTING = Duration.ofSeconds(15);

    /** So long it is known who was cut off. */
    static final Duration KEPT = Duration.ofDays(30);

    private static final String FORGET = "delete from lease where until < %s - :kept";
    private static final String TAKE = """
            insert into lease (issue_id, first_subscriber, last_subscriber, holder, began_at, until)
            values (:issue, :first, :last, :holder, %1$s, %1$s + :lasting)
            returning number
            """;
    private static final String RENEW = """
            update lease set until = %1$s + :lasting, settled = :settled where number = :number and until > %1$s
            """;
    private static final String LASTING_NOW = "select count(*) from lease where until > %s";
    private static final String CHECK = "select 1 from lease where number = :number and until > %s";
    private static final String END = "delete from lease where number = :number and until > %s";

    private final JdbcClient write;
    private final Dialect dialect;

    JdbcLeases(JdbcClient write, Dialect dialect) {
        this.write = write;
        this.dialect = dialect;
    }

    /** What stands with a claim. */
    static @Nullable Long column(Lease lease) {
        return lease.number() == 0 ? null : lease.number();
    }

    /** The time now by which leases end. */
    long clock() {
        return write.sql("select " + dialect.clock()).query(Long.class).single();
    }

    /** Forgets old ones, too: that there is none says as well that it has ended. */
    Lease take(long issue, SubscriberRange range, String holder) {
        if (!dialect.isShared()) {
            return new Lease(0, range);
        }
        write.sql(FORGET.formatted(dialect.clock()))
                .param("kept", KEPT.toMillis())
                .update();
        long number = write.sql(TAKE.formatted(dialect.clock()))
                .param("issue", issue)
                .param("first", range.first())
                .param("last", range.last())
                .param("holder", holder)
                .param("lasting", LASTING.toMillis())
                .query(Long.class)
                .single();
        return new Lease(number, range);
    }

    int renew(Lease lease, long settled) {
        if (lease.number() == 0) {
            return 1;
        }
        int renewed = write.sql(RENEW.formatted(dialect.clock()))
                .param("number", lease.number())
                .param("lasting", LASTING.toMillis())
                .param("settled", settled)
                .update();
        if (renewed == 0) {
            throw new LeaseLost(lease.number());
        }
        return write.sql(LASTING_NOW.formatted(dialect.clock()))
                .query(Integer.class)
                .single();
    }

    /** Before anything is claimed under it. */
    void check(Lease lease) {
        if (lease.number() != 0) {
            boolean lasts = write.sql(CHECK.formatted(dialect.clock()))
                    .param("number", lease.number())
                    .query(Integer.class)
                    .optional()
                    .isPresent();
            if (!lasts) {
                throw new LeaseLost(lease.number());
            }
        }
    }

    /** A lease that has ended too soon is left for a while, as a trace. */
    void end(Lease lease) {
        if (lease.number() != 0) {
            write.sql(END.formatted(dialect.clock()))
                    .param("number", lease.number())
                    .update();
        }
    }
}
