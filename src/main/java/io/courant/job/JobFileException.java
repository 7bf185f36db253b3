package io.courant.job;

import java.util.List;

/** A job file was refused. The message has one line per problem: file, line, what is wrong, what was expected. */
public final class JobFileException extends RuntimeException {
    private final List<String> problems;

    JobFileException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /** One entry per problem, in the order of the file. */
    public List<String> problems() {
        return problems;
    }
}
