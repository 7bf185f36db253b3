package io.courant.desk;

import io.courant.issue.DueTime;
import io.courant.job.Due;
import io.courant.job.Upcoming;
import java.util.Optional;

/**
 * What comes next of a newsletter, in words.
 *
 * @param next by the newsletter's clock; empty: it runs when somebody runs it
 * @param late what is overdue or was missed; empty: nothing
 * @param items what has gathered
 * @param quiet when no mail is sent; empty: it may always be
 * @param last what came of the last due time; empty: there was none, or there is an issue
 */
record Coming(String next, String late, String items, String quiet, String last) {
    static Coming of(Upcoming upcoming) {
        return new Coming(
                upcoming.times().stream()
                        .findFirst()
                        .map(time -> Times.words(time, upcoming.zone()))
                        .orElse(""),
                late(upcoming),
                items(upcoming),
                quiet(upcoming),
                last(upcoming));
    }

    private static String late(Upcoming upcoming) {
        if (upcoming.due() instanceof Due.Now now) {
            return "Overdue since " + Times.words(now.time(), upcoming.zone())
                    + (now.merged() == 0 ? "" : ", and " + now.merged() + " before that");
        }
        return upcoming.due() instanceof Due.Missed missed
                ? "Missed " + Times.words(missed.time(), upcoming.zone()) + ", and too late now"
                : "";
    }

    private static String items(Upcoming upcoming) {
        String items = upcoming.newItems() == 0
                ? "Nothing new yet"
                : upcoming.newItems() + (upcoming.newItems() == 1 ? " new item" : " new items");
        if (upcoming.schedule() == null || upcoming.schedule().gathering() == null || upcoming.latest() == null) {
            return items;
        }
        return items + ", of " + upcoming.schedule().gathering().items() + " that make an issue; at the latest "
                + Times.words(upcoming.latest(), upcoming.zone());
    }

    private static String quiet(Upcoming upcoming) {
        if (upcoming.quiet() == null) {
            return "";
        }
        return "Quiet hours " + upcoming.quiet()
                + Optional.ofNullable(upcoming.quietUntil())
                        .map(until -> ": now, until " + Times.words(until, upcoming.zone()))
                        .orElse("");
    }

    private static String last(Upcoming upcoming) {
        DueTime last = upcoming.last();
        if (last == null || last.result() == DueTime.Result.ISSUED || last.result() == DueTime.Result.BEGUN) {
            return "";
        }
        return "Last, " + Times.words(last.time(), upcoming.zone()) + ": " + Shown.words(last.result())
                + (last.words().isEmpty() ? "" : ", " + last.words());
    }
}
