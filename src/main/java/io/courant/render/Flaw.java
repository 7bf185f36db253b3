package io.courant.render;

/**
 * Something in a mail that breaks a rule.
 *
 * @param rule short and stable, for scripts to go by
 * @param where the part of the mail: header, subject, html, text, picture
 * @param what what is wrong, and what to do
 */
public record Flaw(Severity severity, String rule, String where, String what) {
    /** Whether the mail may go out all the same. */
    public enum Severity {
        /** It would harm its readers or not arrive: it is not sent. */
        ERROR,
        /** It could be better. */
        WARNING
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }
}
