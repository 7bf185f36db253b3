package io.courant.web;

import io.courant.issue.Newsletter;
import io.courant.job.JobFileException;
import io.courant.job.JobFolder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newsletters that have a job file. The files are read again every few seconds, when somebody asks, so that an
 * editor's change shows; while one of them cannot be read, all stays as it was.
 */
final class Newsletters {
    private static final Logger LOG = LoggerFactory.getLogger(Newsletters.class);
    private static final Duration FRESH = Duration.ofSeconds(5);

    private final JobFolder jobs;
    private final InstantSource clock;
    private volatile Known known;

    /**
     * @throws JobFileException when a job file cannot be read
     * @throws IllegalStateException when there is none
     */
    Newsletters(JobFolder jobs, InstantSource clock) {
        this.jobs = jobs;
        this.clock = clock;
        this.known = read();
    }

    private record Known(Homes homes, Instant readAt) {}

    Homes homes() {
        Known now = known;
        return Duration.between(now.readAt(), clock.instant()).abs().compareTo(FRESH) < 0 ? now.homes() : again();
    }

    private synchronized Homes again() {
        try {
            known = read();
        } catch (JobFileException | IllegalStateException e) {
            LOG.warn("pages go on as before: {}", e.getMessage());
            known = new Known(known.homes(), clock.instant());
        }
        return known.homes();
    }

    private Known read() {
        Instant now = clock.instant();
        List<Newsletter> newsletters =
                jobs.names().stream().map(name -> jobs.load(name).newsletter()).toList();
        if (newsletters.isEmpty()) {
            throw new IllegalStateException("there is no job file, so there is nothing to serve");
        }
        return new Known(new Homes(newsletters), now);
    }
}
