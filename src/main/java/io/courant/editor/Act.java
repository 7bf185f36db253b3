package io.courant.editor;

import java.time.Instant;
import java.util.regex.Pattern;

/**
 * Something that somebody did. It stays for good, so it names no subscriber but by number: whatever reads like a mail
 * address is taken out, wherever it came from.
 *
 * @param who name of an editor, or of the operating system's user
 * @param from a network address, or {@link #COMMAND_LINE}
 * @param what the command that does it, as in {@code approve} or {@code subscribers import}
 * @param subject what it was done to, as in an issue's id or {@code subscriber 41}; empty: the whole
 * @param detail more about it; may be empty
 */
public record Act(Instant at, String who, String from, String what, String subject, String detail) {
    /** Where an act comes from that did not come over the network. */
    public static final String COMMAND_LINE = "command line";

    private static final int LONGEST = 500;
    private static final Pattern ADDRESS = Pattern.compile("[^\\s@<>\"'(),;:]++@[^\\s@<>\"'(),;:]++");
    private static final Pattern BREAKS = Pattern.compile("[\\s\\p{Cntrl}]++");

    public Act {
        at = Instant.ofEpochMilli(at.toEpochMilli()); // as it is kept, so that its hash stays the same
        who = line(who);
        from = line(from);
        what = line(what);
        subject = anonymous(subject);
        detail = anonymous(detail);
    }

    private static String anonymous(String text) {
        return line(ADDRESS.matcher(line(text)).replaceAll("(address)"));
    }

    private static String line(String text) {
        String line = BREAKS.matcher(text).replaceAll(" ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
    }
}
