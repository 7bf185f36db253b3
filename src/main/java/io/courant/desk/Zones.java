package io.courant.desk;

import io.courant.job.JobFileException;
import io.courant.job.JobFolder;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Set;
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

    /** By which clock they read what is of no newsletter: the one of all newsletters, if there is one; else UTC. */
    ZoneId common() {
        Set<ZoneId> all = new HashSet<>();
        jobs.names().forEach(name -> all.add(of(name)));
        return all.size() == 1 ? all.iterator().next() : ZoneOffset.UTC;
    }
}
