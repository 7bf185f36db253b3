package io.courant.desk;

import io.courant.job.JobFile;
import io.courant.job.JobFileException;
import io.courant.job.JobFolder;
import java.util.NoSuchElementException;
import org.springframework.stereotype.Component;

/** The newsletters that there are pages of: those that have a job file. It is read each time, so that a change counts. */
@Component
final class Newsletters {
    private final JobFolder jobs;

    Newsletters(JobFolder jobs) {
        this.jobs = jobs;
    }

    /**
     * A newsletter's job file.
     *
     * @throws NoSuchElementException if there is none of this name
     * @throws IllegalArgumentException if something in it is wrong
     */
    JobFile job(String name) {
        if (!jobs.names().contains(name)) {
            throw new NoSuchElementException("no newsletter " + name);
        }
        try {
            return jobs.load(name);
        } catch (JobFileException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
