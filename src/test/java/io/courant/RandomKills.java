package io.courant;

import io.courant.lab.FakeRelay;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import org.awaitility.Awaitility;

/**
 * Starts the program again and again and kills it at a moment drawn by chance: mostly while mail flows, at times
 * anywhere between the start and the first mail.
 */
public final class RandomKills {
    /** About as long as a process takes to its first mail. */
    private static final int START_MILLIS = 3000;
    /** One kill in so many comes early. */
    private static final int EARLY = 8;

    private final ProcessHome home;
    private final Random random;

    public RandomKills(ProcessHome home, long seed) {
        this.home = home;
        this.random = new Random(seed);
    }

    /** Kills so many processes, and fewer only if everybody has their mail before. */
    public int kill(int kills, String... arguments) throws IOException, InterruptedException {
        int done = 0;
        while (done < kills && waitingForMail() > 0) {
            // the first come while collecting, composing, freezing
            boolean early = done <= kills / (2 * EARLY) || random.nextInt(EARLY) == 0;
            Process process = home.start(arguments);
            if (early) {
                awaitMails(process, 1, Duration.ofMillis(random.nextInt(START_MILLIS)));
            } else {
                long share = Math.max(1, waitingForMail() / (kills - done));
                awaitMails(process, 1 + random.nextInt((int) share), Duration.ofMinutes(1));
            }
            done += ProcessHome.kill(process) ? 1 : 0;
        }
        return done;
    }

    private long waitingForMail() {
        return home.subscribers() - relay().tally().recipients();
    }

    /** Until the relay has taken so many more, the time is over, or the process has ended by itself. */
    private void awaitMails(Process process, int mails, Duration time) {
        long enough = relay().tally().copies() + mails;
        long end = System.nanoTime() + time.toNanos();
        Awaitility.await()
                .atMost(time.plusMinutes(1))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> relay().tally().copies() >= enough || System.nanoTime() > end || !process.isAlive());
    }

    private FakeRelay relay() {
        return home.home().relay();
    }
}
