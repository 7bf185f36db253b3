package io.courant.render;

/**
 * A personal part of a message. Templates place it as {@code ${reader.address}} and so on; it stays a marker in the
 * rendered text and is filled for each recipient.
 */
public enum Hole {
    /** The subscriber's address. */
    ADDRESS("address"),
    /** The day the subscriber joined; handed in as {@code 2026-11-23}, and shown in the language of the text. */
    SINCE("since"),
    /** The page that ends the subscription with one click. */
    UNSUBSCRIBE_URL("unsubscribeUrl"),
    /** The page where the subscriber sees and changes what is kept of them. */
    PREFERENCES_URL("preferencesUrl");

    private final String field;

    Hole(String field) {
        this.field = field;
    }

    /** The name under {@code reader} in a template. */
    public String field() {
        return field;
    }

    /**
     * What stands for this hole in rendered text: ASCII letters and digits only, so neither escaping, nor CSS
     * inlining, nor quoted-printable touches it.
     *
     * @param nonce letters and digits that no post can guess, so that no post can forge a hole
     */
    public String marker(String nonce) {
        return "xHole" + nonce + field + "Endx";
    }
}
