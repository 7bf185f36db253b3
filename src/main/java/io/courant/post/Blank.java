package io.courant.post;

/** Blank as a reader sees it: no-break spaces and zero-width characters show nothing either. */
final class Blank {
    private Blank() {}

    static boolean is(String text) {
        return text.codePoints().allMatch(Blank::isInvisible);
    }

    private static boolean isInvisible(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.getType(c) == Character.FORMAT;
    }
}
