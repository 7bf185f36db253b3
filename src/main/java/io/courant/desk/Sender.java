package io.courant.desk;

import io.courant.delivery.Headline;
import io.courant.issue.IssueId;
import io.courant.job.HomeLock;
import io.courant.job.Sends;
import io.courant.upkeep.Instance;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Sends what editors want sent, one issue after the other, while their pages go on; and what they have approved for an
 * hour that has come, where no clock does.
 */
@Component
final class Sender {
    private static final Logger LOG = LoggerFactory.getLogger(Sender.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
    private static final Duration AFTER_TROUBLE = Duration.ofMinutes(5);
    private static final Duration LAST_WORDS = Duration.ofSeconds(60);

    private final Sends sends;
    private final Instance instance;
    private final InstantSource clock;
    private final Set<IssueId> wanted = ConcurrentHashMap.newKeySet();
    private final Set<IssueId> resumed = ConcurrentHashMap.newKeySet();
    private final Map<IssueId, Trouble> troubles = new ConcurrentHashMap<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread sending = new Thread(work, "desk sender");
        sending.setDaemon(true);
        return sending;
    });

    Sender(Sends sends, Instance instance, InstantSource clock) {
        this.sends = sends;
        this.instance = instance;
        this.clock = clock;
        long every = LOOK_EVERY.toMillis();
        var unused = thread.scheduleWithFixedDelay(this::look, every, every, TimeUnit.MILLISECONDS);
    }

    /** Why a send ended. */
    private record Trouble(String words, Instant at) {}

    /**
     * Has what is due of an issue sent, unless it is being sent already.
     *
     * @param now also in quiet hours
     * @throws io.courant.upkeep.UnconfirmedInstance when this may be a copy, which must not send
     */
    void send(IssueId issue, boolean now) {
        instance.requireConfirmed();
        if (wanted.add(issue)) {
            troubles.remove(issue);
            thread.execute(() -> work(issue, now));
        }
    }

    /**
     * Has an issue sent that was held until now. Whoever is sending it may have been told to end, and not have ended
     * yet: then it goes on afterwards.
     */
    void goOn(Headline issue) {
        instance.requireConfirmed();
        resumed.add(issue.id());
        thread.execute(() -> {
            if (resumed.remove(issue.id()) && sends.isReady(issue.id()) && wanted.add(issue.id())) {
                work(issue.id(), false);
                if (isSentElsewhere(issue)) {
                    troubles.remove(issue.id()); // it goes on there
                }
            }
        });
    }

    /** Whether an issue is being sent, from here or by another process, or is about to be. */
    boolean isSending(Headline issue) {
        return wanted.contains(issue.id()) || resumed.contains(issue.id()) || isSentElsewhere(issue);
    }

    private boolean isSentElsewhere(Headline issue) {
        return sends.holder()
                .map(HomeLock.Holder::purpose)
                .filter(
                        List.of(
                                "sending " + issue.id(),
                                "sending " + issue.newsletter(),
                                "running " + issue.newsletter())::contains)
                .isPresent();
    }

    /** Why the last send of an issue from here ended, if it was an accident. */
    Optional<String> trouble(IssueId issue) {
        return Optional.ofNullable(troubles.get(issue)).map(Trouble::words);
    }

    /** Begins what is due by itself. */
    void look() {
        try {
            Instant now = clock.instant();
            for (IssueId issue : sends.due()) {
                Trouble trouble = troubles.get(issue);
                if ((trouble == null || !now.isBefore(trouble.at().plus(AFTER_TROUBLE))) && wanted.add(issue)) {
                    work(issue, false);
                }
            }
        } catch (RuntimeException e) {
            LOG.error("what is due to be sent is not known", e);
        }
    }

    private void work(IssueId issue, boolean now) {
        try {
            sends.send(issue, now);
            troubles.remove(issue);
        } catch (HomeLock.HeldException e) {
            troubles.put(issue, new Trouble(String.valueOf(e.getMessage()), clock.instant()));
        } catch (RuntimeException e) {
            LOG.warn("issue={} is not sent: {}", issue, e.getMessage());
            troubles.put(issue, new Trouble(String.valueOf(e.getMessage()), clock.instant()));
        } finally {
            wanted.remove(issue);
        }
    }

    /** Begins nothing more, and waits until what is in flight is written down. */
    @PreDestroy
    void end() throws InterruptedException {
        sends.end();
        thread.shutdown();
        if (!thread.awaitTermination(LAST_WORDS.toSeconds(), TimeUnit.SECONDS)) {
            LOG.error("the send from the desk has not ended; what was in flight is in doubt");
        }
    }
}
