package io.courant.job;

import io.courant.delivery.DeliveryPolicy;
import io.courant.delivery.Pace;
import io.courant.delivery.Relay;
import io.courant.issue.Newsletter;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.support.CronExpression;

/**
 * A newsletter's job file, read and checked.
 *
 * @param cron when it is due, in the newsletter's zone; whoever runs the jobs may go by it
 */
public record JobFile(
        Newsletter newsletter,
        Relay relay,
        Pace pace,
        DeliveryPolicy policy,
        @Nullable CronExpression cron) {
    /** The job's name: its file name without {@code .yaml}. */
    public String name() {
        return newsletter.name();
    }
}
