package io.courant.post;

/**
 * Something that could not be read, said so that a person can mend it, in one line: what is quoted from a feed may hold
 * line breaks.
 *
 * @param where file (with line, if known) or address
 * @param what what is wrong and what to do
 */
public record Problem(String where, String what) {
    public Problem {
        where = TitleLine.oneLine(where);
        what = TitleLine.oneLine(what);
    }

    @Override
    public String toString() {
        return where + ": " + what;
    }
}
