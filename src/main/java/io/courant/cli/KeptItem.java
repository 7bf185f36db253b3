package io.courant.cli;

import io.courant.issue.NewSections;
import io.courant.issue.NewSections.Fate;
import io.courant.issue.Newsletter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Finds the item of a newsletter's sources that an editor names: by its number, or by a part of its title. */
final class KeptItem {
    private static final int NAMED = 5;
    private static final int YEARS = 2 * 365;

    private KeptItem() {}

    static Fate find(Program.Session session, Newsletter newsletter, String named, Instant now) {
        List<Fate> all = session.get(NewSections.class).fates(newsletter, now, now.minus(Duration.ofDays(YEARS)));
        List<Fate> found = all.stream().filter(fate -> matches(fate, named)).toList();
        if (found.size() == 1) {
            return found.get(0);
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException("no item '" + named + "'; 'courant items " + newsletter.name()
                    + "' lists the items there are, with their numbers");
        }
        throw new IllegalArgumentException(found.size() + " items are called so; name one by its number: "
                + found.stream()
                        .limit(NAMED)
                        .map(fate -> fate.section() + " (" + fate.heading() + ")")
                        .collect(Collectors.joining(", "))
                + (found.size() > NAMED ? ", …" : ""));
    }

    private static boolean matches(Fate fate, String named) {
        return named.matches("\\d{1,18}")
                ? fate.section() == Long.parseLong(named)
                : (fate.heading() + "\n" + fate.postTitle())
                        .toLowerCase(Locale.ROOT)
                        .contains(named.toLowerCase(Locale.ROOT));
    }
}
