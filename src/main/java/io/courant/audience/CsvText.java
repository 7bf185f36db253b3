package io.courant.audience;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Finds out how a CSV file is written: spreadsheets differ in encoding and separator and say neither. */
final class CsvText {
    private static final int HEADER = 16_384;
    private static final Charset WINDOWS = Charset.forName("windows-1252");

    private CsvText() {}

    /** Opens a file behind its byte order mark. */
    static BufferedReader open(Path file) throws IOException {
        Charset charset = charset(file);
        BufferedReader reader = new BufferedReader(new InputStreamReader(Files.newInputStream(file), charset), HEADER);
        reader.mark(1);
        if (reader.read() != '\uFEFF') {
            reader.reset();
        }
        return reader;
    }

    /** The likely separator: what the first line holds most of, outside quotes. The reader stays where it is. */
    static char separator(BufferedReader reader) throws IOException {
        reader.mark(HEADER);
        char[] start = new char[HEADER - 1];
        int length = Math.max(0, fill(reader, start));
        reader.reset();
        String text = new String(start, 0, length).stripLeading();
        String line = text.lines().findFirst().orElse("").replaceAll("\"[^\"]*\"", "");
        return Stream.of(',', ';', '\t')
                .max(Comparator.comparingLong((Character separator) ->
                                line.chars().filter(c -> c == separator).count())
                        .thenComparing(separator -> separator == ',' ? 1 : 0))
                .orElseThrow();
    }

    private static int fill(Reader reader, char[] buffer) throws IOException {
        int length = 0;
        int read;
        while (length < buffer.length && (read = reader.read(buffer, length, buffer.length - length)) > 0) {
            length += read;
        }
        return length;
    }

    private static Charset charset(Path file) throws IOException {
        try (PushbackInputStream in = new PushbackInputStream(Files.newInputStream(file), 2)) {
            byte[] mark = in.readNBytes(2);
            if (mark.length == 2 && ((mark[0] == -1 && mark[1] == -2) || (mark[0] == -2 && mark[1] == -1))) {
                return StandardCharsets.UTF_16;
            }
            in.unread(mark);
            return isUtf8(in) ? StandardCharsets.UTF_8 : WINDOWS;
        }
    }

    private static boolean isUtf8(InputStream in) throws IOException {
        Reader strict = new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()); // reports instead of replacing
        try {
            strict.transferTo(Writer.nullWriter()); // only whether it can be read matters
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
