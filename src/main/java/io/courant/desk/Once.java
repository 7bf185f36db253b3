package io.courant.desk;

import java.util.List;

/**
 * A page with what is shown this once, since only what recognises it is kept.
 *
 * @param back where to go on
 */
record Once(String heading, String text, List<String> lines, String back) {}
