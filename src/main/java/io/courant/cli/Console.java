package io.courant.cli;

import java.io.PrintWriter;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.SequenceWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Results go to standard output, explanations to standard error. */
final class Console {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean quiet;

    Console(CommandSpec command, boolean quiet) {
        this.out = command.commandLine().getOut();
        this.err = command.commandLine().getErr();
        this.quiet = quiet;
    }

    /** A number of things in words, whose plural adds an s: 1 item, 2 items. */
    static String count(long number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }

    /** A line of the result. */
    void result(String line) {
        out.println(line);
        out.flush();
    }

    /** The result as JSON: records and lists in the order of their components. */
    void json(Object value) {
        result(JSON.writeValueAsString(value));
    }

    /** The result as a JSON array whose elements are written as they come, so that there may be any number. */
    void jsonArray(Consumer<Consumer<Object>> elements) {
        try (SequenceWriter array = JSON.writer()
                .without(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .without(SerializationFeature.FLUSH_AFTER_WRITE_VALUE)
                .writeValuesAsArray(out)) {
            elements.accept(array::write);
        }
        result("");
    }

    /** One of several results that come one after the other: JSON on a line of its own. */
    void jsonLine(Object value) {
        result(JsonMapper.builder().build().writeValueAsString(value));
    }

    /** Something to know that is no result. */
    void note(String line) {
        if (!quiet) {
            err.println(line);
            err.flush();
        }
    }

    /** Something wrong, shown even to those who want quiet. */
    void problem(String line) {
        err.println(line);
        err.flush();
    }

    /** What a terminal shows for the moment. */
    void draw(String text) {
        err.print(text);
        err.flush();
    }

    PrintWriter out() {
        return out;
    }
}
