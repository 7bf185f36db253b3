package io.courant.desk;

import io.courant.delivery.DeliveryState;
import io.courant.report.Account;
import io.courant.report.IssueReport;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far an issue has got, as its page shows it and as it is told while it is sent.
 *
 * @param mails deliveries for those who may be written to
 * @param done those of them with which nothing is left to do
 * @param rate messages a minute, as of the last look; empty until there were two
 * @param left how long the rest takes at that rate; empty where nobody knows
 */
record Sent(
        String state,
        long candidates,
        long mails,
        long done,
        long ready,
        long sending,
        long accepted,
        long deferred,
        long rejected,
        long inDoubt,
        long expired,
        long cancelled,
        long suppressed,
        String rate,
        String left) {

    /** A look at an issue's counts. */
    record Look(Instant at, long done) {}

    static Sent of(IssueReport report, @Nullable Look before, Instant now) {
        Account account = report.deliveries();
        long mails = account.candidates() - account.of(DeliveryState.SUPPRESSED);
        long done = mails - account.open();
        double perMinute = before == null ? 0 : perMinute(before, done, now);
        return new Sent(
                report.issue().state().name(),
                account.candidates(),
                mails,
                done,
                account.of(DeliveryState.READY),
                account.of(DeliveryState.SENDING),
                account.of(DeliveryState.ACCEPTED),
                account.of(DeliveryState.DEFERRED),
                account.of(DeliveryState.REJECTED),
                account.of(DeliveryState.IN_DOUBT),
                account.of(DeliveryState.EXPIRED),
                account.of(DeliveryState.CANCELLED),
                account.of(DeliveryState.SUPPRESSED),
                perMinute <= 0 ? "" : "%,d a minute".formatted(Math.round(perMinute)),
                perMinute <= 0 || account.open() == 0 ? "" : words(account.open() / perMinute));
    }

    Look look(Instant now) {
        return new Look(now, done);
    }

    private static double perMinute(Look before, long done, Instant now) {
        double millis = Duration.between(before.at(), now).toMillis();
        return millis <= 0 ? 0 : (done - before.done()) * 60_000 / millis;
    }

    private static String words(double minutes) {
        return minutes < 1
                ? "less than a minute left"
                : minutes < 120 ? Math.round(minutes) + " min left" : Math.round(minutes / 60) + " h left";
    }
}
