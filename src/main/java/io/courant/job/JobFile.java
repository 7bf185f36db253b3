package io.courant.job;

import io.courant.delivery.DkimKey;
import io.courant.delivery.Transport;
import io.courant.issue.Newsletter;
import io.courant.post.FetchPolicy;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.support.CronExpression;

/**
 * A newsletter's job file, read and checked.
 *
 * @param dkim what signs the mail; empty leaves that to the relay
 * @param fetch how its sources on the web are fetched
 * @param archive below this folder the issues are put on the web before their mail goes out; null leaves that to others
 * @param cron when it is due, in the newsletter's zone; whoever runs the jobs may go by it
 */
public record JobFile(
        Newsletter newsletter,
        Transport transport,
        List<DkimKey> dkim,
        FetchPolicy fetch,
        @Nullable Path archive,
        @Nullable CronExpression cron) {
    public JobFile {
        dkim = List.copyOf(dkim);
    }

    /** The job's name: its file name without {@code .yaml}. */
    public String name() {
        return newsletter.name();
    }
}
