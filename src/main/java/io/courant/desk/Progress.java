package io.courant.desk;

import io.courant.delivery.FrozenIssue;
import io.courant.issue.IssueId;
import io.courant.report.IssueReport;
import io.courant.report.Reporter;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Tells pages how an issue gets on, whichever process sends it: the ledger is asked once a second for all who listen,
 * and less often where that takes long (server-sent events, HTML §9.2). The event {@code progress} carries a {@link Sent}, {@code turn} says that other things
 * can be done with the issue now.
 */
@RestController
final class Progress {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    /** Many deliveries take long to count: so many times as long the database has peace afterwards. */
    private static final int REST = 20;
    /** A browser whose stream has ended asks again by itself. */
    private static final Duration LONGEST = Duration.ofMinutes(30);

    private final Reporter reporter;
    private final Sender sender;
    private final InstantSource clock;
    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService teller = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "desk progress");
        thread.setDaemon(true);
        return thread;
    });

    Progress(Reporter reporter, Sender sender, InstantSource clock) {
        this.reporter = reporter;
        this.sender = sender;
        this.clock = clock;
        lookIn(LOOK_EVERY.toNanos());
    }

    /** What a page's buttons depend on. */
    private record Stage(FrozenIssue.State state, boolean isWaiting, boolean isSending) {}

    private Stage stage(IssueReport report) {
        return new Stage(report.issue().state(), report.waiting(), sender.isSending(report.issue()));
    }

    /** A page that listens. */
    private static final class Listener {
        private final IssueId issue;
        private final Stage stage;
        private final SseEmitter stream = new SseEmitter(LONGEST.toMillis());
        private Sent.@Nullable Look before;

        private Listener(IssueId issue, Stage stage) {
            this.issue = issue;
            this.stage = stage;
        }
    }

    @GetMapping(path = "/i/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter events(@PathVariable("id") String id) {
        IssueId issue = new IssueId(id);
        IssueReport report = reporter.report(issue).orElseThrow(() -> new NoSuchElementException("no issue " + issue));
        Listener listener = new Listener(issue, stage(report));
        listener.stream.onCompletion(() -> listeners.remove(listener));
        listener.stream.onTimeout(listener.stream::complete);
        listeners.add(listener);
        return listener.stream;
    }

    private void lookIn(long nanos) {
        var unused = teller.schedule(this::look, nanos, TimeUnit.NANOSECONDS);
    }

    private void look() {
        long begun = System.nanoTime();
        try {
            tellAll();
        } finally {
            if (!teller.isShutdown()) {
                lookIn(Math.max(LOOK_EVERY.toNanos(), REST * (System.nanoTime() - begun)));
            }
        }
    }

    private void tellAll() {
        for (IssueId issue : listeners.stream().map(one -> one.issue).distinct().toList()) {
            List<Listener> those =
                    listeners.stream().filter(one -> one.issue.equals(issue)).toList();
            try {
                IssueReport report = reporter.report(issue).orElseThrow();
                Stage stage = stage(report);
                Instant now = clock.instant();
                those.forEach(listener -> tell(listener, report, stage, now));
            } catch (RuntimeException e) {
                those.forEach(listener -> listener.stream.completeWithError(e)); // the page asks again
            }
        }
    }

    private void tell(Listener listener, IssueReport report, Stage stage, Instant now) {
        Sent sent = Sent.of(report, listener.before, now);
        listener.before = sent.look(now);
        try {
            listener.stream.send(SseEmitter.event().name("progress").data(sent, MediaType.APPLICATION_JSON));
            if (!stage.equals(listener.stage)) {
                listener.stream.send(SseEmitter.event().name("turn").data(sent.state()));
                listener.stream.complete();
            }
        } catch (IOException | IllegalStateException e) {
            listeners.remove(listener); // whoever listened has gone
        }
    }

    @PreDestroy
    void end() {
        teller.shutdownNow();
        listeners.forEach(listener -> listener.stream.complete());
    }
}
