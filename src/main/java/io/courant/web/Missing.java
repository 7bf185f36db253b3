package io.courant.web;

/** There is no such page. */
final class Missing extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Missing() {
        super("no such page", null, false, false);
    }
}
