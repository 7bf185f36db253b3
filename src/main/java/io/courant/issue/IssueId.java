package io.courant.issue;

import java.time.LocalDate;

/**
 * Names an issue for people and for good: newsletter, date and, from the second issue of a day on, a number, as in
 * {@code deep-learning-2026-11-23} and {@code deep-learning-2026-11-23-2}.
 */
public record IssueId(String value) {
    public IssueId {
        if (!value.matches("[a-z0-9][a-z0-9-]*-\\d{4}-\\d{2}-\\d{2}(-\\d+)?")) {
            throw new IllegalArgumentException(
                    "not an issue id: '" + value + "' (expected NEWSLETTER-YYYY-MM-DD or NEWSLETTER-YYYY-MM-DD-N)");
        }
    }

    /** The number-th issue of a newsletter on a day; the first bears no number. */
    public static IssueId of(String newsletter, LocalDate day, int number) {
        return new IssueId(newsletter + "-" + day + (number == 1 ? "" : "-" + number));
    }

    @Override
    public String toString() {
        return value;
    }
}
