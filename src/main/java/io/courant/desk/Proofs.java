package io.courant.desk;

import io.courant.job.Drafts;
import io.courant.job.JobFile;
import io.courant.job.Preview;
import io.courant.render.TemplateError;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * The drafts as pages show them. A page and the frames in it show the same draft: it is composed once for all of them,
 * which of a large newsletter takes a second.
 */
@Component
final class Proofs {
    private static final Duration FRESH = Duration.ofMinutes(1);

    private final Newsletters newsletters;
    private final Drafts drafts;
    private final InstantSource clock;
    private final Map<String, Proof> last = new ConcurrentHashMap<>();

    Proofs(Newsletters newsletters, Drafts drafts, InstantSource clock) {
        this.newsletters = newsletters;
        this.drafts = drafts;
        this.clock = clock;
    }

    private record Proof(Preview preview, Instant at) {}

    /**
     * The draft as of now.
     *
     * @throws IllegalArgumentException if there is none because of the newsletter's template
     */
    Preview fresh(JobFile job) {
        Instant now = clock.instant();
        try {
            Preview preview = drafts.preview(job, now);
            last.put(job.name(), new Proof(preview, now));
            return preview;
        } catch (TemplateError e) {
            throw new IllegalArgumentException("The draft cannot be shown: " + e.getMessage(), e);
        }
    }

    /** The draft as the page around shows it, unless that was long ago. */
    Preview shown(String newsletter) {
        JobFile job = newsletters.job(newsletter);
        Proof proof = last.get(newsletter);
        return proof == null || Duration.between(proof.at(), clock.instant()).compareTo(FRESH) > 0
                ? fresh(job)
                : proof.preview();
    }
}
