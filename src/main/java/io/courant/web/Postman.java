package io.courant.web;

import io.courant.consent.Outbox;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Sends the mails that ask for a confirmation, at short intervals and whatever was asked for: how long an answer takes
 * must not tell whether a mail was sent.
 */
final class Postman implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Postman.class);
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Outbox outbox;
    private final ScheduledExecutorService rounds = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "postman");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean running;

    Postman(Outbox outbox) {
        this.outbox = outbox;
    }

    @Override
    public void start() {
        running = true;
        rounds.scheduleWithFixedDelay(this::round, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void round() {
        try {
            outbox.sendDue();
        } catch (RuntimeException e) { // or it would be the last round
            LOG.error("mails that ask for a confirmation wait", e);
        }
    }

    @Override
    public void stop() {
        rounds.shutdown();
        try {
            rounds.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
