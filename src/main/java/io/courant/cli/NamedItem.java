package io.courant.cli;

import io.courant.issue.NewSections;
import io.courant.issue.NewSections.Fate;
import io.courant.issue.Newsletter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Parameters;

/** The newsletter and the item of its sources that a command is about. */
final class NamedItem {
    private static final int NAMED = 5;
    private static final int YEARS = 2 * 365;

    @Parameters(index = "0", paramLabel = "NAME", description = "The newsletter: its job file without .yaml.")
    private String name = "";

    @Parameters(
            index = "1",
            paramLabel = "ITEM",
            description = "The item's number in 'courant items', or a part of its title.")
    private String item = "";

    Newsletter newsletter(Options options) {
        return options.jobFolder().load(name).newsletter();
    }

    /**
     * The item that the editor names.
     *
     * @throws IllegalArgumentException if there is none, or several, which it then tells apart
     */
    Fate find(Program.Session session, Newsletter newsletter, Instant now) {
        return find(session, newsletter, item, now);
    }

    static Fate find(Program.Session session, Newsletter newsletter, String item, Instant now) {
        List<Fate> all = session.get(NewSections.class).fates(newsletter, now, now.minus(Duration.ofDays(YEARS)));
        List<Fate> found = all.stream().filter(fate -> matches(fate, item)).toList();
        if (found.size() == 1) {
            return found.get(0);
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException("no item '" + item + "'; 'courant items " + newsletter.name()
                    + "' lists the items there are, with their numbers");
        }
        throw new IllegalArgumentException(found.size() + " items are called so; name one by its number: "
                + found.stream()
                        .limit(NAMED)
                        .map(fate -> fate.section() + " (" + fate.heading() + ")")
                        .collect(Collectors.joining(", "))
                + (found.size() > NAMED ? ", …" : ""));
    }

    private static boolean matches(Fate fate, String item) {
        return item.matches("\\d{1,18}")
                ? fate.section() == Long.parseLong(item)
                : (fate.heading() + "\n" + fate.postTitle())
                        .toLowerCase(Locale.ROOT)
                        .contains(item.toLowerCase(Locale.ROOT));
    }
}
