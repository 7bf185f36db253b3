package io.courant.job;

import io.courant.issue.DueTimes;
import io.courant.issue.IssueId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** What comes next, and when. Looking changes nothing. */
public final class Agenda {
    private final JobFolder jobs;
    private final Timetable timetable;
    private final DueTimes dueTimes;
    private final InstantSource clock;

    public Agenda(JobFolder jobs, Timetable timetable, DueTimes dueTimes, InstantSource clock) {
        this.jobs = jobs;
        this.timetable = timetable;
        this.dueTimes = dueTimes;
        this.clock = clock;
    }

    /** For each newsletter that has a job file, in alphabetical order, with so many of its next due times. */
    public List<Upcoming> all(int times) {
        return jobs.names().stream().map(name -> of(name, times)).toList();
    }

    /** For one of them. */
    public Upcoming of(String newsletter, int times) {
        JobFile job = jobs.load(newsletter);
        Optional<Schedule> schedule = Optional.ofNullable(job.schedule());
        Instant now = clock.instant();
        return new Upcoming(
                newsletter,
                job.schedule(),
                job.newsletter().zone(),
                schedule.map(schedules -> timetable.due(newsletter, schedules)).orElse(null),
                schedule.map(schedules -> schedules.next(now, times)).orElse(List.of()),
                dueTimes.last(newsletter).orElse(null),
                timetable.newItems(job),
                schedule.flatMap(schedules -> timetable.latest(newsletter, schedules))
                        .orElse(null),
                job.quiet(),
                Optional.ofNullable(job.quiet())
                        .flatMap(quiet -> quiet.until(now))
                        .orElse(null));
    }

    /** What keeps an issue waiting at this hour, in words; empty if nothing does. */
    public Optional<String> quiet(IssueId issue, String newsletter) {
        JobFile job = jobs.load(newsletter);
        return Optional.ofNullable(job.quiet())
                .flatMap(quiet -> quiet.until(clock.instant()))
                .map(until -> QuietHours.words(issue, until, job));
    }
}
