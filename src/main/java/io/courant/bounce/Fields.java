package io.courant.bounce;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Header fields (RFC 5322 §2.2) in their order, unfolded; only as many and as much of each as anybody could need. */
final class Fields {
    private static final int MOST = 500;
    private static final int LONGEST = 4_000;
    private static final Pattern FIELD = Pattern.compile("([!-9;-~]{1,60})[ \\t]{0,20}:(.*)", Pattern.DOTALL);

    private record Field(String name, String value) {}

    private final List<Field> fields = new ArrayList<>();

    void add(String name, String value) {
        if (fields.size() < MOST) {
            fields.add(new Field(name.strip().toLowerCase(Locale.ROOT), oneLine(value, LONGEST)));
        }
    }

    void addAll(Fields others) {
        others.fields.forEach(field -> add(field.name(), field.value()));
    }

    boolean isEmpty() {
        return fields.isEmpty();
    }

    boolean has(String name) {
        return first(name).isPresent();
    }

    Optional<String> first(String name) {
        return all(name).stream().findFirst();
    }

    /** The first value, or nothing. */
    String text(String name) {
        return first(name).orElse("");
    }

    List<String> all(String name) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .map(Field::value)
                .toList();
    }

    /** The fields that a text begins with, up to its first empty line. Lines that are no field are passed over. */
    static Fields of(String text) {
        return groups(text).stream().findFirst().orElseGet(Fields::new);
    }

    /** The groups of fields of a text, with empty lines between them (RFC 3464 §2.1). */
    static List<Fields> groups(String text) {
        List<Fields> groups = new ArrayList<>();
        Fields group = new Fields();
        StringBuilder open = new StringBuilder();
        for (String line : text.lines().toList()) {
            if (line.isBlank()) {
                close(group, open);
                if (!group.isEmpty()) {
                    groups.add(group);
                    group = new Fields();
                }
            } else if (Character.isWhitespace(line.charAt(0)) && !open.isEmpty()) {
                append(open, line);
            } else if (FIELD.matcher(line).matches()) {
                close(group, open);
                append(open, line);
            }
        }
        close(group, open);
        if (!group.isEmpty()) {
            groups.add(group);
        }
        return groups;
    }

    private static void append(StringBuilder open, String line) {
        if (open.length() < LONGEST) {
            open.append(line, 0, Math.min(line.length(), LONGEST)).append('\n');
        }
    }

    private static void close(Fields group, StringBuilder open) {
        Matcher field = FIELD.matcher(open);
        if (field.matches()) {
            group.add(field.group(1), field.group(2));
        }
        open.setLength(0);
    }

    /** A text with single spaces and no control characters. */
    static String oneLine(String text, int longest) {
        StringBuilder line = new StringBuilder();
        boolean space = false;
        for (int i = 0; i < text.length() && line.length() < longest; i++) {
            char c = text.charAt(i);
            if (Character.isWhitespace(c) || Character.isISOControl(c)) {
                space = !line.isEmpty();
            } else {
                if (space && line.length() < longest - 1) {
                    line.append(' ');
                }
                space = false;
                line.append(c);
            }
        }
        return line.toString();
    }
}
