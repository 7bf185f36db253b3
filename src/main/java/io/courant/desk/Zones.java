package io.courant.desk;

import io.courant.job.JobFileException;
import io.courant.job.JobFolder;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.springframework.stereotype.Component;

/** By which clock a newsletter's editors read the time; UTC while its job file cannot be read. */
@Component
final class Zones {
    private final JobFolder jobs;

    Zones(JobFolder jobs) {
        this.jobs = jobs;
    }

    ZoneId of(String newsletter) {
        try {
            return jobs.load(newsletter).newsletter().zone();
        } catch (JobFileException | IllegalArgumentException e) {
            return ZoneOffset.UTC;
        }
    }
}
