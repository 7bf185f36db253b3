package io.courant.desk;

import io.courant.delivery.DeliveryState;
import io.courant.delivery.Failures;
import io.courant.delivery.FrozenIssue;
import io.courant.delivery.FrozenIssues;
import io.courant.delivery.Headline;
import io.courant.issue.IssueId;
import io.courant.job.Canceller;
import io.courant.job.HomeLock;
import io.courant.job.Sends;
import io.courant.upkeep.Instance;
import java.time.InstantSource;
import java.util.NoSuchElementException;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Has a frozen issue sent, holds it, lets it go on, tries again and gives up: for pages and programs alike. What cannot be
 * done in the issue's state is a {@link Problems.Conflict}, and changes nothing.
 */
@Component
final class Dispatch {
    private final Instance instance;
    private final FrozenIssues issues;
    private final Canceller canceller;
    private final Sends sends;
    private final Sender sender;
    private final InstantSource clock;

    Dispatch(
            Instance instance,
            FrozenIssues issues,
            Canceller canceller,
            Sends sends,
            Sender sender,
            InstantSource clock) {
        this.instance = instance;
        this.issues = issues;
        this.canceller = canceller;
        this.sends = sends;
        this.sender = sender;
        this.clock = clock;
    }

    Headline headline(IssueId issue) {
        return issues.headline(issue).orElseThrow(() -> new NoSuchElementException("no issue " + issue));
    }

    /**
     * Has what is due of an issue sent, from now on.
     *
     * @param now also in quiet hours
     */
    void send(IssueId issue, boolean now) {
        Headline found = headline(issue);
        require(found, FrozenIssue.State.APPROVED, "It cannot be sent now");
        if (found.waitsUntil(clock.instant()).isPresent()) {
            throw new Problems.Conflict("It cannot be sent now: it waits for its hour.");
        }
        instance.requireConfirmed();
        sender.send(issue, now);
    }

    /** How many are with a relay still. */
    long pause(IssueId issue) {
        issues.pause(issue);
        require(headline(issue), FrozenIssue.State.PAUSED, "It cannot be paused");
        return sends.standstill(issue);
    }

    /** How many are with a relay still. */
    long stop(IssueId issue) {
        issues.stop(issue);
        require(headline(issue), FrozenIssue.State.STOPPED, "It cannot be stopped");
        return sends.standstill(issue);
    }

    /** Whether it goes on at once, and not only when its hour has come. */
    boolean resume(IssueId issue) {
        Headline before = headline(issue);
        if (!before.state().isHeld()) {
            throw new Problems.Conflict("It is not held: it is " + words(before) + ".");
        }
        instance.requireConfirmed();
        issues.resume(issue);
        if (headline(issue).waitsUntil(clock.instant()).isPresent()) {
            return false;
        }
        sender.goOn(before);
        return true;
    }

    /** How many are ready again. */
    int retry(IssueId issue, Set<DeliveryState> states) {
        headline(issue);
        return sends.retry(issue, new Failures.Wish(states, Set.of()));
    }

    /** @param stopped run when that much was done, and no more could be */
    Canceller.Cancelled cancel(IssueId issue, Runnable stopped) {
        Headline found = headline(issue);
        if (found.state().isOver()) {
            throw new Problems.Conflict("There is nothing left to cancel: it is " + words(found) + ".");
        }
        try {
            return canceller.cancel(issue);
        } catch (HomeLock.HeldException e) {
            if (headline(issue).state() != found.state()) {
                stopped.run();
            }
            throw new Problems.Conflict("It is stopped, but not cancelled yet: " + e.getMessage());
        }
    }

    private static void require(Headline found, FrozenIssue.State state, String otherwise) {
        if (found.state() != state) {
            throw new Problems.Conflict(otherwise + ": it is " + words(found) + ".");
        }
    }

    private static String words(Headline found) {
        return Shown.words(found.state());
    }
}
