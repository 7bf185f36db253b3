package io.courant.audience;

import io.courant.audience.ImportReport.Use;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which column of a file holds what, read from its header and from what the user says of it. */
final class CsvColumns {
    private final @Nullable ListProgram program;
    private final Map<Column, Integer> places;
    private final List<String> header;

    private CsvColumns(@Nullable ListProgram program, Map<Column, Integer> places, List<String> header) {
        this.program = program;
        this.places = places;
        this.header = header;
    }

    /** The header of an export. */
    static List<String> exported() {
        return Column.EXPORTED.stream().map(Column::title).toList();
    }

    /** A header for an example. */
    static List<String> usual() {
        return exported().subList(0, Column.EXPORTED.indexOf(Column.JOINED) + 1);
    }

    /**
     * Recognises a header.
     *
     * @param named names of columns by what they hold, as the user says; an empty name: no column does
     * @throws IllegalArgumentException when no column holds the address, or none has a name that the user gave
     */
    static CsvColumns of(String file, List<String> header, Map<String, String> named) {
        List<String> plain = header.stream().map(Column::plain).toList();
        Optional<ListProgram> program = ListProgram.of(new HashSet<>(plain));
        Map<Column, Integer> places = new EnumMap<>(Column.class);
        for (Column column : Column.values()) {
            column.names().stream()
                    .map(plain::indexOf)
                    .filter(place -> place >= 0)
                    .findFirst()
                    .ifPresent(place -> places.put(column, place));
        }
        if (program.filter(ListProgram.BUTTONDOWN::equals).isPresent() && plain.contains("type")) {
            places.putIfAbsent(Column.STATE, plain.indexOf("type")); // elsewhere a type may be anything
        }
        named.forEach((title, name) -> {
            Column column = Column.titled(title);
            if (name.isBlank()) {
                places.remove(column);
            } else {
                int place = place(file, header, name);
                places.values().remove(place);
                places.put(column, place);
            }
        });
        if (!places.containsKey(Column.EMAIL)) {
            throw new IllegalArgumentException(file + ":1: no column with the address (expected a header such as "
                    + String.join(",", usual()) + "; found " + shown(header)
                    + "); name that column 'email', or say which it is with --map email=COLUMN");
        }
        return new CsvColumns(program.orElse(null), places, header);
    }

    private static int place(String file, List<String> header, String name) {
        int place = header.stream().map(String::strip).toList().indexOf(name.strip());
        if (place < 0) {
            place = header.stream().map(Column::plain).toList().indexOf(Column.plain(name));
        }
        if (place < 0) {
            throw new IllegalArgumentException(file + ":1: no column '" + EmailAddress.printable(name) + "' (found "
                    + shown(header) + "); correct --map");
        }
        return place;
    }

    /** The program that wrote the file; null: it may be any. */
    @Nullable
    ListProgram program() {
        return program;
    }

    int width() {
        return header.size();
    }

    boolean has(Column column) {
        return places.containsKey(column);
    }

    /** What is taken from which column, in the order of the file. */
    List<Use> uses() {
        return places.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .map(use ->
                        new Use(header.get(use.getValue()).strip(), use.getKey().title()))
                .toList();
    }

    List<String> ignored() {
        List<String> ignored = new ArrayList<>();
        for (int i = 0; i < header.size(); i++) {
            if (!places.containsValue(i) && !header.get(i).isBlank()) {
                ignored.add(header.get(i).strip());
            }
        }
        return ignored;
    }

    /** What a row has in the column, without blanks around it; a line break stays, to be refused. */
    String field(List<String> row, Column column) {
        Integer place = places.get(column);
        return place == null ? "" : CsvGuard.removed(stripped(row.get(place)));
    }

    private static String stripped(String field) {
        int from = 0;
        int to = field.length();
        while (from < to && isBlank(field.charAt(from))) {
            from++;
        }
        while (from < to && isBlank(field.charAt(to - 1))) {
            to--;
        }
        return field.substring(from, to);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\u00a0';
    }

    private static String shown(List<String> header) {
        String names = String.join(
                ", ", header.stream().limit(20).map(n -> "'" + n.strip() + "'").toList());
        return EmailAddress.printable(header.size() > 20 ? names + ", …" : names);
    }
}
