package io.courant.job;

import io.courant.bounce.BounceMailbox;
import io.courant.bounce.BounceRecorder;
import io.courant.bounce.RawMail;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One reading of a mailbox: has each mail written down, counts, and says from time to time how far it is. */
final class MailRound implements BounceMailbox.Taker {
    private static final long EVERY_NANOS = Duration.ofSeconds(10).toNanos();

    private final String newsletter;
    private final BounceRecorder recorder;
    private final Onlooker onlooker;
    private final List<String> problems = new ArrayList<>();
    private long said = System.nanoTime();
    private int mails;
    private int reports;
    private int events;
    private int suppressed;
    private int left;

    MailRound(String newsletter, BounceRecorder recorder, Onlooker onlooker) {
        this.newsletter = newsletter;
        this.recorder = recorder;
        this.onlooker = onlooker;
    }

    @Override
    public void take(RawMail mail) {
        BounceRecorder.Recorded recorded = recorder.mail(newsletter, mail);
        mails++;
        reports += recorded.reports();
        events += recorded.events().size();
        suppressed += BouncesJob.suppressed(recorded.events());
        left += recorded.left();
        long now = System.nanoTime();
        if (now - said >= EVERY_NANOS) {
            said = now;
            onlooker.remarked("read " + mails + " mails that came back");
        }
    }

    @Override
    public void passedOver(String problem) {
        problems.add(problem);
    }

    /** How many events are new. */
    int events() {
        return events;
    }

    /** Leaves what it counted as the results of a run. */
    void leave(Run run) {
        run.result("mails", mails);
        run.result("reports", reports);
        run.result("known", reports - events);
        run.result("suppressed", suppressed);
        run.result("left", left);
        run.result("problems", problems);
    }

    @Override
    public String toString() {
        return "mails=" + mails + " reports=" + reports + " events=" + events + " suppressed=" + suppressed
                + " left=" + left + " passedOver=" + problems.size();
    }
}
