package io.courant.audience;

/** In which form a reader wants the mail. */
public enum Form {
    /** HTML, and beside it the text for programs that show no HTML. */
    HTML,
    /** Text and nothing else. */
    TEXT
}
