package io.courant.web;

/** A request says that it brings more than any of our forms. */
final class TooLarge extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooLarge() {
        super("request is too large", null, false, false);
    }
}
