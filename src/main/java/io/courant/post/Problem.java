package io.courant.post;

/**
 * Something that could not be read, said so that a person can mend it.
 *
 * @param where file (with line, if known) or address
 * @param what what is wrong and what to do
 */
public record Problem(String where, String what) {
    @Override
    public String toString() {
        return where + ": " + what;
    }
}
