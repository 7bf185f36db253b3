package io.courant.job;

import io.courant.audience.Erasures;
import io.courant.bounce.BounceMailbox;
import io.courant.bounce.BouncePlace;
import io.courant.bounce.MailboxException;
import io.courant.consent.Outbox;
import io.courant.delivery.FrozenIssue;
import io.courant.delivery.FrozenIssues;
import io.courant.issue.DueTime.Result;
import io.courant.issue.IssueId;
import io.courant.report.IssueReport;
import io.courant.report.Reporter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All that a newsletter needs when somebody, or the clock, sets it going: what came back is read, what earlier runs left
 * is sent, and if it is due an issue is made and sent. Taking turns as often as one likes sends nothing twice. The
 * caller holds the {@link HomeLock}.
 */
public final class Turn {
    private static final Runs.Collected NOTHING_COLLECTED = new Runs.Collected(0, 0, List.of(), List.of());

    private final Supplier<Runs> runs;
    private final FrozenIssues issues;
    private final Reporter reporter;
    private final Outbox outbox;
    private final Erasures erasures;
    private final Timetable timetable;
    private final InstantSource clock;

    /** @param runs asked for only when there is work: to put the jobs together takes longer than finding none */
    public Turn(
            Supplier<Runs> runs,
            FrozenIssues issues,
            Reporter reporter,
            Outbox outbox,
            Erasures erasures,
            Timetable timetable,
            InstantSource clock) {
        this.runs = runs;
        this.issues = issues;
        this.reporter = reporter;
        this.outbox = outbox;
        this.erasures = erasures;
        this.timetable = timetable;
        this.clock = clock;
    }

    /** Whoever is told how a turn goes, and sends for it. */
    public interface Company {
        void returned(Runs.Returned returned);

        void collected(Runs.Collected collected);

        void note(String line);

        void problem(String line);

        /** Sends what is due of an issue. */
        IssueReport send(IssueId issue, Runs.Collected collected);

        /** Whether no more may be sent in this turn. */
        boolean isSpent();

        /** Whether it was told to end. */
        boolean isInterrupted();
    }

    /**
     * How a turn is to be taken.
     *
     * @param now whether it is due or not, and also in quiet hours
     * @param strict no issue is made when a source could not be read
     * @param dryRun nothing is sent; the caller works on a copy
     */
    public record Manner(boolean now, boolean strict, boolean dryRun) {}

    /** How a turn ended. */
    public enum End {
        /** All was done that there was to do. */
        DONE,
        /** There is an issue, which waits for an editor. */
        AWAITS_APPROVAL,
        /** There is an issue that an editor holds. */
        HELD,
        /** There is an issue, and it is not the hour to send it. */
        QUIET,
        /** There is an issue, and this was not about sending it. */
        REHEARSED,
        /** Something may not be sent yet, or was told to end. */
        STOPPED,
        /** There is no issue, for the reason that is said. */
        SKIPPED,
        /** No issue is due. */
        NOT_DUE,
        /** A source could not be read, and that was not to be. */
        UNREAD
    }

    /**
     * What came of a turn.
     *
     * @param report of the last issue that it was about; null: none
     * @param words why there is no new issue; else empty
     * @param onTime whether nothing waits to be sent but what has to
     */
    public record Ended(
            End end, @Nullable IssueReport report, Runs.Collected collected, String words, boolean onTime) {}

    public Ended take(JobFile job, Manner manner, Company company) {
        Optional<IssueReport> resumed = Optional.empty();
        if (!manner.dryRun()) {
            readBounces(job, company);
            outbox.sendDue(job.name());
            clean(company);
            resumed = resume(job, manner, company);
        }
        boolean stopped = resumed.filter(report ->
                        company.isInterrupted() || report.issue().state().isHeld() || company.isSpent())
                .isPresent();
        return stopped
                ? ended(End.STOPPED, resumed, NOTHING_COLLECTED, "", isOnTime(resumed, job, manner))
                : whenDue(job, manner, company, resumed);
    }

    private static Ended ended(
            End end, Optional<IssueReport> report, Runs.Collected collected, String words, boolean onTime) {
        return new Ended(end, report.orElse(null), collected, words, onTime);
    }

    /** Who is asked to be quiet is not late. */
    private boolean isOnTime(Optional<IssueReport> resumed, JobFile job, Manner manner) {
        return resumed.map(IssueReport::isOnTime).orElse(true)
                || quietUntil(job, manner).isPresent();
    }

    /** Before anything is sent, so that nobody gets mail who is known to be gone. Trouble with it holds nothing up. */
    private void readBounces(JobFile job, Company company) {
        BouncePlace place = job.bounces();
        if (place == null) {
            return;
        }
        try (BounceMailbox mailbox = BounceMailbox.at(place)) {
            company.returned(runs.get().bounces(job.name(), mailbox));
        } catch (MailboxException e) {
            company.problem("what came back is not read: " + e.getMessage());
        }
    }

    /** Those who were erased on the web could not be overwritten everywhere at once. Trouble with it holds nothing up. */
    private void clean(Company company) {
        try {
            if (!erasures.clean()) {
                company.problem("what is left of erased addresses in the database is overwritten by a later run:"
                        + " another process reads it");
            }
        } catch (RuntimeException e) {
            company.problem(
                    "what is left of erased addresses in the database cannot be overwritten now: " + e.getMessage());
        }
    }

