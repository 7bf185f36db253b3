package io.courant.cli;

import io.courant.job.Messenger;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells webhooks what happened while {@code courant serve} runs, from a thread of its own. */
final class MessageRounds implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final Program.Session session;
    private final Console console;
    private final CountDownLatch end = new CountDownLatch(1);
    private final Thread thread = new Thread(this::work, "webhooks");
    private String trouble = "";

    MessageRounds(Program.Session session, Console console) {
        this.session = session;
        this.console = console;
    }

    void start() {
        thread.start();
    }

    private void work() {
        try {
            do {
                round();
            } while (!end.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // an end like any other
        }
    }

    /** What is wrong is said once, not each time. */
    private void round() {
        try {
            session.get(Messenger.class).round().forEach(console::problem);
            trouble = "";
        } catch (RuntimeException e) {
            String words = "webhooks: " + e.getMessage();
            if (!words.equals(trouble)) {
                console.problem(words);
            }
            trouble = words;
        }
    }

    /** Waits for the message that is under way, which is seconds at most. */
    @Override
    public void close() {
        end.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
