package io.courant.job;

import io.courant.bounce.BouncePlace;
import io.courant.delivery.DkimKey;
import io.courant.delivery.Release;
import io.courant.delivery.Transport;
import io.courant.issue.Newsletter;
import io.courant.post.FetchPolicy;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A newsletter's job file, read and checked.
 *
 * @param dkim what signs the mail; empty leaves that to the relay
 * @param bounces where its mail comes back to; null leaves that to others
 * @param fetch how its sources on the web are fetched
 * @param measuring whether it is counted how often the links of its mail are followed
 * @param archive below this folder the issues are put on the web before their mail goes out; null leaves that to others
 * @param schedule when it is due; null: whenever somebody runs it
 * @param quiet when no mail is sent; null: it may always be
 * @param release what it takes to let its issues go out
 * @param split how its deliveries are divided
 * @param webhooks programs elsewhere that are told what happens
 */
public record JobFile(
        Newsletter newsletter,
        Transport transport,
        List<DkimKey> dkim,
        @Nullable BouncePlace bounces,
        FetchPolicy fetch,
        boolean measuring,
        @Nullable Path archive,
        @Nullable Schedule schedule,
        @Nullable QuietHours quiet,
        Release release,
        Split split,
        List<Webhook> webhooks) {
    public JobFile {
        webhooks = List.copyOf(webhooks);
        dkim = List.copyOf(dkim);
    }

    /**
     * {@link #bounces} of a job that must say so.
     *
     * @throws JobFileException when it does not
     */
    public BouncePlace mailbox() {
        if (bounces == null) {
            throw new JobFileException(
                    List.of("jobs/" + name() + ".yaml: key 'bounces' is missing; " + BouncesReader.EXPECTED));
        }
        return bounces;
    }

    /** The job's name: its file name without {@code .yaml}. */
    public String name() {
        return newsletter.name();
    }
}
