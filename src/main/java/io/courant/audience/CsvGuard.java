package io.courant.audience;

/** Keeps a spreadsheet from running a field as a formula: a {@code '} before what begins like one. */
final class CsvGuard {
    private CsvGuard() {}

    static String added(String field) {
        return isFormula(field, 0) ? "'" + field : field;
    }

    static String removed(String field) {
        return field.startsWith("'") && isFormula(field, 1) ? field.substring(1) : field;
    }

    /** Whether a formula begins here, or what stands here will be taken for a guard before one. */
    private static boolean isFormula(String field, int from) {
        int start = from;
        while (start < field.length() && field.charAt(start) == '\'') {
            start++;
        }
        return start < field.length() && "=+-@\t\r".indexOf(field.charAt(start)) >= 0;
    }
}
