package io.courant.job;

import io.courant.delivery.Conductor;
import io.courant.delivery.FrozenIssue;
import io.courant.delivery.FrozenIssues;
import io.courant.delivery.Progress;
import io.courant.issue.IssueId;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What the send of one issue is told: by whoever watches it in this process, and by the issue's state, which other
 * processes change. Used by the thread that runs the courier.
 */
final class IssueConductor implements Conductor {
    static final Duration LOOK_EVERY = Duration.ofMillis(200);
    /** Who waits keeps the home folder locked, and with it every other newsletter: for a while, not for a weekend. */
    static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);

    private final IssueId issue;
    private final FrozenIssues issues;
    private final Onlooker onlooker;
    private final Supplier<Optional<String>> quiet;
    private final Consumer<Progress> watcher;
    private final LongSupplier nanoTime;
    private Order stored = Order.GO;
    private long lookedAt;
    private long pausedAt;
    private boolean gaveUp;

    /**
     * @param quiet what there is to say while no mail may be sent
     * @param watcher is told how far the send has got
     */
    IssueConductor(
            IssueId issue,
            FrozenIssues issues,
            Onlooker onlooker,
            Supplier<Optional<String>> quiet,
            Consumer<Progress> watcher,
            LongSupplier nanoTime) {
        this.issue = issue;
        this.issues = issues;
        this.onlooker = onlooker;
        this.quiet = quiet;
        this.watcher = watcher;
        this.nanoTime = nanoTime;
        this.lookedAt = nanoTime.getAsLong() - LOOK_EVERY.toNanos();
    }

    @Override
    public Order order() {
        if (gaveUp || onlooker.order() == Order.STOP) {
            return Order.STOP;
        }
        long now = nanoTime.getAsLong();
        if (now - lookedAt >= LOOK_EVERY.toNanos()) {
            lookedAt = now;
            Optional<String> hush = quiet.get();
            if (hush.isPresent()) {
                gaveUp = true;
                remarked(hush.get());
                return Order.STOP;
            }
            obey(look(), now);
        }
        if (stored == Order.PAUSE && now - pausedAt >= LONGEST_PAUSE.toNanos()) {
            gaveUp = true;
            remarked(issue + " is still paused after " + LONGEST_PAUSE.toMinutes()
                    + " minutes; this process ends, so that others can use the home folder");
            return Order.STOP;
        }
        return stored;
    }

    private Order look() {
        FrozenIssue.State state = issues.state(issue).orElseThrow();
        return switch (state) {
            case PAUSED -> Order.PAUSE;
            case STOPPED, CANCELLED, AWAITING_APPROVAL -> Order.STOP;
            case APPROVED, FINISHED -> Order.GO;
        };
    }

    private void obey(Order order, long now) {
        if (order == stored) {
            return;
        }
        stored = order;
        switch (order) {
            case GO -> remarked(issue + " goes on");
            case PAUSE -> {
                pausedAt = now;
                remarked(issue + " is paused; this process waits until 'courant resume " + issue + "' lets it go on");
            }
            case STOP ->
                remarked(issue + " is stopped: what is in flight is finished and written down;" + " 'courant resume "
                        + issue + "' lets it go on");
        }
    }

    @Override
    public void progressed(Progress progress) {
        watcher.accept(progress);
    }

    @Override
    public void remarked(String remark) {
        onlooker.remarked(remark);
    }
}
