package io.courant.job;

import io.courant.bounce.BounceMailbox;
import org.jspecify.annotations.Nullable;

/** The mailbox that the run at hand reads: carried between {@link Runs} and {@link BouncesJob}, open or not. */
class Postbag {
    private @Nullable BounceMailbox mailbox;

    void hold(BounceMailbox wanted) {
        mailbox = wanted;
    }

    BounceMailbox mailbox() {
        if (mailbox == null) {
            throw new IllegalStateException("no mailbox was handed to the job");
        }
        return mailbox;
    }
}
