package io.courant.lab;

import io.courant.render.Nearest;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a relay does at a step instead of the usual; {@link #of} reads the form in which scripts and tests say it. */
sealed interface Answer {
    /** The lines to say, without the last line end; instead of {@code usual}, unless it comes to that. */
    String reply(String usual);

    /** How the log calls what was answered. */
    default String logged(String usual) {
        return reply(usual);
    }

    /** Says just this. */
    record Reply(String lines) implements Answer {
        private static final Pattern WELL_FORMED = Pattern.compile("(\\d{3}-[^\\r\\n]*\\r\\n)*\\d{3}( [^\\r\\n]*)?");

        @Override
        public String reply(String usual) {
            return lines;
        }
    }

    /** Takes its time, then says the usual. */
    record Delay(Duration time) implements Answer {
        @Override
        public String reply(String usual) {
            return usual;
        }
    }

    /** What no relay should do. */
    enum Fault implements Answer {
        /** Closes the connection without a word; at the dot, without having taken the message. */
        DROP,
        /** Takes the message, then closes the connection instead of saying 250. */
        TAKE_AND_DROP,
        /** Takes the message, says 250, and resets the connection in the same breath. */
        TAKE_THEN_RESET,
        /** Says nothing for ever; in the content, does not even listen. */
        STALL,
        /** Answers a byte at a time, and never comes to the end of the line. */
        DRIP,
        /** Sends bytes that are neither SMTP nor TLS; at STARTTLS, after having agreed to it. */
        GARBAGE;

        boolean takes() {
            return this == TAKE_AND_DROP || this == TAKE_THEN_RESET;
        }

        /** As scripts write it. */
        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        @Override
        public String reply(String usual) {
            return this == TAKE_THEN_RESET ? usual : "";
        }

        @Override
        public String logged(String usual) {
            return word();
        }
    }

    /** Reads {@code 450 4.2.0 later}, {@code drop}, {@code delay 2s}, {@code say anything at all}. */
    static Answer of(String text) {
        String said = text.strip().replace("\\n", "\r\n");
        if (said.matches("(?s)\\d{3}([ -].*)?")) {
            if (!Reply.WELL_FORMED.matcher(said).matches()) {
                throw new IllegalArgumentException("'" + text.strip() + "' is no reply (expected 250 TEXT, or"
                        + " 250-TEXT\\n250 TEXT for one of several lines; 'say TEXT' says anything)");
            }
            return new Reply(said);
        }
        if (said.startsWith("say ")) {
            return new Reply(said.substring("say ".length()));
        }
        if (said.startsWith("delay ")) {
            return new Delay(duration(said.substring("delay ".length())));
        }
        return Arrays.stream(Fault.values())
                .filter(fault -> fault.word().equals(said))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "unknown answer '" + said + "'" + Nearest.hint(said.split(" ", 2)[0], likely())
                                + "; expected a reply such as 450 4.2.0 later, or one of "
                                + String.join(", ", words())));
    }

    private static List<String> words() {
        List<String> words =
                new ArrayList<>(Arrays.stream(Fault.values()).map(Fault::word).toList());
        words.add("delay");
        words.add("say");
        return words;
    }

    /** A condition that is misspelt reads like an answer. */
    private static List<String> likely() {
        List<String> likely = words();
        likely.addAll(List.of("always", "first", "every", "for"));
        return likely;
    }

    /** Reads {@code 20ms}, {@code 2s}, {@code 5m}. */
    static Duration duration(String text) {
        String time = text.strip();
        try {
            return time.endsWith("ms")
                    ? Duration.ofMillis(Long.parseLong(time.substring(0, time.length() - 2)))
                    : Duration.parse("PT" + time);
        } catch (DateTimeException | NumberFormatException e) {
            throw new IllegalArgumentException("expected a time such as 20ms, 2s or 5m, found '" + time + "'", e);
        }
    }
}
