package io.courant.lab;

import java.util.List;

/** A relay's script was refused. The message has one line per problem: file, line, what is wrong, what was expected. */
public final class ScriptException extends RuntimeException {
    ScriptException(List<String> problems) {
        super(String.join("\n", problems));
    }
}
