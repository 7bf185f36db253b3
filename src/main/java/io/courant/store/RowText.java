package io.courant.store;

import io.courant.store.Table.Column;
import io.courant.store.Table.Kind;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row as PostgreSQL's COPY reads and writes it (text format). Made from the values that SQLite has, it is the same for
 * the same row wherever that stands, so it is also what rows are compared by.
 */
final class RowText {
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendLiteral(' ')
            .appendPattern("HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .toFormatter();

    private final ZoneId zone = ZoneId.systemDefault();
    private final Bytes bytes = new Bytes();

    /** Bytes that can be had without a copy. */
    private static final class Bytes extends ByteArrayOutputStream {
        byte[] all() {
            return buf;
        }
    }

    /** Becomes the text of this row. */
    void set(Table table, @Nullable Object[] row) {
        bytes.reset();
        List<Column> columns = table.columns();
        for (int i = 0; i < row.length; i++) {
            if (i > 0) {
                bytes.write('\t');
            }
            Object value = row[i];
            if (value == null) {
                ascii("\\N");
            } else {
                write(columns.get(i).kind(), value);
            }
        }
        bytes.write('\n');
    }

    byte[] bytes() {
        return bytes.all();
    }

    int length() {
        return bytes.size();
    }

    private void write(Kind kind, Object value) {
        switch (kind) {
            case FLAG -> bytes.write(((Long) value) == 0 ? 'f' : 't');
            case NUMBER, REAL -> ascii(value.toString());
            case TEXT -> text((String) value);
            case BYTES -> ascii("\\\\x" + HexFormat.of().formatHex((byte[]) value));
            case TIME ->
                ascii(TIME.format(
                        Instant.ofEpochMilli((Long) value).atZone(zone).toLocalDateTime()));
        }
    }

    private void ascii(String text) {
        bytes.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private void text(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        int done = 0;
        for (int i = 0; i < encoded.length; i++) {
            byte one = encoded[i];
            if (one == '\\' || (one >= 0 && one < ' ')) {
                bytes.write(encoded, done, i - done);
                done = i + 1;
                escape(one);
            }
        }
        bytes.write(encoded, done, encoded.length - done);
    }

    private void escape(byte one) {
        switch (one) {
            case 0 -> {} // PostgreSQL cannot keep it, and it stands for nothing
            case '\\' -> ascii("\\\\");
            case '\n' -> ascii("\\n");
            case '\r' -> ascii("\\r");
            case '\t' -> ascii("\\t");
            default -> bytes.write(one);
        }
    }

    /** The values of a line that COPY wrote. */
    @Nullable
    Object[] read(Table table, byte[] line) {
        List<Column> columns = table.columns();
        @Nullable Object[] row = new Object[columns.size()];
        int end = line.length > 0 && line[line.length - 1] == '\n' ? line.length - 1 : line.length;
        int begin = 0;
        for (int i = 0; i < row.length; i++) {
            int stop = begin;
            while (stop < end && line[stop] != '\t') {
                stop++;
            }
            boolean absent = stop - begin == 2 && line[begin] == '\\' && line[begin + 1] == 'N';
            row[i] = absent ? null : value(columns.get(i).kind(), unescaped(line, begin, stop));
            begin = stop + 1;
        }
        return row;
    }

    private Object value(Kind kind, String text) {
        return switch (kind) {
            case FLAG -> text.equals("t") ? 1L : 0L;
            case NUMBER -> Long.valueOf(text);
            case REAL -> Double.valueOf(text);
            case TEXT -> text;
            case BYTES -> HexFormat.of().parseHex(text, "\\x".length(), text.length());
            case TIME ->
                LocalDateTime.parse(text, TIME).atZone(zone).toInstant().toEpochMilli();
        };
    }

    private String unescaped(byte[] line, int begin, int stop) {
        int first = begin;
        while (first < stop && line[first] != '\\') {
            first++;
        }
        if (first == stop) {
            return new String(line, begin, stop - begin, StandardCharsets.UTF_8);
        }
        bytes.reset();
        bytes.write(line, begin, first - begin);
        for (int i = first; i < stop; i++) {
            byte one = line[i];
            if (one == '\\') {
                i++;
                one = meant(line[i]);
            }
            bytes.write(one);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static byte meant(byte letter) {
        return switch (letter) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> 0x0b;
            default -> letter;
        };
    }
}