    /** Goes on with what earlier turns left; the last of these issues, if there was any. */
    private Optional<IssueReport> resume(JobFile job, Manner manner, Company company) {
        Optional<IssueReport> last = Optional.empty();
        for (IssueId issue : issues.unfinished(job.name())) {
            if (issues.state(issue).orElseThrow() == FrozenIssue.State.APPROVED && !company.isSpent()) {
                if (quietUntil(job, manner).isPresent()) {
                    tellQuiet(job, issue, manner, company);
                    return Optional.of(reporter.report(issue).orElseThrow());
                }
                last = Optional.of(company.send(issue, NOTHING_COLLECTED));
            }
        }
        return last;
    }

    private Optional<Instant> quietUntil(JobFile job, Manner manner) {
        QuietHours quiet = manner.now() ? null : job.quiet();
        return quiet == null ? Optional.empty() : quiet.until(clock.instant());
    }

    private void tellQuiet(JobFile job, IssueId issue, Manner manner, Company company) {
        quietUntil(job, manner).ifPresent(until -> company.note(QuietHours.words(issue, until, job)));
    }

    private Ended whenDue(JobFile job, Manner manner, Company company, Optional<IssueReport> resumed) {
        Schedule schedule = job.schedule();
        if (schedule == null || manner.dryRun()) {
            return next(job, manner, company, resumed, new Entry(job.name(), null));
        }
        Due due = timetable.ask(job.name(), schedule);
        if (due instanceof Due.Now now) {
            timetable.begin(job.name(), now.time());
            if (now.merged() > 0) {
                company.note("due times that passed without a run: " + now.merged() + "; this run makes them good");
            }
            return next(job, manner, company, resumed, new Entry(job.name(), now.time()));
        }
        if (due instanceof Due.Missed missed) {
            timetable.begin(job.name(), missed.time());
            timetable.end(job.name(), missed.time(), Result.MISSED, null, "");
            company.problem("too late for what was due " + WallClock.words(missed.time(), schedule.zone())
                    + (missed.times() == 1 ? "" : " (the last of " + missed.times() + ")") + ": left out, as 'missed:"
                    + " skip' says");
        }
        if (manner.now()) {
            return next(job, manner, company, resumed, new Entry(job.name(), null));
        }
        String words = due.next()
                .map(next -> "not due until " + WallClock.words(next, schedule.zone()))
                .orElse("not due ever again");
        return ended(End.NOT_DUE, resumed, NOTHING_COLLECTED, words, isOnTime(resumed, job, manner));
    }

    /** Where it is written what came of a due time, if the turn is for one. */
    private final class Entry {
        private final String newsletter;
        private final @Nullable Instant time;

        Entry(String newsletter, @Nullable Instant time) {
            this.newsletter = newsletter;
            this.time = time;
        }

        void end(Result result, @Nullable IssueId issue, String words) {
            if (time != null) {
                timetable.end(newsletter, time, result, issue, words);
            }
        }
    }

    private Ended next(JobFile job, Manner manner, Company company, Optional<IssueReport> resumed, Entry entry) {
        Runs.Collected collected = runs.get().collect(job.name());
        company.collected(collected);
        boolean onTime = isOnTime(resumed, job, manner);
        if (manner.strict() && !collected.problems().isEmpty()) {
            return ended(End.UNREAD, resumed, collected, "not everything could be read", onTime);
        }
        Optional<String> waits = manner.now() || manner.dryRun() || job.schedule() == null
                ? Optional.empty()
                : timetable.waitsFor(job, job.schedule());
        if (waits.isPresent()) {
            entry.end(Result.WAITING, null, waits.get());
            return ended(End.SKIPPED, resumed, collected, waits.get(), onTime);
        }
        // A second draft beside one that waits for an editor would only hide the first.
        Runs.Composed composed = waitingForAnEditor(job.name())
                .map(waiting -> new Runs.Composed(Optional.of(waiting), ""))
                .orElseGet(() -> runs.get().compose(job.name()));
        if (composed.issue().isEmpty()) {
            entry.end(Result.NOTHING, null, composed.skipped());
            return ended(End.SKIPPED, resumed, collected, composed.skipped(), onTime);
        }
        IssueId issue = composed.issue().get();
        entry.end(Result.ISSUED, issue, "");
        Ended delivered = deliver(job, manner, company, issue, collected);
        return new Ended(delivered.end(), delivered.report(), collected, "", onTime && delivered.onTime());
    }

    private Optional<IssueId> waitingForAnEditor(String newsletter) {
        return issues.unfinished(newsletter).stream()
                .filter(issue -> issues.state(issue).orElseThrow() != FrozenIssue.State.APPROVED)
                .findFirst();
    }

    private Ended deliver(JobFile job, Manner manner, Company company, IssueId issue, Runs.Collected collected) {
        IssueReport report = reporter.report(issue).orElseThrow();
        if (manner.dryRun()) {
            return new Ended(End.REHEARSED, report, collected, "", true);
        }
        if (report.issue().state() == FrozenIssue.State.AWAITING_APPROVAL) {
            return new Ended(End.AWAITS_APPROVAL, report, collected, "", true);
        }
        if (report.issue().state().isHeld()) {
            return new Ended(End.HELD, report, collected, "", false);
        }
        if (quietUntil(job, manner).isPresent()) {
            tellQuiet(job, issue, manner, company);
            return new Ended(End.QUIET, report, collected, "", true);
        }
        IssueReport sent = company.send(issue, collected);
        boolean onTime = sent.isOnTime() || quietUntil(job, manner).isPresent();
        return new Ended(End.DONE, sent, collected, "", onTime);
    }
}
