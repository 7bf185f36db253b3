package io.courant.post;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Reads plain text as it was copied from a page. */
final class TextForm {
    private static final Pattern UNDERLINE = Pattern.compile("[=\\-~*_]{3,}");

    private TextForm() {}

    static Draft read(String text) {
        List<String> kept = keptLines(text);
        OptionalInt title = TitleLine.in(kept);
        if (title.isEmpty()) {
            return Draft.untitledOr(null, body(kept));
        }
        int at = title.getAsInt();
        String found = TitleLine.oneLine(kept.remove(at));
        if (at < kept.size() && UNDERLINE.matcher(kept.get(at).strip()).matches()) {
            kept.remove(at);
        }
        return Draft.untitledOr(found, body(kept));
    }

    /** A text without the lines that its page put around it. */
    static String withoutFurniture(String text) {
        return paragraphs(keptLines(text));
    }

    private static List<String> keptLines(String text) {
        List<String> lines = text.lines().map(String::stripTrailing).toList();
        BitSet dropped = Furniture.in(lines);
        List<String> kept = new ArrayList<>(lines.size());
        for (int i = 0; i < lines.size(); i++) {
            if (!dropped.get(i)) {
                kept.add(lines.get(i));
            }
        }
        return kept;
    }

    private static Body body(List<String> lines) {
        return new Body(Body.Form.TEXT, paragraphs(lines));
    }

    /** Joins lines again, with one empty line where there were several. */
    private static String paragraphs(List<String> lines) {
        StringBuilder text = new StringBuilder();
        boolean gap = false;
        for (String line : lines) {
            if (Blank.is(line)) {
                gap = !text.isEmpty();
            } else {
                text.append(text.isEmpty() ? "" : gap ? "\n\n" : "\n").append(line);
                gap = false;
            }
        }
        return text.toString();
    }
}
