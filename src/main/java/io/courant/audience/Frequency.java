package io.courant.audience;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.IsoFields;

/** How often a reader wants mail of a newsletter at most. */
public enum Frequency {
    /** With each issue. */
    EACH,
    /** One mail a day, of all that was issued since the one before. */
    DAILY,
    /** One mail in an ISO week, Monday to Sunday. */
    WEEKLY,
    /** One mail in a calendar month. */
    MONTHLY;

    /** Whether a mail may come on that day after one on an earlier one; days as the reader's calendar has them. */
    public boolean isDue(LocalDate last, LocalDate day) {
        return switch (this) {
            case EACH -> true;
            case DAILY -> day.isAfter(last);
            case WEEKLY -> day.isAfter(last) && week(day) != week(last);
            case MONTHLY -> YearMonth.from(day).isAfter(YearMonth.from(last));
        };
    }

    private static long week(LocalDate day) {
        return day.get(IsoFields.WEEK_BASED_YEAR) * 100L + day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
    }
}
